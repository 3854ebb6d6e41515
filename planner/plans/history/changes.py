"""What differs between two states of a plan, one change at a time.

Pure: two values in, changes out. `planner.plans.history.words` says each in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from planner.plans.plan import PARTS, Plan, Segment

HEAD = tuple(each.name for each in fields(Plan) if each.name != "segments")
# What another exercise in the place of a step brings with it, and so is not said again.
_BROUGHT = {"title", "words", "areas", "fears", "mode", "intensity", "in_handout", "exercise"}
# Whether a step stands elsewhere is a change of its own.
STEP = tuple(each.name for each in fields(Segment) if each.name not in ("id", "part"))


@dataclass(frozen=True)
class Head:
    """A field of the plan's head, one of HEAD, with its values."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Added:
    """A step that was not there before."""

    segment: Segment


@dataclass(frozen=True)
class Removed:
    """A step that is no longer there."""

    segment: Segment


@dataclass(frozen=True)
class Moved:
    """A step, as it is now, in another place.

    `part_before` is where it came from. It stands before the step `next`, or after the step `last` at the end
    of its part, or alone in its part when both are None.
    """

    segment: Segment
    part_before: str
    next: Segment | None
    last: Segment | None


@dataclass(frozen=True)
class Swapped:
    """Another exercise, or another than before, in the place of a step."""

    before: Segment
    after: Segment


@dataclass(frozen=True)
class Edited:
    """A field of a step, as the step is now, with its values. `exercise`: another version of the same one."""

    segment: Segment
    field: str
    before: object
    after: object


Change = Head | Added | Removed | Moved | Swapped | Edited


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Everything that differs, the head first, then steps in the order of the session; none when equal."""
    return (*_head(before, after), *_steps(before, after))


def in_place(before: Plan, after: Plan) -> frozenset[str]:
    """The ids of the steps that keep their part and, as many as can, their order: the others were moved."""
    places = {(step.id, step.part): place for place, step in enumerate(after.segments)}
    runs: list[tuple[int, tuple[str, ...]]] = []
    for step in before.segments:
        place = places.get((step.id, step.part))
        if place is not None:
            runs.append((place, (*_longest(run for last, run in runs if last < place), step.id)))
    return frozenset(_longest(run for _, run in runs))


def _longest(runs: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return max(runs, key=lambda run: len(run), default=())


def differing(before: Segment, after: Segment) -> tuple[str, ...]:
    """The fields of a step that changed, leaving aside where it stands."""
    return tuple(name for name in STEP if getattr(before, name) != getattr(after, name))


def is_swapped(before: Segment, after: Segment) -> bool:
    """True when a step is from another exercise than before, or only now from one, or no longer."""
    return _slug(before) != _slug(after)


def _slug(segment: Segment) -> str:
    return segment.exercise.slug if segment.exercise else ""


def _edits(before: Segment, after: Segment) -> Iterator[Swapped | Edited]:
    swapped = is_swapped(before, after)
    if swapped:
        yield Swapped(before, after)
    for name in differing(before, after):
        if not (swapped and name in _BROUGHT):
            yield Edited(after, name, getattr(before, name), getattr(after, name))


def _head(before: Plan, after: Plan) -> Iterator[Head]:
    for name in HEAD:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Head(name, was, now)


def _steps(before: Plan, after: Plan) -> Iterator[Change]:
    """Steps that went stand first in their part, as nothing says any more what they stood beside."""
    was = {step.id: step for step in before.segments}
    still, stayed = {step.id for step in after.segments}, in_place(before, after)
    for part in PARTS:
        yield from (Removed(step) for step in before.in_part(part) if step.id not in still)
        here = after.in_part(part)
        for place, step in enumerate(here):
            if step.id not in was:
                yield Added(step)
                continue
            if step.id not in stayed:
                follows = here[place + 1] if place + 1 < len(here) else None
                leads = here[place - 1] if place else None
                yield Moved(step, was[step.id].part, follows, leads)
            yield from _edits(was[step.id], step)
