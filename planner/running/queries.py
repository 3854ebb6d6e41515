"""Reading runs: those of plans that the asker may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.db import now
from planner.errors import NotFound
from planner.plans import queries as plans
from planner.running.events import MINUTE
from planner.running.models import SessionRun
from planner.running.run import Run, from_json
from planner.who import Asker

# Longer ago than this nothing is still under way.
_LATELY = timedelta(days=1)
# For so long after its end a session can be gone on with, in milliseconds.
_A_WHILE = 3 * 60 * MINUTE


@dataclass(frozen=True)
class Held:
    """A run with its row."""

    record: SessionRun
    run: Run

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def plan_id(self) -> str:
        return self.record.plan_id


def latest(session: Session, asker: Asker, plan_id: str) -> Held | None:
    """The last run of a plan, under way or over; None when there was none. Raises NotFound."""
    plans.record(session, asker, plan_id)
    record = session.scalar(
        select(SessionRun)
        .where(SessionRun.practice_id == asker.practice_id, SessionRun.plan_id == plan_id)
        .order_by(SessionRun.started_at.desc(), SessionRun.id)
        .limit(1)
    )
    return Held(record, from_json(record.text)) if record else None


def one(session: Session, asker: Asker, plan_id: str, run_id: str) -> SessionRun:
    """The row of one run of a plan. Raises NotFound."""
    plans.record(session, asker, plan_id)
    record = session.scalar(
        select(SessionRun).where(
            SessionRun.practice_id == asker.practice_id,
            SessionRun.plan_id == plan_id,
            SessionRun.id == run_id,
        )
    )
    if record is None:
        raise NotFound
    return record


def milliseconds(moment: datetime) -> int:
    """A moment as runs count it: milliseconds of UTC since 1970."""
    return round(moment.timestamp() * 1000)


def is_open(held: Held | None) -> bool:
    """True while a session is under way; not any more long after its end, even if nobody ended it."""
    return held is not None and not held.run.stand.ended and not held.run.is_forgotten(milliseconds(now()))


def is_fresh(held: Held) -> bool:
    """True for a while after a session ended: it may have been ended too soon."""
    ended = held.run.stand.ended
    return bool(ended) and milliseconds(now()) - ended < _A_WHILE


def under_way(session: Session, asker: Asker) -> list[Held]:
    """The asker's own sessions that are under way, the last begun first."""
    rows = session.scalars(
        select(SessionRun)
        .where(
            SessionRun.practice_id == asker.practice_id,
            SessionRun.member_id == asker.id,
            SessionRun.ended_at.is_(None),
            SessionRun.started_at > now() - _LATELY,
        )
        .order_by(SessionRun.started_at.desc())
    ).all()
    found = []
    for row in rows:
        try:
            plans.record(session, asker, row.plan_id)
        except NotFound:
            continue  # its plan is in the bin
        held = Held(row, from_json(row.text))
        if is_open(held):
            found.append(held)
    return found
