"""Reading the library: the starter exercises, the asker's own, and what colleagues share; nobody else's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library.exercise import Exercise
from planner.library.ladders import Rung, rungs
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseVersion, Favourite
from planner.library.parse import parse
from planner.who import Asker


def visible(asker: Asker) -> ColumnElement[bool]:
    """The rows that a member may see: starter exercises, their own, and those shared with their practice."""
    own = ExerciseRecord.shared | (ExerciseRecord.member_id == asker.id)
    return ExerciseRecord.practice_id.is_(None) | ((ExerciseRecord.practice_id == asker.practice_id) & own)


def record(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """The row of one exercise, listed or not. Raises NotFound."""
    found = session.scalar(select(ExerciseRecord).where(visible(asker), ExerciseRecord.slug == slug))
    if found is None:
        raise NotFound
    return found


def exercise(session: Session, asker: Asker, slug: str) -> tuple[ExerciseRecord, Exercise]:
    """An exercise as it stands now; also one that is no longer listed, as plans hold it. Raises NotFound."""
    found = record(session, asker, slug)
    return found, parsed(found, source(session, found, found.digest))


def version(session: Session, asker: Asker, slug: str, digest: str) -> Exercise:
    """An exercise as it stood when a plan took it. Raises NotFound.

    A colleague's exercise that is private again stays readable in the versions that once were shared, because
    plans were made with them.
    """
    found = session.execute(
        select(ExerciseRecord, ExerciseVersion)
        .join(ExerciseVersion, ExerciseVersion.exercise_id == ExerciseRecord.id)
        .where(readable(asker), ExerciseRecord.slug == slug, ExerciseVersion.digest == digest)
    ).first()
    if found is None:
        raise NotFound
    return parsed(found[0], found[1].source)


def version_by_digest(session: Session, asker: Asker, beginning: str) -> tuple[str, str]:
    """Slug and digest of the one version whose digest begins so (hexadecimal). Raises NotFound."""
    found = session.execute(
        select(ExerciseRecord.slug, ExerciseVersion.digest)
        .join(ExerciseVersion, ExerciseVersion.exercise_id == ExerciseRecord.id)
        # A range and not LIKE, so that every database takes its index: "g" follows all hexadecimal digits.
        .where(readable(asker), ExerciseVersion.digest >= beginning, ExerciseVersion.digest < beginning + "g")
        .limit(2)
    ).all()
    if len(found) != 1:
        raise NotFound
    return found[0].slug, found[0].digest


def readable(asker: Asker) -> ColumnElement[bool]:
    """The versions that plans of a member's may hold: starter ones, their own, and those that were shared."""
    shared = (ExerciseRecord.practice_id == asker.practice_id) & ExerciseVersion.was_shared
    return ExerciseRecord.practice_id.is_(None) | (ExerciseRecord.member_id == asker.id) | shared


def versions(session: Session, found: ExerciseRecord) -> list[ExerciseVersion]:
    """Every version of an exercise that was already loaded, the newest first."""
    return list(
        session.scalars(
            select(ExerciseVersion)
            .where(ExerciseVersion.exercise_id == found.id)
            .order_by(ExerciseVersion.added_at.desc(), ExerciseVersion.id)
        )
    )


def source(session: Session, found: ExerciseRecord, digest: str) -> str:
    """The file's text of one version. Raises NotFound."""
    text = session.scalar(
        select(ExerciseVersion.source).where(
            ExerciseVersion.exercise_id == found.id, ExerciseVersion.digest == digest
        )
    )
    if text is None:
        raise NotFound
    return text


def is_starred(session: Session, asker: Asker, found: ExerciseRecord) -> bool:
    return session.get(Favourite, (asker.id, found.id)) is not None


def parsed(found: ExerciseRecord, text: str) -> Exercise:
    """The exercise that a version's text holds; a counsellor's own may leave things out."""
    return _parsed(found.slug, text, complete=found.practice_id is None)


@lru_cache(maxsize=1024)
def _parsed(slug: str, text: str, *, complete: bool) -> Exercise:
    return parse(text, f"{slug}.md", complete=complete)


# What stands near an exercise


@dataclass(frozen=True)
class Alike:
    """Exercises with the same purpose (main area, and a fear in common): in four directions, two of each."""

    gentler: tuple[ExerciseRecord, ...]
    bolder: tuple[ExerciseRecord, ...]
    shorter: tuple[ExerciseRecord, ...]
    other_mode: tuple[ExerciseRecord, ...]

    def __bool__(self) -> bool:
        return any((self.gentler, self.bolder, self.shorter, self.other_mode))


@dataclass(frozen=True)
class Wish:
    """Something in place of the exercise `slug`: at most this bold, and perhaps in another mode."""

    slug: str
    ceiling: int
    other_mode: bool = False


