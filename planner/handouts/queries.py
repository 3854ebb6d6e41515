"""What printing reads: a plan as it stands, and the exercises in the versions that it took."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.handouts.models import PrintRecord
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.plans import queries as plans
from planner.plans.plan import Origin, Plan
from planner.who import Asker


@dataclass(frozen=True)
class ToPrint:
    """A plan as it stands, the number of that revision, and its exercises in the versions that it took."""

    id: str
    plan: Plan
    revision: int
    exercises: dict[Origin, Exercise]


def plan_to_print(session: Session, asker: Asker, plan_id: str) -> ToPrint:
    """A plan and its exercises. Raises NotFound for the plan.

    An exercise that is gone is left out: its steps then have no sheet.
    """
    opened = plans.opened(session, asker, plan_id)
    found: dict[Origin, Exercise] = {}
    for origin in {segment.exercise for segment in opened.plan.segments if segment.exercise}:
        try:
            found[origin] = library.version(session, asker, origin.slug, origin.digest)
        except NotFound:
            continue
    return ToPrint(plan_id, opened.plan, opened.number, found)


def printed_before(session: Session, asker: Asker, plan_id: str) -> list[PrintRecord]:
    """What was last printed of a plan, of each kind one, the newest first. The plan was opened."""
    newest = (
        select(func.max(PrintRecord.printed_at))
        .where(PrintRecord.plan_id == plan_id, PrintRecord.practice_id == asker.practice_id)
        .group_by(PrintRecord.kind)
    )
    return list(
        session.scalars(
            select(PrintRecord)
            .where(PrintRecord.plan_id == plan_id, PrintRecord.practice_id == asker.practice_id)
            .where(PrintRecord.printed_at.in_(newest))
            .order_by(PrintRecord.printed_at.desc())
        )
    )
