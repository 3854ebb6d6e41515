"""Reading a plan's history. Whoever may open the plan may read it; nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.plans import queries
from planner.plans.history.changes import Change, changes
from planner.plans.models import PlanRecord, Revision, RevisionName
from planner.plans.plan import Plan
from planner.who import Asker

PAGE = 50
# The action of a revision that brought an earlier one back ends with that one's number.
BROUGHT_BACK = "brought back "


@dataclass(frozen=True)
class Entry:
    """One revision as its plan's history shows it.

    `undone`: it is not on the way to the one that stands now. `changes` are against the revision that it was
    made from; the first one, which has no `parent`, has none. `brought_back` is the number of the earlier
    revision that it repeats, if it is one of those.
    """

    number: int
    parent: int | None
    made_at: datetime
    member_id: str
    name: str
    standing: bool
    undone: bool
    plan: Plan
    changes: tuple[Change, ...]
    brought_back: int | None


@dataclass(frozen=True)
class History:
    """A page of a plan's history, the newest first. `named` counts the revisions with a name."""

    record: PlanRecord
    entries: tuple[Entry, ...]
    page: int
    pages: int
    named: int


@dataclass(frozen=True)
class Version:
    """A revision to choose from: its number, when it was made, and its name if it has one."""

    number: int
    made_at: datetime
    name: str


def history(session: Session, asker: Asker, plan_id: str, page: int = 1, *, named: bool = False) -> History:
    """A page of it, or of the revisions with a name; of pages past the last, the last. Raises NotFound.

    It opens the revisions of the page and those that they were made from, and no others.
    """
    record = queries.record(session, asker, plan_id)
    names = _names(session, record)
    query = select(Revision).where(Revision.plan_id == record.id)
    if named:
        query = query.where(Revision.id.in_(names))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = max(1, min(page, pages))
    found = session.scalars(
        query.order_by(Revision.number.desc()).limit(PAGE).offset((page - 1) * PAGE)
    ).all()
    return History(record, _entries(session, record, found, names), page, pages, len(names))


def entry(session: Session, asker: Asker, plan_id: str, number: int) -> tuple[PlanRecord, Entry]:
    """One revision of a plan. Raises NotFound."""
    record = queries.record(session, asker, plan_id)
    one = queries.revision(session, record, number)
    return record, _entries(session, record, [one], _names(session, record))[0]


def versions(session: Session, record: PlanRecord, also: Collection[int]) -> list[Version]:
    """What one may want to compare: the named, the first, the current and `also`; newest first."""
    names = _names(session, record)
    wanted = {1, record.current, *also}
    rows = session.execute(
        select(Revision.id, Revision.number, Revision.made_at)
        .where(Revision.plan_id == record.id, Revision.id.in_(names) | Revision.number.in_(wanted))
        .order_by(Revision.number.desc())
    )
    return [Version(row.number, row.made_at, names.get(row.id, "")) for row in rows]


def _names(session: Session, record: PlanRecord) -> dict[str, str]:
    """The names that revisions of a plan were given, by the revisions' ids."""
    rows = session.scalars(select(RevisionName).where(RevisionName.plan_id == record.id))
    return {row.revision_id: row.text for row in rows}


def _entries(
    session: Session, record: PlanRecord, found: Iterable[Revision], names: dict[str, str]
) -> tuple[Entry, ...]:
    found = list(found)
    parents = _parents(session, record)
    line = _line(parents, record.current)
    plans = {one.number: one.plan for one in found}
    lacking = {one.parent for one in found if one.parent is not None} - set(plans)
    rows = session.scalars(
        select(Revision).where(Revision.plan_id == record.id, Revision.number.in_(lacking))
    )
    plans |= {one.number: one.plan for one in rows}
    return tuple(
        Entry(
            number=one.number,
            parent=one.parent,
            made_at=one.made_at,
            member_id=one.member_id,
            name=names.get(one.id, ""),
            standing=one.number == record.current,
            undone=one.number not in line,
            plan=plans[one.number],
            changes=changes(plans[one.parent], plans[one.number]) if one.parent in plans else (),
            brought_back=_brought_back(one.action),
        )
        for one in found
    )


def _parents(session: Session, record: PlanRecord) -> dict[int, int | None]:
    rows = session.execute(select(Revision.number, Revision.parent).where(Revision.plan_id == record.id))
    return {row.number: row.parent for row in rows}


def _line(parents: dict[int, int | None], current: int) -> set[int]:
    """The revisions that led to the current one, itself among them."""
    line: set[int] = set()
    number: int | None = current
    while number is not None:
        line.add(number)
        number = parents.get(number)
    return line


def _brought_back(action: str) -> int | None:
    number = action.removeprefix(BROUGHT_BACK)
    return int(number) if number != action and number.isdecimal() else None
