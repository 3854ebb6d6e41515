"""What the library knows of the exercises that a plan holds: newer versions, what usually comes before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseVersion
from planner.library.queries import parsed, readable, visible
from planner.who import Asker

# An exercise in one of its versions: slug and digest.
Version = tuple[str, str]


def newer(session: Session, asker: Asker, held: Collection[Version]) -> dict[Version, ExerciseRecord]:
    """Those of the versions that are not the current ones any more, each with its exercise as it stands.

    A version that this library never had is left out, as nobody could say what changed.
    """
    found = session.execute(
        select(ExerciseRecord, ExerciseVersion.digest)
        .join(ExerciseVersion, ExerciseVersion.exercise_id == ExerciseRecord.id)
        .where(
            visible(asker),
            ExerciseRecord.slug.in_({slug for slug, _ in held}),
            ExerciseVersion.digest.in_({digest for _, digest in held}),
            ExerciseVersion.digest != ExerciseRecord.digest,
        )
    )
    rows = {(record.slug, digest): record for record, digest in found}
    return {one: rows[one] for one in held if one in rows}


def exercises(session: Session, asker: Asker, held: Collection[Version]) -> dict[Version, Exercise]:
    """The exercises in these versions, in one query; those that the asker may not read are left out."""
    rows = session.execute(
        select(ExerciseRecord, ExerciseVersion)
        .join(ExerciseVersion, ExerciseVersion.exercise_id == ExerciseRecord.id)
        .where(
            readable(asker),
            ExerciseRecord.slug.in_({slug for slug, _ in held}),
            ExerciseVersion.digest.in_({digest for _, digest in held}),
        )
    )
    wanted = set(held)
    return {
        (record.slug, one.digest): parsed(record, one.source)
        for record, one in rows
        if (record.slug, one.digest) in wanted
    }


@dataclass(frozen=True)
class Before:
    """An exercise that usually comes before another; `also` are slugs of those that were adapted from it."""

    slug: str
    title: str
    also: frozenset[str]


def usually_before(session: Session, asker: Asker, slugs: Collection[str]) -> dict[str, tuple[Before, ...]]:
    """For each exercise that builds on others: those that the asker may see and use, the gentlest first.

    Two queries, however many exercises there are.
    """
    links = session.execute(
        select(ExerciseRecord.slug, ExerciseTag.value)
        .join(ExerciseTag, ExerciseTag.exercise_id == ExerciseRecord.id)
        .where(visible(asker), ExerciseTag.facet == "builds_on", ExerciseRecord.slug.in_(slugs))
    ).all()
    wanted = {before for _, before in links}
    if not wanted:
        return {}
    rows = session.scalars(
        select(ExerciseRecord)
        .where(visible(asker), or_(ExerciseRecord.slug.in_(wanted), ExerciseRecord.origin_slug.in_(wanted)))
        .order_by(ExerciseRecord.intensity, ExerciseRecord.title)
    ).all()
    adapted = {slug: frozenset(row.slug for row in rows if row.origin_slug == slug) for slug in wanted}
    pairs = {(slug, before) for slug, before in links}
    found: dict[str, tuple[Before, ...]] = {}
    for slug in slugs:
        befores = [
            Before(row.slug, row.title, adapted[row.slug])
            for row in rows
            if row.listed and (slug, row.slug) in pairs
        ]
        if befores:
            found[slug] = tuple(befores)
    return found


def kept_private(session: Session, asker: Asker, held: Collection[Version]) -> list[ExerciseRecord]:
    """Exercises of the asker's own that colleagues cannot open in these versions, by title."""
    rows = session.execute(
        select(ExerciseRecord, ExerciseVersion)
        .join(ExerciseVersion, ExerciseVersion.exercise_id == ExerciseRecord.id)
        .where(
            ExerciseRecord.member_id == asker.id,
            ExerciseRecord.shared.is_(False),
            ExerciseVersion.was_shared.is_(False),
            ExerciseRecord.slug.in_({slug for slug, _ in held}),
            ExerciseVersion.digest.in_({digest for _, digest in held}),
        )
        .order_by(ExerciseRecord.title, ExerciseRecord.id)
    )
    return list(dict.fromkeys(record for record, one in rows if (record.slug, one.digest) in set(held)))


def titles(session: Session, asker: Asker, slugs: Collection[str]) -> dict[str, str]:
    """What exercises are called, by their slugs; those that the asker may not see are left out."""
    rows = session.execute(
        select(ExerciseRecord.slug, ExerciseRecord.title).where(
            visible(asker), ExerciseRecord.slug.in_(slugs)
        )
    )
    return {row.slug: row.title for row in rows}


def added_at(session: Session, slug: str, digest: str) -> datetime | None:
    """When a version, which the asker may read, came into the library."""
    return session.scalar(
        select(ExerciseVersion.added_at)
        .join(ExerciseRecord, ExerciseRecord.id == ExerciseVersion.exercise_id)
        .where(ExerciseRecord.slug == slug, ExerciseVersion.digest == digest)
    )
