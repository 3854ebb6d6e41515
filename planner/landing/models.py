"""How sessions landed, in the database: sealed notes, and bare counts for the practice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, now
from planner.sealed import Sealed


class SessionNotes(Sealed, Base):
    """What a counsellor noted after the session of a plan; `body` is the notes as JSON.

    `number` counts savings, so that two tabs notice each other.
    """

    __tablename__ = "session_notes"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    number: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ExerciseLanding(Base):
    """How often an exercise landed in which way in a practice. Bare numbers: no plan, member or date."""

    __tablename__ = "exercise_landing"

    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    landed: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
