"""A segment made from an exercise holds what a plan needs of it."""

from __future__ import annotations

import pytest

from planner.library.exercise import Exercise
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Origin, Plan, add, checked_segment
from tests import shipped


@pytest.mark.parametrize("one", shipped.exercises(), ids=lambda one: one.slug)
def test_every_exercise_fits_into_a_plan_as_it_is(one: Exercise) -> None:
    segment = segment_from(one, "d" * 64, "core", "s1")
    assert add(Plan(title="Today"), segment).segments == (checked_segment(segment),)
    assert segment.exercise == Origin(one.slug, "d" * 64)
    assert (segment.title, segment.minutes, segment.areas) == (one.title, one.minutes.full, one.areas)
    assert all(say.words in segment.words for say in one.words)
    assert segment.note == ""


def test_the_short_form_takes_the_short_time() -> None:
    one = shipped.exercises()[0]
    assert segment_from(one, "d", "core", "s1", short=True).minutes == one.minutes.short


def test_it_goes_into_the_handout_when_there_is_a_sheet_for_both() -> None:
    one = shipped.exercises()[0]
    assert segment_from(one, "d", "core", "s1").in_handout == (one.handout("together") is not None)
