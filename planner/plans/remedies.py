"""What mends a breach of the house rules: each remedy is a value, and `apply` is a plan operation.

A remedy names steps by their ids, so it can be offered, sent by a form and applied later; `apply` raises
BadPlan when a step has gone meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.library.exercise import Exercise
from planner.plans.from_exercise import segment_from
from planner.plans.plan import PARTS, BadPlan, Plan, Segment, checked
from planner.plans.start import placeholders

WISHES = ("gentler", "other_mode")


@dataclass(frozen=True)
class Move:
    """Put a step right before another one; it keeps its part where that part reaches there."""

    segment: str
    before: str


@dataclass(frozen=True)
class Settle:
    """Put a settling step of intensity 1 right after a step; `minutes` of it."""

    after: str
    minutes: int


@dataclass(frozen=True)
class Swap:
    """Take another exercise for a step: one of WISHES.

    "gentler" asks for one of at most `intensity`; "other_mode" for one that is not face to face. Who shows it
    fills in `exercise` and `digest`; until then it is a wish and cannot be applied. The step keeps its
    minutes unless others are named.
    """

    segment: str
    wish: str
    intensity: int
    exercise: Exercise | None = None
    digest: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Shorten:
    """Use the short form of a step's exercise, which takes `minutes`."""

    segment: str
    minutes: int


@dataclass(frozen=True)
class Drop:
    """Take a step out."""

    segment: str


Remedy = Move | Settle | Swap | Shorten | Drop


def apply(plan: Plan, remedy: Remedy, new_id: Callable[[], str]) -> Plan:
    """The plan with the remedy in it. Raises BadPlan when a step is gone, or no exercise was chosen."""
    return checked(sketch(plan, remedy, new_id))


def sketch(plan: Plan, remedy: Remedy, new_id: Callable[[], str]) -> Plan:
    """The same, with the texts left unread: quick enough to try many remedies on a plan that is in order."""
    return replace(plan, segments=_segments(plan, remedy, new_id))


def _segments(plan: Plan, remedy: Remedy, new_id: Callable[[], str]) -> tuple[Segment, ...]:
    match remedy:
        case Move(segment, before):
            return _moved(plan, plan.segment(segment), plan.segment(before))
        case Settle(after, minutes):
            return _settled(plan, plan.segment(after), minutes, new_id())
        case Swap(segment, _, _, exercise, digest, minutes):
            if exercise is None:
                raise BadPlan("exercise", "Please choose an exercise.")
            made = swapped(plan.segment(segment), exercise, digest)
            return _with(plan, made if minutes is None else replace(made, minutes=minutes))
        case Shorten(segment, minutes):
            return _with(plan, replace(plan.segment(segment), minutes=minutes))
        case Drop(segment):
            gone = plan.segment(segment)
            return tuple(each for each in plan.segments if each is not gone)


def _with(plan: Plan, changed: Segment) -> tuple[Segment, ...]:
    return tuple(changed if each.id == changed.id else each for each in plan.segments)


def _moved(plan: Plan, segment: Segment, before: Segment) -> tuple[Segment, ...]:
    if segment is before:
        return plan.segments
    others = [each for each in plan.segments if each is not segment]
    place = others.index(before)
    moved = replace(segment, part=part_before(plan, segment, before))
    return (*others[:place], moved, *others[place:])


def part_before(plan: Plan, segment: Segment, before: Segment) -> str:
    """The part of the session in which `segment` stands when it is put right before another step."""
    others = [each for each in plan.segments if each is not segment]
    place = others.index(before)
    first = PARTS.index(others[place - 1].part) if place else 0
    if first <= PARTS.index(segment.part) <= PARTS.index(before.part):
        return segment.part
    return before.part


def _settled(plan: Plan, after: Segment, minutes: int, new_id: str) -> tuple[Segment, ...]:
    place = plan.segments.index(after) + 1
    # After the last core step it opens the settling part; elsewhere it stays where it was asked for.
    ends_core = after.part == "core" and not any(each.part == "core" for each in plan.segments[place:])
    calm = settling(new_id, "settle" if ends_core else after.part, minutes)
    return (*plan.segments[:place], calm, *plan.segments[place:])


def settling(segment_id: str, part: str, minutes: int, words_of: str = "settle") -> Segment:
    """A step of intensity 1 with the words of a laid-out step: those of the part `words_of`."""
    title, words = placeholders()[words_of]
    return Segment(segment_id, part, title, minutes, intensity=1, words=words)


def swapped(segment: Segment, exercise: Exercise, digest: str) -> Segment:
    """The step made from another exercise: its place, minutes and note stay."""
    made = segment_from(exercise, digest, segment.part, segment.id)
    return replace(made, minutes=segment.minutes, note=segment.note)
