"""What a plan tends, counted by minutes."""

from __future__ import annotations

from hypothesis import given

from planner.plans.coverage import coverage
from tests.builders import a_plan, a_segment, plans


@given(plans)
def test_minutes_by_area_are_the_minutes_of_steps_that_have_one(plan):
    found = coverage(plan)
    assert sum(found.minutes.values()) == sum(s.minutes for s in plan.segments if s.areas)
    assert all(found.minutes.values())


def test_the_focus_that_no_step_meets_is_named():
    plan = a_plan(
        a_segment(areas=("emotional", "play"), fears=("hurt",)),
        areas=("emotional", "play", "dream"),
        fears=("hurt", "failure"),
    )
    found = coverage(plan)
    assert found.minutes == {"emotional": 10}
    assert found.fears == ("hurt",)
    assert found.missing_areas == ("dream",)
    assert found.missing_fears == ("failure",)
