"""Letters that show nothing cannot change what is around them on paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.pdf.neutral import neutral

_WORDS = st.text(st.characters(exclude_characters="<>&"), max_size=60)


def test_controls_and_overrides_are_taken_out() -> None:
    assert neutral("<p>a\x00\x07b\x9fc\u202ed\u202ae\u202c\ufffff\x7f</p>") == "<p>abcdef</p>"


def test_tabs_line_ends_and_joined_letters_stay() -> None:
    words = "<p>a\tb\nc\r\n👩‍👩‍👧 שלום \u200f می‌خواهم</p>"
    assert neutral(words) == words


def test_half_a_letter_becomes_a_mark_that_can_be_written() -> None:
    assert neutral("<p>a\ud800</p>") == "<p>a\ufffd</p>"


def test_isolates_stay_where_they_end_in_the_same_text() -> None:
    assert neutral("<p>\u2067a \u2066b\u2069\u2069</p>") == "<p>\u2067a \u2066b\u2069\u2069</p>"
    assert neutral("<p>\u2067a</p><p>b\u2069</p>") == "<p>a</p><p>b</p>"
    assert neutral('<p title="\u2067a">b</p>') == '<p title="a">b</p>'


def test_an_endless_word_may_be_broken_but_not_an_entity_or_an_address() -> None:
    assert neutral(f"<p>{'x' * 399}</p>") == f"<p>{'x' * 399}</p>"
    broken = neutral(f"<p>{'&amp;' * 400}</p>")
    assert broken.replace("\u200b", "") == f"<p>{'&amp;' * 400}</p>"
    assert broken.count("&amp;\u200b") == broken.count("\u200b") == 10
    logo = f'<img src="data:image/png;base64,{"A" * 900}">'
    assert neutral(logo) == logo


def test_a_letter_keeps_a_handful_of_marks() -> None:
    assert neutral("a" + "\u0301" * 8) == "a" + "\u0301" * 8
    assert neutral("a" + "\u0301" * 5000) == "a" + "\u0301" * 8


@given(_WORDS)
def test_what_comes_out_can_be_written_and_stays_as_it_is(words: str) -> None:
    once = neutral(f"<p>{words}</p>")
    once.encode()
    assert neutral(once) == once


@given(st.text("ab\u2066\u2067\u2068\u2069", max_size=30))
def test_isolates_are_always_in_pairs(words: str) -> None:
    depth = 0
    for letter in neutral(f"<p>{words}</p>"):
        depth += {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
