"""Changing plans: each verb writes one revision, or moves the pointer, and never commits."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.errors import NotAllowed, Stale
from planner.plans import queries
from planner.plans.models import PlanRecord, Revision
from planner.plans.plan import Plan, checked
from planner.who import Asker


def create(
    session: Session, asker: Asker, plan: Plan, *, template_id: str | None = None, template_title: str = ""
) -> PlanRecord:
    """A new plan of the asker's. Raises BadPlan."""
    record = PlanRecord(
        id=new_id(),
        practice_id=asker.practice_id,
        member_id=asker.id,
        current=1,
        template_id=template_id,
        template_title=template_title,
    )
    session.add(record)
    session.flush()
    _append(session, asker, record, checked(plan), number=1, parent=None, action="")
    return record


def change(
    session: Session, asker: Asker, plan_id: str, base: int, do: Callable[[Plan], Plan], action: str
) -> None:
    """Apply `do` to revision `base` and make the result current.

    Raises NotFound, BadPlan, and Stale when `base` is no longer current. A result that is no different
    writes nothing.
    """
    record = queries.record(session, asker, plan_id)
    # Where there are several writers, the next one waits here; SQLite has only one.
    session.refresh(record, with_for_update=True)
    if record.current != base:
        raise Stale
    before = queries.revision(session, record, base).plan
    after = do(before)
    if after == before:
        return
    last = session.scalar(select(func.max(Revision.number)).where(Revision.plan_id == plan_id)) or 0
    _append(session, asker, record, after, number=last + 1, parent=base, action=action)
    _point(session, record, base, last + 1)


def undo(session: Session, asker: Asker, plan_id: str, base: int) -> None:
    """Go back to what `base` was made from. Raises NotFound, Stale; at the start it does nothing."""
    opened = _at(session, asker, plan_id, base)
    if opened.undo is not None:
        _point(session, opened.record, base, opened.undo)


def redo(session: Session, asker: Asker, plan_id: str, base: int) -> None:
    """Go forward to the newest revision made from `base`. Raises NotFound, Stale."""
    opened = _at(session, asker, plan_id, base)
    if opened.redo is not None:
        _point(session, opened.record, base, opened.redo)


def share(session: Session, asker: Asker, plan_id: str, shared: bool) -> None:
    """Open a plan to colleagues, or close it. Only its own counsellor may. Raises NotFound, NotAllowed."""
    record = queries.record(session, asker, plan_id)
    if record.member_id != asker.id:
        raise NotAllowed("Only the counsellor whose plan it is can open or close it.")
    record.shared = shared


def put_in_bin(session: Session, asker: Asker, plan_id: str) -> None:
    """Raises NotFound, and NotAllowed for a colleague's plan."""
    record = queries.record(session, asker, plan_id)
    if record.member_id != asker.id:
        raise NotAllowed("Only the counsellor whose plan it is can put it in the bin.")
    record.binned_at = now()


def restore(session: Session, asker: Asker, plan_id: str) -> None:
    """Take a plan out of the bin. Raises NotFound."""
    queries.record(session, asker, plan_id, binned=True).binned_at = None


def _at(session: Session, asker: Asker, plan_id: str, base: int) -> queries.Opened:
    opened = queries.opened(session, asker, plan_id)
    if opened.number != base:
        raise Stale
    return opened


def _append(
    session: Session,
    asker: Asker,
    record: PlanRecord,
    plan: Plan,
    *,
    number: int,
    parent: int | None,
    action: str,
) -> None:
    revision = Revision(
        id=new_id(),
        plan_id=record.id,
        practice_id=record.practice_id,
        number=number,
        parent=parent,
        member_id=asker.id,
        action=action[:240],
    )
    revision.seal(plan, session.info["keyring"])
    session.add(revision)
    session.flush()


def _point(session: Session, record: PlanRecord, base: int, target: int) -> None:
    """Compare and swap: only if nobody moved the pointer since it was read."""
    moved = session.execute(
        update(PlanRecord)
        .where(PlanRecord.id == record.id, PlanRecord.current == base)
        .values(current=target, changed_at=now())
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    session.expire(record)
