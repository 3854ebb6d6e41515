"""Plans in the database: revisions of a value, append-only, and a pointer to the current one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.plans.exchange import from_json, to_json
from planner.plans.plan import Plan
from planner.sealed import Sealed
from planner.sealing import Keyring


class PlanRecord(Base):
    """A plan's identity: whose it is, where it came from, and which revision is current."""

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_practice_id_member_id", "practice_id", "member_id"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    # True: every colleague in the practice may open it and work on it too.
    shared: Mapped[bool] = mapped_column(default=False)
    # The number of the current revision; moved by compare and swap only.
    current: Mapped[int] = mapped_column(default=1)
    template_id: Mapped[str | None] = mapped_column(String(80))
    template_title: Mapped[str] = mapped_column(String(120), default="")
    # The programme that it is a session of, and the plan of the session before it.
    programme_id: Mapped[str | None] = mapped_column(ForeignKey("programme.id"), index=True)
    follows_id: Mapped[str | None] = mapped_column(ForeignKey("plan.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    binned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Revision(Sealed, Base):
    """One state of a plan. `parent` is the number that it was made from: undo goes there."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    number: Mapped[int]
    parent: Mapped[int | None]
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # What was done, in words without any that were typed: "Moved “{title}” up".
    action: Mapped[str] = mapped_column(String(240), default="")

    def seal(self, plan: Plan, keyring: Keyring) -> None:
        """Write the plan into this row, encrypted for exactly this place."""
        self.seal_text(to_json(plan), keyring)

    @property
    def plan(self) -> Plan:
        """The plan that this row holds. Raises SealBroken when it was moved or changed."""
        return from_json(self.text)


class RevisionName(Sealed, Base):
    """A name that a counsellor gave to a revision, to find it again; sealed, as it was typed."""

    __tablename__ = "revision_name"

    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
