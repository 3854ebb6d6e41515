"""Changing packs: making one, taking its sheets up one by one, delivering them, cancelling, deleting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.errors import RuleBroken
from planner.packs import queries
from planner.packs.choice import Choice, Making, objection
from planner.packs.models import Pack, PackPdf, PackSheet
from planner.who import Asker

AT_ONCE = 3
MOST_TRIES = 3


@dataclass(frozen=True)
class Wanted:
    """A sheet of a new pack: what it is called on the screen, and the version of an exercise."""

    choice: Choice
    title: str
    digest: str = ""


@dataclass(frozen=True)
class Taken:
    """A sheet that somebody prints, as plain values: no transaction stays open while it is printed."""

    sheet_id: str
    lease: str
    pack_id: str
    practice_id: str
    member_id: str
    source: str
    ref: str
    digest: str
    kind: str
    making: Making


def create(
    session: Session, asker: Asker, wanted: Sequence[Wanted], making: Making, address: str = ""
) -> Pack:
    """A new pack, whose sheets wait. The codes on them begin with `address`.

    Raises RuleBroken with the word of `objection`, or with "running".
    """
    reason = objection([each.choice for each in wanted], making)
    if not reason and queries.running(session, asker) >= AT_ONCE:
        reason = "running"
    if reason:
        raise RuleBroken(reason)
    made = Pack(
        id=new_id(),
        practice_id=asker.practice_id,
        member_id=asker.id,
        form=making.form,
        copies=making.copies,
        paper=making.paper,
        design=making.design,
        lang=making.lang,
    )
    made.seal_text(Pack.as_text([each.title for each in wanted], address), session.info["keyring"])
    session.add(made)
    session.flush()
    session.add_all(
        PackSheet(
            pack_id=made.id,
            practice_id=asker.practice_id,
            position=position,
            source=each.choice.source,
            ref=each.choice.ref,
            digest=each.digest,
            kind=each.choice.kind,
        )
        for position, each in enumerate(wanted)
    )
    return made


def take(session: Session, at: datetime, seconds: int) -> Taken | None:
    """Take up a sheet that waits, of whatever pack, for `seconds`; None when there is none.

    Packs take turns, so that a small one need not wait for the end of a large one. A sheet whose printing
    ended three times without a word has failed.
    """
    while True:
        found = session.execute(
            select(PackSheet, Pack)
            .join(Pack, Pack.id == PackSheet.pack_id)
            .where(
                PackSheet.state == "waiting",
                or_(PackSheet.leased_until.is_(None), PackSheet.leased_until < at),
                Pack.cancelled_at.is_(None),
            )
            .order_by(PackSheet.position, Pack.created_at, PackSheet.id)
            .limit(1)
            .with_for_update(of=PackSheet, skip_locked=True)
        ).first()
        if found is None:
            return None
        sheet, pack = found
        if sheet.tries < MOST_TRIES:
            break
        sheet.state, sheet.reason, sheet.lease, sheet.leased_until = "failed", "crash", "", None
        session.flush()
    sheet.tries += 1
    sheet.lease, sheet.leased_until = new_id(), at + timedelta(seconds=seconds)
    return Taken(
        sheet.id,
        sheet.lease,
        pack.id,
        pack.practice_id,
        pack.member_id,
        sheet.source,
        sheet.ref,
        sheet.digest,
        sheet.kind,
        pack.making,
    )


def deliver(session: Session, taken: Taken, name: str, pdf: bytes) -> bool:
    """Keep the PDF of a sheet, sealed. False when the lease was over and somebody else has it."""
    if not _settle(session, taken, state="done"):
        return False
    made = PackPdf(sheet_id=taken.sheet_id, practice_id=taken.practice_id)
    made.seal_text(PackPdf.as_text(name, pdf), session.info["keyring"])
    session.add(made)
    return True


def fail(session: Session, taken: Taken, reason: str) -> bool:
    """Say why there is no PDF. False when the lease was over and somebody else has the sheet."""
    return _settle(session, taken, state="failed", reason=reason)


def put_back(session: Session, taken: Taken, *, counts: bool) -> None:
    """Let somebody else try at once; with `counts` it was one of the tries that a sheet has."""
    tries = PackSheet.tries if counts else PackSheet.tries - 1
    _settle(session, taken, tries=tries)


def cancel(found: Pack) -> None:
    """Begin no more sheets of it. What is done stays."""
    if found.cancelled_at is None:
        found.cancelled_at = now()


def remove(session: Session, found: Pack) -> None:
    """Delete a pack and all that was printed for it."""
    _remove(session, [found.id])


def clear(session: Session, before: datetime) -> int:
    """Delete what was asked for before this moment, of all practices. Returns how many packs."""
    old = list(session.scalars(select(Pack.id).where(Pack.created_at < before)))
    if old:
        _remove(session, old)
    return len(old)


def _remove(session: Session, pack_ids: Sequence[str]) -> None:
    sheets = select(PackSheet.id).where(PackSheet.pack_id.in_(pack_ids))
    session.execute(delete(PackPdf).where(PackPdf.sheet_id.in_(sheets)))
    session.execute(delete(PackSheet).where(PackSheet.pack_id.in_(pack_ids)))
    session.execute(delete(Pack).where(Pack.id.in_(pack_ids)))


def _settle(session: Session, taken: Taken, **values: Any) -> bool:
    """Compare and swap: only who still holds the lease may say what became of the sheet."""
    done = session.execute(
        update(PackSheet)
        .where(PackSheet.id == taken.sheet_id, PackSheet.lease == taken.lease, PackSheet.state == "waiting")
        .values(lease="", leased_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], done).rowcount == 1
