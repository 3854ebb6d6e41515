"""Reading calendar feeds: one's own, and whose a secret address is."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.diary.models import CalendarFeed
from planner.errors import NotFound
from planner.who import Asker


def token_hash(token: str) -> str:
    """What is kept of a feed's secret."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def own(session: Session, asker: Asker) -> CalendarFeed | None:
    """The asker's feed, if they have one."""
    return session.get(CalendarFeed, asker.id)


def by_token(session: Session, token: str) -> Asker:
    """Whose feed it is, as somebody who asks; who may still be a member or not. Raises NotFound.

    The database compares hashes, so that how long it takes says nothing about a secret.
    """
    found = session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash(token)))
    if found is None:
        raise NotFound
    return Asker(found.member_id, found.practice_id, "")
