"""What a plan tends, counted by minutes."""

from __future__ import annotations

from hypothesis import given

from planner.plans.coverage import cells, coverage
from planner.taxonomy import TAXONOMY
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


@given(plans, plans)
def test_the_map_has_the_minutes_of_every_step_that_names_an_area_and_a_fear_together(one, other):
    found = cells([one, other])
    assert {area: tuple(row) for area, row in found.items()} == dict.fromkeys(
        TAXONOMY.areas, tuple(TAXONOMY.fears)
    )
    for area, row in found.items():
        for fear, minutes in row.items():
            named = (s for plan in (one, other) for s in plan.segments if area in s.areas and fear in s.fears)
            assert minutes == sum(s.minutes for s in named)


def test_the_map_of_no_plan_is_all_noughts():
    assert {minutes for row in cells([]).values() for minutes in row.values()} == {0}
