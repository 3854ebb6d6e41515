"""The steps of a session that can be noted: from its plan, its run on the screen, and earlier notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from planner.landing.notes import Notes, Step
from planner.plans.plan import Plan, Segment


def steps_of(
    plan: Plan,
    kept: Notes | None = None,
    others: Iterable[Segment] = (),
    skipped: Collection[str] = (),
) -> tuple[Step, ...]:
    """The plan's steps in its order, then `others` that were in the session, then what else was noted.

    Each says how it landed, as far as that was noted; before anything was noted, those in `skipped` (by id)
    were. A step that has left the plan stays, so that nothing that was said of it is lost.
    """
    noted = kept.steps if kept else ()
    landed = {step.id: step.landed for step in noted} if kept else dict.fromkeys(skipped, "skipped")
    steps: dict[str, Step] = {}
    for segment in (*plan.segments, *others):
        slug = segment.exercise.slug if segment.exercise else ""
        step = Step(segment.id, segment.title, segment.part, slug, landed.get(segment.id, ""))
        steps.setdefault(segment.id, step)
    for step in noted:
        steps.setdefault(step.id, step)
    return tuple(steps.values())
