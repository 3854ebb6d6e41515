"""Easy-read: a sentence a line, and a picture beside each step that says the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.options import DESIGNS, Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf.assets import STATIC
from planner.handouts.sheets import document, easy
from planner.library.exercise import Exercise, Steps
from planner.plans.plan import Plan, Segment


@pytest.mark.usefixtures("in_app")
def test_each_sentence_begins_a_line_and_a_step_keeps_its_number() -> None:
    own = Segment(
        "own",
        "close",
        "Thanks",
        5,
        words="1. Write it down. Then read it. (Two minutes)\n2. Swap.\n\n- A nod. Or a card.",
        in_handout=True,
    )
    plan = Plan("t", segments=(own,))
    html = to_html(document.of_plan(plan, {}, ["own"], "together", Options(design="easy"), Letterhead()))
    for step in ("Write it down. <br>Then read it. (Two minutes)", "Swap.", "A nod. <br>Or a card."):
        assert f">{step}</li>" in html
    assert html.count('<li class="does') == 2


@pytest.mark.usefixtures("in_app")
def test_the_steps_of_a_translation_are_numbered_as_in_its_standard_sheet(
    library: dict[str, Exercise],
) -> None:
    def steps(design: str) -> int:
        options = Options(design=design, lang="de")
        html = to_html(document.of_exercise(library["touch-menu"], "together", options, Letterhead()))
        return len(re.findall("<li", html.split('<ol class="steps">')[1].split("</ol>")[0]))

    assert steps("easy") == steps("standard")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ask: “Would you like this? I would.” Wait.", ["Ask: “Would you like this? I would.”", "Wait."]),
        ("Then **go. Now** rest.", ["Then **go. Now** rest."]),
        ("„Wie geht es? Gut.“ Dann weiter.", ["„Wie geht es? Gut.“", "Dann weiter."]),
        ("Di: «Gracias. Sí.» Y ya está.", ["Di: «Gracias. Sí.»", "Y ya está."]),
        ("ماذا أسمع؟ ثمّ نفَس واحد.", ["ماذا أسمع؟", "ثمّ نفَس واحد."]),
        ("(Two minutes each) Then rest.", ["(Two minutes each)", "Then rest."]),
        ("{a/La persona A.} lee.", ["{a/La persona A.} lee."]),
    ],
)
def test_what_is_said_aloud_in_bold_or_in_brackets_is_never_cut(text: str, sentences: list[str]) -> None:
    assert easy.sentences(text) == sentences


@given(st.text())
def test_splitting_keeps_every_word_in_its_order(text: str) -> None:
    assert " ".join(easy.sentences(text)).split() == text.split()


@pytest.mark.parametrize(
    ("step", "icon"),
    [
        ("Sit side by side.", "armchair"),
        ("{a} asks: “What would you like to write?”", "message-circle-question-mark"),
        ("{b} listens.", "ear"),
        ("Writing comes first.", "pencil"),
        ("(Two minutes) Swap.", "repeat"),
        ("Take 3 minutes.", "timer"),
        ("Stopping is fine.", "hand"),
        ("Xyzzy.", "circle-dot"),
        ("“Sit.”", "circle-dot"),
    ],
)
def test_the_picture_is_chosen_by_the_first_word_that_has_one(step: str, icon: str) -> None:
    assert easy.icon_of(step) == icon


def test_other_languages_have_pictures_too() -> None:
    assert easy.icon_of("Escríbelo en la tabla.", "es") == "pencil"
    assert easy.icon_of("Setzt euch nebeneinander.", "de") == "armchair"
    assert easy.icon_of("اِجلسا جنبًا إلى جنب.", "ar") == "armchair"
    assert easy.icon_of("Assieds-toi.", "fr") == easy.default_icon()


@given(st.text(), st.sampled_from(["en", "ar", "xx"]))
def test_every_step_has_some_picture(step: str, lang: str) -> None:
    assert easy.icon_of(step, lang) in easy.icon_names()


def test_most_steps_of_the_library_have_a_picture_of_their_own(library: dict[str, Exercise]) -> None:
    """Of the usual steps; those that were written for easy-read have better."""
    steps = [
        item
        for exercise in library.values()
        for handout in exercise.handouts
        for block in handout.blocks
        if isinstance(block, Steps)
        for item in block.items
    ]
    plain = [step for step in steps if easy.icon_of(step) == easy.default_icon()]
    assert len(plain) < len(steps) / 5


def test_every_picture_is_there_and_has_its_rule() -> None:
    css = (STATIC / "css" / "paper-easy.css").read_text()
    assert set(re.findall(r"\.does-([\w-]+)::before", css)) == easy.icon_names()
    for name in easy.icon_names():
        assert (STATIC / "vendor" / "lucide" / f"{name}.svg").is_file(), name


def test_an_easy_sheet_has_the_name_of_the_usual_one(library: dict[str, Exercise]) -> None:
    for design in ("standard", "easy"):
        options = Options(design=design)
        made = document.of_exercise(library["if-i-reach-out"], "together", options, Letterhead())
        assert [title for title, _lang in made.titles] == ["If I reach out"]


def test_easy_read_large_print_and_opendyslexic_may_take_two_pages() -> None:
    assert [Options(design=each).pages_each for each in DESIGNS] == [1, 2, 1, 2, 2]
