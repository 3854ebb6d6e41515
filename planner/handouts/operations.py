"""What printing leaves behind: that it happened, and no more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planner.handouts.models import PrintRecord
from planner.who import Asker


def remember(session: Session, asker: Asker, plan_id: str, kind: str, revision: int) -> None:
    """Note that a sheet of this kind was printed of a plan as it stood at `revision`. The plan was opened."""
    session.add(
        PrintRecord(
            practice_id=asker.practice_id, plan_id=plan_id, member_id=asker.id, kind=kind, revision=revision
        )
    )
