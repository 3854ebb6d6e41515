"""Things to have ready, and how much practice at home a week asks of a partner."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library.exercise import AtHome, Exercise
from planner.plans import dose
from planner.plans.load import MOST_A_WEEK, load
from planner.plans.plan import Origin
from tests.builders import a_plan, a_segment
from tests.plans.sessions import DIGEST, STARTERS, Session, an_exercise, from_exercise, known, sessions


def practised(text: str, slug: str = "practice", full: int = 8) -> Exercise:
    return an_exercise(slug, short=4, full=full, at_home=AtHome(text, "", ""))


def at_home(*exercises: Exercise):
    plan = a_plan(*(from_exercise(each, "home", f"s{i}") for i, each in enumerate(exercises)))
    return load(plan, known(*exercises))


# Reading a dose


@pytest.mark.parametrize(
    ("text", "times", "minutes"),
    [
        ("Ten minutes, twice a week.", 2, 10),
        ("Once or twice this week, up to ten minutes.", 2, 10),
        ("Up to three times a week, two minutes.", 3, 2),
        ("Two or three times a week, one minute.", 3, 1),
        ("One to three times this week, under five minutes.", 3, 5),
        ("Three evenings this week, four minutes in all, two for each of you.", 3, 4),
        ("Once a day, three days a week, under two minutes for both.", 3, 2),
        ("Once a day for three days, one minute.", 3, 1),
        ("Half a minute, on three days this week.", 3, Fraction(1, 2)),
        ("Three minutes: one and a half minutes each, three times a week.", 3, 3),
        ("Five minutes, then ten minutes for yourself, once this week.", 1, 15),
        ("Twice this week: four minutes each and five of rest.", 2, 9),
        ("Five to fifteen minutes, twice this week.", 2, 15),
        ("Your ten-minute step, twice this week.", 2, 10),
        ("Twice this week at most. Seven minutes each.", 2, 7),
        ("A cup of tea or five quiet minutes. Once this week, ten minutes at most.", 1, 10),
        ("Up to fifteen minutes, twice in two weeks.", 1, 15),
        ("A quarter of an hour, once a week.", 1, 15),
        ("Every evening, 5–10 minutes.", 7, 10),
        ("10 min, 2x a week", 2, 10),
        ("3×/week, 5 mins", 3, 5),
        ("One or two this week, under ten minutes each.", 2, 10),
        ("An hour once a month.", Fraction(1, 4), 60),
        ("None.", 0, 0),
        ("Twice a week.", 2, None),
    ],
)
def test_a_dose_is_read_as_the_most_that_it_asks_for(text, times, minutes):
    assert dose.read(text) == dose.Dose(Fraction(times), None if minutes is None else Fraction(minutes))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ten minutes.",
        "Whenever you like.",
        "Most days, a little.",
        "Once this week. Two minutes to plan, then at least ten minutes apart.",
        "Twice this week, ten minutes or more.",
        "Twice a week, two minutes of one thing or nine minutes of the other.",
    ],
)
def test_what_the_words_leave_open_is_not_guessed(text):
    assert dose.read(text) is None


def test_the_library_can_be_read_and_asks_for_no_more_than_the_house_rule():
    doses = {exercise.slug: dose.read(exercise.at_home.dose) for exercise in STARTERS}
    unread = [slug for slug, found in doses.items() if found is None]
    assert len(unread) <= len(doses) // 20, unread
    for slug, found in doses.items():
        assert found is None or found.times <= 3, slug
        assert found is None or found.minutes is None or found.minutes <= 15, slug


# fmt: off
PHRASES = [
    "once", "twice", "ten", "0", "999", "minutes", "a", "week", "in", "weeks",
    "day", "days", ":", ".", "then", "this", "times", "or", "to", "–",
    "each", "at least", "in all", "hour", "half", "of", "and", "²", "٣",
]
# fmt: on
number_words = st.lists(st.sampled_from(PHRASES), max_size=14).map(" ".join)


@given(st.text() | number_words)
def test_any_text_is_read_or_left(text):
    found = dose.read(text)
    assert found is None or (found.times >= 0 and (found.minutes is None or found.minutes >= 0))


# The load of a plan


def test_practice_at_home_adds_up_to_minutes_a_week():
    read = at_home(practised("Ten minutes, twice a week."), practised("Five minutes, once a week.", "other"))
    assert (read.minutes, read.heavy, read.unread) == (25, False, ())
    assert [each.minutes for each in read.practice] == [20, 5]


def test_over_forty_five_minutes_a_week_is_pointed_out():
    most = at_home(practised("Fifteen minutes, three times a week."))
    assert (most.minutes, most.heavy) == (MOST_A_WEEK, False)
    more = at_home(
        practised("Fifteen minutes, three times a week."), practised("A minute, once a week.", "other")
    )
    assert more.heavy


def test_what_cannot_be_read_is_said_and_not_counted():
    read = at_home(practised("Now and then."), practised("Ten minutes, twice a week.", "other"))
    assert read.minutes == 20
    assert [(each.segment, each.said) for each in read.unread] == [("s0", "Now and then.")]


def test_a_text_that_says_how_often_means_the_minutes_of_the_step():
    assert at_home(practised("Twice a week.", full=8)).minutes == 16


def test_a_step_written_freely_is_read_in_what_was_written():
    step = a_segment("walk", part="home", title="A walk", minutes=15, words="Twice this week, ten minutes.")
    assert load(a_plan(step), {}).minutes == 20
    unsaid = load(a_plan(a_segment("walk", part="home")), {})
    assert (unsaid.minutes, [each.segment for each in unsaid.unread]) == (0, ["walk"])


def test_an_exercise_that_is_gone_is_not_guessed_at():
    gone = a_segment("gone", part="home", exercise=Origin("gone", DIGEST))
    assert [each.segment for each in load(a_plan(gone), {}).unread] == ["gone"]


def test_only_what_stands_at_home_is_practice_and_the_same_twice_is_one():
    exercise = practised("Ten minutes, twice a week.")
    plan = a_plan(
        from_exercise(exercise, "core", "in-session"),
        from_exercise(exercise, "home", "once"),
        from_exercise(exercise, "home", "again"),
    )
    assert [each.segment for each in load(plan, known(exercise)).practice] == ["once"]


def test_things_to_have_ready_stand_once_in_the_order_in_which_they_are_needed():
    first = an_exercise("first", parts=("warm_up",), materials=("two pens", "a timer"))
    second = an_exercise("second", materials=("A  timer", "a scarf", "two pens"))
    plan = a_plan(from_exercise(second), from_exercise(first, "warm_up"))
    assert load(plan, known(first, second)).materials == ("two pens", "a timer", "a scarf")


def test_an_exercise_without_things_or_practice_asks_for_none():
    bare = an_exercise("bare", materials=(), at_home=AtHome("", "", ""))
    read = load(a_plan(from_exercise(bare)), known(bare))
    assert (read.materials, read.practice, read.minutes, read.heavy) == ((), (), 0, False)


@given(sessions())
def test_every_practice_is_counted_or_said_to_be_unread(session: Session):
    read = load(session.plan, session.exercises)
    assert read.minutes == sum(each.minutes for each in read.practice if each.minutes is not None)
    assert {each.segment for each in read.practice} <= {each.id for each in session.plan.in_part("home")}
    folded = [thing.casefold() for thing in read.materials]
    assert len(set(folded)) == len(folded)
