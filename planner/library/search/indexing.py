"""The search index, made from what the library holds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.library import queries, search
from planner.library.exercise import Exercise
from planner.library.front_matter import Faulty
from planner.library.models import ExerciseRecord, ExerciseVersion

_MANY = 400


def reindex(session: Session) -> int:
    """Make the index anew from every listed exercise as it stands now. Returns how many there are."""
    return search.reindex(session, _read(session, _listed(session)))


def index_missing(session: Session) -> int:
    """Put the listed exercises that are not in the index into it. Returns how many there were."""
    there = search.indexed(session)
    number = 0
    for record, exercise in _read(session, [one for one in _listed(session) if one not in there]):
        search.index(session, record, exercise)
        number += 1
    return number


def _listed(session: Session) -> list[str]:
    return list(session.scalars(select(ExerciseRecord.id).where(ExerciseRecord.listed)))


def _read(session: Session, ids: list[str]) -> Iterator[tuple[ExerciseRecord, Exercise]]:
    """The exercises with these ids as they stand now; a text that cannot be read is passed over."""
    query = select(ExerciseRecord, ExerciseVersion.source).join(
        ExerciseVersion,
        (ExerciseVersion.exercise_id == ExerciseRecord.id)
        & (ExerciseVersion.digest == ExerciseRecord.digest),
    )
    for start in range(0, len(ids), _MANY):
        some = query.where(ExerciseRecord.id.in_(ids[start : start + _MANY]))
        for record, source in session.execute(some).all():
            try:
                yield record, queries.parsed(record, source)
            except Faulty:
                continue
