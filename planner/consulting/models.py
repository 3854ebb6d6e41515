"""Consultations in the database: a plan that is shown to colleagues, and what they say of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.sealed import Sealed


class Consultation(Sealed, Base):
    """A plan whose counsellor asks colleagues about it.

    `body` is JSON: {"title": …, "question": …}, both written for colleagues, so that the plan's own title
    need not be shown. Closed consultations keep their comments for the plan's counsellor.
    """

    __tablename__ = "consultation"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PlanComment(Sealed, Base):
    """What a colleague, or the plan's own counsellor, says of a plan or of one step of it."""

    __tablename__ = "plan_comment"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    # The step that it is about; empty: the whole plan. The step may be gone by now.
    segment_id: Mapped[str] = mapped_column(String(20), default="")
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Set by the plan's counsellor once it is dealt with.
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
