"""The plan as a value, and the operations on it.

A `Plan` never changes: each operation returns a new one. Segments stand in the order of the parts of a
session; inside a part they keep the order they were given. Practice at home is the last part and takes no
session time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from planner.taxonomy import INTENSITIES, TAXONOMY
from planner.text import clean as clean
from planner.text import one_line

MAX_SEGMENTS = 60
MAX_MINUTES = 240
LENGTHS = range(10, 481)
TITLE_LIMIT, HOPE_LIMIT, TEXT_LIMIT = 120, 600, 6000
PARTS = tuple(TAXONOMY.parts)


class BadPlan(Exception):
    """A plan that would break a rule. `where` names the field; the message is for the member."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True)
class Origin:
    """The exercise that a segment was made from: its slug, and the digest of the version used."""

    slug: str
    digest: str


@dataclass(frozen=True)
class Segment:
    """One timed step of a plan. `intensity` 0 means not said. `note` is for the counsellor alone."""

    id: str
    part: str
    title: str
    minutes: int
    areas: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    mode: str = ""
    intensity: int = 0
    exercise: Origin | None = None
    words: str = ""
    note: str = ""
    in_handout: bool = False


@dataclass(frozen=True)
class Plan:
    """A session plan. `areas` and `fears` are its focus, not its contents.

    `date` and `time` say when it begins, by the practice's clock; `length` is in minutes.
    """

    title: str
    hope: str = ""
    date: dt.date | None = None
    time: dt.time | None = None
    length: int = 50
    areas: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()

    def segment(self, segment_id: str) -> Segment:
        """Raises BadPlan when there is none."""
        for segment in self.segments:
            if segment.id == segment_id:
                return segment
        raise BadPlan("segment", "This step is no longer in the plan.")

    def in_part(self, part: str) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.segments if segment.part == part)


def _title(value: str) -> str:
    value = one_line(value)
    if not value:
        raise BadPlan("title", "Please give it a title.")
    return _text("title", value, TITLE_LIMIT)


def _text(where: str, value: str, limit: int) -> str:
    value = clean(value)
    if len(value) > limit:
        raise BadPlan(where, f"Please keep this under {limit} characters; it has {len(value)}.")
    return value


def _known(where: str, keys: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    chosen, allowed = set(keys), list(allowed)
    if chosen - set(allowed):
        raise BadPlan(where, "Please choose from the list.")
    return tuple(key for key in allowed if key in chosen)


def _main_first(where: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """A segment's areas keep their order, as the first is the main one."""
    _known(where, keys, TAXONOMY.areas)
    return tuple(dict.fromkeys(keys))


def checked_segment(segment: Segment) -> Segment:
    """The segment with cleaned texts. Raises BadPlan when a field is out of range."""
    if type(segment.minutes) is not int or not 1 <= segment.minutes <= MAX_MINUTES:
        raise BadPlan("minutes", f"Minutes are a whole number from 1 to {MAX_MINUTES}.")
    if segment.part not in TAXONOMY.parts:
        raise BadPlan("part", "Please choose a part of the session.")
    if segment.mode and segment.mode not in TAXONOMY.modes:
        raise BadPlan("mode", "Please choose from the list.")
    if segment.intensity != 0 and segment.intensity not in INTENSITIES:
        raise BadPlan("intensity", "Intensity is a whole number from 1 to 5.")
    if not segment.id:
        raise BadPlan("segment", "A step needs an identity.")
    return replace(
        segment,
        title=_title(segment.title),
        words=_text("words", segment.words, TEXT_LIMIT),
        note=_text("note", segment.note, TEXT_LIMIT),
        areas=_main_first("areas", segment.areas),
        fears=_known("fears", segment.fears, TAXONOMY.fears),
    )


def checked(plan: Plan) -> Plan:
    """The plan with cleaned texts and segments in the order of their parts. Raises BadPlan."""
    if type(plan.length) is not int or plan.length not in LENGTHS:
        raise BadPlan("length", f"A session lasts from {LENGTHS.start} to {LENGTHS.stop - 1} minutes.")
    if len(plan.segments) > MAX_SEGMENTS:
        raise BadPlan("segment", f"A plan has room for {MAX_SEGMENTS} steps.")
    if len({segment.id for segment in plan.segments}) != len(plan.segments):
        raise BadPlan("segment", "Two steps have the same identity.")
    segments = tuple(checked_segment(segment) for segment in plan.segments)
    return replace(
        plan,
        title=_title(plan.title),
        time=plan.time.replace(second=0, microsecond=0, tzinfo=None) if plan.time else None,
        hope=_text("hope", plan.hope, HOPE_LIMIT),
        areas=_known("areas", plan.areas, TAXONOMY.areas),
        fears=_known("fears", plan.fears, TAXONOMY.fears),
        segments=tuple(sorted(segments, key=lambda segment: PARTS.index(segment.part))),
    )


# Operations


def describe(plan: Plan, **changes: object) -> Plan:
    """Change title, hope, date, time, length, areas or fears. Raises BadPlan."""
    allowed = {each.name for each in fields(Plan)} - {"segments"}
    if set(changes) - allowed:
        raise TypeError(f"not fields of a plan's head: {set(changes) - allowed}")
    return checked(replace(plan, **changes))  # type: ignore[arg-type]


def add(plan: Plan, segment: Segment, position: int | None = None) -> Plan:
    """Put a segment into its part, at `position` there (0 first; None last). Raises BadPlan."""
    here = list(plan.in_part(segment.part))
    here.insert(len(here) if position is None else max(0, min(position, len(here))), segment)
    others = [other for other in plan.segments if other.part != segment.part]
    return checked(replace(plan, segments=(*others, *here)))


def remove(plan: Plan, segment_id: str) -> Plan:
    """Take a segment out. Raises BadPlan when it is not there."""
    gone = plan.segment(segment_id)
    return checked(replace(plan, segments=tuple(s for s in plan.segments if s is not gone)))


def move(plan: Plan, segment_id: str, part: str, position: int | None = None) -> Plan:
    """Put a segment elsewhere: into `part`, at `position` there (None last). Raises BadPlan."""
    moved = replace(plan.segment(segment_id), part=part)
    return add(remove(plan, segment_id), moved, position)


def step(plan: Plan, segment_id: str, by: int) -> Plan:
    """Move one place up (-1) or down (+1), over the edge into the next part. At an end: unchanged."""
    segment = plan.segment(segment_id)
    here = plan.in_part(segment.part)
    place = here.index(segment) + by
    if 0 <= place < len(here):
        return move(plan, segment_id, segment.part, place)
    index = PARTS.index(segment.part) + by
    if not 0 <= index < len(PARTS):
        return plan
    return move(plan, segment_id, PARTS[index], 0 if by > 0 else None)


def edit(plan: Plan, segment_id: str, **changes: object) -> Plan:
    """Change fields of a segment but its identity. Raises BadPlan."""
    if "id" in changes:
        raise TypeError("a segment keeps its identity")
    changed = replace(plan.segment(segment_id), **changes)  # type: ignore[arg-type]
    segments = tuple(changed if s.id == segment_id else s for s in plan.segments)
    return checked(replace(plan, segments=segments))


def resize(plan: Plan, segment_id: str, minutes: int) -> Plan:
    """Give a segment another length in minutes. Raises BadPlan."""
    return edit(plan, segment_id, minutes=minutes)


def duplicate(plan: Plan, segment_id: str, new_id: str) -> Plan:
    """Put a copy right below a segment. Raises BadPlan."""
    original = plan.segment(segment_id)
    place = plan.in_part(original.part).index(original) + 1
    return add(plan, replace(original, id=new_id), place)
