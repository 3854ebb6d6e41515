"""What is noted after a session, as a value: what it may hold, what it counts, and what it tells."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.landing import notes as values
from planner.landing.notes import (
    LANDED,
    BadNotes,
    Concern,
    Notes,
    Pair,
    checked,
    concerns,
    contribution,
    difference,
    from_json,
    learned,
    to_json,
)
from tests.landing import noted
from tests.landing.noted import a_step


@given(noted.notes)
def test_notes_come_back_from_text_as_they_were(notes):
    assert from_json(to_json(notes)) == notes
    assert checked(notes) == notes


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', "null"])
def test_another_text_is_refused(text):
    with pytest.raises(ValueError, match="not notes"):
        from_json(text)


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        (Notes((a_step(landed="great"),)), "landed-s1"),
        (Notes((a_step(), a_step())), "steps"),
        (Notes((a_step(part="nowhere"),)), "steps"),
        (Notes((a_step(slug="x" * 81),)), "steps"),
        (Notes(tuple(a_step(f"s{number}") for number in range(121))), "steps"),
        (Notes(closeness=Pair(11)), "closeness_a"),
        (Notes(safety=Pair(None, -1)), "safety_b"),
        (Notes(safety=Pair(True)), "safety_a"),
        (Notes(worked="x" * 601), "worked"),
        (Notes(note="x" * 6001), "note"),
    ],
)
def test_what_cannot_be_kept_is_named(bad, where):
    with pytest.raises(BadNotes) as refused:
        checked(bad)
    assert refused.value.where == where
    assert str(refused.value).endswith(".")


def test_lines_count_as_they_are_kept():
    assert checked(Notes(worked="a\r\n" * 300)).worked == "\n".join(["a"] * 300)


def test_a_step_of_which_nothing_is_said_is_not_kept():
    assert checked(Notes((a_step("s1", ""), a_step("s2")))).steps == (a_step("s2"),)


# Counting


@given(st.lists(noted.notes, max_size=6))
def test_however_often_notes_change_the_counts_are_those_of_the_last(history):
    counts: Counter[tuple[str, str]] = Counter()
    before = None
    for after in history:
        for each, by in difference(before, after).items():
            counts[each] += by
            assert counts[each] >= 0
        before = after
    assert +counts == contribution(before)


@given(noted.notes)
def test_what_does_not_change_counts_nothing(notes):
    assert difference(notes, notes) == {}
    assert all(by < 0 for by in difference(notes, None).values())


def test_only_exercises_count_and_twice_counts_twice():
    steps = (a_step("a", slug="three-doors"), a_step("b", slug="three-doors"), a_step("c"))
    assert contribution(Notes(steps)) == {("three-doors", "well"): 2}


# What it tells the next session


@given(noted.notes)
def test_every_step_of_the_session_is_told_once_and_the_note_never(notes):
    told = learned(notes)
    by = [step for name in LANDED for step in getattr(told, name)]
    assert sorted([*by, *told.at_home], key=lambda step: step.id) == sorted(
        notes.steps, key=lambda step: step.id
    )
    assert all(step.landed == name for name in LANDED for step in getattr(told, name))
    assert not hasattr(told, "note")


def test_without_anything_to_tell_there_is_nothing():
    assert not learned(Notes(note="Only for me."))
    assert learned(Notes(worked="We laughed."))
    assert learned(Notes(safety=Pair(8)))


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        (Notes(safety=Pair(3, 4)), None, (Concern("a", 3),)),
        (Notes(safety=Pair(4, 10)), None, ()),
        (Notes(closeness=Pair(5, 5)), Notes(closeness=Pair(7, 6)), (Concern("a", 5, 7),)),
        (Notes(closeness=Pair(5, 5)), Notes(), ()),
        (Notes(closeness=Pair(1)), None, ()),
        (Notes(closeness=Pair(None, 5)), Notes(closeness=Pair(9, None)), ()),
        (Notes(), Notes(closeness=Pair(9, 9)), ()),
    ],
)
def test_stepping_down_is_remarked_on_when_safety_is_low_or_closeness_falls(now, then, found):
    assert concerns(now, then) == found


def test_few_are_too_few_to_say_much():
    assert not values.Counts(well=4).enough
    assert values.Counts(well=2, mixed=1, not_now=1, skipped=1).enough
