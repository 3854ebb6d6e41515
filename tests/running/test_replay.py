"""Where a session stands: by end times, whatever happened, and in whatever order it was heard of."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planner.running.events import MINUTE, believed, in_order
from planner.running.replay import replay, seen
from tests.running.courses import BEGAN, COURSE, STEPS, events, likely, press


def at(minute):
    return BEGAN + round(minute * MINUTE)


def after(*happened):
    return replay(COURSE, happened)


def test_it_begins_with_the_first_step_and_knows_when_it_and_the_session_end():
    stand = after()
    assert (stand.step, stand.until, stand.ends) == ("arrive", at(6), at(50))
    assert stand.coming == STEPS[1:]


def test_the_next_step_has_its_minutes_from_the_moment_it_begins():
    stand = after(press("next", 9, "arrive"))
    assert (stand.step, stand.since, stand.until, stand.ends) == ("warm", at(9), at(16), at(50))
    assert [(visit.step, visit.outcome) for visit in stand.visits] == [("arrive", "done")]


def test_skipping_says_that_it_was_not_done():
    assert after(press("skip", 1, "arrive")).visits[0].outcome == "skipped"


def test_a_second_press_for_the_same_step_counts_once():
    stand = after(press("next", 5, "arrive"), press("next", 5.01, "arrive", key="ab" * 5))
    assert stand.step == "warm"


def test_five_minutes_more_count_from_the_end_or_from_now_when_that_is_past():
    early = after(press("more", 2, "arrive", minutes=5))
    late = after(press("more", 8, "arrive", minutes=5))
    assert (early.until, late.until) == (at(11), at(13))
    assert early.ends == late.ends == at(50)


def test_what_is_to_come_is_compared_with_what_is_left():
    assert seen(after(), at(0)).over == 0
    assert seen(after(), at(8)).over == 2
    assert seen(after(press("more", 2, "arrive", minutes=5)), at(3)).over == 5


def test_low_time_is_said_for_the_step_and_for_the_session():
    stand = after()
    assert [seen(stand, at(minute)).low for minute in (3, 4, 5.9, 6, 9)] == [
        "",
        "soon",
        "soon",
        "over",
        "over",
    ]
    closes = [seen(stand, at(minute)).close for minute in (39, 40, 48, 50, 51)]
    assert closes == ["", "settle", "soon", "over", "over"]


def test_when_they_are_flooded_a_settling_step_comes_at_once_and_the_step_can_be_gone_on_with():
    flooded = (press("next", 6, "arrive"), press("flooded", 8, "warm", to="calm"))
    stand = after(*flooded)
    assert (stand.step, stand.until, stand.aside, stand.rest) == ("calm", at(13), "warm", 5 * MINUTE)
    assert [step for step, _ in stand.coming] == ["core", "settle", "close"]
    back = after(*flooded, press("back", 12, "calm"))
    assert (back.step, back.until, back.aside) == ("warm", at(17), "")
    on = after(*flooded, press("next", 13, "calm"))
    assert (on.step, on.aside) == ("core", "")
    assert [(visit.step, visit.outcome) for visit in on.visits][1:] == [("warm", "stopped"), ("calm", "done")]


def test_a_settling_step_of_the_plan_is_not_done_twice():
    stand = after(press("flooded", 2, "arrive", to="settle"))
    assert stand.step == "settle"
    assert [step for step, _ in stand.coming] == ["warm", "core", "close"]


def test_fewer_minutes_change_the_end_and_what_is_to_come():
    coming = (("core", 12), ("settle", 4), ("close", 3))
    stand = after(press("refit", 5, "arrive", minutes=22, now=3, coming=coming))
    assert (stand.step, stand.until, stand.ends, stand.coming) == ("arrive", at(8), at(27), coming)
    assert stand.dropped == ("warm",)
    assert seen(stand, at(5)).over == 0
    ended = after(press("refit", 5, "arrive", minutes=19, now=0, coming=coming))
    assert (ended.step, ended.until) == ("core", at(17))


def test_only_steps_that_are_known_and_not_over_can_come():
    coming = (("arrive", 5), ("elsewhere", 5), ("settle-spare", 3), ("close", 2), ("close", 4))
    stand = after(press("next", 6, "arrive"), press("refit", 7, "warm", minutes=9, now=3, coming=coming))
    assert stand.coming == (("settle-spare", 3), ("close", 4))


def test_what_was_pressed_by_mistake_can_be_taken_back():
    pressed = press("next", 5, "arrive")
    stand = after(pressed, press("undo", 5.1, to=pressed.id))
    assert stand == after()
    ended = press("end", 30, "arrive")
    assert after(ended).ended == at(30)
    assert not after(ended, press("undo", 31, to=ended.id)).ended


def test_a_note_keeps_its_moment_and_is_not_taken_back_with_a_press():
    noted = press("note", 12.5, "core", text="She laughed first.")
    stand = after(noted, press("undo", 13, to=noted.id))
    assert [(note.at, note.text) for note in stand.notes] == [(at(12.5), "She laughed first.")]
    assert stand.last == ""


def test_after_the_end_only_notes_are_added():
    stand = after(
        press("end", 20, "arrive"), press("next", 21, "arrive"), press("note", 22, text="And thanked.")
    )
    assert (stand.step, stand.ended, len(stand.notes)) == ("", at(20), 1)
    assert seen(stand, at(40)) == seen(stand, at(20))


def test_a_clock_that_is_wrong_is_not_believed():
    assert believed(press("next", -300), BEGAN, at(5)).at == BEGAN
    assert believed(press("next", 300), BEGAN, at(5)).at == at(6)
    assert believed(press("next", 4), BEGAN, at(5)).at == at(4)


@given(events(), st.randoms())
def test_the_order_of_arrival_and_arriving_twice_change_nothing(happened, random):
    shuffled = [*happened, *random.sample(happened, len(happened) // 2)]
    random.shuffle(shuffled)
    assert replay(COURSE, shuffled) == replay(COURSE, happened)


@given(st.one_of(events(), likely()), st.integers(-1, 120))
def test_whatever_happens_it_can_be_said_how_it_stands(happened, minute):
    stand = replay(COURSE, happened)
    left = seen(stand, at(minute))
    known = [step for step, _ in (*COURSE.steps, *COURSE.spare)]
    assert stand.step in ("", *known)
    assert stand.until >= stand.since >= BEGAN
    assert all(minutes > 0 for _, minutes in stand.coming)
    assert stand.step not in [step for step, _ in stand.coming]
    assert all(visit.ended >= visit.began for visit in stand.visits)
    assert left.over >= 0
    assert len({step for step, _ in stand.coming}) == len(stand.coming)


@given(likely())
def test_the_end_of_the_session_moves_only_when_one_says_how_many_minutes_are_left(happened):
    without = [event for event in happened if event.kind != "refit"]
    assert replay(COURSE, without).ends == at(50)


@given(likely())
def test_steps_follow_each_other_without_a_gap(happened):
    stand = replay(COURSE, happened)
    moment = BEGAN
    for visit in stand.visits:
        assert visit.began == moment
        moment = visit.ended
    assert stand.since == moment or not stand.step


@given(likely())
def test_taking_back_the_last_press_is_as_if_it_had_not_been(happened):
    stand = replay(COURSE, happened)
    last = next((event for event in happened if event.id == stand.last), None)
    if last is None:
        return
    undo = replace(press("undo", 119), to=last.id)
    others = [event for event in happened if event is not last]
    assert replay(COURSE, [*happened, undo]) == replay(COURSE, others)


@given(events())
def test_each_event_counts_once_and_by_its_own_time(happened):
    played = in_order([*happened, *happened])
    assert [event.at for event in played] == sorted(event.at for event in played)
    assert len({event.id for event in played}) == len(played)
