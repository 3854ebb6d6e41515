"""Programmes below the web: sealed, their counsellor's alone, and in line with their plans."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from planner.errors import NotAllowed, NotFound, RuleBroken, Stale
from planner.plans import operations as plans
from planner.plans import queries as plan_queries
from planner.plans import series
from planner.programmes import operations, queries
from planner.programmes import programme as verbs
from planner.programmes.outline import Outline, from_text, outline_of, start, to_text
from planner.programmes.programme import BadProgramme, Programme, Session
from planner.programmes.rules import breaches
from planner.programmes.starters import read_starters
from planner.sharing.stripping import Keep
from tests.builders import a_plan, a_segment


@pytest.fixture
def three(session, cast):
    """Three plans of the owner's, and a programme with the first two of them."""
    ids = [
        plans.create(session, cast.owner, a_plan(a_segment("s1", note="PRIVATE"), title=f"SECRET {n}")).id
        for n in (1, 2, 3)
    ]
    sessions = (
        Session("a", "AIM ONE", plan_id=ids[0]),
        Session("b", "AIM TWO", plan_id=ids[1]),
        Session("c", kind="ending"),
    )
    made = operations.create(session, cast.owner, Programme("OUR TITLE", "they hope", sessions=sessions))
    session.flush()
    return made.id, ids


def follows(session, who, plan_id):
    record = plan_queries.record(session, who, plan_id)
    return record.programme_id, record.follows_id


def test_nothing_of_it_stands_in_the_database_as_it_was_typed(session, cast, three):
    rows = session.execute(text("SELECT * FROM programme")).all()
    assert rows
    for word in ("OUR TITLE", "they hope", "AIM ONE"):
        assert word.encode() not in repr(rows).encode()
    assert queries.opened(session, cast.owner, three[0]).programme.title == "OUR TITLE"


def test_its_plans_know_it_and_the_one_before(session, cast, three):
    programme_id, (one, two, three_) = three
    assert follows(session, cast.owner, one) == (programme_id, None)
    assert follows(session, cast.owner, two) == (programme_id, one)
    operations.change(session, cast.owner, programme_id, 1, lambda each: verbs.move(each, "b", 0))
    assert follows(session, cast.owner, two) == (programme_id, None)
    assert follows(session, cast.owner, one) == (programme_id, two)
    operations.change(session, cast.owner, programme_id, 2, lambda each: verbs.attach(each, "c", three_))
    assert follows(session, cast.owner, three_) == (programme_id, one)
    operations.change(session, cast.owner, programme_id, 3, lambda each: verbs.detach(each, "a"))
    assert follows(session, cast.owner, one) == (None, None)
    assert follows(session, cast.owner, three_) == (programme_id, two)


def test_a_change_from_an_old_page_changes_nothing(session, cast, three):
    programme_id = three[0]
    operations.change(session, cast.owner, programme_id, 1, lambda each: verbs.describe(each, title="New"))
    with pytest.raises(Stale):
        operations.change(session, cast.owner, programme_id, 1, lambda each: verbs.remove(each, "a"))
    with pytest.raises(Stale):
        operations.undo(session, cast.owner, programme_id, 1)
    opened = queries.opened(session, cast.owner, programme_id)
    assert (opened.programme.title, opened.number, len(opened.programme.sessions)) == ("New", 2, 3)


def test_nothing_to_change_writes_nothing(session, cast, three):
    assert not operations.change(session, cast.owner, three[0], 1, lambda each: each)
    assert queries.opened(session, cast.owner, three[0]).number == 1
    assert not operations.undo(session, cast.owner, three[0], 1)


def test_undo_brings_back_what_stood_before_and_once_more_what_stood_after(session, cast, three):
    programme_id, (one, _two, _three) = three
    before = queries.opened(session, cast.owner, programme_id).programme
    operations.change(session, cast.owner, programme_id, 1, lambda each: verbs.remove(each, "a"))
    assert follows(session, cast.owner, one) == (None, None)
    assert operations.undo(session, cast.owner, programme_id, 2)
    opened = queries.opened(session, cast.owner, programme_id)
    assert opened.programme == before
    assert opened.kept.undone
    assert follows(session, cast.owner, one) == (programme_id, None)
    operations.undo(session, cast.owner, programme_id, 3)
    assert len(queries.opened(session, cast.owner, programme_id).programme.sessions) == 2


def test_a_plan_is_in_one_programme_only(session, cast, three):
    programme_id, (one, _two, _three) = three
    other = operations.create(session, cast.owner, Programme("Other", sessions=(Session("x"),)))
    with pytest.raises(BadProgramme):
        operations.change(session, cast.owner, other.id, 1, lambda each: verbs.attach(each, "x", one))
    operations.change(session, cast.owner, programme_id, 1, lambda each: verbs.detach(each, "a"))
    operations.change(session, cast.owner, other.id, 1, lambda each: verbs.attach(each, "x", one))
    operations.undo(session, cast.owner, programme_id, 2)
    assert queries.opened(session, cast.owner, programme_id).programme.session("a").plan_id is None
    assert follows(session, cast.owner, one) == (other.id, None)


