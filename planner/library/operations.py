"""Changing the library: loading the exercises that ship, and a member's stars."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.db import new_id
from planner.library import queries, search
from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseVersion, Favourite
from planner.who import Asker


@dataclass(frozen=True)
class Loaded:
    """What loading did, as slugs."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


def digest_of(source: str) -> str:
    """What names one version of an exercise: the SHA-256 of its file's text."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()


def load(session: Session, exercises: Iterable[tuple[Exercise, str]]) -> Loaded:
    """Make the starter library be these exercises, each with the text of its file.

    Texts that were there before stay, as plans keep the version that they took. An exercise that is not
    among them is no longer listed.
    """
    records = {
        found.slug: found
        for found in session.scalars(select(ExerciseRecord).where(ExerciseRecord.practice_id.is_(None)))
    }
    indexed = search.indexed(session)
    added: list[str] = []
    changed: list[str] = []
    seen: set[str] = set()
    for exercise, source in exercises:
        seen.add(exercise.slug)
        found, digest = records.get(exercise.slug), digest_of(source)
        if found is not None and found.digest == digest and found.listed and found.id in indexed:
            continue
        (changed if found is not None else added).append(exercise.slug)
        _write(session, found or ExerciseRecord(id=new_id(), slug=exercise.slug), exercise, source, indexed)
    gone = [found for slug, found in records.items() if slug not in seen and found.listed]
    _withdraw(session, gone)
    return Loaded(tuple(added), tuple(changed), tuple(found.slug for found in gone))


def favourite(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """Put the asker's star on an exercise. Raises NotFound."""
    found = queries.record(session, asker, slug)
    if not queries.is_starred(session, asker, found):
        session.add(Favourite(member_id=asker.id, exercise_id=found.id))
        session.flush()
    return found


def unfavourite(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """Take the asker's star away. Raises NotFound."""
    found = queries.record(session, asker, slug)
    session.execute(
        delete(Favourite).where(Favourite.member_id == asker.id, Favourite.exercise_id == found.id)
    )
    return found


def _write(
    session: Session, found: ExerciseRecord, exercise: Exercise, source: str, indexed: set[str]
) -> None:
    found.digest = digest_of(source)
    found.title, found.summary, found.area = exercise.title, exercise.summary, exercise.area
    found.mode, found.intensity, found.audience = exercise.mode, exercise.intensity, exercise.audience
    found.evidence = exercise.source.evidence
    found.minutes_short, found.minutes_full = exercise.minutes.short, exercise.minutes.full
    found.tags = " ".join(f"{facet}:{value}" for facet, value in _tags(exercise))
    found.listed = True
    session.add(found)
    session.flush()
    _keep(session, found, source)
    _tag(session, found, exercise)
    if found.id in indexed:
        search.forget(session, [found.id])
    search.index(session, found.id, exercise)


def _keep(session: Session, found: ExerciseRecord, source: str) -> None:
    """Add the text as a version, unless it stood here once before."""
    known = select(ExerciseVersion.id).where(
        ExerciseVersion.exercise_id == found.id, ExerciseVersion.digest == found.digest
    )
    if session.scalar(known) is None:
        session.add(ExerciseVersion(exercise_id=found.id, digest=found.digest, source=source))


def _tag(session: Session, found: ExerciseRecord, exercise: Exercise) -> None:
    session.execute(delete(ExerciseTag).where(ExerciseTag.exercise_id == found.id))
    links = [("builds_on", slug) for slug in exercise.builds_on]
    session.add_all(
        ExerciseTag(exercise_id=found.id, facet=facet, value=value)
        for facet, value in _tags(exercise) + links
    )
    session.flush()


def _tags(exercise: Exercise) -> list[tuple[str, str]]:
    facets = {"area": exercise.areas, "fear": exercise.fears, "part": exercise.parts}
    return sorted((facet, value) for facet, values in facets.items() for value in values)


def _withdraw(session: Session, gone: list[ExerciseRecord]) -> None:
    for found in gone:
        found.listed = False
    if gone:
        search.forget(session, [found.id for found in gone])
        session.flush()
