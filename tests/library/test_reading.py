"""How hard a client's text is to read, in figures that a writer can act on."""

from __future__ import annotations

import socket
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library.exercise import Bullets, Handout, Paragraph, Steps
from planner.library.reading import grade, longest, reading

EASY = ["You can stop at any time.", "Take a slow breath out."]
HARD = ["Notwithstanding considerable individual variability, reciprocal vulnerability facilitates intimacy."]


def test_an_easy_text_has_a_low_grade_and_a_hard_one_a_high_one() -> None:
    assert grade(EASY) < 3
    assert grade(HARD) > 12


def test_no_text_has_grade_0_and_no_longest_sentence() -> None:
    assert grade([]) == grade([" "]) == 0.0
    assert longest([]) == (0, "")


def test_the_longest_sentence_comes_with_its_words() -> None:
    assert longest([*EASY, "Stop."]) == (6, EASY[0])
    assert longest(["One two.", "Two one."]) == (2, "One two.")


def test_a_sheet_is_read_as_its_clients_read_it() -> None:
    sheet = Handout(
        "together",
        "A short walk",
        (
            Paragraph(
                "Go **out**. {a} says when to turn back and {b} says which way the two of you then take."
            ),
            Steps(("Put on shoes.", "Go.")),
            Bullets(("any way will do",)),
            Steps(("Come back.",)),
        ),
    )
    found = reading(sheet)
    assert found.sentence.startswith("Partner A says when to turn back and Partner B")
    assert found.words == 19
    assert found.steps == 3
    assert not found.is_hard
    assert not found.is_long


def test_an_empty_sheet_warns_of_nothing() -> None:
    found = reading(Handout("a", "", ()))
    assert (found.grade, found.words, found.steps) == (0.0, 0, 0)


def test_nothing_is_fetched_and_nobody_is_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("reading a text must not use the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert grade(["Xylophonequokka words that no list knows."]) > 0


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_has_a_grade(sentences: list[str]) -> None:
    assert isinstance(grade(sentences), float)
    assert longest(sentences)[0] >= 0
