"""The plan of the next session: its title and date, and how it opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.landing.following import (
    following,
    is_due,
    is_gentler,
    next_date,
    next_title,
    open_with,
    opening,
    opens_with,
    peak,
)
from planner.landing.notes import Notes, learned
from planner.landing.steps import steps_of
from planner.plans.plan import PARTS, TITLE_LIMIT, checked
from planner.plans.timing import timing
from tests.builders import a_plan, a_segment, plans, titles
from tests.landing import noted
from tests.landing.noted import a_step

TODAY = dt.date(2031, 5, 6)
ids = iter(range(10**9))


def new_id():
    return f"n{next(ids)}"


@pytest.mark.parametrize(
    ("title", "then"),
    [
        ("Session 3", "Session 4"),
        ("Session 9", "Session 10"),
        ("Tuesday (2)", "Tuesday (3)"),
        ("A pause, and the way back", "A pause, and the way back (2)"),
        ("Third session: asking for small things", "Fourth session"),
        ("second session", "third session"),
        ("Twentieth session", "Twentieth session (2)"),
        ("Session of 12.11.2030", "Session of 12.11.2030 (2)"),
        ("Session 2031", "Session 2031 (2)"),
        ("At 18:30", "At 18:30 (2)"),
        ("Third sessions", "Third sessions (2)"),
    ],
)
def test_the_title_counts_up(title, then):
    assert next_title(title) == then


@given(titles.map(str.strip).filter(bool) | st.integers(0, 99).map(lambda n: f"{'x' * 117} {n}"))
def test_every_title_has_a_next_one_that_fits(title):
    title = checked(a_plan(title=title)).title
    assert 0 < len(next_title(title)) <= TITLE_LIMIT


@given(st.none() | st.dates(), st.dates(max_value=dt.date(9999, 1, 1)))
def test_the_date_is_a_week_later_or_the_next_such_day_to_come(date, today):
    then = next_date(date, today)
    if date is None or then is None:
        assert date is None or date.year == 9999
        return
    assert then.weekday() == date.weekday()
    assert then > date
    assert then == date + dt.timedelta(days=7) or today <= then < today + dt.timedelta(days=7)
    assert then >= min(today, date + dt.timedelta(days=7))


@given(plans)
def test_what_is_the_couples_goes_along_and_the_steps_begin_anew(plan):
    then = following(plan, TODAY, new_id)
    assert (then.hope, then.length, then.areas, then.fears) == (
        plan.hope,
        plan.length,
        plan.areas,
        plan.fears,
    )
    assert then.time == plan.time
    assert [step.part for step in then.segments] == [part for part in PARTS if part != "home"]
    assert timing(then).free == 0
    assert not any(step.note for step in then.segments)


# Opening


def test_it_opens_with_what_worked_in_their_words():
    said = learned(Notes(worked="“We slowed down.”\n\nThe list made us laugh."))
    assert opening(said) == (
        "“Last time you told me what worked: ‘We slowed down’, ‘The list made us laugh’. "
        "What of it have you noticed since?”"
    )


def test_without_words_it_opens_with_the_core_that_went_well():
    steps = (a_step("a", part="arrive", title="Tea"), a_step("b", title="Three doors"))
    assert "‘Three doors’ went well" in opening(learned(Notes(steps)))
    assert opening(learned(Notes((a_step("b", "mixed"),), worked="”"))) == ""


@given(plans, noted.notes)
def test_opening_happens_once_and_takes_nothing_away(plan, notes):
    words = opening(learned(notes))
    opened = open_with(plan, words, new_id())
    if not words:
        assert opened == plan
        return
    assert opens_with(opened, words)
    assert open_with(opened, words, new_id()) == opened
    assert {step.id for step in plan.segments} <= {step.id for step in opened.segments}
    for step in plan.segments:
        after = opened.segment(step.id)
        assert all(line in after.words for line in step.words.split("\n\n"))
        assert replace(after, words="") == replace(step, words="")


def test_it_stands_after_the_welcome():
    plan = a_plan(a_segment("a", part="arrive", words="“Welcome.”\n\n“Today we try one step.”"))
    assert open_with(plan, "“Last time.”", "new").segments[0].words == (
        "“Welcome.”\n\n“Last time.”\n\n“Today we try one step.”"
    )
    plan = a_plan(a_segment("a", part="core"))
    assert [step.part for step in open_with(plan, "“Last time.”", "new").segments] == ["arrive", "core"]


# How bold, and when it is over


def test_the_peak_leaves_out_what_was_skipped_and_what_is_at_home():
    plan = a_plan(
        a_segment("a", intensity=2), a_segment("b", intensity=4), a_segment("h", part="home", intensity=5)
    )
    assert peak(plan) == 4
    assert peak(plan, ["b"]) == 2
    assert peak(a_plan()) == 0


def test_a_plan_is_gentler_only_when_every_step_says_so():
    assert is_gentler(a_plan(a_segment("a", intensity=1)), 2)
    assert not is_gentler(a_plan(a_segment("a", intensity=2)), 2)
    assert not is_gentler(a_plan(a_segment("a", intensity=1), a_segment("b", intensity=0)), 2)


@pytest.mark.parametrize(
    ("date", "time", "due"),
    [
        (None, None, False),
        (dt.date(2031, 5, 5), None, True),
        (dt.date(2031, 4, 22), None, True),
        (dt.date(2031, 4, 21), None, False),
        (dt.date(2031, 5, 6), None, False),
        (dt.date(2031, 5, 6), dt.time(9, 10), True),
        (dt.date(2031, 5, 6), dt.time(9, 11), False),
        (dt.date(2031, 5, 7), dt.time(8, 0), False),
    ],
)
def test_a_session_is_asked_about_once_it_is_over_for_two_weeks(date, time, due):
    now = dt.datetime(2031, 5, 6, 10, 0, tzinfo=dt.UTC)
    assert is_due(a_plan(date=date, time=time), now) is due


# Which steps can be noted


def test_a_step_that_left_the_plan_keeps_what_was_said_of_it():
    plan = a_plan(a_segment("a"), a_segment("b"))
    kept = Notes((a_step("gone", "mixed"), a_step("b", "well")))
    assert [(step.id, step.landed) for step in steps_of(plan, kept)] == [
        ("a", ""),
        ("b", "well"),
        ("gone", "mixed"),
    ]


def test_what_was_skipped_in_the_room_is_only_a_suggestion():
    plan = a_plan(a_segment("a"), a_segment("b"))
    put_in = a_segment("c", part="settle")
    found = steps_of(plan, None, [put_in], {"b"})
    assert [(step.id, step.landed) for step in found] == [("a", ""), ("b", "skipped"), ("c", "")]
    assert all(not step.landed for step in steps_of(plan, Notes(), [put_in], {"b"}))
