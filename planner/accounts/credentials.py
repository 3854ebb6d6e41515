"""Who is it: passwords, reset links, and beginning and ending a member's sessions, all by Flask-Security."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import current_app, g, session
from flask_security import Security, hash_password, login_user, logout_user, verify_password
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature
from sqlalchemy import select

from planner.accounts.models import Member
from planner.accounts.passwords import MAX_LENGTH, normal
from planner.db import apart
from planner.web.sessions import renew

# The hash of a password that nobody has: an unknown address must cost as much time as a known one.
_NOBODY = "$argon2id$v=19$m=47104,t=1,p=1$QyhljFHKee8dAwDA2JtzDg$NmP6Dl7E/An2JBzbsImaW7lF8YDgKUWSfv4nMbjKGMY"


def hashed(password: str) -> str:
    """What the database keeps of a password. Slow on purpose: call it before the first query."""
    return str(hash_password(_bytes(password)))


def recognise(email: str, password: str) -> str | None:
    """The id of the active member with this address and password; None, after the same work, if nobody.

    It reads apart from the request's transaction, so that no lock is held while the password is checked.
    """
    query = select(Member.id, Member.password).where(Member.email == email, Member.active)
    with apart(write=False) as connection:
        row = connection.execute(query).one_or_none()
    known = row is not None and row.password is not None
    right = verify_password(_bytes(password), row.password if row is not None and known else _NOBODY)
    return str(row.id) if row is not None and known and right else None


def is_password_of(member: Member, password: str) -> bool:
    return member.password is not None and bool(verify_password(_bytes(password), member.password))


def begin_session(member: Member) -> None:
    """Sign this browser in with a session of its own: nothing from before is kept."""
    renew()
    g.pop("csrf_token", None)
    login_user(member, remember=False)
    generate_csrf()


def end_session() -> None:
    """Sign this browser out. Every other one is, once `operations.end_sessions` was committed."""
    logout_user()
    session.clear()
    g.pop("csrf_token", None)


def reset_token(member: Member) -> str:
    """A signed token for a new password. It works until it expires or any session of the member was ended."""
    return str(_security().reset_serializer.dumps(member.fs_uniquifier))


def read_reset_token(token: str, lifetime: timedelta) -> str | None:
    """The uniquifier of the member whom the token is for; None when it is broken or too old."""
    try:
        return str(_security().reset_serializer.loads(token, max_age=int(lifetime.total_seconds())))
    except BadSignature:
        return None


def _security() -> Security:
    return cast(Security, current_app.extensions["security"])


def _bytes(password: str) -> bytes:
    """One character more than a password may have is enough to be wrong, and costs little to look at."""
    short = normal(password[: 10 * MAX_LENGTH])[: MAX_LENGTH + 1]
    return short.encode("utf-8", "surrogatepass")
