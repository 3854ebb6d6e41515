"""What the starter library promises as a whole."""

from __future__ import annotations

from collections import Counter

from planner.library.starter import read_folder
from planner.taxonomy import INTENSITIES, TAXONOMY

EXERCISES, FAULTS = read_folder()


def test_it_has_no_faults() -> None:
    assert not FAULTS, "\n".join(map(str, FAULTS))


def test_there_are_at_least_35_exercises() -> None:
    assert len(EXERCISES) >= 35


def test_every_area_is_the_main_one_of_at_least_five() -> None:
    mains = Counter(one.area for one in EXERCISES)
    assert {area: mains[area] for area in TAXONOMY.areas if mains[area] < 5} == {}


def test_every_fear_is_met_by_at_least_seven() -> None:
    fears = Counter(fear for one in EXERCISES for fear in one.fears)
    assert {fear: fears[fear] for fear in TAXONOMY.fears if fears[fear] < 7} == {}


def test_every_part_mode_audience_and_intensity_up_to_four_is_there() -> None:
    assert {part for one in EXERCISES for part in one.parts} == set(TAXONOMY.parts)
    assert {one.mode for one in EXERCISES} == set(TAXONOMY.modes)
    assert {one.audience for one in EXERCISES} == set(TAXONOMY.audiences)
    assert {one.intensity for one in EXERCISES} >= set(INTENSITIES) - {5}


def test_what_only_the_trained_may_do_says_so() -> None:
    for one in EXERCISES:
        if one.intensity == 5:
            assert "trained" in one.cautions, one.slug


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


def test_an_address_of_a_page_is_no_name_of_an_exercise() -> None:
    assert "areas" not in {one.slug for one in EXERCISES}
