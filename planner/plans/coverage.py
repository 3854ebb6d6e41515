"""What plans tend: minutes by area, which fears they meet, and where on the map of both they spend time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.plans.plan import Plan
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True)
class Coverage:
    """Minutes by main area (areas without any are absent), fears touched, and focus not yet met."""

    minutes: dict[str, int]
    fears: tuple[str, ...]
    missing_areas: tuple[str, ...]
    missing_fears: tuple[str, ...]


def coverage(plan: Plan) -> Coverage:
    """Count a segment's minutes for its main area; practice at home counts too.

    A focus area is met by any segment that names it, main or not.
    """
    minutes = dict.fromkeys(TAXONOMY.areas, 0)
    named: set[str] = set()
    fears: set[str] = set()
    for segment in plan.segments:
        if segment.areas:
            minutes[segment.areas[0]] += segment.minutes
        named.update(segment.areas)
        fears.update(segment.fears)
    return Coverage(
        minutes={area: count for area, count in minutes.items() if count},
        fears=tuple(fear for fear in TAXONOMY.fears if fear in fears),
        missing_areas=tuple(area for area in plan.areas if area not in named),
        missing_fears=tuple(fear for fear in plan.fears if fear not in fears),
    )


def cells(plans: Iterable[Plan]) -> dict[str, dict[str, int]]:
    """Minutes of one plan or of several by area and fear, every cell of the map.

    A segment counts in each cell whose area and fear it names, so cells do not add up to a plan's length.
    """
    found = {area: dict.fromkeys(TAXONOMY.fears, 0) for area in TAXONOMY.areas}
    for plan in plans:
        for segment in plan.segments:
            for area in segment.areas:
                for fear in segment.fears:
                    found[area][fear] += segment.minutes
    return found
