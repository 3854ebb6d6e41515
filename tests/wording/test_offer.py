"""What the check offers instead: the sentence's own words, as far as they allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.wording.check import check
from planner.wording.grammar import tokens
from planner.wording.offer import offer
from planner.wording.rules import Rule, rules
from planner.wording.swaps import swaps

BY_KEY = {rule.key: rule for rule in rules()}


def offered(key: str, text: str, *, clean: bool = True) -> str:
    return offer(text, tokens(text, 0, len(text)), BY_KEY[key], lambda _words: clean)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You never listen to me.", "Would you listen to me this week?"),
        ("Do you ever ask how my day was?", "Would you ask how my day was this week?"),
    ],
)
def test_never_becomes_a_request(text: str, words: str) -> None:
    assert offered("always-never", text) == f"Make a request of it: “{words}”"


def test_should_have_becomes_the_next_time() -> None:
    text = "You should have rung me from the station."
    assert (
        offered("should-have", text)
        == "Make a request of it: “Next time, would you ring me from the station?”"
    )


@pytest.mark.parametrize(
    "text",
    [
        "You never shout at me and sulk.",  # nobody wants more of that
        "You never flummox anyone.",  # a verb that it does not know
        "You never listen, and I am tired of it.",
        "You never",
    ],
)
def test_what_makes_no_request_is_not_made_one(text: str) -> None:
    assert "Make a request" not in offered("always-never", text)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("recount", "Tell each other what hurt last year.", "Tell each other what helped last year."),
        ("score", "List three times he let you down.", "List three times he stood by you."),
        ("cause", "What went wrong in the spring?", "What went well in the spring?"),
        (
            "rehash",
            "Each presents their complaints to the other.",
            "Each presents their wishes to the other.",
        ),
    ],
)
def test_words_of_hurt_are_turned_round(key: str, text: str, words: str) -> None:
    assert offered(key, text) == f"Turn it round: “{words}”"


def test_a_word_is_turned_round_as_the_verb_or_the_noun_that_it_is() -> None:
    assert list(swaps(["the", "hurt"])) == [(1, 2, "kindness")]
    assert list(swaps(["he", "insulted", "me"])) == [(1, 2, "praised")]
    assert list(swaps(["hurt"])) == []


def test_when_other_words_of_hurt_would_stay_nothing_is_turned_round() -> None:
    assert "Turn it round" not in offered("recount", "Tell her how he hurt you and lied to you.")


def test_what_would_still_lean_back_is_not_offered() -> None:
    assert "“Would you" not in offered("always-never", "You never listen to me.", clean=False)
    assert "Turn it round" not in offered("score", "List three times he let you down.", clean=False)


def test_the_way_forward_takes_over_what_the_sentence_is_about() -> None:
    (finding,) = check("Talk again about the row over his mother and who began it.")
    assert "his mother" in finding.instead


@given(st.sampled_from(rules()), st.text(max_size=120))
def test_there_is_advice_for_any_sentence(rule: Rule, text: str) -> None:
    words = tokens(text, 0, len(text))
    assert offer(text, words, rule, lambda _words: True)
