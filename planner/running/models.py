"""Running sessions in the database: what happened so far, as a sealed value."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.sealed import Sealed


class SessionRun(Sealed, Base):
    """One session as it was held. `body` is the run as JSON: the steps with their times, and what was done.

    `number` counts changes, so that two screens notice each other.
    """

    __tablename__ = "session_run"
    __table_args__ = (Index("ix_session_run_plan_id_started_at", "plan_id", "started_at"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    number: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
