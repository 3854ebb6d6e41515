"""The library beside a plan: what is looked for there, and an exercise that is open for reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from planner.errors import NotFound
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.library.facets import Wanted, from_args
from planner.plans.plan import Plan
from planner.taxonomy import TAXONOMY
from planner.who import Asker

NO_TOUCH = "no_touch"
FOCUS = "focus"


def shelf(session: Session, who: Asker, plan: Plan, args: MultiDict[str, str]) -> dict[str, Any]:
    """What `_shelf.html` reads: the exercises that were asked for, or the one that is open for reading."""
    wanted = _wanted(plan, args)
    reading = _reading(session, who, args.get("read", ""), args.get("version", ""))
    found = library.browse(session, who, wanted)
    fears = {row.record.slug: _fears(row.record.tags) for row in found.rows}
    return {
        "wanted": wanted,
        "found": found,
        "fears": fears,
        "reading": reading,
        "kept_args": _kept(args),
        "asked": {name: args.get(name, "") for name in ("area", "fear", "mode")},
    }


def behind(session: Session, who: Asker, plan: Plan, segment_id: str) -> Exercise | None:
    """The exercise that a step was made from, in the version that the plan took."""
    segment = next((s for s in plan.segments if s.id == segment_id), None)
    if segment is None or segment.exercise is None:
        return None
    return _reading(session, who, segment.exercise.slug, segment.exercise.digest)


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
    names = ("q", "area", "fear", "part", "mode", "intensity", "minutes")
    return {name: args[name] for name in names if args.get(name)}


def _reading(session: Session, who: Asker, slug: str, version: str) -> Exercise | None:
    if not slug:
        return None
    try:
        return library.version(session, who, slug, version)
    except NotFound:
        pass
    try:
        return library.exercise(session, who, slug)[1]
    except NotFound:
        return None


def _fears(tags: str) -> list[str]:
    """The fears among the tags of a row of the library, in the order of the taxonomy."""
    return [fear for fear in TAXONOMY.fears if f"fear:{fear}" in tags.split()]
