"""Reading what was noted after sessions: whoever may open a plan may read its notes."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.landing.models import ExerciseLanding, SessionNotes
from planner.landing.notes import LANDED, Counts, Notes, from_json
from planner.plans import queries as plans
from planner.plans.queries import Opened
from planner.who import Asker


def kept(session: Session, asker: Asker, plan_id: str) -> SessionNotes | None:
    """The row of notes on the session of a plan. Raises NotFound when the plan is not the asker's to open."""
    plans.record(session, asker, plan_id)
    return session.get(SessionNotes, plan_id)


def notes_in(row: SessionNotes | None) -> Notes | None:
    return from_json(row.text) if row else None


def notes(session: Session, asker: Asker, plan_id: str) -> Notes | None:
    """What was noted, if anything was. Raises NotFound."""
    return notes_in(kept(session, asker, plan_id))


def noted(session: Session, asker: Asker, plan_ids: Collection[str]) -> set[str]:
    """Those of the plans on whose session something was saved, be it nothing."""
    if not plan_ids:
        return set()
    query = select(SessionNotes.plan_id).where(
        SessionNotes.practice_id == asker.practice_id, SessionNotes.plan_id.in_(plan_ids)
    )
    return set(session.scalars(query))


def before(session: Session, asker: Asker, opened: Opened) -> Opened | None:
    """The plan of the session before, as far as the asker may open it."""
    if opened.record.follows_id is None:
        return None
    try:
        return plans.opened(session, asker, opened.record.follows_id)
    except NotFound:
        return None


def landings(session: Session, asker: Asker, slugs: Collection[str] | None = None) -> dict[str, Counts]:
    """How exercises landed in the asker's practice, by slug: of these, or of all that were ever noted."""
    query = select(ExerciseLanding.slug, ExerciseLanding.landed, ExerciseLanding.count).where(
        ExerciseLanding.practice_id == asker.practice_id,
        ExerciseLanding.landed.in_(LANDED),
        ExerciseLanding.count > 0,
    )
    if slugs is not None:
        query = query.where(ExerciseLanding.slug.in_(slugs))
    found: dict[str, dict[str, int]] = {}
    for slug, landed, count in session.execute(query):
        found.setdefault(slug, {})[landed] = count
    return {slug: Counts(**counts) for slug, counts in found.items()}
