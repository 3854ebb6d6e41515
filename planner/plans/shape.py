"""How a session moves: what the panel over the timeline reads, and the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from planner.library import held
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.plans.chart import Curve, curve
from planner.plans.load import Load, load
from planner.plans.pacing import Pacing, pacing
from planner.plans.plan import Origin, Plan
from planner.plans.remarks import Remark, remarks
from planner.plans.remedies import Remedy, Swap
from planner.plans.talk import Talk, talk
from planner.who import Asker


@dataclass(frozen=True)
class Shape:
    """A session with at least one step: its curve, what is remarked on it, who speaks, and what it asks for.

    `unsaid` counts the steps whose intensity is not said.
    """

    pacing: Pacing
    curve: Curve
    remarks: tuple[Remark, ...]
    talk: Talk
    load: Load
    unsaid: int


def shape(session: Session, who: Asker, plan: Plan) -> Shape | None:
    """Read it, in as many queries for sixty steps as for one. None when the session has no step yet."""
    exercises = exercises_of(session, who, plan)
    paced = pacing(plan, exercises)
    if not paced.points:
        return None
    paced = _with_real_swaps(session, who, plan, paced)
    return Shape(
        pacing=paced,
        curve=curve(paced.points, paced.minutes, paced.peak_minute, paced.calm_from, paced.breaches),
        remarks=remarks(plan, paced),
        talk=talk(plan, exercises),
        load=load(plan, exercises),
        unsaid=sum(not point.intensity for point in paced.points),
    )


def exercises_of(session: Session, who: Asker, plan: Plan) -> dict[Origin, Exercise]:
    """The exercises of a plan's steps as the plan holds them; those that cannot be read are left out."""
    origins = {step.exercise for step in plan.segments if step.exercise}
    if not origins:
        return {}
    found = held.exercises(session, who, [(each.slug, each.digest) for each in origins])
    return {Origin(slug, digest): exercise for (slug, digest), exercise in found.items()}


def _with_real_swaps(session: Session, who: Asker, plan: Plan, paced: Pacing) -> Pacing:
    """The same without the wishes that nothing in the library meets."""
    origins = {step.id: step.exercise for step in plan.segments}

    def wish(remedy: Remedy) -> library.Wish | None:
        origin = origins[remedy.segment] if isinstance(remedy, Swap) else None
        if origin is None or not isinstance(remedy, Swap):
            return None
        return library.Wish(origin.slug, remedy.intensity, remedy.wish == "other_mode")

    offered = {wish(remedy) for breach in paced.breaches for remedy in breach.remedies}
    wishes = {each for each in offered if each is not None}
    if not wishes:
        return paced
    unmet = wishes - library.granted(session, who, wishes)
    kept = tuple(
        replace(breach, remedies=tuple(each for each in breach.remedies if wish(each) not in unmet))
        for breach in paced.breaches
    )
    return replace(paced, breaches=kept)
