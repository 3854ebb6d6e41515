"""What is in a client's document, and what never is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.sheets import document
from planner.handouts.sheets.document import Document, NothingToPrint, clients_hope
from planner.library.exercise import Exercise, Lines, Paragraph, Steps
from planner.plans.plan import Origin, Plan
from tests.handouts.conftest import FREE, PRIVATE, Build, segment

Exercises = dict[Origin, Exercise]


def titles(made: Document) -> list[str]:
    return [sheet.handout.title for sheet in made.sheets]


def title(library: dict[str, Exercise], slug: str) -> str:
    handout = library[slug].handout("together")
    assert handout
    return handout.title


def test_the_document_for_both_has_a_cover_and_the_sheets_in_the_order_of_the_session(
    build: Build, library: dict[str, Exercise]
) -> None:
    made = build()
    assert made.cover
    slugs = ("thanks-that-names-you", "touch-menu", "closeness-dial")
    assert titles(made) == [*(title(library, slug) for slug in slugs), "Our own ending"]


@pytest.mark.parametrize("whose", ["together", "a", "b"])
def test_nothing_of_the_counsellor_is_in_it(build: Build, whose: str) -> None:
    made = repr(build(whose))
    assert not [word for word in PRIVATE if word in made]


def test_the_private_sheets_of_one_partner_never_stand_beside_those_of_the_other(build: Build) -> None:
    for whose in ("a", "b"):
        made = build(whose)
        assert {sheet.handout.whose for sheet in made.sheets} == {whose}
    assert {sheet.handout.whose for sheet in build().sheets} == {"together"}


def test_only_chosen_steps_are_printed(plan: Plan, exercises: Exercises) -> None:
    made = document.of_plan(plan, exercises, ["free"], "together", Options(), Letterhead())
    assert titles(made) == ["Our own ending"]


def test_practice_at_home_stands_below_the_sheet_of_its_exercise(
    build: Build, library: dict[str, Exercise]
) -> None:
    found = [sheet.at_home for sheet in build().sheets]
    assert found == [None, library["touch-menu"].at_home, None, None]


def test_a_step_of_ones_own_prints_its_words_as_they_were_laid_out(build: Build) -> None:
    free = build().sheets[-1].handout
    assert free.blocks == (
        Paragraph("Sit where you like."),
        Paragraph("Breathe out."),
        Steps(("One of you speaks.", "Then the other.")),
        Lines("What I heard", 2),
    )


def test_words_that_look_like_a_broken_worksheet_print_as_they_stand() -> None:
    odd = Plan("t", segments=(segment("x", exercise=None, words="{nobody}\n[lines: x | 99]\n\n- one"),))
    made = document.of_plan(odd, {}, ["x"], "together", Options(), Letterhead())
    assert made.sheets[0].handout.blocks == (
        Paragraph("{nobody}"),
        Paragraph("[lines: x | 99]"),
        Paragraph("- one"),
    )


def test_the_script_of_an_exercise_that_is_gone_is_not_printed_in_its_place(plan: Plan) -> None:
    with pytest.raises(NothingToPrint):
        document.of_plan(plan, {}, ["touch-menu"], "together", Options(), Letterhead())


def test_a_choice_without_a_sheet_is_refused(plan: Plan, exercises: Exercises) -> None:
    for chosen, whose in (([], "together"), (["free"], "a"), (["thanks-that-names-you"], "b")):
        with pytest.raises(NothingToPrint):
            document.of_plan(plan, exercises, chosen, whose, Options(), Letterhead())


def test_steps_without_words_cannot_be_printed() -> None:
    silent = segment("x", exercise=None, words="")
    assert document.printable(Plan("t", segments=(silent, FREE))) == (FREE,)


@pytest.mark.parametrize(
    ("plan_says", "couple_reads"),
    [
        ("they each know a way back to their calm", "you each know a way back to your calm."),
        ("have heard one thanks", "you have heard one thanks."),
        ("each of them feels at ease", "each of you feels at ease."),
        ("They trust themselves.", "You trust yourselves."),
        ("A lighter week!", "A lighter week!"),
        ("", ""),
    ],
)
def test_the_hope_speaks_to_the_couple(plan_says: str, couple_reads: str) -> None:
    assert clients_hope(plan_says) == couple_reads


@given(st.text())
def test_any_hope_can_be_turned_to_the_couple_and_again(hope: str) -> None:
    once = clients_hope(hope)
    assert clients_hope(once) == once


def test_names_fill_the_words_for_people(build: Build) -> None:
    assert build("a", names=("Zoë", "Sam")).people["partner"] == "Sam"
    assert build("b", names=("Zoë", "Sam")).people["Partner"] == "Zoë"
    assert build("a").people["Partner"] == "Your partner"
    assert build(names=("Zoë", "")).people["a"] == "Zoë"
    assert build(names=("Zoë", "")).people["b"] == "Partner B"


def test_the_cover_greets_both_by_name_or_neither(build: Build) -> None:
    assert build(names=("Zoë", "Sam")).called == ("Zoë", "Sam")
    assert build(names=("Zoë", "")).called == ()
    assert build("b", names=("Zoë", "Sam")).called == ("Sam",)
    assert build("b", names=("Zoë", "")).called == ()


def test_file_names_say_nothing_about_anybody(build: Build) -> None:
    names = [build(whose, names=("Zoë", "Sam")).file_name for whose in ("together", "a", "b")]
    assert names == ["handout.pdf", "handout-a.pdf", "handout-b.pdf"]


@pytest.mark.usefixtures("in_app")
def test_how_to_stop_is_said_before_the_first_thing_to_do(library: dict[str, Exercise]) -> None:
    for exercise in library.values():
        for handout in exercise.handouts:
            last, first = (
                handout.blocks[-1],
                next((b for b in handout.blocks if not isinstance(b, Paragraph)), None),
            )
            if not (isinstance(last, Paragraph) and isinstance(first, Steps)):
                continue
            made = document.of_exercise(exercise, handout.whose, Options(), Letterhead())
            html = to_html(made)
            assert html.count('<p class="way-out">') == 1, exercise.slug
            assert html.index('<p class="way-out">') < html.index('<ol class="steps">'), exercise.slug


@pytest.mark.usefixtures("in_app")
def test_words_of_ones_own_are_printed_in_their_order(plan: Plan, exercises: Exercises) -> None:
    own = replace(
        plan, segments=(replace(FREE, words="1. One of you speaks.\n2. Then the other.\n\nTea afterwards."),)
    )
    html = to_html(document.of_plan(own, exercises, ["free"], "together", Options(), Letterhead()))
    assert html.index("Then the other.") < html.index("Tea afterwards.")


@pytest.mark.usefixtures("in_app")
def test_nobody_asks_why_touch_was_left_alone(library: dict[str, Exercise]) -> None:
    for slug, asked in (("touch-menu", False), ("thanks-that-names-you", True)):
        origin = Origin(slug, "v1")
        plan = Plan("t", segments=(segment(slug, "home"),))
        html = to_html(
            document.of_plan(plan, {origin: library[slug]}, [slug], "together", Options(), Letterhead())
        )
        assert ("It tells us what would make it easier" in html) is asked
        assert ("Nobody asks about it, and nobody explains." in html) is not asked
