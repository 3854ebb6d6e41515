"""Reading packs: each is for the member who made it alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.packs.models import Pack, PackPdf, PackSheet
from planner.packs.progress import Progress
from planner.who import Asker


@dataclass(frozen=True)
class Line:
    """A sheet as a pack's page shows it."""

    title: str
    kind: str
    state: str
    reason: str


@dataclass(frozen=True)
class Listed:
    """A pack and how far it is."""

    pack: Pack
    progress: Progress


def pack(session: Session, asker: Asker, pack_id: str) -> Pack:
    """One of the asker's packs. Raises NotFound, also for those of colleagues."""
    found = session.scalar(
        select(Pack).where(
            Pack.id == pack_id, Pack.member_id == asker.id, Pack.practice_id == asker.practice_id
        )
    )
    if found is None:
        raise NotFound
    return found


def listed(session: Session, asker: Asker) -> list[Listed]:
    """The asker's packs, the newest first."""
    found = session.scalars(
        select(Pack)
        .where(Pack.member_id == asker.id, Pack.practice_id == asker.practice_id)
        .order_by(Pack.created_at.desc(), Pack.id)
    ).all()
    known = progress(session, found)
    return [Listed(one, known[one.id]) for one in found]


def progress(session: Session, packs: Collection[Pack]) -> dict[str, Progress]:
    """How far each of these packs is, by its id, in one query."""
    rows = session.execute(
        select(
            PackSheet.pack_id,
            func.count(),
            _counted(PackSheet.state == "done"),
            _counted(PackSheet.state == "failed"),
            _counted(PackSheet.tries > 0),
        )
        .where(PackSheet.pack_id.in_([one.id for one in packs]))
        .group_by(PackSheet.pack_id)
    )
    known = {pack_id: Progress(total, done, failed, begun) for pack_id, total, done, failed, begun in rows}
    return {
        one.id: replace(known.get(one.id, Progress(0)), cancelled=one.cancelled_at is not None)
        for one in packs
    }


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def lines(session: Session, found: Pack) -> list[Line]:
    """The sheets of a pack that was already loaded, in their order."""
    rows = session.scalars(
        select(PackSheet).where(PackSheet.pack_id == found.id).order_by(PackSheet.position)
    )
    return [
        Line(title, row.kind, row.state, row.reason) for title, row in zip(found.titles, rows, strict=True)
    ]


def printed(session: Session, found: Pack) -> list[tuple[int, Line, str, bytes]]:
    """What is done of a pack: the place from 1, the sheet, the name of its file, and its PDF."""
    known = lines(session, found)
    rows = session.execute(
        select(PackSheet.position, PackPdf)
        .join(PackPdf, PackPdf.sheet_id == PackSheet.id)
        .where(PackSheet.pack_id == found.id)
        .order_by(PackSheet.position)
    )
    return [(at + 1, known[at], *one.content) for at, one in rows]


def due(session: Session, at: datetime) -> int:
    """How many sheets of all packs wait for somebody to take them up."""
    return (
        session.scalar(
            select(func.count())
            .select_from(PackSheet)
            .join(Pack, Pack.id == PackSheet.pack_id)
            .where(
                PackSheet.state == "waiting",
                or_(PackSheet.leased_until.is_(None), PackSheet.leased_until < at),
                Pack.cancelled_at.is_(None),
            )
        )
        or 0
    )


def running(session: Session, asker: Asker) -> int:
    """How many of the asker's packs are not over."""
    return sum(not one.progress.is_over for one in listed(session, asker))
