"""What the library has to say on a plan's steps: a newer version, and what usually comes before."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from planner.library import held
from planner.library.exercise import Exercise
from planner.library.held import Before
from planner.plans import plan as verbs
from planner.plans.from_exercise import segment_from
from planner.plans.plan import PARTS, Origin, Plan, Segment, checked_segment
from planner.who import Asker

# What a new version of an exercise brings into a step, unless the counsellor has put something else there.
_BROUGHT = ("title", "words", "areas", "fears", "mode", "intensity")


def of_steps(session: Session, who: Asker, plan: Plan) -> dict[str, Any]:
    """What the timeline reads, by the step's id, in as many queries for sixty steps as for one.

    `newer` has the exercise as it stands where a step holds an earlier version; `before` has what usually
    comes before a step, where none of it does.
    """
    steps = {step.id: step.exercise for step in plan.segments if step.exercise}
    if not steps:
        return {"newer": {}, "before": {}}
    found = held.newer(session, who, [(each.slug, each.digest) for each in steps.values()])
    usual = held.usually_before(session, who, {each.slug for each in steps.values()})
    pairs = {step_id: (each.slug, each.digest) for step_id, each in steps.items()}
    return {
        "newer": {step_id: found[pair] for step_id, pair in pairs.items() if pair in found},
        "before": {step_id: missing for step_id in steps if (missing := _missing(plan, step_id, usual))},
    }


def before_reading(session: Session, who: Asker, plan: Plan, slug: str) -> tuple[Before, ...]:
    """What usually comes before an exercise that is open for reading, when none of it is in the plan."""
    return _not_yet(plan, slug, held.usually_before(session, who, {slug}))


def _missing(plan: Plan, step_id: str, usual: dict[str, tuple[Before, ...]]) -> tuple[Before, ...]:
    """What usually comes before a step, or nothing when some of it stands earlier in the plan."""
    place = next(i for i, step in enumerate(plan.segments) if step.id == step_id)
    exercise = plan.segments[place].exercise
    befores = usual.get(exercise.slug, ()) if exercise else ()
    return () if _stands(plan.segments[:place], befores) else befores


def _not_yet(plan: Plan, slug: str, usual: dict[str, tuple[Before, ...]]) -> tuple[Before, ...]:
    """The same for an exercise that is being read: anywhere, or before it when it is in the plan."""
    places = [i for i, step in enumerate(plan.segments) if step.exercise and step.exercise.slug == slug]
    befores = usual.get(slug, ())
    return () if _stands(plan.segments[: places[0]] if places else plan.segments, befores) else befores


def _stands(steps: tuple[Segment, ...], befores: tuple[Before, ...]) -> bool:
    """True when one of the exercises, or a version that somebody made of it, is among the steps."""
    there = {step.exercise.slug for step in steps if step.exercise}
    return any(one.slug in there or one.also & there for one in befores)


# Operations on the plan


def renewed(plan: Plan, segment_id: str, old: Exercise, new: Exercise, digest: str) -> Plan:
    """A step made anew from the `new` version of its exercise, whose text has this `digest`.

    What the counsellor changed from the `old` version stays as it is, and so do note, part and place.
    Raises BadPlan.
    """
    segment = plan.segment(segment_id)
    was = checked_segment(segment_from(old, digest, segment.part, segment.id))
    comes = checked_segment(segment_from(new, digest, segment.part, segment.id))
    changes = {
        name: getattr(comes, name) for name in _BROUGHT if getattr(segment, name) == getattr(was, name)
    }
    if segment.minutes == old.minutes.full:
        changes["minutes"] = new.minutes.full
    elif segment.minutes == old.minutes.short:
        changes["minutes"] = new.minutes.short
    return verbs.edit(plan, segment_id, exercise=Origin(new.slug, digest), **changes)


def place_before(plan: Plan, segment_id: str, exercise: Exercise) -> tuple[str, int | None]:
    """The part and the place in it that put an exercise before a step. Raises BadPlan.

    Right before the step where the exercise suits that part of a session, else at the end of the last earlier
    part that it suits.
    """
    step = plan.segment(segment_id)
    here = plan.in_part(step.part).index(step)
    earlier = [part for part in PARTS[: PARTS.index(step.part)] if part in exercise.parts]
    if step.part in exercise.parts or not earlier:
        return step.part, here
    return earlier[-1], None
