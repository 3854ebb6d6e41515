"""What the starter library promises as a whole."""

from __future__ import annotations

import pytest
from flask import Flask

from planner.library import ladders
from planner.library.exercise import Exercise, Ticks
from planner.library.figures import figures
from planner.library.gates import LEAST_VARIATION_WORDS
from planner.taxonomy import TAXONOMY
from tests import shipped

EXERCISES, FAULTS = shipped.exercises(), shipped.faults()
FIGURES = figures(EXERCISES)
BY_SLUG = {one.slug: one for one in EXERCISES}
AREAS, FEARS = tuple(TAXONOMY.areas), tuple(TAXONOMY.fears)

# Two people may mean different things by closeness: for each area an exercise about just that.
VIEWS_OF_CLOSENESS = {
    "self": "close-and-still-me",
    "emotional": "what-close-means-to-me",
    "conflict": "still-close-when-we-differ",
    "affection": "cards-that-say-i-care",
    "sexual": "what-brings-me-nearer",
    "dream": "how-we-look-ahead",
    "play": "doing-talking-or-being-there",
}
# Where each marks alone which of the twelve meanings are theirs.
TWELVE_MEANINGS = "twelve-ways-to-be-close"


def mains(area: str) -> list[Exercise]:
    return [one for one in EXERCISES if one.area == area]


def test_it_has_no_faults() -> None:
    assert not FAULTS, "\n".join(map(str, FAULTS))


def test_there_are_at_least_112_exercises() -> None:
    assert FIGURES.exercises >= 112


# Each area


@pytest.mark.parametrize("area", AREAS)
def test_an_area_is_the_main_one_of_at_least_sixteen(area: str) -> None:
    assert FIGURES.areas[area].main >= 16


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_something_for_every_part_of_a_session_and_for_home(area: str) -> None:
    assert [part for part, number in FIGURES.areas[area].parts.items() if number == 0] == []


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_something_for_one_client_alone(area: str) -> None:
    assert FIGURES.areas[area].audiences["one"] >= 1


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_something_at_intensity_1_2_and_3_and_two_at_4(area: str) -> None:
    levels = FIGURES.areas[area].intensities
    assert [level for level in (1, 2, 3) if levels[level] == 0] == []
    assert levels[4] >= 2


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_something_with_no_touch_and_something_online(area: str) -> None:
    assert sum(one.mode != "touch" for one in mains(area)) >= 8
    for one in mains(area):
        for variation in ("no_touch", "online"):
            assert len(one.variations[variation].split()) >= LEAST_VARIATION_WORDS, (one.slug, variation)


# Areas and fears together


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("fear", FEARS)
def test_an_area_and_a_fear_meet_in_four_exercises_two_of_them_with_it_as_main_area(
    area: str, fear: str
) -> None:
    cell = FIGURES.cells[area][fear]
    assert cell.every >= 4
    assert cell.main >= 2


@pytest.mark.parametrize("fear", FEARS)
def test_the_ladder_of_a_fear_has_eight_rungs_that_rise(fear: str) -> None:
    rungs = ladders.ladder(EXERCISES, fear)
    levels = [rung.exercise.intensity for rung in rungs]
    assert len(levels) >= 8
    assert levels == sorted(levels)
    assert levels[0] == 1
    assert levels[-1] >= 4
    for rung in rungs:
        for slug in rung.after:
            assert BY_SLUG[slug].intensity <= rung.exercise.intensity, f"{rung.exercise.slug} after {slug}"


# All together


def test_face_to_face_and_side_by_side_are_balanced() -> None:
    for mode in ("face_to_face", "side_by_side"):
        assert FIGURES.modes[mode] >= 0.3 * FIGURES.exercises, mode


def test_every_mode_audience_and_kind_of_evidence_is_there() -> None:
    assert all(FIGURES.modes.values())
    assert all(FIGURES.evidence.values())
    assert {one.audience for one in EXERCISES} == set(TAXONOMY.audiences)


def test_what_only_the_trained_may_do_says_so() -> None:
    for one in EXERCISES:
        if one.intensity == 5:
            assert "trained" in one.cautions, one.slug


def test_the_last_ten_minutes_of_a_session_stay_calm() -> None:
    loud = [one.slug for one in EXERCISES if one.intensity > 2 and {"settle", "close"} & set(one.parts)]
    assert loud == []


# Different views of closeness


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_an_exercise_about_different_views_of_closeness(area: str) -> None:
    one = BY_SLUG[VIEWS_OF_CLOSENESS[area]]
    assert one.area == area
    assert one.audience == "couple"


def test_each_partner_marks_alone_which_of_the_twelve_meanings_is_theirs() -> None:
    one = BY_SLUG[TWELVE_MEANINGS]
    lists = []
    for whose in ("a", "b"):
        sheet = one.handout(whose)
        assert sheet is not None
        lists.append(
            [block.options for block in sheet.blocks if isinstance(block, Ticks) and len(block.options) == 12]
        )
    (for_a,), (for_b,) = lists
    assert sorted(for_a) == sorted(for_b)
    assert len(set(for_a)) == 12


# Names and sheets


def test_titles_and_sentences_about_them_are_one_of_a_kind() -> None:
    for texts in ([one.title for one in EXERCISES], [one.summary for one in EXERCISES]):
        assert len(set(texts)) == len(texts)


def test_every_exercise_has_a_sheet_for_both() -> None:
    assert [one.slug for one in EXERCISES if one.handout("together") is None] == []


def test_a_sheet_for_a_has_its_counterpart_for_b() -> None:
    for one in EXERCISES:
        assert (one.handout("a") is None) == (one.handout("b") is None), one.slug


def test_a_summary_is_one_sentence() -> None:
    for one in EXERCISES:
        assert one.summary.endswith("."), one.slug
        assert ". " not in one.summary, one.slug


def test_the_seventh_area_is_marked_as_our_choice_and_says_why() -> None:
    assert len(TAXONOMY.areas) == 7
    assert len(TAXONOMY.fears) == 5
    ours = [area for area in TAXONOMY.areas.values() if area.our_choice]
    assert [area.key for area in ours] == ["play"]
    assert ours[0].why


def test_an_address_of_a_page_is_no_name_of_an_exercise(app: Flask) -> None:
    places = [
        rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/library/")
    ]
    pages = {place for place in places if "<" not in place}
    assert {"areas", "mine", "import", "export"} <= pages
    assert pages.isdisjoint(BY_SLUG)
