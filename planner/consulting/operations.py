"""Asking colleagues, closing, commenting and dealing with comments. Nothing here commits.

Whoever calls has made sure, by `queries.consultation`, that the asker may read what they comment on.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.consulting.models import Consultation, PlanComment
from planner.consulting.queries import Asked, comment_of
from planner.consulting.threads import WHOLE, Comment, threads
from planner.db import new_id, now
from planner.errors import NotAllowed, NotFound, Stale
from planner.plans import queries as plans
from planner.plans.plan import Plan
from planner.who import Asker


def ask(session: Session, asker: Asker, plan_id: str, title: str, question: str) -> None:
    """Show one's own plan to colleagues, or change what is asked. Raises NotFound, NotAllowed."""
    _own_plan(session, asker, plan_id)
    row = session.get(Consultation, plan_id)
    if row is None:
        row = Consultation(plan_id=plan_id, practice_id=asker.practice_id, member_id=asker.id)
        session.add(row)
    elif row.closed_at is not None:
        row.closed_at, row.opened_at = None, now()
    row.seal_text(
        json.dumps({"title": title, "question": question}, ensure_ascii=False), session.info["keyring"]
    )
    session.flush()


def close(session: Session, asker: Asker, plan_id: str) -> None:
    """Show the plan to nobody else; comments stay for its counsellor. Raises NotFound, NotAllowed."""
    _own_plan(session, asker, plan_id)
    row = session.get(Consultation, plan_id)
    if row is None:
        raise NotFound
    row.closed_at = row.closed_at or now()


def comment(
    session: Session, asker: Asker, asked: Asked, plan: Plan, text: str, *, segment_id: str, answers: str
) -> Comment:
    """Say something of a plan, of a step of it, or in answer to a comment (`answers` is its id, or empty).

    Raises Stale when that step or comment has gone meanwhile.
    """
    step = ""
    if answers:
        above = _above(session, asked, answers)
        answers, segment_id, step = above.id, above.segment_id, above.step
    elif segment_id != WHOLE:
        step = next((each.title for each in plan.segments if each.id == segment_id), "")
        if not step:
            raise Stale
    row = PlanComment(
        id=new_id(),
        practice_id=asker.practice_id,
        plan_id=asked.plan_id,
        segment_id=segment_id,
        member_id=asker.id,
        made_at=now(),
    )
    _seal(session, row, text, step, answers, None)
    session.add(row)
    session.flush()
    return comment_of(row)


def edit(session: Session, asker: Asker, asked: Asked, comment_id: str, text: str) -> Comment:
    """Change one's own comment; to be dealt with, it stands open again. Raises NotFound, NotAllowed."""
    row = _own_comment(session, asker, asked, comment_id)
    held = comment_of(row)
    if text != held.text:
        _seal(session, row, text, held.step, held.answers, now())
        row.settled_at = None
    return comment_of(row)


def delete(session: Session, asker: Asker, asked: Asked, comment_id: str) -> Comment:
    """Delete one's own comment for good; answers to it stay. Returns it. Raises NotFound, NotAllowed."""
    row = _own_comment(session, asker, asked, comment_id)
    held = comment_of(row)
    session.delete(row)
    session.flush()
    return held


def settle(session: Session, asker: Asker, asked: Asked, comment_id: str, settled: bool) -> Comment:
    """Mark a comment and its answers as dealt with, or as open again. Only the plan's counsellor may.

    Raises NotFound, NotAllowed.
    """
    if asker.id != asked.member_id:
        raise NotAllowed("Only the counsellor whose plan it is can mark a comment as dealt with.")
    top = comment_of(_row(session, asked, comment_id))
    rows = session.scalars(
        select(PlanComment).where(
            PlanComment.plan_id == asked.plan_id, PlanComment.segment_id == top.segment_id
        )
    ).all()
    found = threads(map(comment_of, rows), asked.member_id)
    talk = next(each.ids for each in found if top.id in each.ids)
    for row in rows:
        if row.id in talk:
            row.settled_at = (row.settled_at or now()) if settled else None
    session.flush()
    return top


def _own_plan(session: Session, asker: Asker, plan_id: str) -> None:
    if plans.record(session, asker, plan_id).member_id != asker.id:
        raise NotAllowed("Only the counsellor whose plan it is can ask colleagues about it.")


def _row(session: Session, asked: Asked, comment_id: str) -> PlanComment:
    row = session.get(PlanComment, comment_id)
    if row is None or row.plan_id != asked.plan_id:
        raise NotFound
    return row


def _own_comment(session: Session, asker: Asker, asked: Asked, comment_id: str) -> PlanComment:
    row = _row(session, asked, comment_id)
    if row.member_id != asker.id:
        raise NotAllowed("Only who wrote a comment can change or delete it.")
    return row


def _above(session: Session, asked: Asked, comment_id: str) -> Comment:
    try:
        return comment_of(_row(session, asked, comment_id))
    except NotFound as error:
        raise Stale from error


def _seal(
    session: Session, row: PlanComment, text: str, step: str, answers: str, edited_at: datetime | None
) -> None:
    held = {
        "text": text,
        "step": step,
        "answers": answers,
        "edited_at": edited_at.isoformat() if edited_at else None,
    }
    row.seal_text(json.dumps(held, ensure_ascii=False), session.info["keyring"])
