"""Reading consultations: the plan's counsellor always, colleagues in the practice while one is open."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.consulting.models import Consultation, PlanComment
from planner.consulting.threads import Comment, Count
from planner.errors import NotFound
from planner.plans import queries as plans
from planner.plans.plan import Plan
from planner.who import Asker


@dataclass(frozen=True)
class Asked:
    """A consultation: what its counsellor asks, and whether it is theirs who looks at it (`mine`)."""

    plan_id: str
    title: str
    question: str
    member_id: str
    opened_at: datetime
    closed_at: datetime | None
    mine: bool

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True)
class Listed:
    """A line of the list: a consultation, and what colleagues said."""

    asked: Asked
    count: Count


def of_plan(session: Session, asker: Asker, plan_id: str) -> Asked | None:
    """The consultation on a plan of the asker's own, open or closed; None when there was never one."""
    row = session.get(Consultation, plan_id)
    if row is None or row.practice_id != asker.practice_id or row.member_id != asker.id:
        return None
    return _asked(row, asker)


def consultation(
    session: Session, asker: Asker, plan_id: str, present: Collection[str]
) -> tuple[Asked, Plan]:
    """A consultation and the plan as it stands, with everything in it: it is for `shown` to strip.

    `present` are the ids of those who are members of the practice now: what somebody asked who has left is
    closed. Raises NotFound.
    """
    record = plans.in_practice(session, asker, plan_id)
    row = session.get(Consultation, plan_id)
    if row is None or row.practice_id != asker.practice_id:
        raise NotFound
    if row.member_id != asker.id and (row.closed_at is not None or row.member_id not in present):
        raise NotFound
    return _asked(row, asker), plans.revision(session, record, record.current).plan


def listed(session: Session, asker: Asker, present: Collection[str]) -> list[Listed]:
    """What colleagues ask, and what the asker asked, also what is closed; open and newest first."""
    rows = session.scalars(
        select(Consultation)
        .where(
            Consultation.practice_id == asker.practice_id,
            (Consultation.member_id == asker.id)
            | (Consultation.closed_at.is_(None) & Consultation.member_id.in_(present)),
        )
        .order_by(Consultation.closed_at.is_not(None), Consultation.opened_at.desc())
    ).all()
    there = plans.not_in_bin(session, asker, [row.plan_id for row in rows])
    counted = counts(session, [row.plan_id for row in rows])
    return [
        Listed(_asked(row, asker), sum(counted.get(row.plan_id, {}).values(), Count()))
        for row in rows
        if row.plan_id in there
    ]


def waiting(session: Session, asker: Asker, present: Collection[str]) -> list[Listed]:
    """What colleagues ask, and of what the asker asked that on which comments are to be dealt with."""
    return [each for each in listed(session, asker, present) if each.count.open or not each.asked.mine]


def said_of(session: Session, asker: Asker, plan_id: str) -> dict[str, Count]:
    """How many comments colleagues made on a plan of the asker's own, by step; of a colleague's plan none."""
    if of_plan(session, asker, plan_id) is None:
        return {}
    return counts(session, [plan_id]).get(plan_id, {})


def counts(session: Session, plan_ids: Collection[str]) -> dict[str, dict[str, Count]]:
    """For each plan with comments of colleagues: how many there are by step. It opens none of them."""
    rows = session.execute(
        select(
            PlanComment.plan_id,
            PlanComment.segment_id,
            func.count().label("all"),
            func.count(PlanComment.settled_at).label("settled"),
        )
        .join(Consultation, Consultation.plan_id == PlanComment.plan_id)
        .where(PlanComment.plan_id.in_(plan_ids), PlanComment.member_id != Consultation.member_id)
        .group_by(PlanComment.plan_id, PlanComment.segment_id)
    )
    found: dict[str, dict[str, Count]] = {}
    for plan_id, segment_id, every, settled in rows:
        found.setdefault(plan_id, {})[segment_id] = Count(every, every - settled)
    return found


def comments(session: Session, asked: Asked) -> list[Comment]:
    """What was said, for somebody who may read the consultation."""
    rows = session.scalars(select(PlanComment).where(PlanComment.plan_id == asked.plan_id))
    return [comment_of(row) for row in rows]


def comment_of(row: PlanComment) -> Comment:
    """A row with its sealed text opened."""
    held = json.loads(row.text)
    edited = held["edited_at"]
    return Comment(
        id=row.id,
        segment_id=row.segment_id,
        step=held["step"],
        answers=held["answers"],
        member_id=row.member_id,
        text=held["text"],
        made_at=row.made_at,
        edited_at=datetime.fromisoformat(edited) if edited else None,
        settled_at=row.settled_at,
    )


def _asked(row: Consultation, asker: Asker) -> Asked:
    held = json.loads(row.text)
    return Asked(
        plan_id=row.plan_id,
        title=held["title"],
        question=held["question"],
        member_id=row.member_id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        mine=row.member_id == asker.id,
    )
