"""Before printing, the counsellor hears how hard the page is to read, and which sentence is the hardest."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from planner.demo import TEMPLATES
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.sheets import document
from planner.handouts.words.readable import Readable, readable, sentences
from planner.library.exercise import Exercise
from planner.sharing.starters import Starter, read_starters


def test_what_is_printed_counts_and_the_frame_does_not() -> None:
    html = """<html><head><title>Not read</title></head><body><div class="foot"><p>Harbour Practice</p></div>
    <h1>Our week</h1><p>Sit down. Breathe out.</p><ol><li>Say <strong>one</strong> thing</li></ol>
    <ol><li>0</li><li>10</li></ol><svg><text>drawn words</text></svg>
    <p>“Is it so?” she asks.</p></body></html>"""
    assert sentences(html) == [
        "Our week.",
        "Sit down.",
        "Breathe out.",
        "Say one thing.",
        "“Is it so?",
        "she asks.",
    ]


def test_the_hardest_sentence_is_pointed_out() -> None:
    hard = "Reciprocal vulnerability facilitates interpersonal reconciliation considerably."
    found = readable(f"<p>Sit side by side for a while. {hard} Hold a warm cup in your hand.</p>")
    assert found.hardest == hard
    assert found.sentences == 3
    assert found.is_hard
    assert not found.is_long


def test_a_sentence_of_more_than_22_words_is_long() -> None:
    assert readable(f"<p>{'so ' * 23}</p>").is_long
    assert not readable(f"<p>{'so ' * 22}</p>").is_long


def test_a_sentence_that_is_too_long_is_pointed_out_before_one_with_hard_words() -> None:
    hard = "Reciprocal vulnerability facilitates interpersonal reconciliation considerably."
    found = readable(f"<p>{hard}</p><p>{'so ' * 23}</p>")
    assert found.hardest.split() == ["so"] * 22 + ["so."]


@pytest.mark.parametrize(
    ("grade", "age"), [(-2.0, 6), (1.0, 6), (5.2, 11), (6.0, 11), (6.1, 12), (None, None)]
)
def test_the_measure_is_said_as_an_age_as_school_years_differ(grade: float | None, age: int | None) -> None:
    found = Readable(3, grade, 5.0, 9, "")
    assert found.age == age
    assert found.is_hard == (age is not None and age > 11), "what is hard never looks easy by its age"


def test_other_languages_get_no_english_grade() -> None:
    found = readable("<p>Sentaos cerca. ¿Qué os gustaría hacer juntos mañana por la mañana?</p>", "es")
    assert found.grade is None
    assert found.hardest.startswith("¿Qué")


def test_an_empty_page_reads_easily() -> None:
    found = readable("<p></p>")
    assert (found.sentences, found.longest, found.hardest) == (0, 0, "")
    assert not found.is_hard


@pytest.mark.usefixtures("in_app")
def test_a_sheet_with_a_name_is_measured_as_it_prints(library: dict[str, Exercise]) -> None:
    made = document.of_exercise(library["touch-menu"], "a", Options(names=("", "Zebedee")), Letterhead("P"))
    found = sentences(to_html(made))
    assert any("Zebedee" in sentence for sentence in found)
    assert not any("{" in sentence for sentence in found)


@given(st.lists(st.text(string.ascii_letters + " .,<&", max_size=60), max_size=5))
def test_any_text_can_be_measured(texts: list[str]) -> None:
    found = readable("".join(f"<p>{escape(text)}</p>" for text in texts))
    assert found.longest <= sum(len(text.split()) + 1 for text in texts)
    assert found.sentences >= bool(found.hardest)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("starter", read_starters() + read_starters(TEMPLATES), ids=lambda each: each.slug)
def test_a_session_that_ships_reads_as_easily_as_counsellors_are_asked_to_write(
    starter: Starter, library: dict[str, Exercise]
) -> None:
    steps = [segment.exercise for segment in starter.plan.segments if segment.exercise]
    exercises = {step: library[step.slug] for step in steps}
    chosen = {segment.id for segment in starter.plan.segments if segment.in_handout}
    made = document.of_plan(starter.plan, exercises, chosen, "together", Options(), Letterhead("P"))
    found = readable(to_html(made))
    assert not found.is_long, found.hardest
    assert not found.is_hard
