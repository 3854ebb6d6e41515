"""Practices and their members, invitations, sessions on the server, and sign-in attempts."""

from __future__ import annotations

from datetime import datetime

from flask_security import UserMixin
from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.db import Base, UtcDateTime, new_id, now

OWNER, COUNSELLOR = "owner", "counsellor"
ROLES = (OWNER, COUNSELLOR)


class Practice(Base):
    """One or more counsellors who share a library, templates and what stands at the foot of handouts."""

    __tablename__ = "practice"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    # The letterhead. Contact lines are one text; the accent is "#rrggbb", or "" for ink; the logo was checked
    # and written anew by us, as PNG or SVG.
    contact_line: Mapped[str] = mapped_column(String(400), default="")
    footer: Mapped[str] = mapped_column(String(200), default="")
    accent: Mapped[str] = mapped_column(String(7), default="")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    logo_kind: Mapped[str] = mapped_column(String(3), default="")
    paper: Mapped[str] = mapped_column(String(10), default="a4")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Member(Base, UserMixin):
    """A person inside one practice, with a role. E-mail is unique over all practices, in small letters.

    Whoever leaves or is removed stays as an inactive row, because plans name their counsellor.
    """

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    role: Mapped[str] = mapped_column(String(20), default=COUNSELLOR)
    # Changing it ends every session of this member at the next request.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: new_id() + new_id())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # What helps one counsellor is in the way of another: keys that act, and remarks on wording.
    shortcuts: Mapped[bool] = mapped_column(default=True)
    wording_remarks: Mapped[bool] = mapped_column(default=True)

    practice: Mapped[Practice] = relationship()

    @property
    def roles(self) -> list[str]:
        """Flask-Security asks for roles; ours are checked in `access`."""
        return []

    @property
    def is_owner(self) -> bool:
        return self.role == OWNER


class Invitation(Base):
    """A single-use link into a practice. Only the hash of its token is kept; using it deletes the row."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(20), default=COUNSELLOR)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class StoredSession(Base):
    """One browser's session. The cookie holds a random token; here stands only its hash."""

    __tablename__ = "stored_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Attempts(Base):
    """How often something was tried in one stretch of time: by account, by address, by all together."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("scope", "window"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    scope: Mapped[str] = mapped_column(String(80))
    window: Mapped[int]
    count: Mapped[int] = mapped_column(default=0)
