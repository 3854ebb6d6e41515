"""Private notes on exercises, one for each member and exercise: sealed, and seen by nobody else."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.db import now
from planner.errors import Stale
from planner.library import queries
from planner.library.models import ExerciseNote, ExerciseRecord
from planner.who import Asker

LIMIT = 6000


def note(session: Session, asker: Asker, found: ExerciseRecord) -> ExerciseNote | None:
    """The asker's own note on an exercise."""
    return session.get(ExerciseNote, (asker.id, found.id))


def mark_of(kept: ExerciseNote | None) -> str:
    """What tells one state of a note from the next; empty when there is none."""
    return kept.changed_at.isoformat() if kept else ""


def noted(session: Session, asker: Asker, found: Collection[ExerciseRecord]) -> set[str]:
    """The ids of those exercises that the asker keeps a note on."""
    if not found:
        return set()
    query = select(ExerciseNote.exercise_id).where(
        ExerciseNote.member_id == asker.id, ExerciseNote.exercise_id.in_([one.id for one in found])
    )
    return set(session.scalars(query))


def write(session: Session, asker: Asker, slug: str, text: str, base: str) -> ExerciseNote | None:
    """Keep `text` as the asker's note; an empty one takes the note away.

    `base` is the `mark_of` what it was written over. Raises NotFound, and Stale when the note says something
    else by now.
    """
    found = queries.record(session, asker, slug)
    kept = session.get(ExerciseNote, (asker.id, found.id), with_for_update=True)
    if (kept.text if kept else "") == text:
        return kept
    if mark_of(kept) != base:
        raise Stale
    if not text:
        session.delete(kept)
        session.flush()
        return None
    if kept is None:
        kept = ExerciseNote(member_id=asker.id, exercise_id=found.id, practice_id=asker.practice_id)
        session.add(kept)
    kept.seal_text(text, session.info["keyring"])
    kept.changed_at = now()
    session.flush()
    return kept
