"""Exercises in the database: columns for browsing, the text itself in versions that never change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.sealed import Sealed


class ExerciseRecord(Base):
    """An exercise as the library lists it. The starter library has no `practice_id` and no `member_id`."""

    __tablename__ = "exercise"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"), index=True)
    # Who wrote it. Colleagues see it only when it is `shared`; starter exercises are.
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=True)
    # The exercise that it was adapted from, and the version of it that its author last looked at.
    origin_slug: Mapped[str | None] = mapped_column(String(80))
    origin_digest: Mapped[str | None] = mapped_column(String(64))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(20))
    intensity: Mapped[int]
    minutes_short: Mapped[int]
    minutes_full: Mapped[int]
    audience: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(String(20))
    # Its tags once more, "area:self fear:hurt …" in order: counting groups by them without joining.
    tags: Mapped[str] = mapped_column(Text)
    # False once it is archived, or its file no longer ships: plans can still open the version that they keep.
    listed: Mapped[bool] = mapped_column(default=True)


class ExerciseVersion(Base):
    """One text of an exercise, found by the SHA-256 of the text. Never changed, never deleted."""

    __tablename__ = "exercise_version"
    __table_args__ = (UniqueConstraint("exercise_id", "digest"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    exercise_id: Mapped[str] = mapped_column(ForeignKey("exercise.id"))
    # Indexed by itself too: the code on a sheet is its beginning.
    digest: Mapped[str] = mapped_column(String(64), index=True)
    source: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Who wrote this version, and whether colleagues ever could see it: their plans keep it.
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    was_shared: Mapped[bool] = mapped_column(default=True)


class ExerciseTag(Base):
    """One value of a facet that can have several: area, fear or part; or an exercise that it builds on."""

    __tablename__ = "exercise_tag"
    __table_args__ = (Index("ix_exercise_tag_facet_value", "facet", "value", "exercise_id"),)

    exercise_id: Mapped[str] = mapped_column(ForeignKey("exercise.id"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)


class Favourite(Base):
    """A star that a member put on an exercise."""

    __tablename__ = "favourite"

    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey("exercise.id"), primary_key=True)


class ExerciseDraft(Base):
    """An exercise that is being written: what stands in the form, kept while one types.

    `exercise_id` is empty for one that is new. `base` is the digest that it began from; a version saved by
    somebody else meanwhile is noticed by it. `revision` counts savings, so that two tabs notice each other.
    """

    __tablename__ = "exercise_draft"
    __table_args__ = (UniqueConstraint("member_id", "exercise_id"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    exercise_id: Mapped[str | None] = mapped_column(ForeignKey("exercise.id"))
    base: Mapped[str] = mapped_column(String(64), default="")
    origin_slug: Mapped[str | None] = mapped_column(String(80))
    origin_digest: Mapped[str | None] = mapped_column(String(64))
    # The form's fields as JSON, just as they were typed.
    fields: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ExerciseNote(Sealed, Base):
    """A member's private note on an exercise, sealed."""

    __tablename__ = "exercise_note"

    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey("exercise.id"), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class ExerciseUse(Base):
    """When a member last put an exercise into a plan; not which plan, as plans are sealed."""

    __tablename__ = "exercise_use"

    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey("exercise.id"), primary_key=True)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class SavedFilter(Base):
    """A way of narrowing the library that a member keeps by name; `arguments` is a query string."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("member_id", "name"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[str] = mapped_column(Text)
