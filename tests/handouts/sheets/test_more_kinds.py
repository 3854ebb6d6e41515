"""Practice at home, cards to cut out, and the sheet for an ending."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.sheets import cards, ending, home
from planner.handouts.sheets.cards import Card, Cards
from planner.handouts.sheets.document import Exercises, NothingToPrint, Sheet
from planner.library.exercise import Handout
from planner.plans.plan import Plan, Segment
from tests.handouts.conftest import FOOT, PRIVATE, Print

STEP = Segment("x", "core", "X", 5, words="1. Look.\n2. Rest.", note="NOTE-TO-MYSELF", in_handout=True)


def every(plan: Plan) -> list[str]:
    return [each.id for each in plan.segments]


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


# Practice at home


def test_practice_at_home_has_dose_plan_easier_way_and_a_week(
    plan: Plan, exercises: Exercises, print_: Print
) -> None:
    thanks = replace(plan.segments[0], id="home-2", part="home")
    whole = replace(plan, segments=(*plan.segments, thanks))
    made = home.of_plan(whole, exercises, every(whole), Options(), FOOT)
    printed = print_(made)
    words = words_of(printed.pdf)
    for expected in ("How much:", "A plan to try:", "An easier way:", "Our week", "Mon", "Sun"):
        assert expected in words
    assert "Not done is fine too." in words
    assert printed.laid.pages == 1
    assert not [each for each in PRIVATE if each in words]


@pytest.mark.usefixtures("in_app")
def test_easy_read_begins_with_the_easier_way_a_sentence_a_line(plan: Plan, exercises: Exercises) -> None:
    def words(design: str) -> str:
        html = to_html(home.of_plan(plan, exercises, every(plan), Options(design=design), FOOT))
        return " ".join(html.split())

    easy, plain = words("easy"), words("standard")
    assert easy.index("An easier way:") < easy.index("How much:") < easy.index("A plan to try:")
    assert plain.index("How much:") < plain.index("A plan to try:") < plain.index("An easier way:")
    assert "<br>Begin with a line without touch" in easy
    assert "<br>" not in plain


def test_touch_is_never_tracked(plan: Plan, exercises: Exercises) -> None:
    made = home.of_plan(plan, exercises, every(plan), Options(), FOOT)
    assert [each.sheet.handout.title for each in made.practices] == ["Our shared menu"]
    assert made.rows == ()


def test_a_session_without_practice_at_home_has_no_such_sheet(exercises: Exercises) -> None:
    with pytest.raises(NothingToPrint):
        home.of_plan(Plan("P", segments=(STEP,)), exercises, ["x"], Options(), FOOT)


def test_the_days_are_named_in_the_language_of_the_sheet(plan: Plan, exercises: Exercises) -> None:
    def days(lang: str) -> tuple[str, ...]:
        return home.of_plan(plan, exercises, every(plan), Options(lang=lang), FOOT).days

    assert days("en")[0] == "Mon"
    assert days("de")[0] == "Mo"
    assert days("es")[-1] == "dom"
    assert days("ar")[0] == "اثنين"
    assert all(len(set(days(lang))) == 7 for lang in ("en", "es", "de", "ar"))


# Cards


def deck(count: int, design: str = "standard") -> Cards:
    sheets = [Sheet(Handout("together", f"T{number}", ()), "") for number in range(count)]
    made = tuple(Card(f"S{number}", sheet, 1, 1) for number, sheet in enumerate(sheets))
    return Cards(made, options=Options(design=design), letterhead=Letterhead())


@given(st.integers(1, 40), st.sampled_from(["standard", "large"]))
def test_each_back_lies_behind_its_front(count: int, design: str) -> None:
    made = deck(count, design)
    seen = []
    for fronts, backs in made.pages():
        assert len(fronts) == len(backs) == (4 if design == "large" else 8)
        for place, card in enumerate(fronts):
            row, column = divmod(place, 2)
            assert backs[row * 2 + 1 - column] is card
        seen += [card for card in fronts if card]
    assert tuple(seen) == made.cards


def places(page: PageObject) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}

    def visit(text: str, cm: Any, tm: Any, _font: Any, _size: float) -> None:
        if text.strip():
            # What stands in points from the left and from the top.
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found[text.strip()] = (x, float(page.mediabox.height) - y)

    page.extract_text(visitor_text=visit)
    return found


def test_on_paper_fronts_and_backs_meet_when_turned_on_the_long_edge(print_: Print) -> None:
    pages = PdfReader(io.BytesIO(print_(deck(7)).pdf)).pages
    fronts, backs = places(pages[0]), places(pages[1])
    middle = float(pages[0].mediabox.width) / 2
    for number in range(7):
        (x, y), (behind, level) = fronts[f"S{number}"], backs[f"T{number}"]
        assert (x < middle) == (behind > middle), number
        assert abs(y - level) < 60 * 72 / 25.4, number
    assert len(pages) == 2


def test_cards_hold_nothing_of_the_counsellors(plan: Plan, exercises: Exercises) -> None:
    made = cards.of_plan(plan, exercises, every(plan), Options(), FOOT)
    assert "SCRIPT-OF-MINE" not in "".join(card.text for card in made.cards)


def test_what_has_no_steps_makes_no_cards(exercises: Exercises) -> None:
    plain = replace(STEP, words="Only a few words.")
    with pytest.raises(NothingToPrint):
        cards.of_plan(Plan("P", segments=(plain,)), exercises, ["x"], Options(), FOOT)


# The ending


def test_the_ending_keeps_what_was_tried_and_plans_the_way_back(
    plan: Plan, exercises: Exercises, print_: Print
) -> None:
    printed = print_(ending.of_plan(plan, exercises, every(plan), Options(), FOOT))
    words = words_of(printed.pdf)
    for expected in ("What we keep doing", "You can each ask for a hug", "Our shared menu", "Our own ending"):
        assert expected in words
    assert "our first small step back" in words
    assert printed.laid.pages == 1
    assert not [each for each in (*PRIVATE, "ertificate") if each in words]


def test_an_ending_without_any_step_is_room_to_write(plan: Plan, exercises: Exercises) -> None:
    made = ending.of_plan(plan, exercises, [], Options(), FOOT, "")
    assert (made.tried, made.hope) == ((), "")


# On the desk


def test_the_desk_offers_them_and_says_what_is_missing(owner: FlaskClient, plan_id: str) -> None:
    form = {"sheet": "home", "paper": "a4", "design": "standard", "segments": ["free"]}
    page = owner.post(f"/plans/{plan_id}/handouts", data=form)
    assert page.status_code == 422
    assert "None of the ticked steps is practice at home." in page.text
    for sheet, name in (("cards", "cards.pdf"), ("ending", "what-we-keep-doing.pdf")):
        answer = owner.post(f"/plans/{plan_id}/handouts", data=form | {"sheet": sheet})
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
