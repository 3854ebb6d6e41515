"""Templates in the database. They hold nothing of a couple, so they are not sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.plans.exchange import from_json
from planner.plans.plan import Plan


class Template(Base):
    """A plan published for others to copy.

    `practice_id` is empty for the starters that ship; a starter's id is the name of its file.
    """

    __tablename__ = "template"
    __table_args__ = (Index("ix_template_practice_id_created_at", "practice_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True, default=new_id)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    title: Mapped[str] = mapped_column(String(120))
    when_to_use: Mapped[str] = mapped_column(Text)
    # The plan as JSON, as planner.plans.exchange writes it.
    body: Mapped[str] = mapped_column(Text)
    # SHA-256 of title, when to use it, and body: tells whether a starter's file has changed.
    digest: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    # Kept beside the id, so that it can be shown without asking accounts.
    made_by_name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Set: gone from the gallery. Plans made from it are not touched.
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def plan(self) -> Plan:
        return from_json(self.body)

    @property
    def is_starter(self) -> bool:
        return self.practice_id is None


class TemplateTag(Base):
    """An area or a fear that a template is found by."""

    __tablename__ = "template_tag"
    __table_args__ = (Index("ix_template_tag_facet_value", "facet", "value", "template_id"),)

    template_id: Mapped[str] = mapped_column(ForeignKey("template.id"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(20), primary_key=True)
