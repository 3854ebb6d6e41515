"""Reading practices, members and invitations. Nobody sees those of another practice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.models import Invitation, Member, Practice
from planner.errors import NotFound
from planner.who import Asker


def practice(session: Session, asker: Asker) -> Practice:
    """The asker's practice. Raises NotFound."""
    found = session.get(Practice, asker.practice_id)
    if found is None:
        raise NotFound
    return found


def members(session: Session, asker: Asker) -> list[Member]:
    """Everybody who may sign in to the asker's practice, by name."""
    query = select(Member).where(Member.practice_id == asker.practice_id, Member.active)
    return sorted(session.scalars(query), key=lambda member: (member.name.casefold(), member.id))


def member(session: Session, asker: Asker, member_id: str) -> Member:
    """One of them. Raises NotFound."""
    query = select(Member).where(
        Member.id == member_id, Member.practice_id == asker.practice_id, Member.active
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def invitations(session: Session, asker: Asker, at: datetime) -> list[Invitation]:
    """Those of the asker's practice that still work at `at`, newest first."""
    query = (
        select(Invitation)
        .where(Invitation.practice_id == asker.practice_id, Invitation.expires_at > at)
        .order_by(Invitation.created_at.desc())
    )
    return list(session.scalars(query))


def invitation(session: Session, asker: Asker, invitation_id: str) -> Invitation:
    """One invitation of the asker's practice. Raises NotFound."""
    query = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.practice_id == asker.practice_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def invitation_by_hash(session: Session, token_hash: str, at: datetime) -> tuple[Invitation, Practice]:
    """The invitation that a link belongs to, for somebody who is not a member yet. Raises NotFound."""
    query = (
        select(Invitation, Practice)
        .join(Practice, Practice.id == Invitation.practice_id)
        .where(Invitation.token_hash == token_hash, Invitation.expires_at > at)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row.Invitation, row.Practice


def by_email(session: Session, email: str) -> Member | None:
    """The active member with this address, in whatever practice: for signing in only."""
    return session.scalar(select(Member).where(Member.email == email, Member.active))


def by_uniquifier(session: Session, uniquifier: str) -> Member:
    """The active member whom a reset link is for. Raises NotFound."""
    query = select(Member).where(Member.fs_uniquifier == uniquifier, Member.active).with_for_update()
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def names(session: Session, asker: Asker) -> dict[str, str]:
    """What everybody in the asker's practice is called, by id; also those who left, for what they wrote."""
    rows = session.execute(select(Member.id, Member.name).where(Member.practice_id == asker.practice_id))
    return {row.id: row.name for row in rows}
