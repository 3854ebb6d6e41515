"""Changing the library: loading the exercises that ship, writing any of them, and a member's stars."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.library import queries, search
from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseUse, ExerciseVersion, Favourite
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
            # An earlier release may have kept fewer tags.
            if found.tags != _as_text(_tags(exercise)):
                found.tags = _as_text(_tags(exercise))
                _tag(session, found, exercise)
                search.index(session, found, exercise)
            continue
        (changed if found is not None else added).append(exercise.slug)
        write(session, found or ExerciseRecord(id=new_id(), slug=exercise.slug), exercise, source)
    gone = [found for slug, found in records.items() if slug not in seen and found.listed]
    withdraw(session, gone)
    _index_what_is_missing(session)
    return Loaded(tuple(added), tuple(changed), tuple(found.slug for found in gone))


def reindex(session: Session) -> int:
    """Make the search index anew from the texts of everything that is listed. Returns how many there are."""
    return search.reindex(session, _texts(session))


def _index_what_is_missing(session: Session) -> None:
    """Own exercises too, in case the index was made anew by an upgrade: they are in no file that ships."""
    listed = session.scalars(select(ExerciseRecord.id).where(ExerciseRecord.listed.is_(True)))
    missing = set(listed) - search.indexed(session)
    for found, exercise in _texts(session) if missing else ():
        if found.id in missing:
            search.index(session, found, exercise)


def _texts(session: Session) -> Iterator[tuple[ExerciseRecord, Exercise]]:
    """Everything that is listed, as it stands now: rows with exercises."""
    now_standing = (ExerciseVersion.exercise_id == ExerciseRecord.id) & (
        ExerciseVersion.digest == ExerciseRecord.digest
    )
    query = select(ExerciseRecord, ExerciseVersion.source).join(ExerciseVersion, now_standing)
    for found, source in session.execute(query.where(ExerciseRecord.listed.is_(True))):
        yield found, queries.parsed(found, source)


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


def used(session: Session, asker: Asker, found: ExerciseRecord) -> None:
    """Note that the asker put an exercise into a plan just now."""
    use = session.get(ExerciseUse, (asker.id, found.id))
    if use is None:
        session.add(ExerciseUse(member_id=asker.id, exercise_id=found.id))
    else:
        use.last_at = now()
    session.flush()


def write(
    session: Session, found: ExerciseRecord, exercise: Exercise, source: str, by: Asker | None = None
) -> None:
    """Make `exercise`, whose file says `source`, what this row holds; a version that `by` wrote is kept."""
    found.digest = digest_of(source)
    found.title, found.summary, found.area = exercise.title, exercise.summary, exercise.area
    found.mode, found.intensity, found.audience = exercise.mode, exercise.intensity, exercise.audience
    found.evidence = exercise.source.evidence
    found.minutes_short, found.minutes_full = exercise.minutes.short, exercise.minutes.full
    found.tags = _as_text(_tags(exercise))
    found.listed = True
    session.add(found)
    session.flush()
    _keep(session, found, source, by)
    _tag(session, found, exercise)
    search.index(session, found, exercise)


def withdraw(session: Session, gone: list[ExerciseRecord]) -> None:
    """Take exercises out of the lists; plans can still open the versions that they keep."""
    for found in gone:
        found.listed = False
    if gone:
        search.forget(session, [found.id for found in gone])
        session.flush()


def _keep(session: Session, found: ExerciseRecord, source: str, by: Asker | None) -> None:
    """Add the text as a version, unless it stood here once before."""
    known = session.scalar(
        select(ExerciseVersion).where(
            ExerciseVersion.exercise_id == found.id, ExerciseVersion.digest == found.digest
        )
    )
    if known is None:
        known = ExerciseVersion(
            exercise_id=found.id, digest=found.digest, source=source, member_id=by.id if by else None
        )
        known.was_shared = False
        session.add(known)
    known.was_shared = known.was_shared or found.shared


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
    if exercise.variations.get("online"):
        facets["works"] = ("online",)
    return sorted((facet, value) for facet, values in facets.items() for value in values)


def _as_text(tags: list[tuple[str, str]]) -> str:
    return " ".join(f"{facet}:{value}" for facet, value in tags)
