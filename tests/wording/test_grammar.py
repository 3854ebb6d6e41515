"""The grammar under the check: sentences, words, their forms and classes, what a sentence is about."""

from __future__ import annotations

import pytest

from planner.wording.encoder import MOST_PIECES
from planner.wording.grammar import CLASSES, sentences, tokens
from planner.wording.inflect import noun_forms, same_form, verb_forms
from planner.wording.pieces import Pieces
from planner.wording.topic import topic


def classes(text: str, word: str) -> tuple[str, ...]:
    return next(token.classes for token in tokens(text, 0, len(text)) if token.word == word)


def test_a_text_falls_into_sentences_by_marks_lines_and_list_items() -> None:
    text = "Sit down. “Ready?” she asks\nand waits…\n\n- One\n- Two! Done"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Sit down.",
        "“Ready?”",
        "she asks\nand waits…",
        "- One",
        "- Two!",
        "Done",
    ]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("break", {"break", "breaks", "breaking", "broke", "broken"}),
        ("hurt", {"hurt", "hurts", "hurting"}),
        ("snub", {"snub", "snubs", "snubbed", "snubbing"}),
        ("bully", {"bully", "bullies", "bullied", "bullying"}),
        ("lie", {"lie", "lies", "lied", "lying"}),
    ],
)
def test_a_verb_is_known_in_all_its_forms(verb: str, forms: set[str]) -> None:
    assert verb_forms(verb) == forms


def test_a_noun_is_known_in_the_plural() -> None:
    assert noun_forms("injury") == {"injury", "injuries"}
    assert noun_forms("clash") == {"clash", "clashes"}


def test_a_phrase_is_known_with_words_between() -> None:
    assert "HURT" in classes("He keeps letting his partner down.", "letting")
    assert "HURT" not in classes("Letting go of the rope is fun.", "letting")


def test_a_capital_a_is_a_partner_and_a_small_one_is_not() -> None:
    assert "HESHE" in classes("Then A reads aloud.", "a")
    assert "HESHE" in classes("A reads aloud.", "a")
    assert classes("A walk by the river.", "a") == ()
    assert "HESHE" in classes("{a} reads aloud.", "a")


def test_classes_are_named_in_one_order() -> None:
    assert list(CLASSES) == sorted(CLASSES)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Talk about the row over his mother on Sunday.", "his mother"),
        ("Discuss the argument about money and who won.", "money"),
        ("Say what you think about each other.", ""),
        ("Talk about the worst fight.", ""),
        ("Sit down together.", ""),
    ],
)
def test_what_a_sentence_is_about_is_taken_over_when_it_is_plain(text: str, about: str) -> None:
    assert topic(tokens(text, 0, len(text)), text) == about


def test_unknown_words_are_read_in_parts_and_the_length_is_bounded() -> None:
    pieces = Pieces.read()
    text = "flibbertigibbet " * 200
    cut = pieces.of(text.split(), MOST_PIECES)
    assert len(cut) == MOST_PIECES
    assert cut[1].token == cut[2].token == 0


def test_what_is_to_be_said_after_a_colon_is_a_sentence() -> None:
    text = "Say: “Why not?” Then wait."
    assert [text[start:end] for start, end in sentences(text)] == ["Say:", "“Why not?”", "Then wait."]


@pytest.mark.parametrize(
    ("other", "form", "verb", "said"),
    [
        ("help", "hurts", "hurt", "helps"),
        ("praise", "mocking", "mock", "praising"),
        ("look after", "neglected", "neglect", "looked after"),
        ("say thank you", "complained", "complain", "said thank you"),
    ],
)
def test_a_verb_takes_the_form_of_another(other: str, form: str, verb: str, said: str) -> None:
    assert same_form(other, form, verb) == said
