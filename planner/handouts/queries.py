"""What printing reads: a plan as it stands, and the exercises in the versions that it took."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.plans import queries as plans
from planner.plans.plan import Origin, Plan
from planner.who import Asker


def plan_to_print(session: Session, asker: Asker, plan_id: str) -> tuple[Plan, dict[Origin, Exercise]]:
    """A plan and its exercises. Raises NotFound for the plan.

    An exercise that is gone is left out: its steps then have no sheet.
    """
    plan = plans.opened(session, asker, plan_id).plan
    found: dict[Origin, Exercise] = {}
    for origin in {segment.exercise for segment in plan.segments if segment.exercise}:
        try:
            found[origin] = library.version(session, asker, origin.slug, origin.digest)
        except NotFound:
            continue
    return plan, found
