"""Changing programmes: one verb a function. Nothing here commits.

The plans of a programme know it and the plan before them, so every change brings them in line with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.errors import NotAllowed, RuleBroken, Stale
from planner.plans import series
from planner.programmes import queries
from planner.programmes.exchange import Kept, from_json, to_json
from planner.programmes.models import ProgrammeRecord, ProgrammeTemplate
from planner.programmes.outline import Outline, to_text
from planner.programmes.programme import BadProgramme, Programme, checked
from planner.who import Asker


def create(session: Session, asker: Asker, programme: Programme) -> ProgrammeRecord:
    """A new programme of the asker's. Raises BadProgramme."""
    record = ProgrammeRecord(
        id=new_id(), practice_id=asker.practice_id, member_id=asker.id, number=1, body=b""
    )
    record.seal_text(to_json(Kept(checked(programme))), session.info["keyring"])
    session.add(record)
    session.flush()
    series.link(session, asker, record.id, programme.plan_ids)
    return record


def change(
    session: Session,
    asker: Asker,
    programme_id: str,
    base: int,
    do: Callable[[Programme], Programme],
) -> bool:
    """Apply `do` to the programme as it was at `base`. False when there was nothing to change.

    Raises NotFound, BadProgramme, and Stale when `base` is no longer how it stands.
    """
    record, kept = _at(session, asker, programme_id, base)
    after = do(kept.programme)
    if after == kept.programme:
        return False
    others = set(after.plan_ids) - set(kept.programme.plan_ids)
    if series.taken(session, asker, others, programme_id):
        raise BadProgramme("plan", "This plan belongs to another programme, or is no longer there.")
    _write(session, asker, record, Kept(after, kept.programme))
    return True


def undo(session: Session, asker: Asker, programme_id: str, base: int) -> bool:
    """Bring back what stood before the last change; once more is a redo. False when there is nothing.

    A plan that another programme has by now stays there. Raises NotFound, Stale.
    """
    record, kept = _at(session, asker, programme_id, base)
    if kept.before is None:
        return False
    lost = series.taken(session, asker, kept.before.plan_ids, programme_id)
    _write(session, asker, record, Kept(_without(kept.before, lost), kept.programme, not kept.undone))
    return True


def put_in_bin(session: Session, asker: Asker, programme_id: str) -> None:
    """Its plans stay where they are, free for another programme. Raises NotFound."""
    record = queries.record(session, asker, programme_id)
    record.binned_at = now()
    series.link(session, asker, record.id, ())


def restore(session: Session, asker: Asker, programme_id: str) -> None:
    """Take a programme out of the bin, with those of its plans that no other one has. Raises NotFound."""
    record = queries.record(session, asker, programme_id, binned=True)
    record.binned_at = None
    kept = from_json(record.text)
    lost = series.taken(session, asker, kept.programme.plan_ids, programme_id)
    _write(session, asker, record, replace(kept, programme=_without(kept.programme, lost)))


def _at(session: Session, asker: Asker, programme_id: str, base: int) -> tuple[ProgrammeRecord, Kept]:
    record = queries.record(session, asker, programme_id)
    # Where there are several writers, the next one waits here; SQLite has only one.
    session.refresh(record, with_for_update=True)
    if record.number != base:
        raise Stale
    return record, from_json(record.text)


def _without(programme: Programme, lost: set[str]) -> Programme:
    return replace(
        programme,
        sessions=tuple(replace(s, plan_id=None) if s.plan_id in lost else s for s in programme.sessions),
    )


def _write(session: Session, asker: Asker, record: ProgrammeRecord, kept: Kept) -> None:
    record.seal_text(to_json(kept), session.info["keyring"])
    record.number += 1
    record.changed_at = now()
    session.flush()
    series.link(session, asker, record.id, kept.programme.plan_ids)


# Templates


def publish(session: Session, asker: Asker, outline: Outline, when_to_use: str) -> ProgrammeTemplate:
    """Put a programme, as `outline_of` made it, before the practice. Raises RuleBroken."""
    if not outline.stops:
        raise RuleBroken("A template needs at least one session.")
    if any(plan.date or plan.time for plan in outline.plans):
        raise RuleBroken("A template has no date.")
    template = ProgrammeTemplate(
        id=new_id(),
        practice_id=asker.practice_id,
        title=outline.title,
        when_to_use=when_to_use,
        body=to_text(outline),
        made_by_id=asker.id,
        made_by_name=asker.name,
    )
    session.add(template)
    session.flush()
    return template


def withdraw(session: Session, asker: Asker, template_id: str) -> None:
    """Take a template out of the gallery; programmes made from it stay. Raises NotFound, NotAllowed."""
    template = _own(session, asker, template_id)
    template.withdrawn_at = template.withdrawn_at or now()


def show_again(session: Session, asker: Asker, template_id: str) -> None:
    """Show a withdrawn template in the gallery again. Raises NotFound, NotAllowed."""
    _own(session, asker, template_id).withdrawn_at = None


def _own(session: Session, asker: Asker, template_id: str) -> ProgrammeTemplate:
    # Whoever may not see it at all is told nothing more than that.
    queries.template(session, asker, template_id, withdrawn=True)
    template = queries.template_row(session, asker, template_id)
    if not queries.may_withdraw(template, asker):
        raise NotAllowed("Only the colleague who made it, or an owner of the practice, can do this.")
    return template
