"""Two versions of an exercise side by side, with other exercises called by their titles."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library import held, queries
from planner.library.exercise import Exercise
from planner.library.models import ExerciseDraft, ExerciseRecord
from planner.library.own.differences import Section, differences
from planner.who import Asker


def compared(session: Session, asker: Asker, then: Exercise, now: Exercise) -> tuple[Section, ...]:
    """The sections that differ."""
    return differences(then, now, held.titles(session, asker, {*then.builds_on, *now.builds_on}))


def brought(session: Session, asker: Asker, draft: ExerciseDraft) -> tuple[Section, ...] | None:
    """What changed in the original, for a draft that was opened to take it over; None for any other."""
    record = session.get(ExerciseRecord, draft.exercise_id) if draft.exercise_id else None
    if record is None or record.origin_digest is None or draft.origin_slug != record.origin_slug:
        return None
    if draft.origin_digest in (None, record.origin_digest):
        return None
    try:
        then = queries.version(session, asker, record.origin_slug or "", record.origin_digest)
        now = queries.version(session, asker, record.origin_slug or "", draft.origin_digest or "")
    except NotFound:
        return None
    return compared(session, asker, then, now)
