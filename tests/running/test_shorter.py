"""“Twelve minutes left”: the rest fits, and there is always time to settle and to close."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.plans.plan import Plan
from planner.running.events import MINUTE, Event
from planner.running.replay import replay
from planner.running.run import Run, from_json, outcomes, to_json, with_events
from planner.running.shorter import MOST, ways
from tests.builders import a_segment
from tests.plans.sessions import a_usual_session, an_exercise, known, sessions
from tests.running.courses import BEGAN, press

MAIN = an_exercise()
SETTLE, CLOSE = (
    a_segment(f"{part}-spare", part=part, minutes=3, intensity=1, title="A little")
    for part in ("settle", "close")
)
SPARE = (SETTLE, CLOSE)
CALM = a_segment("calm-one", part="settle", minutes=5, intensity=1)
RUN = Run(a_usual_session(MAIN), BEGAN, (SETTLE, CALM, CLOSE), {"main": "calm-one"})
EXERCISES = known(MAIN)


def at(minute):
    return BEGAN + minute * MINUTE


def test_what_fits_stays_as_it_is():
    found = ways(RUN, at(0), 50, EXERCISES)
    assert [way.kind for way in found.ways] == ["unchanged"]
    assert found.ways[0].now == 6


def test_the_step_that_runs_is_finished_first_or_ended_now():
    found = ways(RUN, at(2), 30, EXERCISES)
    assert {way.now for way in found.ways} == {4, 0}
    assert all(way.minutes <= 30 for way in found.ways)


def test_a_long_step_goes_on_only_while_there_is_time_to_settle():
    run = with_events(RUN, press("next", 6, "arrive"), press("next", 12, "warm"))
    found = ways(run, at(13), 12, EXERCISES)
    first = found.ways[0]
    assert 0 < first.now < 21
    assert {"settle", "close"} <= {step for step, _ in first.coming}
    assert first.minutes <= 12


def test_too_little_is_said_with_what_it_takes():
    found = ways(RUN, at(2), 2, EXERCISES)
    assert not found.ways
    assert found.least > 2


def test_a_session_without_them_gets_a_moment_to_settle_and_to_close():
    plan = Plan("x", length=50, segments=(a_segment("one", minutes=30), a_segment("two", minutes=20)))
    found = ways(Run(plan, BEGAN, SPARE), at(5), 10, {})
    assert {"settle-spare", "close-spare"} <= {step for step, _ in found.ways[0].coming}


def test_settling_in_between_is_not_the_settling_at_the_end():
    flooded = press("flooded", 12, "warm", to="calm-one")
    run = with_events(RUN, press("next", 6, "arrive"), flooded, press("next", 17, "calm-one"))
    found = ways(run, at(18), 14, EXERCISES)
    assert "settle" in {step for step, _ in found.ways[0].coming}


def test_what_became_of_each_step_is_known_afterwards():
    run = with_events(
        RUN,
        press("next", 6, "arrive"),
        press("skip", 7, "warm"),
        press("flooded", 12, "main", to="calm-one"),
        press("next", 20, "calm-one"),
        press("end", 29, "settle"),
    )
    became = {each.step.id: (each.outcome, each.minutes, each.added) for each in outcomes(run)}
    assert became == {
        "arrive": ("done", 6, False),
        "warm": ("skipped", 1, False),
        "main": ("stopped", 5, False),
        "settle": ("done", 9, False),
        "close": ("left", 0, False),
        "calm-one": ("done", 8, True),
    }


def test_a_run_that_nobody_ended_is_over_some_hours_later():
    assert not RUN.is_forgotten(at(50 + 179))
    assert RUN.is_forgotten(at(50 + 181))
    assert not with_events(RUN, press("end", 40, "arrive")).is_forgotten(at(1000))


def test_the_nearest_settling_step_is_the_plans_own_then_the_librarys():
    run = with_events(RUN, press("next", 6, "arrive"), press("next", 12, "warm"))
    assert run.settling() == ("settle", "calm-one")
    late = with_events(run, press("next", 20, "main"))
    assert late.settling() == ()


def test_it_is_read_as_it_was_written():
    run = with_events(RUN, press("note", 3, "arrive", text="“Ja”, she said."), press("next", 6, "arrive"))
    assert from_json(to_json(run)) == run


@given(sessions(), st.integers(0, 60), st.integers(1, 60), st.integers(0, 4))
def test_whatever_is_to_come_fits_and_can_be_taken(session, minute, minutes, done):
    run = Run(session.plan, BEGAN, SPARE)
    for each in range(done):
        if run.stand.step:
            run = with_events(run, Event(f"{each:08x}", "next", at(min(each, minute)), each, run.stand.step))
    if not run.stand.step:
        return
    found = ways(run, at(minute), minutes, session.exercises)
    assert len(found.ways) <= MOST
    for way in found.ways:
        assert way.minutes <= minutes
        taken = Event(
            "f" * 8, "refit", at(minute), 9, run.stand.step, minutes=minutes, now=way.now, coming=way.coming
        )
        after = replay(run.course, (*run.events, taken))
        assert after.coming == (way.coming if way.now else way.coming[1:])
        assert after.ends == at(minute + minutes)
