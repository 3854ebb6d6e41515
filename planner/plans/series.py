"""Plans as the sessions of a programme: which there are, and which follows which. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.plans import queries
from planner.plans.models import PlanRecord
from planner.plans.plan import Plan
from planner.plans.queries import Listed
from planner.who import Asker


@dataclass(frozen=True)
class Held:
    """A plan as the session of a programme: its value, the number of its revision, and where it stands."""

    id: str
    plan: Plan
    number: int
    shared: bool
    is_binned: bool
    programme_id: str | None


def held(session: Session, asker: Asker, plan_ids: Collection[str]) -> dict[str, Held]:
    """The asker's own among these plans by their ids, in one query; those in the bin too."""
    if not plan_ids:
        return {}
    query = select(PlanRecord).where(
        PlanRecord.practice_id == asker.practice_id,
        PlanRecord.member_id == asker.id,
        PlanRecord.id.in_(plan_ids),
    )
    return {
        found.id: Held(
            found.id, plan, found.current, found.shared, found.binned_at is not None, found.programme_id
        )
        for found, plan in queries.as_they_stand(session, query)
    }


def own(session: Session, asker: Asker, plan_id: str) -> PlanRecord:
    """One of the asker's own plans, not in the bin. Raises NotFound, also for a colleague's shared one."""
    record = queries.record(session, asker, plan_id)
    if record.member_id != asker.id:
        raise NotFound
    return record


def free(session: Session, asker: Asker) -> list[Listed]:
    """The asker's own plans that are in no programme, the last changed first."""
    taken = set(
        session.scalars(
            select(PlanRecord.id).where(
                PlanRecord.member_id == asker.id, PlanRecord.programme_id.is_not(None)
            )
        )
    )
    return [line for line in queries.listed(session, asker) if line.mine and line.id not in taken]


def taken(session: Session, asker: Asker, plan_ids: Collection[str], programme_id: str) -> set[str]:
    """Those of the plans that another programme has by now, or that are not the asker's."""
    found = held(session, asker, plan_ids)
    return {
        plan_id
        for plan_id in plan_ids
        if plan_id not in found or found[plan_id].programme_id not in (None, programme_id)
    }


def link(session: Session, asker: Asker, programme_id: str, plan_ids: Sequence[str]) -> None:
    """Let exactly these plans be the programme's, each following the one before it.

    A plan that leaves it follows none of them any more. What the plans say does not change.
    """
    mine = select(PlanRecord).where(
        PlanRecord.practice_id == asker.practice_id, PlanRecord.member_id == asker.id
    )
    for record in session.scalars(mine.where(PlanRecord.programme_id == programme_id)).all():
        if record.id not in plan_ids:
            record.programme_id = record.follows_id = None
    records = {one.id: one for one in session.scalars(mine.where(PlanRecord.id.in_(plan_ids)))}
    before: str | None = None
    for plan_id in plan_ids:
        records[plan_id].programme_id = programme_id
        records[plan_id].follows_id = before
        before = plan_id
    session.flush()
