"""Bringing an earlier revision back, and names for revisions. Nothing here commits."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planner.errors import Stale
from planner.plans import operations, queries
from planner.plans.history.queries import BROUGHT_BACK
from planner.plans.models import RevisionName
from planner.who import Asker


def bring_back(session: Session, asker: Asker, plan_id: str, number: int, base: int) -> bool:
    """Make the plan of revision `number` current again, as a new revision made from `base`.

    Returns False, and writes nothing, when the plan reads like that already. Raises NotFound, and Stale when
    `base` is no longer current.
    """
    record = queries.record(session, asker, plan_id)
    then = queries.revision(session, record, number).plan
    operations.change(session, asker, plan_id, base, lambda _plan: then, f"{BROUGHT_BACK}{number}")
    return record.current != base


def name(session: Session, asker: Asker, plan_id: str, number: int, text: str, was: str) -> None:
    """Name a revision, in place of the name `was` (empty: it had none).

    Raises NotFound, and Stale when somebody gave it another name meanwhile.
    """
    record = queries.record(session, asker, plan_id)
    revision = queries.revision(session, record, number)
    # Where there are several writers, the next one waits here; SQLite has only one.
    session.refresh(record, with_for_update=True)
    row = session.get(RevisionName, revision.id)
    if (row.text if row else "") not in (was, text):
        raise Stale
    if row is None:
        row = RevisionName(revision_id=revision.id, practice_id=record.practice_id, plan_id=record.id)
    row.member_id = asker.id
    row.seal_text(text, session.info["keyring"])
    session.add(row)
    session.flush()


def unname(session: Session, asker: Asker, plan_id: str, number: int) -> None:
    """Take the name of a revision away, if it has one. Raises NotFound."""
    record = queries.record(session, asker, plan_id)
    row = session.get(RevisionName, queries.revision(session, record, number).id)
    if row is not None:
        session.delete(row)
