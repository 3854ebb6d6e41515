"""What was printed of which plan: kind, version and time, and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now


class PrintRecord(Base):
    """One PDF that was made of a plan: its `kind`, and the revision that the plan stood at."""

    __tablename__ = "print_record"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int]
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
