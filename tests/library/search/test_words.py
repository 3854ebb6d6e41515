"""Words are folded in one way everywhere, and marked where they stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library.search.marking import marked
from planner.library.search.words import Term, fold, is_one_apart, read, shortened, spans

SHORT = st.text("abc", max_size=6)


@given(st.text() | st.text("aé½ﷺ’-\u0308 ßİ한℃"))
def test_places_are_those_of_the_folded_words(text: str) -> None:
    found = list(spans(text))
    assert [word for word, _, _ in found] == fold(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)


def test_a_query_is_words_and_phrases() -> None:
    assert read('Café “side of me” "b" open "quote') == (
        Term(("cafe",)),
        Term(("side", "of", "me"), exact=True),
        Term(("b",), exact=True),
        Term(("open",)),
        Term(("quote",)),
    )


def edits(word: str) -> set[str]:
    """Every text that one mistake makes of a word, written down another way."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in "abc"} | {a + c + b for a, b in cuts for c in "abc"}
    return (left_out | swapped | other) - {word}


@given(SHORT, SHORT)
def test_one_mistake_is_one_letter_or_two_neighbours(one: str, other: str) -> None:
    assert is_one_apart(one, other) == (other in edits(one))


@given(SHORT)
def test_words_one_mistake_apart_share_what_is_left_without_a_letter(word: str) -> None:
    for other in edits(word):
        assert shortened(word) & shortened(other)


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("Quiet hands", (Term(("hand",)),), "Quiet <mark>hands</mark>"),
        ("A Café, at night", (Term(("cafe",)),), "A <mark>Café</mark>, at night"),
        ("Cafe\u0301s", (Term(("cafe",)),), "<mark>Cafe\u0301s</mark>"),
        ("A connection", (Term(("conection",), instead=("connection",)),), "A <mark>connection</mark>"),
        ("The side of me, of men", (Term(("of", "me"), exact=True),), "The side <mark>of me</mark>, of men"),
        ("a a a", (Term(("a", "a"), exact=True),), "<mark>a a a</mark>"),
        ("<b>&amp;</b>", (Term(("b",)),), "&lt;<mark>b</mark>&gt;&amp;amp;&lt;/<mark>b</mark>&gt;"),
        ("Nothing", (), "Nothing"),
        ("", (Term(("a",)),), ""),
    ],
)
def test_what_was_found_is_marked(text: str, terms: tuple[Term, ...], expected: str) -> None:
    assert str(marked(text, terms)) == expected


@given(st.text(), st.text())
def test_marks_change_nothing_but_add_marks_and_let_no_markup_through(text: str, query: str) -> None:
    html = marked(text, read(query))
    assert html.unescape().replace("<mark>", "").replace("</mark>", "") == text.replace("<mark>", "").replace(
        "</mark>", ""
    )
    assert not re.search(r"<(?!/?mark>)", html)
