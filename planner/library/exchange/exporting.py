"""Exercises as the files that they are: for keeping, for another practice, for another tool.

A file holds the exercise's text and nothing else: no note, no name, no star, no couple.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from planner.library import queries
from planner.library.exchange.archive import File
from planner.library.models import ExerciseRecord, ExerciseVersion
from planner.who import Asker

MINE, PRACTICE, EVERYTHING = "mine", "practice", "everything"
CHOICES = (MINE, PRACTICE, EVERYTHING)


def file_of(session: Session, asker: Asker, slug: str) -> File:
    """One exercise as it stands now. Raises NotFound."""
    found = queries.record(session, asker, slug)
    return File(f"{found.slug}.md", queries.source(session, found, found.digest))


def files_of(session: Session, asker: Asker, choice: str) -> list[File]:
    """What a choice of CHOICES holds: the asker's own, what the practice shares, or the library as listed."""
    return _files(session, queries.visible(asker), _chosen(asker, choice))


def shared_files(session: Session, practice_id: str) -> list[File]:
    """The exercises that members of a practice share with each other."""
    return _files(session, ExerciseRecord.practice_id == practice_id, ExerciseRecord.shared.is_(True))


def counted(session: Session, asker: Asker) -> dict[str, int]:
    """How many exercises each choice has."""
    return {
        choice: session.scalar(
            select(func.count())
            .select_from(ExerciseRecord)
            .where(queries.visible(asker), ExerciseRecord.listed, _chosen(asker, choice))
        )
        or 0
        for choice in CHOICES
    }


def _chosen(asker: Asker, choice: str) -> ColumnElement[bool]:
    return {
        MINE: ExerciseRecord.member_id == asker.id,
        PRACTICE: (ExerciseRecord.practice_id == asker.practice_id) & ExerciseRecord.shared,
        EVERYTHING: true(),
    }[choice]


def _files(session: Session, *conditions: ColumnElement[bool]) -> list[File]:
    query = (
        select(ExerciseRecord.slug, ExerciseVersion.source)
        .join(
            ExerciseVersion,
            (ExerciseVersion.exercise_id == ExerciseRecord.id)
            & (ExerciseVersion.digest == ExerciseRecord.digest),
        )
        .where(ExerciseRecord.listed, *conditions)
        .order_by(ExerciseRecord.slug)
    )
    return [File(f"{slug}.md", source) for slug, source in session.execute(query)]
