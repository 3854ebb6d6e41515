"""Making and ending calendar feeds: one verb a function, and none of them commits."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from planner.diary.models import CalendarFeed
from planner.diary.queries import token_hash
from planner.who import Asker


def make(session: Session, asker: Asker, at: datetime) -> str:
    """A secret for the asker's feed, which is returned and kept nowhere; an earlier one ends."""
    end(session, asker, asker.id)
    token = secrets.token_urlsafe(32)
    session.add(
        CalendarFeed(
            member_id=asker.id, practice_id=asker.practice_id, token_hash=token_hash(token), made_at=at
        )
    )
    session.flush()
    return token


def end(session: Session, asker: Asker, member_id: str) -> None:
    """The feed of a member of the asker's practice opens nothing any more; it is fine if there is none."""
    session.execute(
        delete(CalendarFeed).where(
            CalendarFeed.member_id == member_id, CalendarFeed.practice_id == asker.practice_id
        )
    )
