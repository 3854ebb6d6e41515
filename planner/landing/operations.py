"""Keeping what is noted after a session, and the practice's counts in step with it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.errors import Stale
from planner.landing import queries
from planner.landing.following import following
from planner.landing.models import ExerciseLanding, SessionNotes
from planner.landing.notes import Notes, checked, difference, to_json
from planner.plans import operations as plan_operations
from planner.plans import queries as plans
from planner.who import Asker


def save(session: Session, asker: Asker, plan_id: str, notes: Notes, base: int) -> SessionNotes:
    """Keep `notes` on the session of a plan; `base` is the number of the saving that they were written over.

    Raises NotFound, BadNotes, and Stale when something else was saved meanwhile. What is no different
    writes nothing.
    """
    record = plans.record(session, asker, plan_id)
    # Of several who save a session's first notes, the next one waits here.
    session.refresh(record, with_for_update=True)
    row = session.get(SessionNotes, plan_id, with_for_update=True, populate_existing=True)
    was, notes = queries.notes_in(row), checked(notes)
    if row is not None and was == notes:
        return row
    if base != (row.number if row else 0):
        raise Stale
    if row is None:
        row = SessionNotes(plan_id=plan_id, practice_id=record.practice_id, number=0)
        session.add(row)
    row.member_id, row.changed_at = asker.id, now()
    row.number += 1
    row.seal_text(to_json(notes), session.info["keyring"])
    session.flush()
    for (slug, landed), by in difference(was, notes).items():
        _count(session, record.practice_id, slug, landed, by)
    return row


def _count(session: Session, practice_id: str, slug: str, landed: str, by: int) -> None:
    """Add to a count where it stands, so that of two at once none is lost. It never falls below 0."""
    key = {"practice_id": practice_id, "slug": slug, "landed": landed}
    total = ExerciseLanding.count + by
    if by < 0:
        session.execute(
            update(ExerciseLanding)
            .filter_by(**key)
            .values(count=case((total < 0, 0), else_=total))
            .execution_options(synchronize_session=False)
        )
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(
        dialect.insert(ExerciseLanding)
        .values(**key, count=by)
        .on_conflict_do_update(index_elements=list(key), set_={"count": total})
        .execution_options(synchronize_session=False)
    )


def begin_next(
    session: Session, asker: Asker, plan_id: str, today: dt.date, *, between: bool = False
) -> tuple[str, bool]:
    """The id of the plan of the next session, and True when it was made now. Raises NotFound.

    `between` makes one although there is a plan that follows: there is a session between the two.
    """
    opened = plans.opened(session, asker, plan_id)
    # Who presses twice means one.
    session.refresh(opened.record, with_for_update=True)
    there = None if between else plans.next_of(session, asker, plan_id)
    if there is not None:
        return there.id, False
    made = plan_operations.create(session, asker, following(opened.plan, today, new_id))
    made.follows_id = plan_id
    return made.id, True
