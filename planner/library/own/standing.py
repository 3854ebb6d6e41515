"""How an exercise stands to the member who looks at it: whose it is, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.library import queries
from planner.library.models import ExerciseRecord, ExerciseVersion, Favourite
from planner.library.own import authoring
from planner.who import Asker


@dataclass(frozen=True)
class Standing:
    """What an exercise's page says of it beside its text.

    `author` is empty for one that ships. `original` is what it was adapted from, None when there is none or
    when the member may not see it (then `adapted` still says so). `changed_at` is when the original got the
    version that it has now, if that is another one than the author last looked at.
    """

    author: str
    mine: bool
    editable: bool
    used: bool
    adapted: bool
    original: ExerciseRecord | None
    changed_at: datetime | None


def standing(session: Session, asker: Asker, found: ExerciseRecord, names: Mapping[str, str]) -> Standing:
    """`names` are the members of the practice by their ids."""
    editable = authoring.may_edit(asker, found)
    original = authoring.original_of(session, asker, found)
    return Standing(
        author=names.get(found.member_id or "", ""),
        mine=found.member_id == asker.id,
        editable=editable,
        used=editable and authoring.is_used(session, found),
        adapted=found.origin_slug is not None,
        original=original,
        changed_at=_changed_at(session, found, original) if editable and original else None,
    )


def _changed_at(session: Session, found: ExerciseRecord, original: ExerciseRecord) -> datetime | None:
    if original.digest == found.origin_digest:
        return None
    return session.scalar(
        select(ExerciseVersion.added_at).where(
            ExerciseVersion.exercise_id == original.id, ExerciseVersion.digest == original.digest
        )
    )


def readable(session: Session, asker: Asker, found: ExerciseRecord) -> list[ExerciseVersion]:
    """The versions of an exercise that the asker may read, the newest first.

    Of a colleague's exercise those that were shared at some time.
    """
    every = queries.versions(session, found)
    if found.practice_id is None or found.member_id == asker.id:
        return every
    return [one for one in every if one.was_shared]


def stars(session: Session, asker: Asker) -> set[str]:
    """The ids of the exercises that carry the asker's star."""
    return set(session.scalars(select(Favourite.exercise_id).where(Favourite.member_id == asker.id)))


@dataclass(frozen=True)
class Own:
    """A member's own exercises, by title: only they see the private ones."""

    private: tuple[ExerciseRecord, ...]
    shared: tuple[ExerciseRecord, ...]
    archived: tuple[ExerciseRecord, ...]

    @property
    def every(self) -> tuple[ExerciseRecord, ...]:
        return self.private + self.shared + self.archived


def own(session: Session, asker: Asker) -> Own:
    """What the asker wrote."""
    query = select(ExerciseRecord).where(ExerciseRecord.member_id == asker.id)
    rows = session.scalars(query.order_by(func.lower(ExerciseRecord.title), ExerciseRecord.id)).all()
    return Own(
        private=tuple(row for row in rows if row.listed and not row.shared),
        shared=tuple(row for row in rows if row.listed and row.shared),
        archived=tuple(row for row in rows if not row.listed),
    )
