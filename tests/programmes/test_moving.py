"""A step that goes from one session to another: nothing that somebody wrote is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.plans.plan import BadPlan
from planner.plans.start import is_placeholder, laid_out
from planner.programmes.moving import At, Moved, moved, place_before
from tests.builders import a_plan, a_segment, plans


def written(*those):
    """Steps but for those that were laid out and never touched, without their names."""
    return sorted(
        str((each.part, each.title, each.minutes, each.words, each.note, each.exercise))
        for plan in those
        for each in plan.segments
        if not is_placeholder(each)
    )


@given(plans, plans, st.data())
def test_the_steps_of_both_sessions_are_the_same_as_before(source, target, data):
    assume(source.segments)
    step = data.draw(st.sampled_from(source.segments))
    place = data.draw(st.none() | st.integers(0, 9))
    less, more = moved(source, target, step.id, place, lambda: "fresh-name")
    assert len(less.segments) + len(more.segments) == len(source.segments) + len(target.segments)
    assert written(less, more) == written(source, target)
    assert list(less.segments) == [each for each in source.segments if each.id != step.id]
    assert {each.id for each in target.segments} < {each.id for each in more.segments}


def test_a_laid_out_step_that_nobody_touched_makes_room():
    source = a_plan(a_segment("x", title="Three doors", note="Slowly."))
    target = laid_out("Next", 50, iter("abcde").__next__)
    less, more = moved(source, target, "x", None, lambda: "y")
    assert less.segments == ()
    assert [each.title for each in more.in_part("core")] == ["Three doors"]
    assert more.in_part("core")[0].note == "Slowly."
    assert len(more.segments) == len(target.segments)


def test_a_name_that_is_taken_there_is_changed():
    source, target = a_plan(a_segment("s1", title="One")), a_plan(a_segment("s1", title="Other"))
    _less, more = moved(source, target, "s1", 0, lambda: "s9")
    assert [(each.id, each.title) for each in more.segments] == [("s9", "One"), ("s1", "Other")]


def test_a_full_session_takes_no_more():
    full = a_plan(*(a_segment(str(n)) for n in range(60)))
    with pytest.raises(BadPlan):
        moved(a_plan(a_segment("x")), full, "x", None, lambda: "y")


def test_the_place_before_a_step_counts_within_the_part():
    plan = a_plan(a_segment("a", part="arrive"), a_segment("b"), a_segment("c"), a_segment("d", part="close"))
    assert [place_before(plan, each, "core") for each in ("a", "b", "c", "d", "gone")] == [0, 0, 1, 2, None]
    assert place_before(plan, "c", "close") == 0


@pytest.mark.parametrize("text", ["", "a", "a:", ":1", "a:²", "a:-1", "a b:1", "a:1", "a:1,", "a:1,b:x"])
def test_an_odd_mark_of_a_move_is_none(text):
    assert Moved.read(text) is None
    assert Moved.read("a:1,b:2") == Moved(At("a", 1), At("b", 2))
    assert Moved.read("a:1,b:2").code == "a:1,b:2"
