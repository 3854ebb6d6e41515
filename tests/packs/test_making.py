"""A pack is made sheet by sheet, and no sheet is lost, made twice, or left unnamed."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.accounts.models import Member
from planner.db import now
from planner.errors import NotFound, RuleBroken
from planner.handouts import queries as printing
from planner.handouts.printed import Printed
from planner.packs import jobs, operations, queries
from planner.packs.choice import Choice, Making
from planner.packs.models import PackPdf, PackSheet
from planner.packs.operations import Wanted
from planner.packs.progress import Progress
from planner.packs.runner import Runner
from planner.packs.words import WHY
from planner.plans import operations as plans
from planner.plans.plan import Plan, add
from tests.builders import a_segment
from tests.cast import Cast
from tests.packs.conftest import Printer, little_pdf, order


def progress(session: Session, pack_id: str) -> Progress:
    found = session.get_one(operations.Pack, pack_id)
    return queries.progress(session, [found])[pack_id]


def test_all_sheets_of_a_pack_are_made_and_kept_sealed(
    session: Session, cast: Cast, printer: Printer
) -> None:
    pack = order(session, cast.owner)
    assert progress(session, pack.id).state == "waiting"
    assert jobs.print_all(threading.Event()) == 3
    assert progress(session, pack.id) == Progress(3, done=3, begun=3)
    assert all(b"%PDF" not in body for body in session.scalars(select(PackPdf.body)))
    assert [pdf for *_, pdf in queries.printed(session, pack)] == [little_pdf()] * 3
    assert not any(made.options.personal for made in printer.printed)
    assert printer.printed[0].letterhead.practice == "Harbour Practice"


def test_a_pack_from_before_codes_had_an_address_keeps_its_titles(session: Session, cast: Cast) -> None:
    pack = order(session, cast.owner)
    assert (len(pack.titles), pack.address) == (3, "")
    pack.seal_text('["One", "Two", "Three"]', session.info["keyring"])
    assert (pack.titles, pack.address) == (("One", "Two", "Three"), "")


def test_one_sheet_that_fails_is_named_and_all_others_are_delivered(
    session: Session, cast: Cast, printer: Printer
) -> None:
    pack = order(session, cast.owner)
    printer.fails = lambda _made: "time" if len(printer.printed) == 2 else ""
    jobs.print_all(threading.Event())
    assert [(each.state, each.reason) for each in queries.lines(session, pack)] == [
        ("done", ""),
        ("failed", "time"),
        ("done", ""),
    ]
    assert progress(session, pack.id).state == "done"


def test_whatever_goes_wrong_with_a_sheet_stays_with_that_sheet(
    session: Session, cast: Cast, printer: Printer
) -> None:
    def broken(_made: Printed) -> str:
        raise RuntimeError("SECRET")

    printer.fails = broken
    pack = order(session, cast.owner, 1)
    jobs.print_all(threading.Event())
    assert queries.lines(session, pack)[0].reason == "ours"


def test_a_text_that_cannot_be_set_is_named_as_the_cause(
    session: Session, cast: Cast, printer: Printer
) -> None:
    printer.fails = lambda _made: "fault"
    pack = order(session, cast.owner, 1)
    jobs.print_all(threading.Event())
    assert queries.lines(session, pack)[0].reason == "fault"
    assert "something in its text" in WHY["fault"]
    assert set(WHY) == set(jobs.REASONS)


def test_a_sheet_whose_process_dies_has_three_tries(session: Session, cast: Cast, printer: Printer) -> None:
    printer.fails = lambda _made: "crash"
    pack = order(session, cast.owner, 1)
    jobs.print_all(threading.Event())
    assert len(printer.printed) == 3
    assert queries.lines(session, pack)[0].reason == "crash"


def test_a_sheet_whose_worker_died_is_taken_up_again_when_its_time_is_over(
    session: Session, cast: Cast, printer: Printer
) -> None:
    pack = order(session, cast.owner, 1)
    lost = operations.take(session, now(), 60)
    assert lost is not None
    session.commit()
    assert jobs.print_all(threading.Event()) == 0, "its worker may still be at it"
    session.get_one(PackSheet, lost.sheet_id).leased_until = now() - dt.timedelta(seconds=1)
    session.commit()
    assert jobs.print_all(threading.Event()) == 1
    assert not operations.deliver(session, lost, "late", b""), "who comes too late delivers nothing"
    assert progress(session, pack.id).state == "done"
    assert session.scalar(select(func.count()).select_from(PackPdf)) == 1
    assert len(printer.printed) == 1


def test_a_worker_that_is_told_to_stop_leaves_its_sheet_to_the_next(
    session: Session, cast: Cast, printer: Printer
) -> None:
    pack, stop = order(session, cast.owner, 2), threading.Event()

    def told(_made: Printed) -> str:
        stop.set()
        return "fault"  # its process was ended

    printer.fails = told
    jobs.print_all(stop)
    assert progress(session, pack.id) == Progress(2)
    printer.fails = lambda _made: ""
    jobs.print_all(threading.Event())
    assert progress(session, pack.id).state == "done"


def test_a_cancelled_pack_keeps_what_is_done_and_begins_nothing_more(
    session: Session, cast: Cast, printer: Printer
) -> None:
    pack = order(session, cast.owner)
    jobs.print_next()
    operations.cancel(pack)
    session.commit()
    assert not jobs.print_next()
    assert progress(session, pack.id).state == "cancelled"
    assert len(queries.printed(session, pack)) == 1
    assert len(printer.printed) == 1


@pytest.mark.usefixtures("printer")
def test_a_small_pack_does_not_wait_for_the_end_of_a_large_one(session: Session, cast: Cast) -> None:
    order(session, cast.owner, 20)
    small = order(session, cast.colleague, 1)
    for _ in range(2):
        jobs.print_next()
    assert progress(session, small.id).state == "done"


@pytest.mark.usefixtures("asleep")
def test_three_packs_at_a_time_are_enough_for_one_member(session: Session, cast: Cast) -> None:
    first, *_ = [order(session, cast.owner, 1) for _ in range(3)]
    with pytest.raises(RuleBroken, match="running"):
        order(session, cast.owner, 1)
    order(session, cast.colleague, 1)
    session.rollback()
    operations.cancel(first)
    order(session, cast.owner, 1)


def test_a_plan_is_printed_as_it_stands_and_that_is_remembered(
    session: Session, cast: Cast, printer: Printer
) -> None:
    plan = add(Plan("TITLE-OF-THE-PLAN"), a_segment("s1", title="TITLE-OF-THE-STEP", words="Breathe out."))
    plan_id = plans.create(session, cast.owner, plan).id
    sheets = [Wanted(Choice("plan", plan_id), plan.title), Wanted(Choice("plan", plan_id, "a"), plan.title)]
    pack = operations.create(session, cast.owner, sheets, Making())
    session.commit()
    jobs.print_all(threading.Event())
    assert [(each.state, each.reason) for each in queries.lines(session, pack)] == [
        ("done", ""),
        ("failed", "nothing"),
    ]
    (_at, _line, name, _pdf) = queries.printed(session, pack)[0]
    assert "TITLE" not in name
    assert [each.kind for each in printing.printed_before(session, cast.owner, plan_id)] == ["together"]
    assert len(printer.printed) == 1


def test_what_is_gone_or_whose_member_is_gone_is_not_printed(
    session: Session, cast: Cast, printer: Printer
) -> None:
    plan_id = plans.create(session, cast.owner, add(Plan("A"), a_segment("s1", words="Breathe."))).id
    pack = operations.create(session, cast.owner, [Wanted(Choice("plan", plan_id), "A")], Making())
    plans.put_in_bin(session, cast.owner, plan_id)
    other = order(session, cast.colleague, 1)
    session.get_one(Member, cast.colleague.id).active = False
    session.commit()
    jobs.print_all(threading.Event())
    reasons = [queries.lines(session, each)[0].reason for each in (pack, other)]
    assert reasons == ["gone", "gone"]
    assert printer.printed == []


@pytest.mark.usefixtures("printer")
def test_packs_are_deleted_after_their_days(app: Flask, session: Session, cast: Cast) -> None:
    old, new = order(session, cast.owner, 1), order(session, cast.owner, 1)
    gone = old.id
    jobs.print_all(threading.Event())
    old.created_at = now() - dt.timedelta(days=app.extensions["settings"].pack_days, seconds=1)
    session.commit()
    jobs.clear_old()
    assert queries.pack(session, cast.owner, new.id)
    with pytest.raises(NotFound):
        queries.pack(session, cast.owner, gone)
    assert session.scalar(select(func.count()).select_from(PackPdf)) == 1


def test_a_call_that_was_lost_is_made_again_and_never_twice(
    session: Session, cast: Cast, asleep: Runner
) -> None:
    asleep.look_again()
    assert asleep.huey.storage.queue_size() == 0
    order(session, cast.owner, 3)
    for _ in range(2):
        asleep.look_again()
        assert asleep.huey.storage.queue_size() == 3
    said = b"".join(asleep.huey.storage.enqueued_items())
    assert cast.owner.id.encode() not in said, "a task says that there is something to print, and no more"
    asleep.huey.storage.close()
