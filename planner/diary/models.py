"""Calendar feeds in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, now


class CalendarFeed(Base):
    """A member's calendar feed. Only the hash of its secret is kept; making it anew ends the old address."""

    __tablename__ = "calendar_feed"

    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
