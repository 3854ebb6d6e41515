"""What differs between two texts of an exercise: only that, in the order of the page, and short."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library import exercise as ex
from planner.library.own.differences import (
    ADDED,
    CHANGED,
    GAP,
    KEPT,
    REMOVED,
    SECTIONS,
    Line,
    Piece,
    _exchanged,
    _lines,
    differences,
)
from tests import shipped

GOOD = [one for one, _source in shipped.sources()]
ONE = next(one for one in GOOD if one.slug == "three-doors")


def changed(**fields: object) -> tuple[list[str], tuple[Line, ...]]:
    """The keys of the sections that differ, and the lines of the first."""
    found = differences(ONE, replace(ONE, **fields))
    return [section.key for section in found], found[0].lines


@pytest.mark.parametrize("one", GOOD, ids=lambda one: one.slug)
def test_an_exercise_does_not_differ_from_itself(one: ex.Exercise) -> None:
    assert differences(one, one) == ()


def test_a_sentence_that_changed_is_shown_with_the_words_that_changed() -> None:
    keys, lines = changed(purpose=ONE.purpose.replace("rarely the telling", "seldom the telling"))
    assert keys == ["purpose"]
    line = next(line for line in lines if line.kind == CHANGED)
    assert [(piece.kind, piece.text) for piece in line.pieces if piece.kind != KEPT] == [
        (REMOVED, "rarely"),
        (ADDED, "seldom"),
    ]
    assert line.text.startswith("What frightens people about opening up is seldom the telling")


def test_what_stayed_is_left_out_but_for_the_lines_beside_a_change() -> None:
    steps = (*ONE.steps[:5], replace(ONE.steps[5], minutes=9), *ONE.steps[6:])
    keys, lines = changed(steps=steps)
    assert keys == ["steps"]
    assert [line.kind for line in lines] == [GAP, KEPT, CHANGED, KEPT, GAP]


def test_a_line_that_was_put_in_or_taken_out_does_not_drag_the_others_along() -> None:
    keys, lines = changed(steps=(ex.Step(2, 2, "both", "Both stand up and stretch."), *ONE.steps))
    assert [line.kind for line in lines] == [ADDED, KEPT, GAP]
    assert lines[0].text == "2 min · Both: Both stand up and stretch."
    keys, lines = changed(debrief=ONE.debrief[1:])
    assert (keys, [line.kind for line in lines][:2]) == (["debrief"], [REMOVED, KEPT])


def test_a_sentence_that_is_another_one_altogether_is_not_mixed_with_the_old_one() -> None:
    _keys, lines = changed(watch_for="Quite different.")
    assert {line.kind for line in lines} == {ADDED, REMOVED}


def test_words_of_the_field_are_shown_by_their_names() -> None:
    _keys, lines = changed(fears=("hurt", "engulfment"))
    assert [line.text for line in lines if line.kind == ADDED] == ["Losing myself"]
    keys, lines = changed(minutes=ex.Minutes(16, 26))
    assert (keys, lines[0].text) == (["minutes"], "16–26")


def test_a_sheet_that_came_or_went_is_one_section() -> None:
    sheet = ex.Handout("a", "For you", (ex.Lines("My wish", 3), ex.Scale("How near?", "far", "near")))
    keys, lines = changed(handouts=(*ONE.handouts, sheet))
    assert keys == ["a"]
    assert [line.text for line in lines] == ["For you", "My wish ________ × 3", "How near? 0 far … 10 near"]
    keys, lines = changed(handouts=())
    assert (keys, {line.kind for line in lines}) == (["together"], {REMOVED})


def test_sections_come_in_the_order_of_the_page() -> None:
    every = {
        "title": "Another",
        "summary": "Other words.",
        "purpose": "Another purpose.",
        "words": (),
        "at_home": ex.AtHome("", "", ""),
        "source": ex.Source("", "", "ours", ""),
    }
    keys, _lines = changed(**every)
    assert keys == ["title", "summary", "purpose", "words", "dose", "cue", "easy", "source"]


def test_markup_and_line_breaks_are_no_difference_to_a_reader() -> None:
    assert differences(ONE, replace(ONE, watch_for=f"**{ONE.watch_for}**".replace(" ", "\n", 1))) == ()


def test_what_it_builds_on_is_named_by_its_title() -> None:
    found = differences(ONE, replace(ONE, builds_on=("hand-in-hand",)), {"hand-in-hand": "Hand in hand"})
    assert [line.text for line in found[0].lines] == ["Hand in hand", "good-news-well-met"]


@pytest.mark.parametrize("most", ["a " * 3000, "x. " * 2000, "ab" * 3000])
def test_texts_of_any_length_are_compared_in_little_time(most: str) -> None:
    sheet = ex.Handout("together", "Long", tuple(ex.Paragraph(each) for each in most.split()))
    other = ex.Handout("together", "Long", tuple(ex.Paragraph(f"{each}b") for each in most.split()))
    before, after = replace(ONE, purpose=most, handouts=(sheet,)), replace(ONE, purpose=f"b{most}")
    assert differences(before, replace(after, handouts=(other,)))


def test_people_are_named_in_neutral_words() -> None:
    sheet = ex.Handout("a", "A line to {partner}", ())
    found = differences(replace(ONE, handouts=()), replace(ONE, handouts=(sheet,)))
    assert found[0].lines[0].text == "A line to your partner"


@pytest.mark.parametrize("place", range(len(GOOD)), ids=lambda place: GOOD[place].slug)
def test_any_two_exercises_can_be_compared(place: int) -> None:
    before, after = GOOD[place - 1], GOOD[place]
    for section in differences(before, after):
        assert section.key in SECTIONS
        assert any(line.kind != KEPT for line in section.lines)


words = st.lists(st.sampled_from(["a", "b", "long", "word", "–", "(x)", "don't"]), max_size=8).map(" ".join)
many = st.lists(words, max_size=6).map(tuple)


@given(many, many)
def test_both_texts_can_be_read_out_of_the_differences(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    lines = list(_lines(old, new))

    def read(leave: str) -> tuple[str, ...]:
        kept = [line for line in lines if line.kind != leave]
        return tuple("".join(p.text for p in line.pieces if p.kind != leave) for line in kept)

    assert read(REMOVED) == new
    assert read(ADDED) == old


def test_changes_with_a_space_between_them_are_one_change() -> None:
    lines = list(
        _exchanged(["They wait for two whole minutes today."], ["They wait for one short hour today."])
    )
    assert [piece for piece in lines[0].pieces if piece.kind != KEPT] == [
        Piece(REMOVED, "two whole minutes"),
        Piece(ADDED, "one short hour"),
    ]
