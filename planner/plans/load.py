"""What a plan asks for beside time: things to have ready, and practice at home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from planner.library.exercise import Exercise
from planner.plans import dose
from planner.plans.plan import Origin, Plan, Segment
from planner.taxonomy import TAXONOMY

# House rule: three times fifteen minutes a week.
MOST_A_WEEK = 45


@dataclass(frozen=True)
class Practice:
    """One practice at home. `minutes` a week for one partner at most; None when the text does not say."""

    segment: str
    title: str
    said: str
    minutes: int | None


@dataclass(frozen=True)
class Load:
    """Things to have ready, each once, and practice at home.

    `minutes` a partner a week, at most, of all practice that could be read; `unread` lists the rest.
    """

    materials: tuple[str, ...]
    practice: tuple[Practice, ...]
    minutes: int

    @property
    def unread(self) -> tuple[Practice, ...]:
        return tuple(each for each in self.practice if each.minutes is None)

    @property
    def heavy(self) -> bool:
        """True when a week of it is more than MOST_A_WEEK."""
        return self.minutes > MOST_A_WEEK


def load(plan: Plan, exercises: Mapping[Origin, Exercise]) -> Load:
    """Read the load of a plan. An exercise that cannot be found has no materials and no dose."""
    practice = tuple(_practice(segment, exercises) for segment in _at_home(plan))
    return Load(
        materials=_materials(plan, exercises),
        practice=practice,
        minutes=sum(each.minutes or 0 for each in practice),
    )


def _materials(plan: Plan, exercises: Mapping[Origin, Exercise]) -> tuple[str, ...]:
    """In the order in which they are needed; the same thing in other letters is the same thing."""
    things: dict[str, str] = {}
    for segment in plan.segments:
        exercise = exercises.get(segment.exercise) if segment.exercise else None
        for thing in exercise.materials if exercise else ():
            things.setdefault(" ".join(thing.casefold().split()), thing)
    return tuple(things.values())


def _at_home(plan: Plan) -> list[Segment]:
    """The steps of practice at home; an exercise that stands there twice is practised once."""
    seen: set[Origin] = set()
    steps = []
    for segment in plan.segments:
        if TAXONOMY.parts[segment.part].in_session or segment.exercise in seen:
            continue
        if segment.exercise:
            seen.add(segment.exercise)
        steps.append(segment)
    return steps


def _practice(segment: Segment, exercises: Mapping[Origin, Exercise]) -> Practice:
    """Read from the dose of the exercise, or from what the counsellor wrote."""
    exercise = exercises.get(segment.exercise) if segment.exercise else None
    given = exercise.at_home.dose if exercise else ""
    said, found = given, dose.read(given)
    if not given:
        for text in (segment.words, segment.title, segment.note):
            found = dose.read(text)
            if found is not None:
                said = text
                break
    if found is None:
        return Practice(segment.id, segment.title, said, None)
    # A text that only says how often means the minutes of the step.
    minutes = segment.minutes if found.minutes is None else found.minutes
    return Practice(segment.id, segment.title, said, ceil(found.times * minutes))
