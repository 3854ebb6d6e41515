"""The forward-focus check: which words it points at, and what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.wording.check import EVEN, check
from planner.wording.encoder import encoder
from planner.wording.grammar import sentences, tokens
from tests.wording.labelled import labelled


def is_clean(text: str) -> bool:
    """True when it leans nowhere beyond doubt."""
    return all(encoder().read(tokens(text, start, end)).lean <= EVEN for start, end in sentences(text))


CLEAN = [one.text for one in labelled("tuning") if one.text.endswith((".", "?")) and is_clean(one.text)]


def pointed_at(text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in check(text)]


def test_it_points_at_the_words_and_leaves_the_rest_of_the_text() -> None:
    text = "Sit side by side.\n\nWho started the row in the kitchen? Then plan Thursday together."
    (words,) = pointed_at(text)
    assert "started the row" in words or "Who started" in words
    assert "side by side" not in words
    assert "Thursday" not in words


def test_it_reads_markdown_curly_quotes_and_words_for_people() -> None:
    assert pointed_at("- **Tell {partner} what hurt** last year.\n- Breathe out.")
    assert pointed_at("Say: “You’re a liar and a coward.”")
    assert check("- *Thank {partner}* for one small thing.\n- Breathe out.") == ()


def test_a_neighbour_can_put_a_sentence_into_another_light() -> None:
    assert check("Play a murder mystery game with cards. Who is the guilty party?") == ()


@pytest.mark.parametrize(
    "text",
    [
        "The fight",
        "Repair phrases",
        "Blame",
        "Past",
        "Fight",
        "Ann and Ben",
        "- Fight",
        "",
        " ",
        "\n\n",
        "…",
        "?!",
        "**",
        "12",
        "\ud800",
        "\x00",
        "{",
        "A",
        "🙂" * 50,
    ],
)
def test_names_headings_and_what_is_hardly_text_have_no_findings(text: str) -> None:
    assert check(text) == ()


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_is_read_without_fault(text: str) -> None:
    end = 0
    for finding in check(text):
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end


SCRAPS = "you never tell him what hurt, why did they, list. the row? who is to blame \n- so"
words = st.sampled_from(SCRAPS.split(" "))


@given(st.lists(words, max_size=60).map(" ".join))
@settings(max_examples=60)
def test_findings_stand_in_order_inside_the_text_and_not_over_each_other(text: str) -> None:
    end = 0
    for finding in check(text):
        assert end <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip() == text[finding.start : finding.end]
        end = finding.end


@given(st.sampled_from(CLEAN), st.sampled_from(CLEAN))
@settings(max_examples=60)
def test_two_clean_texts_are_clean_together(one: str, other: str) -> None:
    assert check(f"{one} {other}") == ()


def test_a_long_text_stays_quick() -> None:
    sentence = "Tell each other one thing that you would like to try on Thursday evening. "
    text = (sentence * 100)[:6000]
    check(text)
    started = time.process_time()
    check(text)
    assert time.process_time() - started < 3


def test_one_endless_word_or_sentence_is_read() -> None:
    assert check("a" * 6000) == ()
    check("why " * 1500)


@pytest.mark.parametrize(
    "text",
    [
        "Erzählt euch, was letztes Jahr schön war.",
        "Donnez-vous la main et respirez.",
        "請坐在一起。",
        "اجلسا جنبا إلى جنب.",
    ],
)
def test_other_languages_are_left_in_peace(text: str) -> None:
    assert check(text) == ()


def test_the_same_text_has_the_same_findings() -> None:
    text = "You never listen to me. Thank you for the tea.\n\nWho started the row in the kitchen?"
    found = check(text)
    check("Tell each other what hurt last year.")
    assert check(text) == found


def test_an_item_of_a_list_is_judged_by_itself() -> None:
    assert pointed_at("- You never listen to me.\n- Thank you for the tea.\n- Breathe out.")