def test_a_colleagues_plan_is_not_taken_in_even_when_it_is_open(session, cast, three):
    theirs = plans.create(session, cast.colleague, a_plan(title="Theirs")).id
    plans.share(session, cast.colleague, theirs, True)
    with pytest.raises(BadProgramme):
        operations.change(session, cast.owner, three[0], 1, lambda each: verbs.attach(each, "c", theirs))
    with pytest.raises(NotFound):
        series.own(session, cast.owner, theirs)
    assert theirs not in [line.id for line in series.free(session, cast.owner)]


def test_it_is_its_counsellors_alone(session, cast, three):
    for other in (cast.colleague, cast.outsider):
        assert queries.listed(session, other) == []
        assert queries.place_of(session, other, three[0], three[1][0]) is None
        for verb in (queries.opened, operations.put_in_bin, operations.restore):
            with pytest.raises(NotFound):
                verb(session, other, three[0])
        with pytest.raises(NotFound):
            operations.change(session, other, three[0], 1, lambda each: verbs.remove(each, "a"))


def test_in_the_bin_it_lets_its_plans_go_and_takes_back_those_that_are_free(session, cast, three):
    programme_id, (one, two, _three) = three
    operations.put_in_bin(session, cast.owner, programme_id)
    with pytest.raises(NotFound):
        queries.opened(session, cast.owner, programme_id)
    assert follows(session, cast.owner, one) == (None, None)
    other = operations.create(session, cast.owner, Programme("Other", sessions=(Session("x", plan_id=two),)))
    operations.restore(session, cast.owner, programme_id)
    opened = queries.opened(session, cast.owner, programme_id)
    assert opened.programme.plan_ids == (one,)
    assert follows(session, cast.owner, one) == (programme_id, None)
    assert follows(session, cast.owner, two) == (other.id, None)


def test_a_plan_knows_its_place(session, cast, three):
    programme_id, (one, two, three_) = three
    place = queries.place_of(session, cast.owner, programme_id, two)
    assert (place.number, place.count, place.aim, place.before, place.after) == (2, 3, "AIM TWO", one, None)
    assert queries.place_of(session, cast.owner, programme_id, three_) is None


# Templates


def shared(session, cast, three, **kept):
    programme = queries.opened(session, cast.owner, three[0]).programme
    held = {key: one.plan for key, one in series.held(session, cast.owner, three[1]).items()}
    return outline_of(programme, held, Keep(**kept), called=lambda number, _plan: f"Session {number}")


def test_a_template_holds_nothing_but_what_was_chosen(session, cast, three):
    outline = shared(session, cast, three, hope=False)
    written = to_text(outline)
    for word in ("PRIVATE", "SECRET", "they hope", *three[1]):
        assert word not in written
    assert "AIM ONE" in written
    assert from_text(written) == outline
    bare = shared(session, cast, three, notes=True)
    assert "PRIVATE" in to_text(bare)


def test_publishing_withdrawing_and_putting_back(session, cast, three):
    made = operations.publish(session, cast.owner, shared(session, cast, three), "Often")
    shown = queries.gallery(session, cast.colleague)
    assert [one.id for one in shown if not one.is_starter] == [made.id]
    assert queries.template(session, cast.colleague, made.id).outline.stops[0].plan.title == "Session 1"
    with pytest.raises(NotFound):
        queries.template(session, cast.outsider, made.id)
    with pytest.raises(NotAllowed):
        operations.withdraw(session, cast.colleague, made.id)
    operations.withdraw(session, cast.owner, made.id)
    assert all(one.is_starter for one in queries.gallery(session, cast.colleague))
    with pytest.raises(NotFound):
        queries.template(session, cast.colleague, made.id, withdrawn=True)
    operations.show_again(session, cast.owner, made.id)
    assert queries.template(session, cast.colleague, made.id).made_by == cast.owner.name


def test_an_empty_programme_or_one_with_dates_is_no_template(session, cast):
    with pytest.raises(RuleBroken):
        operations.publish(session, cast.owner, Outline("Empty"), "Never")


@pytest.mark.parametrize("starter", read_starters(), ids=lambda starter: starter.slug)
def test_a_programme_that_ships_keeps_every_rule(starter):
    numbers = iter(range(99))
    programme = start(starter.outline, lambda: f"s{next(numbers)}")
    plans_of = {}
    for session_, stop in zip(programme.sessions, starter.outline.stops, strict=True):
        if stop.plan:
            programme = verbs.attach(programme, session_.id, f"p-{session_.id}")
            plans_of[f"p-{session_.id}"] = stop.plan
    assert breaches(programme, plans_of) == ()
    assert len(plans_of) >= 4
    assert all(stop.aim for stop in starter.outline.stops)
    assert starter.when_to_use
    assert from_text(to_text(starter.outline)) == starter.outline
