"""By how much rules are left, before a remedy and after it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from planner.plans.weights import Weight, Weights


@dataclass(frozen=True)
class Left:
    rule: str
    excess: int


def test_breaches_of_a_rule_are_counted_and_added_up():
    found = Weights([Left("jump", 1), Left("over", 5), Left("jump", 2)])
    assert found == {"jump": Weight(2, 3), "over": Weight(1, 5)}


def test_a_rule_that_is_kept_weighs_nothing():
    found = Weights([Left("jump", 1)])
    assert found["over"] == Weight(0, 0)
    assert "over" not in found


@pytest.mark.parametrize(
    ("after", "fine"),
    [
        ([], True),
        ([Left("jump", 2), Left("jump", 1)], True),
        ([Left("jump", 3)], True),
        ([Left("jump", 4)], False),
        ([Left("jump", 1), Left("jump", 1), Left("jump", 1)], False),
        ([Left("over", 0)], False),
    ],
)
def test_no_rule_may_be_left_more_often_or_by_more(after, fine):
    before = Weights([Left("jump", 1), Left("jump", 2)])
    assert Weights(after).no_worse_than(before) is fine
