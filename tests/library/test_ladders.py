"""Ladders go from gentle to bold, and every link leads somewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.library import ladders
from planner.taxonomy import TAXONOMY
from tests import shipped

EXERCISES = shipped.exercises()
ONE = replace(EXERCISES[0], slug="one", intensity=1, fears=("hurt",), builds_on=())
TWO = replace(ONE, slug="two", intensity=2, builds_on=("one",))


def test_a_link_to_nothing_or_to_a_bolder_one_or_round_in_a_circle_is_a_fault():
    assert ladders.faults([ONE, TWO]) == []
    assert ladders.faults([TWO]) == [("two", "It builds on “one”, which is not in the library.")]
    bolder = replace(ONE, intensity=3)
    assert ladders.faults([bolder, TWO]) == [("two", "It builds on “one”, which is bolder than itself.")]
    circle = [replace(ONE, builds_on=("two",)), replace(TWO, intensity=1)]
    assert {slug for slug, message in ladders.faults(circle) if "itself" in message} == {"one", "two"}


def test_a_ladder_holds_what_is_linked_gentlest_first():
    alone = replace(ONE, slug="alone")
    other_fear = replace(TWO, slug="three", fears=("failure",))
    found = ladders.ladder([TWO, alone, other_fear, ONE], "hurt")
    assert [(rung.exercise.slug, rung.after) for rung in found] == [("one", ()), ("two", ("one",))]


@pytest.mark.parametrize("fear", TAXONOMY.fears)
def test_each_fear_has_a_ladder_that_begins_gently_and_rises(fear):
    found = ladders.ladder(EXERCISES, fear)
    levels = [rung.exercise.intensity for rung in found]
    assert levels[0] == 1, f"{fear}: the first step is not a gentle one"
    assert levels[-1] >= 3, f"{fear}: the ladder ends at {levels[-1]}"
    assert levels == sorted(levels)
    places = {rung.exercise.slug: place for place, rung in enumerate(found)}
    for rung in found:
        assert all(places[slug] < places[rung.exercise.slug] for slug in rung.after)
