"""Printing one sheet of a pack after the other, outside of any request.

A worker takes a sheet up for a time, prints it with no transaction open, and delivers it. Whatever happens to
the worker in between, somebody takes the sheet up again when that time is over.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta

import structlog
from flask import current_app

from planner.accounts.models import Member
from planner.config import Settings
from planner.db import db, now, reads_only
from planner.errors import NotFound
from planner.handouts import delivery, kinds
from planner.handouts import operations as handouts
from planner.handouts import queries as printing
from planner.handouts.options import Letterhead, Options
from planner.handouts.pdf.press import press
from planner.handouts.pdf.render import RenderFailed
from planner.handouts.printed import Printed
from planner.handouts.queries import ToPrint
from planner.handouts.sheets import document
from planner.handouts.sheets.document import NothingToPrint
from planner.library import queries as library
from planner.packs import names, operations, queries
from planner.packs.models import Pack
from planner.packs.operations import Taken
from planner.who import Asker

log = structlog.get_logger()
# Why there may be no PDF: those of the renderer, a plan or an exercise that is gone, nothing to print, and
# "ours": something else that is no fault of the text.
REASONS = ("time", "memory", "crash", "fault", "gone", "nothing", "ours")
# Beyond the renderer's own longest wait: then nobody can be printing the sheet any more.
_LEASE_MARGIN = 60


class _Stopping(Exception):
    """The worker ends; what it was printing is for somebody else."""


@dataclass(frozen=True)
class _Ready:
    """A sheet that is ready for the printer: the name of its file, and the revision of a plan."""

    made: Printed
    name: str
    asker: Asker
    revision: int = 0


def print_all(stop: threading.Event) -> int:
    """Print whatever waits, until nothing does or `stop` is set. Returns how many sheets were settled."""
    count = 0
    while not stop.is_set() and print_next(stop):
        count += 1
    return count


def print_next(stop: threading.Event | None = None) -> bool:
    """Print one sheet that waits. False when there is none. Nothing that goes wrong with it goes further."""
    settings: Settings = current_app.extensions["settings"]
    taken = operations.take(db.session, now(), settings.render_seconds * 2 + _LEASE_MARGIN)
    db.session.commit()
    if taken is None:
        return False
    try:
        ready = _read(taken)
        pdf = press().pdf(ready.made)
        if stop is not None and stop.is_set():
            raise _Stopping
    except _Stopping:
        operations.put_back(db.session, taken, counts=False)
    except NotFound:
        operations.fail(db.session, taken, "gone")
    except NothingToPrint:
        operations.fail(db.session, taken, "nothing")
    except RenderFailed as error:
        _failed(taken, error.reason, stop)
    except Exception as error:
        # It could quote a plan: only its kind goes into the log.
        log.error("a sheet of a pack could not be printed", error=type(error).__name__)
        db.session.rollback()
        operations.fail(db.session, taken, "ours")
    else:
        if operations.deliver(db.session, taken, ready.name, pdf) and taken.source == "plan":
            handouts.remember(db.session, ready.asker, taken.ref, taken.kind, ready.revision)
    db.session.commit()
    return True


def clear_old() -> None:
    """Delete packs that were kept long enough."""
    settings: Settings = current_app.extensions["settings"]
    count = operations.clear(db.session, now() - timedelta(days=settings.pack_days))
    db.session.commit()
    if count:
        log.info("old packs deleted", count=count)


def due() -> int:
    """How many sheets wait that nobody prints."""
    token = reads_only.set(True)
    try:
        return queries.due(db.session, now())
    finally:
        db.session.rollback()
        reads_only.reset(token)


def _failed(taken: Taken, reason: str, stop: threading.Event | None) -> None:
    if stop is not None and stop.is_set():
        operations.put_back(db.session, taken, counts=False)
    elif reason == "crash":
        # The process died, perhaps of something else: the sheet has its other tries at once.
        operations.put_back(db.session, taken, counts=True)
    else:
        operations.fail(db.session, taken, reason if reason in REASONS else "ours")


def _read(taken: Taken) -> _Ready:
    """Everything that the printer needs. Raises NotFound and NothingToPrint."""
    token = reads_only.set(True)
    try:
        member = db.session.get(Member, taken.member_id)
        pack = db.session.get(Pack, taken.pack_id)
        if pack is None or member is None or not member.active:
            raise NotFound
        asker = Asker(member.id, member.practice_id, member.name, member.is_owner)
        letterhead = delivery.letterhead_of(member.practice, pack.address)
        making = taken.making
        options = Options(making.paper, making.design, making.lang)
        if taken.source == "exercise":
            return _exercise(taken, asker, options, letterhead)
        return _plan(taken, asker, options, letterhead)
    finally:
        db.session.rollback()  # nobody waits for us while it is printed
        reads_only.reset(token)


def _exercise(taken: Taken, asker: Asker, options: Options, letterhead: Letterhead) -> _Ready:
    exercise = library.version(db.session, asker, taken.ref, taken.digest)
    made = document.of_exercise(exercise, taken.kind, options, letterhead, taken.digest)
    return _Ready(made, names.of_exercises([exercise], options.lang), asker)


def _plan(taken: Taken, asker: Asker, options: Options, letterhead: Letterhead) -> _Ready:
    found = printing.plan_to_print(db.session, asker, taken.ref)
    made = kinds.of_plan(taken.kind, found.plan, found.exercises, on_paper(found), options, letterhead)
    return _Ready(made, _called(found, options.lang), asker, found.revision)


def on_paper(found: ToPrint) -> list[str]:
    """The ids of the steps that go on paper: those marked for it or, when none is, all that can."""
    printable = document.printable(found.plan)
    marked = [each.id for each in printable if each.in_handout]
    return marked or [each.id for each in printable]


def _called(found: ToPrint, lang: str) -> str:
    """What a plan's sheets are called in a file name: by their exercises, never by the plan's own title."""
    marked = on_paper(found)
    origins = [each.exercise for each in found.plan.segments if each.id in marked and each.exercise]
    return names.of_exercises([found.exercises[one] for one in origins if one in found.exercises], lang)
