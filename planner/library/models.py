"""Exercises in the database: columns for browsing, the text itself in versions that never change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now


class ExerciseRecord(Base):
    """An exercise as the library lists it. `practice_id` is empty for the starter library."""

    __tablename__ = "exercise"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"), index=True)
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
    # False once its file no longer ships: plans that use it can still open the version that they keep.
    listed: Mapped[bool] = mapped_column(default=True)


class ExerciseVersion(Base):
    """One text of an exercise, found by the SHA-256 of the text. Never changed, never deleted."""

    __tablename__ = "exercise_version"
    __table_args__ = (UniqueConstraint("exercise_id", "digest"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    exercise_id: Mapped[str] = mapped_column(ForeignKey("exercise.id"))
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


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
