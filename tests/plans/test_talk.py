"""Who speaks for how long, and when one partner's turns are short."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from planner.library.exercise import Step
from planner.plans.plan import Origin
from planner.plans.talk import KINDS, step_minutes, talk, whole_minutes
from planner.plans.timing import timing
from tests.builders import a_plan, a_segment
from tests.plans.sessions import (
    STARTERS,
    Session,
    a_usual_session,
    an_exercise,
    from_exercise,
    known,
    sessions,
)


def steps(*given: tuple[str, int, int]) -> tuple[Step, ...]:
    return tuple(Step(full, short, speaker, "Go on.") for speaker, full, short in given)


def of(exercise, minutes: int):
    return talk(a_plan(from_exercise(exercise, minutes=minutes)), known(exercise))


def test_minutes_are_read_off_the_speakers_of_the_steps():
    exercise = an_exercise(
        short=10,
        full=20,
        steps=steps(
            ("counsellor", 3, 2), ("a", 5, 3), ("b", 5, 3), ("both", 4, 2), ("silent", 1, 0), ("each", 2, 0)
        ),
    )
    full = of(exercise, 20)
    assert (full.counsellor, full.a, full.b, full.both, full.quiet, full.unsaid) == (3, 5, 5, 4, 3, 0)
    short = of(exercise, 10)
    assert (short.counsellor, short.a, short.b, short.both, short.quiet) == (2, 3, 3, 2, 0)
    stretched = of(exercise, 40)
    assert (stretched.a, stretched.both, stretched.quiet) == (10, 8, 6)


def test_between_its_forms_and_under_the_short_one_an_exercise_gives_way_in_proportion():
    exercise = an_exercise(short=10, full=20, steps=steps(("a", 12, 4), ("b", 8, 6)))
    assert step_minutes(exercise, 15) == (8, 7)
    assert step_minutes(exercise, 5) == (2, 3)
    assert step_minutes(exercise, 30) == (18, 12)


def test_steps_written_freely_and_exercises_that_are_gone_do_not_say_who_speaks():
    plan = a_plan(
        a_segment("free", minutes=7), a_segment("gone", minutes=5, exercise=Origin("gone", "0" * 64))
    )
    assert talk(plan, {}).unsaid == 12


def test_practice_at_home_is_no_part_of_the_session():
    exercise = an_exercise()
    plan = a_plan(from_exercise(exercise, "home"))
    assert talk(plan, known(exercise)) == talk(a_plan(), {})


@pytest.mark.parametrize(
    ("a", "b", "less"),
    [(6, 4, ""), (4, 6, ""), (7, 4, "b"), (3, 5, "a"), (2, 1, ""), (4, 0, "b"), (0, 3, "")],
)
def test_a_partner_with_under_forty_per_cent_of_their_time_is_named(a, b, less):
    exercise = an_exercise(short=a + b, full=a + b, steps=steps(("a", a, a), ("b", b, b)))
    assert of(exercise, a + b).less == less
    assert of(exercise, a + b).unbalanced is bool(less)


def test_shares_are_of_the_partners_own_time():
    exercise = an_exercise(
        short=20, full=20, steps=steps(("counsellor", 10, 10), ("a", 3, 3), ("b", 6, 6), ("both", 1, 1))
    )
    read = of(exercise, 20)
    assert (read.share_a, read.share_b, read.less) == (33, 67, "a")
    assert (talk(a_plan(), {}).share_a, talk(a_plan(), {}).share_b) == (0, 0)


def test_the_usual_session_of_any_starter_exercise_is_fair_or_says_whose_turn_is_short():
    for exercise in STARTERS:
        read = talk(a_usual_session(exercise), known(exercise))
        assert not read.unbalanced, exercise.slug


def test_rounding_gives_whole_minutes_that_add_up():
    assert whole_minutes([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)]) == [1, 0, 0]
    assert whole_minutes([Fraction(5, 2), Fraction(3, 2)]) == [3, 1]


@given(sessions())
def test_the_minutes_of_all_are_those_of_the_session(session: Session):
    read = talk(session.plan, session.exercises)
    assert sum(getattr(read, kind) for kind in KINDS) == timing(session.plan).used
    assert all(getattr(read, kind) >= 0 for kind in KINDS)
    assert read.share_a + read.share_b in (0, 100)


@given(sessions())
def test_when_the_partners_change_places_so_does_the_hint(session: Session):
    other = {"a": "b", "b": "a"}
    mirrored = {
        origin: an_exercise(
            each.slug,
            short=each.minutes.short,
            full=each.minutes.full,
            steps=tuple(
                Step(s.minutes, s.short, other.get(s.speaker, s.speaker), s.text) for s in each.steps
            ),
        )
        for origin, each in session.exercises.items()
    }
    here, there = talk(session.plan, session.exercises), talk(session.plan, mirrored)
    assert other.get(here.less, "") == there.less
