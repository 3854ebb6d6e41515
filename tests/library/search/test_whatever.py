"""Whatever is typed, it is answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.library import search
from planner.library.search.words import MAX_WORDS, fold
from tests.library.search.putting import WHATEVER, found, put

TRAPS = ["c'est", "x-y", "AND", "OR NOT", "foo:bar", 'a "b', "a*", "(", ")", "NEAR(a b)", "^a", "{a}", "-a"]
TRAPS += [
    "a\x00b",
    "title:a",
    "a" * 10_000,
    "a " * 5_000,
    "\ud800a",
    "ﷺ",
    "٣",
    "𝟛",
    "\u0345",
    '"' * 9,
    '"" a ""',
]
TRAPS += ["'", "''", "a'b:*", "a & b", "!a", "a <-> b", "a | b", "\\", "a\\'b", "%", "_", "a%b", ":a", "a\nb"]
TRAPS += ['"a\x00b c"', "“a’b”", '"a' * 3_000, "\U0010ffff", "zzzzz" * 100, "ﷺ" * 200, "é" * 5_000]


@pytest.mark.parametrize("query", TRAPS)
def test_no_query_raises(bare: Session, query: str) -> None:
    put(bare, "C'est x-y and foo:bar")
    found(bare, query)


def test_words_that_look_like_operators_are_words(bare: Session) -> None:
    put(bare, "C'est x-y and foo:bar", "Other")
    for query in ("c'est", "x-y", "and", "foo:bar", "AND foo", '"x-y AND"'):
        assert found(bare, query) == ["C'est x-y and foo:bar"]


@pytest.mark.parametrize("query", ["", "   ", "(*)", '"', "\x00", "\ud800", "…", '""', '" "', "“…”"])
def test_a_query_without_words_asks_for_everything(bare: Session, query: str) -> None:
    put(bare, "One", "Two")
    assert found(bare, query) == ["One", "Two"]


@settings(WHATEVER, max_examples=100)
@given(
    st.text() | st.lists(st.sampled_from([*"\"“” *'", "quokka", "quoka", "q", "ﷺ"]), max_size=30).map("".join)
)
def test_whatever_is_typed_is_answered(bare: Session, query: str) -> None:
    if not search.indexed(bare):
        put(bare, "Quokka days")
    found(bare, query)


@settings(WHATEVER, max_examples=60)
@given(st.text(max_size=60).filter(fold))
def test_whatever_is_a_title_is_found_by_all_of_it(bare: Session, title: str) -> None:
    title = "".join(c for c in title if c not in '"“”„«»\x00' and not "\ud800" <= c <= "\udfff")
    if fold(title) and len(fold(title)) <= MAX_WORDS:
        with bare.begin_nested() as point:
            put(bare, title)
            assert title in found(bare, title)
            point.rollback()
