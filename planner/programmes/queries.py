"""Reading programmes. They are their counsellor's alone: nobody else is shown that there are any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.programmes.exchange import Kept, from_json
from planner.programmes.models import ProgrammeRecord, ProgrammeTemplate
from planner.programmes.outline import Outline, from_text
from planner.programmes.programme import Programme
from planner.programmes.programme import Session as ProgrammeSession
from planner.programmes.starters import Starter, read_starters
from planner.who import Asker


@dataclass(frozen=True)
class Opened:
    """A programme as it stands: its row, and its value with the one before it."""

    record: ProgrammeRecord
    kept: Kept

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def number(self) -> int:
        return self.record.number

    @property
    def programme(self) -> Programme:
        return self.kept.programme


@dataclass(frozen=True)
class Listed:
    """A line of a list of programmes."""

    id: str
    programme: Programme
    changed_at: datetime
    binned_at: datetime | None


@dataclass(frozen=True)
class Place:
    """Where a plan stands in a programme: its number of how many, and the plans around it, if any."""

    programme_id: str
    title: str
    number: int
    count: int
    aim: str
    before: str | None
    after: str | None


def record(session: Session, asker: Asker, programme_id: str, *, binned: bool = False) -> ProgrammeRecord:
    """The row of one of the asker's programmes; with `binned` one in the bin. Raises NotFound."""
    found = session.scalar(
        select(ProgrammeRecord).where(
            ProgrammeRecord.id == programme_id,
            ProgrammeRecord.practice_id == asker.practice_id,
            ProgrammeRecord.member_id == asker.id,
            ProgrammeRecord.binned_at.is_not(None) if binned else ProgrammeRecord.binned_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found


def opened(session: Session, asker: Asker, programme_id: str) -> Opened:
    """One of the asker's programmes as it stands now. Raises NotFound."""
    found = record(session, asker, programme_id)
    return Opened(found, from_json(found.text))


def listed(session: Session, asker: Asker, *, binned: bool = False) -> list[Listed]:
    """The asker's programmes, the last changed first."""
    rows = session.scalars(
        select(ProgrammeRecord)
        .where(
            ProgrammeRecord.practice_id == asker.practice_id,
            ProgrammeRecord.member_id == asker.id,
            ProgrammeRecord.binned_at.is_not(None) if binned else ProgrammeRecord.binned_at.is_(None),
        )
        .order_by(ProgrammeRecord.changed_at.desc(), ProgrammeRecord.id)
    )
    return [Listed(row.id, from_json(row.text).programme, row.changed_at, row.binned_at) for row in rows]


def place_of(session: Session, asker: Asker, programme_id: str, plan_id: str) -> Place | None:
    """Where a plan stands in one of the asker's programmes; None when they have no such programme."""
    try:
        programme = opened(session, asker, programme_id).programme
    except NotFound:
        return None
    for number, one in enumerate(programme.sessions, start=1):
        if one.plan_id == plan_id:
            plans = programme.plan_ids
            at = plans.index(plan_id)
            return Place(
                programme_id,
                programme.title,
                number,
                len(programme.sessions),
                one.aim,
                plans[at - 1] if at else None,
                plans[at + 1] if at + 1 < len(plans) else None,
            )
    return None


def waiting_after(
    session: Session, asker: Asker, programme_id: str | None, plan_id: str
) -> tuple[Opened, ProgrammeSession] | None:
    """The programme of a plan and the session right after it, where that one has no plan yet."""
    place = place_of(session, asker, programme_id, plan_id) if programme_id else None
    if place is None or place.number == place.count:
        return None
    found = opened(session, asker, place.programme_id)
    following = found.programme.sessions[place.number]
    return None if following.plan_id else (found, following)


# Templates


@dataclass(frozen=True)
class Published:
    """A programme published for others to copy; `made_by` is empty and `created_at` None for what ships."""

    id: str
    title: str
    when_to_use: str
    made_by: str
    outline: Outline
    may_withdraw: bool = False
    created_at: datetime | None = None
    is_withdrawn: bool = False

    @property
    def is_starter(self) -> bool:
        return self.created_at is None


def template(session: Session, asker: Asker, template_id: str, *, withdrawn: bool = False) -> Published:
    """One template. With `withdrawn`, also one that the asker may put back. Raises NotFound."""
    for starter in read_starters():
        if starter.slug == template_id:
            return _starter(starter)
    found = template_row(session, asker, template_id)
    if found.withdrawn_at is not None and not (withdrawn and may_withdraw(found, asker)):
        raise NotFound
    return _published(found, asker)


def template_row(session: Session, asker: Asker, template_id: str) -> ProgrammeTemplate:
    """The row of a template of the asker's practice, withdrawn or not. Raises NotFound."""
    found = session.scalar(
        select(ProgrammeTemplate).where(
            ProgrammeTemplate.id == template_id, ProgrammeTemplate.practice_id == asker.practice_id
        )
    )
    if found is None:
        raise NotFound
    return found


def gallery(session: Session, asker: Asker) -> list[Published]:
    """The practice's own, newest on top; then those that ship."""
    rows = session.scalars(
        select(ProgrammeTemplate)
        .where(ProgrammeTemplate.practice_id == asker.practice_id, ProgrammeTemplate.withdrawn_at.is_(None))
        .order_by(ProgrammeTemplate.created_at.desc(), ProgrammeTemplate.id)
    )
    return [*(_published(row, asker) for row in rows), *map(_starter, read_starters())]


def may_withdraw(found: ProgrammeTemplate, asker: Asker) -> bool:
    """Its maker may, and an owner of its practice."""
    return found.practice_id == asker.practice_id and (asker.is_owner or found.made_by_id == asker.id)


def _published(found: ProgrammeTemplate, asker: Asker) -> Published:
    return Published(
        found.id,
        found.title,
        found.when_to_use,
        found.made_by_name,
        from_text(found.body),
        may_withdraw(found, asker),
        found.created_at,
        found.withdrawn_at is not None,
    )


def _starter(starter: Starter) -> Published:
    return Published(starter.slug, starter.outline.title, starter.when_to_use, "", starter.outline)
