"""Changing practices and members: one verb a function, and none of them commits."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from planner.accounts import queries
from planner.accounts.models import COUNSELLOR, OWNER, Invitation, Member, Practice
from planner.db import new_id
from planner.errors import NotAllowed, NotFound, RuleBroken
from planner.who import Asker


class AddressTaken(RuleBroken):
    """The e-mail address belongs to a member already."""


def set_up(session: Session, *, practice: str, name: str, email: str, password_hash: str) -> Member:
    """The first practice with its owner. Raises RuleBroken when there is one: of two at once, one wins."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('reconnect set-up'))"))
    if session.scalar(select(func.count()).select_from(Practice)):
        raise RuleBroken(_("This planner has been set up already. Please sign in."))
    new = Practice(name=practice)
    session.add(new)
    session.flush()
    owner = Member(
        practice_id=new.id, name=name, email=email, password=password_hash, role=OWNER, active=True
    )
    session.add(owner)
    session.flush()
    return owner


def describe_practice(session: Session, asker: Asker, *, name: str, paper: str) -> None:
    """What the practice is called, and what it prints on. Raises NotAllowed."""
    _demand_owner(asker)
    practice = queries.practice(session, asker)
    practice.name, practice.paper = name, paper


def keep_letterhead(session: Session, asker: Asker, *, contact: str, footer: str, accent: str) -> None:
    """What stands on handouts beside the logo. Raises NotAllowed."""
    _demand_owner(asker)
    practice = queries.practice(session, asker)
    practice.contact_line, practice.footer, practice.accent = contact, footer, accent


def keep_logo(session: Session, asker: Asker, kind: str, content: bytes) -> None:
    """A logo that was checked: `kind` is "png" or "svg". Raises NotAllowed."""
    _demand_owner(asker)
    practice = queries.practice(session, asker)
    practice.logo_kind, practice.logo = kind, content


def remove_logo(session: Session, asker: Asker) -> None:
    """No logo on handouts any more. Raises NotAllowed."""
    _demand_owner(asker)
    practice = queries.practice(session, asker)
    practice.logo_kind, practice.logo = "", None


def rename(session: Session, asker: Asker, name: str) -> None:
    """A member's own name."""
    queries.member(session, asker, asker.id).name = name


def show_wording_remarks(session: Session, asker: Asker, wanted: bool) -> None:
    """Whether a member sees remarks on wording."""
    queries.member(session, asker, asker.id).wording_remarks = wanted


def use_shortcuts(session: Session, asker: Asker, wanted: bool) -> None:
    """Whether single keys do something for a member."""
    queries.member(session, asker, asker.id).shortcuts = wanted


def invite(
    session: Session, asker: Asker, *, email: str, role: str, at: datetime, lifetime: timedelta
) -> str:
    """A link into the practice for one person. Returns its token, which is kept nowhere.

    An earlier invitation of the same person stops working. Raises NotAllowed, AddressTaken.
    """
    _demand_owner(asker)
    _demand_free(session, email)
    session.execute(
        delete(Invitation).where(
            Invitation.practice_id == asker.practice_id,
            (Invitation.email == email) | (Invitation.expires_at <= at),
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            practice_id=asker.practice_id,
            email=email,
            role=role,
            token_hash=token_hash(token),
            made_by_id=asker.id,
            expires_at=at + lifetime,
            created_at=at,
        )
    )
    session.flush()
    return token


def withdraw(session: Session, asker: Asker, invitation_id: str) -> str:
    """The link stops working. Returns whom it was for. Raises NotFound, NotAllowed."""
    found = queries.invitation(session, asker, invitation_id)
    _demand_owner(asker)
    session.delete(found)
    return found.email


def join(session: Session, token: str, *, name: str, password_hash: str, at: datetime) -> Member:
    """The invited person becomes a member, and the link stops working. Raises NotFound, AddressTaken.

    Who was a member of this practice before finds their own plans again.
    """
    found, _practice = queries.invitation_by_hash(session, token_hash(token), at)
    email, role, practice_id = found.email, found.role, found.practice_id
    used = session.execute(delete(Invitation).where(Invitation.id == found.id))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    _demand_free(session, email)
    member = _former(session, email, practice_id)
    member.name, member.password, member.role, member.active = name, password_hash, role, True
    end_sessions(member)
    session.flush()
    return member


def change_role(session: Session, asker: Asker, member_id: str, role: str) -> Member:
    """Owner or counsellor. Raises NotFound, NotAllowed, RuleBroken for the last owner."""
    member = queries.member(session, asker, member_id)
    _demand_owner(asker)
    if role == COUNSELLOR:
        _keep_an_owner(session, member)
        _withdraw_all_of(session, member)
    member.role = role
    return member


def remove(session: Session, asker: Asker, member_id: str) -> Member:
    """End a membership at once. Raises NotFound, NotAllowed, RuleBroken for the last owner."""
    member = queries.member(session, asker, member_id)
    _demand_owner(asker)
    _end_membership(session, member)
    return member


def leave(session: Session, asker: Asker) -> None:
    """End one's own membership. Raises RuleBroken for the last owner."""
    _end_membership(session, queries.member(session, asker, asker.id))


def set_password(member: Member, password_hash: str) -> None:
    """A new password ends every session that the old one began."""
    member.password = password_hash
    end_sessions(member)


def end_sessions(member: Member) -> None:
    """Every browser in which this member is signed in is signed out at its next request."""
    member.fs_uniquifier = new_id() + new_id()


def token_hash(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _end_membership(session: Session, member: Member) -> None:
    _keep_an_owner(session, member)
    _withdraw_all_of(session, member)
    member.active, member.password = False, None
    end_sessions(member)


def _withdraw_all_of(session: Session, member: Member) -> None:
    """Who is no longer an owner may have kept a link, and must not come back by it."""
    session.execute(delete(Invitation).where(Invitation.made_by_id == member.id))


def _keep_an_owner(session: Session, member: Member) -> None:
    """Two owners who leave in the same moment wait for each other here: the second one stays."""
    session.execute(select(Practice.id).where(Practice.id == member.practice_id).with_for_update())
    others = session.scalar(
        select(func.count())
        .select_from(Member)
        .where(
            Member.practice_id == member.practice_id,
            Member.role == OWNER,
            Member.active,
            Member.id != member.id,
        )
    )
    if not others:
        raise RuleBroken(_("A practice needs an owner. Please make somebody else an owner first."))


def _demand_owner(asker: Asker) -> None:
    if not asker.is_owner:
        raise NotAllowed(_("Only an owner of the practice can do this."))


def _demand_free(session: Session, email: str) -> None:
    if queries.by_email(session, email) is not None:
        raise AddressTaken(_("This address belongs to a member already."))


def _former(session: Session, email: str, practice_id: str) -> Member:
    """The row of somebody who comes back to this practice, or a new one."""
    old = session.scalar(select(Member).where(Member.email == email))
    if old is not None and old.practice_id == practice_id:
        return old
    if old is not None:  # left another practice, whose plans still name that row
        old.email = f"{old.id}@left.invalid"
        session.flush()
    new = Member(practice_id=practice_id, email=email, name="", role=COUNSELLOR)
    session.add(new)
    return new
