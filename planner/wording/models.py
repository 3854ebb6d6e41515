"""Remarks that a member chose to leave, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, now


class LeftAsItIs(Base):
    """A finding that a member answered with “leave it”.

    `mark` is a keyed hash of the rule and the words, so that a sealed text cannot be read or guessed here.
    """

    __tablename__ = "left_as_it_is"

    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    left_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
