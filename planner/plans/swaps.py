"""What could take a step's place: exercises of the same purpose, and the minutes that they would take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library import held
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord
from planner.plans.pacing import mends, pacing
from planner.plans.plan import Plan, Segment
from planner.plans.refit import Alternatives
from planner.plans.remedies import Swap
from planner.plans.shape import exercises_of
from planner.plans.timing import timing
from planner.taxonomy import TAXONOMY
from planner.who import Asker

DIRECTIONS = ("gentler", "bolder", "shorter", "other_mode")
# How many are shown in each direction, or when a remark asks; and how many are looked at for that.
EACH, MENDING, LOOKED_AT = 3, 6, 24
# Sessions with more core exercises than these are refitted without swaps for the rest.
_MOST_STEPS = 6


@dataclass(frozen=True)
class Choice:
    """An exercise, and the minutes that the step would take with it."""

    record: ExerciseRecord
    minutes: int


@dataclass(frozen=True)
class Swaps:
    """What could take the place of a step, by direction; directions without any are left out.

    With a `rule` of the pacing only what mends its breach is there. `known` is False for an exercise that is
    not in the library any more.
    """

    step: Segment
    choices: dict[str, tuple[Choice, ...]]
    rule: str = ""
    known: bool = True


def swaps(session: Session, who: Asker, plan: Plan, segment_id: str, rule: str = "") -> Swaps | None:
    """What could take a step's place. None when the step is gone or was written freely."""
    step = next((each for each in plan.segments if each.id == segment_id), None)
    if step is None or step.exercise is None:
        return None
    try:
        record = library.record(session, who, step.exercise.slug)
    except NotFound:
        return Swaps(step, {}, known=False)
    wish = _wish(session, who, plan, step, rule) if rule else None
    if wish:
        near = library.alike(session, who, record, LOOKED_AT, wish.intensity)
        rows = near.other_mode if wish.wish == "other_mode" else near.gentler
        mending = _mending(session, who, plan, rule, wish, _suiting(plan, step, rows))
        return Swaps(step, {wish.wish: mending[:MENDING]} if mending else {}, rule)
    near = library.alike(session, who, record, LOOKED_AT)
    choices = {
        direction: tuple(_suiting(plan, step, getattr(near, direction))[:EACH]) for direction in DIRECTIONS
    }
    return Swaps(step, {direction: some for direction, some in choices.items() if some})


def minutes_with(plan: Plan, step: Segment, short: int, full: int) -> int:
    """Minutes of a step with another exercise: of the forms that fit, the nearest to what it takes now."""
    in_session = TAXONOMY.parts[step.part].in_session
    room = step.minutes + max(0, timing(plan).free) if in_session else max(short, full)
    fitting = [each for each in (full, short) if each <= room]
    return min(fitting, key=lambda each: abs(each - step.minutes), default=short)


def alternatives(session: Session, who: Asker, plan: Plan) -> Alternatives:
    """What could be swapped in for the core steps to save time: shorter, gentler, in another mode."""
    near: dict[str, list[ExerciseRecord]] = {}
    core = [step for step in plan.in_part("core") if step.exercise]
    for step in core[:_MOST_STEPS]:
        try:
            record = library.record(session, who, step.exercise.slug if step.exercise else "")
        except NotFound:
            continue
        alike = library.alike(session, who, record, EACH)
        rows = dict.fromkeys((*alike.shorter, *alike.gentler, *alike.other_mode))
        near[step.id] = [choice.record for choice in _suiting(plan, step, rows)]
    found = _values(session, who, [row for rows in near.values() for row in rows])
    return {step: [(found[row.slug], row.digest) for row in rows] for step, rows in near.items()}


def _wish(session: Session, who: Asker, plan: Plan, step: Segment, rule: str) -> Swap | None:
    """What the pacing wishes for in place of a step to mend a breach of `rule`."""
    for breach in pacing(plan, exercises_of(session, who, plan)).breaches:
        for remedy in breach.remedies:
            if breach.rule == rule and isinstance(remedy, Swap) and remedy.segment == step.id:
                return remedy
    return None


def _suiting(plan: Plan, step: Segment, rows: Iterable[ExerciseRecord]) -> list[Choice]:
    """Those that suit the part of the session and are not in the plan yet."""
    there = {each.exercise.slug for each in plan.segments if each.exercise}
    return [
        Choice(row, minutes_with(plan, step, row.minutes_short, row.minutes_full))
        for row in rows
        if row.slug not in there and f"part:{step.part}" in row.tags.split()
    ]


def _mending(
    session: Session, who: Asker, plan: Plan, rule: str, wish: Swap, choices: list[Choice]
) -> tuple[Choice, ...]:
    """Those that take the breach away and make no rule worse, in the minutes that they would take."""
    found = _values(session, who, [choice.record for choice in choices])

    def swap(choice: Choice) -> Swap:
        record = choice.record
        return Swap(
            wish.segment, wish.wish, wish.intensity, found[record.slug], record.digest, choice.minutes
        )

    return tuple(choice for choice in choices if mends(plan, rule, swap(choice)))


def _values(session: Session, who: Asker, rows: list[ExerciseRecord]) -> dict[str, Exercise]:
    """The exercises as they stand, by their slugs, in one query."""
    found = held.exercises(session, who, [(row.slug, row.digest) for row in rows]) if rows else {}
    return {slug: exercise for (slug, _digest), exercise in found.items()}
