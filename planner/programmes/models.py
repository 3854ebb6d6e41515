"""Programmes in the database: a sealed value, and templates that hold nothing of a couple."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.sealed import Sealed


class ProgrammeRecord(Sealed, Base):
    """A programme. `body` is its value as JSON: title, hope, and its sessions in order with aim and plan.

    `number` counts changes, so that two tabs notice each other. A plan names its programme too.
    """

    __tablename__ = "programme"
    __table_args__ = (Index("ix_programme_practice_id_member_id", "practice_id", "member_id"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    binned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProgrammeTemplate(Base):
    """A programme published for colleagues to copy; `body` holds each session's aim and stripped plan."""

    __tablename__ = "programme_template"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    when_to_use: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    # Kept beside the id, so that it can be shown without asking accounts.
    made_by_name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