def alike(
    session: Session, asker: Asker, found: ExerciseRecord, most: int = 2, ceiling: int | None = None
) -> Alike:
    """What else serves the same purpose, `most` in each direction and none above intensity `ceiling`.

    One step up or down is the nearest intensity that there is.
    """
    same = _same_purpose(asker, found)
    level, length = ExerciseRecord.intensity, ExerciseRecord.minutes_full
    if ceiling is not None:
        same = same.where(level <= ceiling)
    near = (func.abs(length - found.minutes_full), ExerciseRecord.title)

    def some(query: Select[ExerciseRecord]) -> tuple[ExerciseRecord, ...]:
        return tuple(session.scalars(query.limit(most)))

    return Alike(
        gentler=some(same.where(level < found.intensity).order_by(level.desc(), *near)),
        bolder=some(same.where(level > found.intensity).order_by(level, *near)),
        shorter=some(same.where(length < found.minutes_full, level <= found.intensity).order_by(*near)),
        other_mode=some(
            same.where(ExerciseRecord.mode != found.mode, level <= found.intensity).order_by(
                level.desc(), *near
            )
        ),
    )


def _same_purpose(asker: Asker, found: ExerciseRecord) -> Select[ExerciseRecord]:
    """Other listed exercises with its main area, and a fear in common with it."""
    fears = select(ExerciseTag.value).where(ExerciseTag.exercise_id == found.id, ExerciseTag.facet == "fear")
    shares = select(ExerciseTag.exercise_id).where(ExerciseTag.facet == "fear", ExerciseTag.value.in_(fears))
    return select(ExerciseRecord).where(
        visible(asker),
        ExerciseRecord.listed,
        ExerciseRecord.area == found.area,
        ExerciseRecord.id != found.id,
        ExerciseRecord.id.in_(shares),
    )


def granted(session: Session, asker: Asker, wishes: Collection[Wish]) -> set[Wish]:
    """Those of the wishes that some exercise of the same purpose meets, in two queries at most."""
    slugs = {wish.slug for wish in wishes}
    rows = session.scalars(select(ExerciseRecord).where(visible(asker), ExerciseRecord.slug.in_(slugs)))
    by_slug = {row.slug: row for row in rows}
    known = [wish for wish in wishes if wish.slug in by_slug]
    if not known:
        return set()
    met = session.execute(select(*(_met(asker, by_slug[wish.slug], wish) for wish in known))).one()
    return {wish for wish, is_met in zip(known, met, strict=True) if is_met}


def _met(asker: Asker, found: ExerciseRecord, wish: Wish) -> ColumnElement[bool]:
    query = _same_purpose(asker, found).where(ExerciseRecord.intensity <= wish.ceiling)
    if wish.other_mode:
        query = query.where(ExerciseRecord.mode != found.mode)
    return query.exists()


def named(session: Session, asker: Asker, slugs: tuple[str, ...]) -> tuple[ExerciseRecord, ...]:
    """The rows of these exercises, gentlest first; those that are no longer listed are left out."""
    query = select(ExerciseRecord).where(
        visible(asker), ExerciseRecord.listed, ExerciseRecord.slug.in_(slugs)
    )
    return tuple(session.scalars(query.order_by(ExerciseRecord.intensity, ExerciseRecord.title)))


def next_steps(session: Session, asker: Asker, slug: str) -> tuple[ExerciseRecord, ...]:
    """The exercises that build on this one, gentlest first."""
    building = select(ExerciseTag.exercise_id).where(
        ExerciseTag.facet == "builds_on", ExerciseTag.value == slug
    )
    query = select(ExerciseRecord).where(
        visible(asker), ExerciseRecord.listed, ExerciseRecord.id.in_(building)
    )
    return tuple(session.scalars(query.order_by(ExerciseRecord.intensity, ExerciseRecord.title)))


@dataclass(frozen=True)
class Step:
    """An exercise as a ladder needs it; its record is what a page shows."""

    record: ExerciseRecord
    slug: str
    title: str
    intensity: int
    builds_on: tuple[str, ...]


def ladder(session: Session, asker: Asker, fear: str) -> tuple[Rung[Step], ...]:
    """The ladder of one fear, gentlest first."""
    tagged = select(ExerciseTag.exercise_id).where(ExerciseTag.facet == "fear", ExerciseTag.value == fear)
    records = session.scalars(
        select(ExerciseRecord).where(visible(asker), ExerciseRecord.listed, ExerciseRecord.id.in_(tagged))
    ).all()
    links: dict[str, list[str]] = {}
    for exercise_id, slug in session.execute(
        select(ExerciseTag.exercise_id, ExerciseTag.value).where(
            ExerciseTag.facet == "builds_on", ExerciseTag.exercise_id.in_(tagged)
        )
    ):
        links.setdefault(exercise_id, []).append(slug)
    return rungs(
        Step(one, one.slug, one.title, one.intensity, tuple(links.get(one.id, ()))) for one in records
    )
