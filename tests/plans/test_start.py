"""What a plan starts from, and how much room it has for one step more."""

from __future__ import annotations

from itertools import count

from planner.plans.plan import Plan, add, resize
from planner.plans.start import laid_out, put, room
from tests.builders import a_plan, a_segment


def a_laid_out_plan() -> Plan:
    numbers = count()
    return laid_out("A session", 50, lambda: f"laid-{next(numbers)}")


def test_a_step_has_room_in_what_is_free_and_in_what_makes_way_for_it():
    assert room(a_plan(a_segment(minutes=38)), "core") == 12
    assert room(a_laid_out_plan(), "core") == 22
    assert room(a_laid_out_plan(), "warm_up") == 7
    assert room(a_plan(a_segment(minutes=60)), "core") == -10


def test_practice_at_home_takes_a_quarter_of_an_hour_at_most_and_nothing_of_the_session():
    assert room(a_plan(a_segment(minutes=50)), "home") == 15


def test_a_step_that_was_put_somewhere_stays_there_when_a_laid_out_step_makes_way():
    plan = a_laid_out_plan()
    for name in ("x", "y"):
        plan = add(plan, a_segment(name, minutes=3))
    filled, gone = put(plan, a_segment("new"), 2)
    assert gone is not None
    assert [step.id for step in filled.in_part("core")] == ["x", "new", "y"]
    filled, _ = put(plan, a_segment("new"), 0)
    assert [step.id for step in filled.in_part("core")] == ["new", "x", "y"]


def test_a_laid_out_step_in_other_minutes_still_makes_way():
    plan = a_laid_out_plan()
    core = plan.in_part("core")[0]
    assert room(resize(plan, core.id, 10), "core") == 22
