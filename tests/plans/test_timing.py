"""Times on a plan: they add up, and practice at home takes none of the session."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.plans.timing import suggested, timing
from planner.taxonomy import TAXONOMY
from tests.builders import a_plan, a_segment, plans


@given(plans)
def test_every_step_starts_when_the_one_before_ends(plan):
    times = timing(plan)
    clock = 0
    for slot in times.slots:
        assert slot.start == clock
        assert slot.end - slot.start == slot.segment.minutes
        clock = slot.end
    assert times.used == clock
    assert times.used + times.free == plan.length
    assert times.at_home == sum(s.minutes for s in plan.in_part("home"))


def test_a_full_plan_is_just_right_and_a_longer_one_is_over():
    assert timing(a_plan(a_segment(minutes=50))).free == 0
    assert timing(a_plan(a_segment(minutes=54))).free == -4


def test_the_usual_minutes_are_those_of_the_house_rule():
    fifty = [suggested(part.key, 50) for part in TAXONOMY.session_parts]
    eighty = [suggested(part.key, 80) for part in TAXONOMY.session_parts]
    assert fifty == [6, 7, 22, 8, 7]
    assert eighty == [8, 12, 38, 12, 10]
    assert sum(fifty) == 50
    assert sum(eighty) == 80


@given(st.integers(10, 480))
def test_usual_minutes_are_near_the_length_of_any_session(length):
    assert abs(sum(suggested(part.key, length) for part in TAXONOMY.session_parts) - length) <= 4
