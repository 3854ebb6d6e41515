"""Leaving remarks, and taking that back: one verb a function, and none of them commits."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.who import Asker
from planner.wording.models import LeftAsItIs

# More than anybody leaves by hand; beyond it the oldest are forgotten.
MOST = 2000


def leave(session: Session, asker: Asker, mark: str) -> None:
    """Never show the asker the remark with this mark again. Leaving it twice is the same as once."""
    if session.get(LeftAsItIs, (asker.id, mark)) is not None:
        return
    session.add(LeftAsItIs(member_id=asker.id, mark=mark, practice_id=asker.practice_id))
    session.flush()
    oldest = select(LeftAsItIs.mark).where(LeftAsItIs.member_id == asker.id)
    beyond = session.scalars(oldest.order_by(LeftAsItIs.left_at.desc(), LeftAsItIs.mark).offset(MOST)).all()
    if beyond:
        session.execute(
            delete(LeftAsItIs).where(LeftAsItIs.member_id == asker.id, LeftAsItIs.mark.in_(beyond))
        )


def forget(session: Session, asker: Asker) -> None:
    """Show the asker everything again."""
    session.execute(delete(LeftAsItIs).where(LeftAsItIs.member_id == asker.id))
