"""“Leave it” is remembered for a sentence, wherever it stands, for one member, unreadable to all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from planner.sealing import Keyring
from planner.wording import operations
from planner.wording.check import Finding
from planner.wording.marks import Left
from planner.wording.models import LeftAsItIs
from planner.wording.queries import left

WORDS = "who started the row"
KEYS = Keyring([b"1" * 32])


def found_in(text, words=WORDS, rule="fault"):
    """A finding about these words, as the check would return it."""
    start = text.index(words)
    return Finding(start, start + len(words), rule, "Why.", "Ask: “What next?”")


def leaving(session, who, text):
    operations.leave(session, who, left(session, who).mark(text, found_in(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Now tell me who started the row.",
        "Welcome. Now tell me who started the row. And then tea.",
        "“Now tell me who started the row?”",
        "  now  TELL me who started the row",
        "- Now tell me who started the row …",
        "😀 Now tell me who started the row!",
    ],
)
def test_it_is_left_in_every_text_that_has_the_sentence(session, cast, text):
    leaving(session, cast.owner, "Now tell me who started the row.")
    assert left(session, cast.owner).has(text, found_in(text))


def test_another_sentence_or_another_rule_is_still_remarked_on(session, cast):
    text = "Now tell me who started the row."
    leaving(session, cast.owner, text)
    assert not left(session, cast.owner).has(text, found_in(text, rule="blame"))
    other = "Never mind who started the row."
    assert not left(session, cast.owner).has(other, found_in(other))


def test_it_is_left_for_one_member_only(session, cast):
    text = "Tell me who started the row."
    leaving(session, cast.owner, text)
    assert not left(session, cast.colleague).has(text, found_in(text))
    assert left(session, cast.owner).mark(text, found_in(text)) != left(session, cast.colleague).mark(
        text, found_in(text)
    )


def test_leaving_twice_is_the_same_as_once_and_forgetting_brings_all_back(session, cast):
    text = "Tell me who started the row."
    for who in (cast.owner, cast.owner, cast.colleague):
        leaving(session, who, text)
    assert len(left(session, cast.owner).marks) == 1
    operations.forget(session, cast.owner)
    assert not left(session, cast.owner).has(text, found_in(text))
    assert left(session, cast.colleague).has(text, found_in(text))


def test_the_oldest_are_forgotten_when_there_are_very_many(session, cast, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 3)
    for mark in "abcde":
        operations.leave(session, cast.owner, mark * 64)
    assert left(session, cast.owner).marks == {mark * 64 for mark in "cde"}


def test_what_is_kept_says_nothing_of_the_words(session, cast):
    leaving(session, cast.owner, "Tell me who started the row.")
    assert session.scalar(select(func.count()).select_from(LeftAsItIs)) == 1
    kept = session.scalars(select(LeftAsItIs.mark)).one()
    assert len(kept) == 64
    assert set(kept) <= set("0123456789abcdef")


def test_what_was_left_stays_left_when_a_new_key_comes():
    old, new = Keyring([b"1" * 32]), Keyring([b"2" * 32, b"1" * 32])
    text = "Tell me who started the row."
    marks = frozenset([Left(frozenset(), lambda words: old.marks(words, "here")).mark(text, found_in(text))])
    assert Left(marks, lambda words: new.marks(words, "here")).has(text, found_in(text))
    assert not Left(marks, lambda words: new.marks(words, "elsewhere")).has(text, found_in(text))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_a_mark(before, after):
    text = f"{before} {WORDS} {after}"
    finding = found_in(text)
    nothing = Left(frozenset(), lambda words: KEYS.marks(words, "here"))
    same = Left(frozenset([nothing.mark(text, finding)]), nothing.sign)
    assert same.has(text, finding)
    assert not nothing.has(text, finding)
