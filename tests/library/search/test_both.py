"""Both databases find the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.library.exercise import Exercise
from planner.library.search.words import fold
from tests.library.search.putting import EXERCISES, WHATEVER, found


def texts_of(one: Exercise) -> list[str]:
    return fold(f"{one.title} {one.summary} {one.purpose} {one.watch_for}")


@st.composite
def typed(draw: st.DrawFn) -> str:
    """Words of an exercise, some cut short or mistyped, some as a phrase."""
    words = texts_of(draw(st.sampled_from(EXERCISES)))
    at, size = draw(st.integers(0, len(words) - 1)), draw(st.integers(1, 4))
    some = words[at : at + size]
    match draw(st.integers(0, 3)):
        case 0:
            return f'"{" ".join(some)}"'
        case 1:
            return " ".join(word[: draw(st.integers(1, 6))] for word in some)
        case 2:
            word = draw(st.sampled_from(some))
            place = draw(st.integers(0, len(word)))
            return word[:place] + draw(st.sampled_from("aeinorst")) + word[place + draw(st.integers(0, 1)) :]
    return " ".join(some)


@settings(WHATEVER, max_examples=80)
@given(typed())
def test_both_databases_find_the_same_in_the_same_order(both: tuple[Session, Session], query: str) -> None:
    here, there = both
    assert found(here, query, 200) == found(there, query, 200)


@settings(WHATEVER, max_examples=30)
@given(st.sampled_from(EXERCISES), st.data())
def test_an_exercise_is_found_by_every_word_and_its_title_finds_it_first(
    both: tuple[Session, Session], one: Exercise, data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(texts_of(one)))
    for session in both:
        assert one.title in found(session, word, 200)
        assert found(session, one.title)[0] == one.title
