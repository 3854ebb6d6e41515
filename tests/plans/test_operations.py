"""Plans kept in the database: nothing is lost, nobody is overwritten, and undo goes all the way back."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from planner.db import db
from planner.errors import NotAllowed, NotFound, Stale
from planner.plans import operations, queries
from planner.plans import plan as verbs
from planner.plans.models import PlanRecord, Revision
from planner.plans.plan import Plan
from planner.sealing import SealBroken
from tests.builders import a_segment


def make(session, who, plan=None):
    record = operations.create(session, who, plan or Plan("Second session"))
    session.commit()
    return record.id


def retitle(session, who, plan_id, base, title):
    operations.change(session, who, plan_id, base, lambda plan: verbs.describe(plan, title=title), title)
    session.commit()


def title(session, who, plan_id):
    return queries.opened(session, who, plan_id).plan.title


def test_every_change_is_a_new_revision_and_none_is_ever_rewritten(session, cast):
    plan_id = make(session, cast.owner)
    for number, name in enumerate(("two", "three", "four"), start=1):
        retitle(session, cast.owner, plan_id, number, name)
    rows = session.scalars(
        select(Revision).where(Revision.plan_id == plan_id).order_by(Revision.number)
    ).all()
    assert [(row.number, row.parent, row.plan.title) for row in rows] == [
        (1, None, "Second session"),
        (2, 1, "two"),
        (3, 2, "three"),
        (4, 3, "four"),
    ]


def test_undo_and_redo_go_through_all_of_it_and_survive_a_restart(session, cast):
    plan_id = make(session, cast.owner)
    for number in range(1, 21):
        retitle(session, cast.owner, plan_id, number, f"title {number + 1}")
    for number in range(21, 1, -1):
        operations.undo(session, cast.owner, plan_id, number)
        session.commit()
    session.remove()
    db.engine.dispose()
    assert title(session, cast.owner, plan_id) == "Second session"
    operations.undo(session, cast.owner, plan_id, 1)
    for number in range(1, 21):
        operations.redo(session, cast.owner, plan_id, number)
        session.commit()
    assert title(session, cast.owner, plan_id) == "title 21"
    assert queries.opened(session, cast.owner, plan_id).redo is None


def test_a_change_after_undo_starts_a_new_branch_and_redo_follows_it(session, cast):
    plan_id = make(session, cast.owner)
    retitle(session, cast.owner, plan_id, 1, "first try")
    operations.undo(session, cast.owner, plan_id, 2)
    session.commit()
    retitle(session, cast.owner, plan_id, 1, "second try")
    operations.undo(session, cast.owner, plan_id, 3)
    operations.redo(session, cast.owner, plan_id, 1)
    session.commit()
    assert title(session, cast.owner, plan_id) == "second try"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=25))
def test_undo_of_everything_is_the_start(session, cast, steps):
    plan_id = make(session, cast.owner)
    for count, step in enumerate(steps):
        now = queries.opened(session, cast.owner, plan_id).number
        if step == "edit":
            retitle(session, cast.owner, plan_id, now, f"edit {count}")
        else:
            getattr(operations, step)(session, cast.owner, plan_id, now)
    while queries.opened(session, cast.owner, plan_id).undo is not None:
        operations.undo(session, cast.owner, plan_id, queries.opened(session, cast.owner, plan_id).number)
    assert queries.opened(session, cast.owner, plan_id).plan == Plan("Second session")
    session.commit()


def test_a_change_that_changes_nothing_writes_nothing(session, cast):
    plan_id = make(session, cast.owner)
    retitle(session, cast.owner, plan_id, 1, "Second session")
    assert queries.opened(session, cast.owner, plan_id).number == 1


def test_the_later_of_two_saves_is_told(session, cast):
    plan_id = make(session, cast.owner)
    retitle(session, cast.owner, plan_id, 1, "mine")
    for late in (
        lambda: retitle(session, cast.owner, plan_id, 1, "theirs"),
        lambda: operations.undo(session, cast.owner, plan_id, 1),
        lambda: operations.redo(session, cast.owner, plan_id, 1),
        lambda: retitle(session, cast.owner, plan_id, 0, "no revision at all"),
    ):
        with pytest.raises(Stale):
            late()
    assert title(session, cast.owner, plan_id) == "mine"


def test_of_many_saves_at_the_same_moment_exactly_one_wins(app, cast):
    with app.app_context():
        plan_id = make(db.session, cast.owner)
    results = []
    together = threading.Barrier(6)

    def save(name):
        with app.app_context():
            together.wait()
            try:
                retitle(db.session, cast.owner, plan_id, 1, name)
                results.append("saved")
            except Stale:
                results.append("told")

    threads = [threading.Thread(target=save, args=(f"title {i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["saved", *["told"] * 5]


def test_a_plan_is_its_counsellors_own(session, cast):
    plan_id = make(session, cast.owner)
    for stranger in (cast.colleague, cast.outsider):
        with pytest.raises(NotFound):
            queries.opened(session, stranger, plan_id)
        with pytest.raises(NotFound):
            retitle(session, stranger, plan_id, 1, "not yours")
        assert queries.listed(session, stranger) == []


def test_a_plan_that_is_open_to_colleagues_can_be_worked_on_by_them_and_by_nobody_outside(session, cast):
    plan_id = make(session, cast.owner)
    operations.share(session, cast.owner, plan_id, True)
    retitle(session, cast.colleague, plan_id, 1, "together")
    assert [line.mine for line in queries.listed(session, cast.colleague)] == [False]
    for verb in (operations.put_in_bin, lambda s, w, p: operations.share(s, w, p, False)):
        with pytest.raises(NotAllowed):
            verb(session, cast.colleague, plan_id)
    with pytest.raises(NotFound):
        queries.opened(session, cast.outsider, plan_id)
    operations.share(session, cast.owner, plan_id, False)
    with pytest.raises(NotFound):
        queries.opened(session, cast.colleague, plan_id)


def test_a_plan_in_the_bin_comes_back_as_it_was(session, cast):
    plan_id = make(session, cast.owner, verbs.add(Plan("Second session"), a_segment()))
    operations.put_in_bin(session, cast.owner, plan_id)
    session.commit()
    assert queries.listed(session, cast.owner) == []
    assert [line.id for line in queries.listed(session, cast.owner, binned=True)] == [plan_id]
    with pytest.raises(NotFound):
        queries.opened(session, cast.owner, plan_id)
    with pytest.raises(NotFound):
        operations.restore(session, cast.colleague, plan_id)
    operations.restore(session, cast.owner, plan_id)
    assert queries.opened(session, cast.owner, plan_id).plan.segment("s1")


def test_plans_are_found_by_words_of_title_and_hope(session, cast):
    make(session, cast.owner, Plan("Tuesday pair", hope="…laugh together once"))
    make(session, cast.owner, Plan("Friday"))
    found = queries.listed(session, cast.owner, search="LAUGH tues")
    assert [line.plan.title for line in found] == ["Tuesday pair"]
    assert queries.listed(session, cast.owner, search="' OR 1=1 --") == []


def test_the_database_holds_no_word_of_a_plan_in_clear(session, cast):
    secret = "a very private sentence"
    plan_id = make(
        session, cast.owner, verbs.add(Plan(secret, hope=secret), a_segment(note=secret, words=secret))
    )
    for table in ("plan", "revision"):
        for row in session.execute(text(f"SELECT * FROM {table} WHERE id IS NOT NULL")):  # noqa: S608
            assert secret not in repr(tuple(row))
    assert queries.opened(session, cast.owner, plan_id).plan.hope == secret


def test_a_sealed_plan_that_is_moved_to_another_row_does_not_open(session, cast):
    mine, other = make(session, cast.owner), make(session, cast.owner, Plan("Another"))
    rows = {row.plan_id: row for row in session.scalars(select(Revision))}
    rows[other].body = rows[mine].body
    session.commit()
    with pytest.raises(SealBroken):
        queries.opened(session, cast.owner, other)


def test_the_origin_of_a_copy_is_kept(session, cast):
    record = operations.create(
        session, cast.owner, Plan("Copy"), template_id="t1", template_title="A first session"
    )
    session.commit()
    kept = session.get(PlanRecord, record.id)
    assert (kept.template_id, kept.template_title) == ("t1", "A first session")
