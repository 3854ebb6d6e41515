"""The sessions that ship keep to the house rules, so that a counsellor can hold them as they are."""

from __future__ import annotations

import re

import pytest

from planner.demo import TEMPLATES
from planner.plans.coverage import coverage
from planner.plans.plan import Segment
from planner.plans.timing import timing
from planner.sharing.starters import Starter, read_starters
from planner.taxonomy import TAXONOMY
from tests import shipped

SHIPPED = read_starters()
EVERY = SHIPPED + read_starters(TEMPLATES)
EXERCISES = {exercise.slug: exercise for exercise in shipped.exercises()}
SHARES = {50: "share_50", 80: "share_80"}
every = pytest.mark.parametrize("starter", EVERY, ids=lambda starter: starter.slug)


def in_session(starter: Starter) -> list[Segment]:
    return [segment for segment in starter.plan.segments if segment.part != "home"]


def at_home(starter: Starter) -> list[Segment]:
    return [segment for segment in starter.plan.segments if segment.part == "home"]


def peak(starter: Starter) -> int:
    return max(segment.intensity for segment in in_session(starter))


def test_there_is_a_first_session_one_for_each_fear_and_an_ending() -> None:
    slugs = [starter.slug for starter in SHIPPED]
    assert len(slugs) == 8
    assert "a-first-session" in slugs
    assert "an-ending-session" in slugs
    for fear in TAXONOMY.fears:
        mine = [starter for starter in SHIPPED if starter.plan.fears[:1] == (fear,) and fear in starter.slug]
        assert len(mine) == 1, fear


@every
def test_every_part_takes_the_minutes_that_are_its_own(starter: Starter) -> None:
    plan = starter.plan
    for part in TAXONOMY.session_parts:
        share = getattr(part, SHARES[plan.length])
        assert sum(segment.minutes for segment in plan.in_part(part.key)) == share, part.key
    assert timing(plan).free == 0


@every
def test_one_core_exercise_in_fifty_minutes_and_two_at_most_in_eighty(starter: Starter) -> None:
    core = [segment for segment in starter.plan.in_part("core") if segment.exercise]
    assert 1 <= len(core) <= (1 if starter.plan.length == 50 else 2)


@every
def test_the_peak_is_over_before_65_percent_and_the_last_ten_minutes_are_light(starter: Starter) -> None:
    plan = starter.plan
    if peak(starter) > 1:
        for slot in timing(plan).slots:
            if slot.segment.intensity == peak(starter):
                assert slot.end <= 0.65 * plan.length, slot.segment.title
    for slot in timing(plan).slots:
        if slot.end > plan.length - 10:
            assert slot.segment.intensity <= 2, slot.segment.title


@every
def test_no_one_sits_face_to_face_at_three_or_above_for_more_than_twenty_minutes(starter: Starter) -> None:
    run = 0
    for segment in in_session(starter):
        high = segment.mode == "face_to_face" and segment.intensity >= 3
        run = run + segment.minutes if high else 0
        assert run <= 20, segment.title


@every
def test_the_warm_up_is_light_and_nothing_needs_special_training(starter: Starter) -> None:
    assert all(segment.intensity <= 2 for segment in starter.plan.in_part("warm_up"))
    assert peak(starter) <= 3
    assert all(segment.intensity >= 1 for segment in starter.plan.segments)


def test_a_first_session_discloses_nothing_and_asks_for_no_touch() -> None:
    first = next(starter for starter in SHIPPED if starter.slug == "a-first-session")
    assert peak(first) <= 2
    assert all(segment.intensity == 1 and segment.mode != "touch" for segment in first.plan.segments)


@every
def test_practice_at_home_is_short_lighter_and_was_rehearsed(starter: Starter) -> None:
    assert at_home(starter)
    rehearsed = {segment.exercise.slug for segment in in_session(starter) if segment.exercise}
    close = " ".join(segment.words for segment in starter.plan.in_part("close"))
    for segment in at_home(starter):
        assert segment.minutes <= 15
        assert segment.intensity <= max(1, peak(starter) - 1)
        assert segment.words
        in_the_room = segment.exercise is not None and segment.exercise.slug in rehearsed
        assert in_the_room or re.search(r"\b(Rehearse|Try it|have done it once|once more, now)\b", close)


@every
def test_an_exercise_stands_where_it_may_and_takes_its_own_time(starter: Starter) -> None:
    for segment in in_session(starter):
        if segment.exercise:
            exercise = EXERCISES[segment.exercise.slug]
            assert segment.part in exercise.parts
            assert exercise.minutes.short <= segment.minutes <= exercise.minutes.full, segment.title


@every
def test_no_exercise_stands_twice_in_one_session(starter: Starter) -> None:
    slugs = [segment.exercise.slug for segment in in_session(starter) if segment.exercise]
    assert len(slugs) == len(set(slugs))


@every
def test_there_are_words_to_say_at_every_step(starter: Starter) -> None:
    for segment in in_session(starter):
        assert "“" in segment.words, segment.title
    arrive = " ".join(segment.words for segment in starter.plan.in_part("arrive"))
    assert "From 0 to 10" in arrive
    assert re.search(r"all right for|would you like|Would you like|May we|May we begin|May I", arrive), arrive


@every
def test_turns_are_equal_where_the_session_asks_for_turns(starter: Starter) -> None:
    """A free step that names A's minutes names the same for B."""
    for segment in starter.plan.segments:
        if segment.exercise is None:
            for_a = re.findall(r"(\w+ minutes?) for A\b", segment.words)
            for_b = re.findall(r"(\w+ minutes?) for B\b", segment.words)
            assert [m.lower() for m in for_a] == [m.lower() for m in for_b], segment.title


@every
def test_the_focus_is_met(starter: Starter) -> None:
    found = coverage(starter.plan)
    assert found.missing_areas == found.missing_fears == ()


@every
def test_the_hope_completes_its_sentence_and_the_sheet_prints_something(starter: Starter) -> None:
    assert re.match(r"[a-z]", starter.plan.hope)
    assert starter.plan.hope.endswith(".")
    assert any(segment.in_handout for segment in starter.plan.segments)


@every
def test_texts_look_forward_and_name_nobody(starter: Starter) -> None:
    leans_back = (
        r"\byou (always|never)\b|\bwhy (did|didn.t) you\b|root cause|who started|should have|grudge|grievance"
    )
    assuming = r"\b(he|she|him|his|her|husband|wife|spouse|marriage|married|children)\b"
    for segment in starter.plan.segments:
        assert not re.search(leans_back, segment.words, re.I), segment.title
        if segment.exercise is None:
            assert not re.search(assuming, segment.words, re.I), segment.title
            assert "!" not in segment.words
    assert not re.search(assuming, starter.when_to_use, re.I)
