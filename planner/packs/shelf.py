"""What can be ticked for a pack: what was looked for, and all that is ticked already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.handouts import kinds
from planner.handouts import queries as printing
from planner.handouts.options import Letterhead, Options
from planner.handouts.sheets import document
from planner.handouts.sheets.document import NothingToPrint
from planner.library import queries as library
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted as Looked
from planner.packs.choice import Choice
from planner.packs.jobs import on_paper
from planner.packs.operations import Wanted
from planner.plans import queries as plans
from planner.plans import series
from planner.programmes import queries as programmes
from planner.who import Asker

EXERCISES, PLANS = 25, 12


@dataclass(frozen=True)
class Tick:
    """One box: the choice that it stands for, how many sheets that is, and whether it is ticked."""

    choice: Choice
    sheets: int
    ticked: bool


@dataclass(frozen=True)
class Offer:
    """A line with its boxes: an exercise, a plan or a programme."""

    title: str
    ticks: tuple[Tick, ...]
    area: str = ""
    date: object = None


@dataclass(frozen=True)
class Shelf:
    """What is offered now. With `more`, further exercises or plans would be found by other words."""

    exercises: tuple[Offer, ...]
    plans: tuple[Offer, ...]
    programmes: tuple[Offer, ...]
    more_exercises: bool = False
    more_plans: bool = False

    @property
    def count(self) -> int:
        """How many sheets are ticked."""
        offers = (*self.exercises, *self.plans, *self.programmes)
        return sum(tick.sheets for offer in offers for tick in offer.ticks if tick.ticked)


def shelf(
    session: Session, asker: Asker, chosen: Collection[Choice], q: str = "", starred: bool = False
) -> Shelf:
    """What was looked for, below what is ticked already: nothing that was ticked is ever out of sight."""
    looked = Looked(q=q, starred=("yes",) if starred else ())
    found = browsing.browse(session, asker, looked)
    slugs = list(dict.fromkeys(each.ref for each in chosen if each.source == "exercise"))
    wanted = [row.record.slug for row in found.rows if row.record.slug not in slugs]
    lines = [line for line in plans.listed(session, asker, search=q) if line.mine]
    ids = list(dict.fromkeys(each.ref for each in chosen if each.source == "plan"))
    others = [line.id for line in lines if line.id not in ids]
    return Shelf(
        _found(_exercise(session, asker, slug, chosen) for slug in slugs + wanted[:EXERCISES]),
        _found(_plan(session, asker, plan_id, chosen) for plan_id in ids + others[:PLANS]),
        tuple(_programmes(session, asker, chosen)),
        more_exercises=found.more or found.total > EXERCISES,
        more_plans=len(others) > PLANS,
    )


def wanted(session: Session, asker: Asker, choices: Collection[Choice]) -> list[Wanted]:
    """The sheets that these choices stand for, with their titles on the screen, a programme's in its order.

    Raises NotFound when something is gone, and NothingToPrint when it has no such sheet.
    """
    found: dict[Choice, Wanted] = {}
    for choice in choices:
        for one in _sheets_of(session, asker, choice):
            found.setdefault(one.choice, one)
    return list(found.values())


def _sheets_of(session: Session, asker: Asker, choice: Choice) -> list[Wanted]:
    if choice.source == "exercise":
        record, exercise = library.exercise(session, asker, choice.ref)
        if choice.kind not in document.kinds(exercise):
            raise NothingToPrint
        return [Wanted(choice, exercise.title, record.digest)]
    if choice.source == "plan":
        found = printing.plan_to_print(session, asker, series.own(session, asker, choice.ref).id)
        if choice.kind not in kinds.FOR_CLIENTS:
            raise NothingToPrint
        kinds.of_plan(choice.kind, found.plan, found.exercises, on_paper(found), Options(), Letterhead())
        return [Wanted(choice, found.plan.title)]
    return [
        Wanted(Choice("plan", plan_id), title) for plan_id, title in _sessions(session, asker, choice.ref)
    ]


def _sessions(session: Session, asker: Asker, programme_id: str) -> list[tuple[str, str]]:
    """The planned sessions of a programme that have sheets for both, with the titles of their plans."""
    programme = programmes.opened(session, asker, programme_id).programme
    held = series.held(session, asker, programme.plan_ids)
    there = [held[one] for one in programme.plan_ids if one in held and not held[one].is_binned]
    return [(one.id, one.plan.title) for one in there if document.printable(one.plan)]


def _exercise(session: Session, asker: Asker, slug: str, chosen: Collection[Choice]) -> Offer | None:
    try:
        record, exercise = library.exercise(session, asker, slug)
    except NotFound:
        return None
    ticks = [_tick(Choice("exercise", slug, kind), chosen) for kind in document.kinds(exercise)]
    return Offer(exercise.title, tuple(ticks), area=record.area) if ticks else None


def _plan(session: Session, asker: Asker, plan_id: str, chosen: Collection[Choice]) -> Offer | None:
    try:
        found = printing.plan_to_print(session, asker, series.own(session, asker, plan_id).id)
    except NotFound:
        return None
    ticks = [_tick(Choice("plan", plan_id, kind), chosen) for kind in kinds.FOR_CLIENTS if _has(found, kind)]
    return Offer(found.plan.title, tuple(ticks), date=found.plan.date) if ticks else None


def _has(found: printing.ToPrint, kind: str) -> bool:
    """True when the plan has something to print of this kind."""
    try:
        kinds.of_plan(kind, found.plan, found.exercises, on_paper(found), Options(), Letterhead())
    except NothingToPrint:
        return False
    return True


def _programmes(session: Session, asker: Asker, chosen: Collection[Choice]) -> list[Offer]:
    offers = []
    for line in programmes.listed(session, asker):
        count = len(_sessions(session, asker, line.id))
        if count:
            choice = Choice("programme", line.id)
            offers.append(Offer(line.programme.title, (Tick(choice, count, choice in chosen),)))
    return offers


def _tick(choice: Choice, chosen: Collection[Choice]) -> Tick:
    return Tick(choice, 1, choice in chosen)


def _found(offers: object) -> tuple[Offer, ...]:
    return tuple(each for each in offers if each is not None)  # type: ignore[attr-defined]
