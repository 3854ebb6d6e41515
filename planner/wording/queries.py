"""Reading what a member chose to leave as it is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.who import Asker
from planner.wording.marks import Left
from planner.wording.models import LeftAsItIs


def left(session: Session, asker: Asker) -> Left:
    """What the asker left; nobody else's."""
    keyring, place = session.info["keyring"], f"{asker.practice_id}/left_as_it_is/mark/{asker.id}"
    marks = session.scalars(select(LeftAsItIs.mark).where(LeftAsItIs.member_id == asker.id))
    return Left(frozenset(marks), lambda words: keyring.marks(words, place))
