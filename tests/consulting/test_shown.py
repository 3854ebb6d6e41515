"""What colleagues see of a plan holds nothing of the couple; comments stand in the order of a talk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.consulting.shown import plan_for_colleagues
from planner.consulting.threads import WHOLE, Comment, by_step, threads
from planner.plans.plan import Plan
from tests.builders import a_plan, a_segment, plans

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@given(plans)
def test_title_hope_date_time_and_notes_never_go_along(plan):
    told = replace(plan, title="Told by them", hope="Told by them", date=dt.date(2026, 3, 1), time=dt.time(9))
    told = replace(told, segments=tuple(replace(step, note="Told by them") for step in plan.segments))
    seen = plan_for_colleagues(told, "A session")
    assert "Told by them" not in repr(seen)
    assert (seen.date, seen.time, seen.hope) == (None, None, "")
    assert seen.title == "A session"


@given(plans)
def test_everything_else_of_each_step_does_and_steps_keep_who_they_are(plan):
    seen = plan_for_colleagues(plan, "A session")
    assert seen.segments == tuple(replace(step, note="") for step in plan.segments)
    assert (seen.length, seen.areas, seen.fears) == (plan.length, plan.areas, plan.fears)


def test_without_a_title_for_colleagues_there_is_nothing_to_show():
    with pytest.raises(ValueError, match="the plan's"):
        plan_for_colleagues(Plan("Second session, the Millers"), "")


def said(number: int, who: str = "tom", answers: str = "", segment: str = WHOLE, settled: bool = False):
    at = START + dt.timedelta(minutes=number)
    return Comment(str(number), segment, "", answers, who, "…", at, None, at if settled else None)


def test_answers_stand_below_what_they_answer_oldest_first():
    first, second = threads([said(3, answers="1"), said(2), said(1), said(4, "owner", "1")], "owner")
    assert (first.comment.id, [each.id for each in first.answers]) == ("1", ["3", "4"])
    assert (second.comment.id, second.answers) == ("2", ())


def test_an_answer_to_an_answer_stands_below_the_same_comment():
    (only,) = threads([said(1), said(2, answers="1"), said(3, answers="2")], "owner")
    assert [each.id for each in only.answers] == ["2", "3"]


def test_an_answer_to_what_was_deleted_stands_on_its_own():
    (only,) = threads([said(3, answers="1")], "owner")
    assert only.comment.id == "3"


def test_a_talk_is_dealt_with_when_everything_that_colleagues_said_in_it_is():
    (settled,) = threads([said(1, settled=True), said(2, "owner", "1")], "owner")
    assert settled.asks
    assert settled.settled
    (more,) = threads([said(1, settled=True), said(2, "elin", "1")], "owner")
    assert not more.settled
    (own,) = threads([said(1, "owner")], "owner")
    assert not own.asks
    assert not own.settled


@given(st.lists(st.tuples(st.sampled_from(["", "s1", "s2", "gone"]), st.integers(0, 9)), max_size=12))
def test_every_comment_stands_somewhere_once(drawn):
    made = [said(100 + i, segment=where, answers=str(100 + at)) for i, (where, at) in enumerate(drawn)]
    plan = a_plan(a_segment("s1"), a_segment("s2"))
    found = by_step(threads(made, "owner"), [step.id for step in plan.segments])
    assert list(found)[:3] == [WHOLE, "s1", "s2"]
    shown = [one.id for talks in found.values() for each in talks for one in (each.comment, *each.answers)]
    assert sorted(shown) == sorted(each.id for each in made)
