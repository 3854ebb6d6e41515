"""Reading plans. Every function takes the member who asks and shows nobody else's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from planner.errors import NotFound
from planner.plans.models import PlanRecord, Revision
from planner.plans.plan import Plan
from planner.who import Asker


@dataclass(frozen=True)
class Opened:
    """A plan as it stands: its row, its current value, and where undo and redo would lead (or None)."""

    record: PlanRecord
    plan: Plan
    undo: int | None
    redo: int | None

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def number(self) -> int:
        return self.record.current


@dataclass(frozen=True)
class Listed:
    """A line of a list of plans."""

    id: str
    plan: Plan
    changed_at: datetime
    shared: bool
    mine: bool
    binned_at: datetime | None


def _visible(asker: Asker) -> Select[PlanRecord]:
    return select(PlanRecord).where(
        PlanRecord.practice_id == asker.practice_id,
        (PlanRecord.member_id == asker.id) | PlanRecord.shared,
    )


def record(session: Session, asker: Asker, plan_id: str, *, binned: bool = False) -> PlanRecord:
    """One plan's row: the asker's own, or one that a colleague opened to the practice.

    A plan in the bin is there for its own counsellor only, and only when `binned` asks for it.
    Raises NotFound.
    """
    query = _visible(asker).where(PlanRecord.id == plan_id)
    if binned:
        query = query.where(PlanRecord.binned_at.is_not(None), PlanRecord.member_id == asker.id)
    else:
        query = query.where(PlanRecord.binned_at.is_(None))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def in_practice(session: Session, asker: Asker, plan_id: str) -> PlanRecord:
    """One plan's row, whoever's in the asker's practice it is, unless it is in the bin. Raises NotFound.

    Only for features with a rule of their own on who may read what of it.
    """
    found = session.scalar(
        select(PlanRecord).where(
            PlanRecord.id == plan_id,
            PlanRecord.practice_id == asker.practice_id,
            PlanRecord.binned_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found


def not_in_bin(session: Session, asker: Asker, plan_ids: Collection[str]) -> set[str]:
    """Those of the plans, of whomever in the asker's practice, that are not in the bin."""
    query = select(PlanRecord.id).where(
        PlanRecord.id.in_(plan_ids),
        PlanRecord.practice_id == asker.practice_id,
        PlanRecord.binned_at.is_(None),
    )
    return set(session.scalars(query))


def next_of(session: Session, asker: Asker, plan_id: str) -> PlanRecord | None:
    """The plan of the session after this one: of several that follow it, the one that was made first."""
    return session.scalar(
        _visible(asker)
        .where(PlanRecord.follows_id == plan_id, PlanRecord.binned_at.is_(None))
        .order_by(PlanRecord.created_at, PlanRecord.id)
        .limit(1)
    )


def revision(session: Session, found: PlanRecord, number: int) -> Revision:
    """One revision of a plan that was already loaded. Raises NotFound."""
    query = select(Revision).where(Revision.plan_id == found.id, Revision.number == number)
    one = session.scalar(query)
    if one is None:
        raise NotFound
    return one


def opened(session: Session, asker: Asker, plan_id: str) -> Opened:
    """A plan as it stands now. Raises NotFound."""
    found = record(session, asker, plan_id)
    current = revision(session, found, found.current)
    redo = session.scalar(
        select(Revision.number)
        .where(Revision.plan_id == found.id, Revision.parent == found.current)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return Opened(found, current.plan, current.parent, redo)


def as_they_stand(session: Session, query: Select[PlanRecord]) -> list[tuple[PlanRecord, Plan]]:
    """The plans that a query finds, each row with its current value, all at once."""
    current = aliased(Revision)
    rows = session.execute(
        query.join(
            current, (current.plan_id == PlanRecord.id) & (current.number == PlanRecord.current)
        ).add_columns(current)
    )
    return [(found, at.plan) for found, at in rows]


def listed(session: Session, asker: Asker, *, binned: bool = False, search: str = "") -> list[Listed]:
    """The asker's plans and those opened to them, the last changed first.

    Titles are sealed with the plan, so the search for `search` in title and hope happens here.
    """
    if binned:
        query = _visible(asker).where(PlanRecord.binned_at.is_not(None), PlanRecord.member_id == asker.id)
    else:
        query = _visible(asker).where(PlanRecord.binned_at.is_(None))
    wanted = search.casefold().split()
    lines = []
    for found, plan in as_they_stand(session, query.order_by(PlanRecord.changed_at.desc())):
        text = f"{plan.title} {plan.hope}".casefold()
        if all(word in text for word in wanted):
            lines.append(
                Listed(
                    found.id,
                    plan,
                    found.changed_at,
                    found.shared,
                    found.member_id == asker.id,
                    found.binned_at,
                )
            )
    return lines


def dated(session: Session, asker: Asker) -> list[tuple[PlanRecord, Plan]]:
    """The asker's own plans that have a date and are not in the bin, each with its row."""
    query = select(PlanRecord).where(
        PlanRecord.practice_id == asker.practice_id,
        PlanRecord.member_id == asker.id,
        PlanRecord.binned_at.is_(None),
    )
    return [(found, plan) for found, plan in as_they_stand(session, query) if plan.date]
