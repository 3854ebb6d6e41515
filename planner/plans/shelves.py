"""The library beside a plan: what is looked for there, and an exercise that is open for reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from planner.errors import NotFound
from planner.landing import queries as landing
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.library.finding import browsing
from planner.library.finding.facets import FACETS, Wanted, from_args
from planner.library.own.comparing import compared
from planner.library.own.differences import Section
from planner.plans import newer
from planner.plans.plan import Plan, Segment
from planner.plans.swaps import swaps
from planner.taxonomy import TAXONOMY
from planner.who import Asker

NO_TOUCH = "no_touch"
FOCUS = "focus"


@dataclass(frozen=True)
class Changed:
    """What a newer version of a step's exercise would bring: the step, and the sections that differ."""

    step: Segment
    sections: tuple[Section, ...]


def shelf(session: Session, who: Asker, plan: Plan, args: MultiDict[str, str]) -> dict[str, Any]:
    """What `_shelf.html` reads: the exercises that were asked for, the one that is open for reading, what
    changed in the exercise of a step, or what could take its place."""
    wanted = _wanted(plan, args)
    slug = args.get("read", "")
    reading, older = _reading(session, who, slug, args.get("version", ""))
    found = browsing.browse(session, who, wanted)
    fears = {row.record.slug: _fears(row.record.tags) for row in found.rows}
    return {
        "wanted": wanted,
        "found": found,
        "offered": {facet.key: facet.values for facet in FACETS},
        "fears": fears,
        "landings": landing.landings(session, who, list(fears)),
        "reading": reading,
        "older": older,
        "before_reading": newer.before_reading(session, who, plan, slug) if reading else (),
        "changed": _changed(session, who, plan, args.get("changed", "")),
        "swapping": swaps(session, who, plan, args.get("swap", ""), args.get("mend", "")),
        "kept_args": _kept(args),
        "asked": {name: args.get(name, "") for name in ("area", "fear", "mode")},
    }


def behind(session: Session, who: Asker, plan: Plan, segment_id: str) -> Exercise | None:
    """The exercise that a step was made from, in the version that the plan took."""
    segment = next((s for s in plan.segments if s.id == segment_id), None)
    if segment is None or segment.exercise is None:
        return None
    return _reading(session, who, segment.exercise.slug, segment.exercise.digest)[0]


def _wanted(plan: Plan, args: MultiDict[str, str]) -> Wanted:
    """The library's own facets, and two words that only make sense beside a plan."""
    wanted = from_args(args)
    if args.get("mode") == NO_TOUCH:
        wanted = replace(wanted, mode=tuple(mode for mode in TAXONOMY.modes if mode != "touch"))
    if args.get("area") == FOCUS:
        wanted = replace(wanted, area=plan.areas)
    if args.get("fear") == FOCUS:
        wanted = replace(wanted, fear=plan.fears)
    return wanted


def _kept(args: MultiDict[str, str]) -> dict[str, str]:
    """What was asked for, to go back to from reading one exercise."""
    names = ("q", "area", "fear", "part", "mode", "intensity", "minutes", "page")
    return {name: args[name] for name in names if args.get(name)}


def _reading(session: Session, who: Asker, slug: str, version: str) -> tuple[Exercise | None, str]:
    """The exercise in this version, or else as it stands; and the version when it is not what stands."""
    if not slug:
        return None, ""
    try:
        record, current = library.exercise(session, who, slug)
        if version in ("", record.digest):
            return current, ""
    except NotFound:
        current = None
    try:
        return library.version(session, who, slug, version), version
    except NotFound:
        return current, ""


def _changed(session: Session, who: Asker, plan: Plan, segment_id: str) -> Changed | None:
    step = next((s for s in plan.segments if s.id == segment_id), None)
    if step is None or step.exercise is None:
        return None
    try:
        old = library.version(session, who, step.exercise.slug, step.exercise.digest)
        new = library.exercise(session, who, step.exercise.slug)[1]
    except NotFound:
        return None
    return Changed(step, compared(session, who, old, new))


def _fears(tags: str) -> list[str]:
    """The fears among the tags of a row of the library, in the order of the taxonomy."""
    return [fear for fear in TAXONOMY.fears if f"fear:{fear}" in tags.split()]
