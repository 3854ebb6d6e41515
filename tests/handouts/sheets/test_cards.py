"""Cards to cut out: what stands on them, and that nothing of it is ever cut off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.options import Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import laying
from planner.handouts.sheets import cards
from planner.handouts.sheets.cards import Card, Cards
from planner.handouts.sheets.document import Exercises, Sheet
from planner.handouts.sheets.room import Face, face_of, parted
from planner.library.exercise import Handout
from planner.plans.plan import Plan, Segment
from tests.handouts.conftest import FOOT
from tests.handouts.test_layout import Piece, pieces

DESIGNS = [(design, paper) for design in ("standard", "large", "opendyslexic") for paper in ("a4", "letter")]
# The shorter paper, and the widest letters.
TIGHTEST = [
    Options("letter", "standard", "de"),
    Options("letter", "large", "es"),
    Options("letter", "opendyslexic", "de"),
    Options("a4", "opendyslexic", "ar"),
]
LONG = "Gemeinschaftsangelegenheiten zu besprechen, kann eine Weile dauern, und das ist gut so. " * 3
ODD = Segment(
    "odd",
    "core",
    "A title of a step of one's own that is as long as a counsellor may ever make it, and then longer",
    5,
    words=f"1. {LONG}\n2. {'Verbundenheit' * 20}\n- {LONG}\n[stems: {LONG[:150]} | Today …]",
    in_handout=True,
)


def worst(exercises: Exercises, options: Options) -> Cards:
    """Of the cards of the whole library those that hold most for the size of their type, and odd ones."""
    whole = (
        Segment(origin.slug, "core", each.title, 5, exercise=origin, in_handout=True)
        for origin, each in exercises.items()
    )
    plan = Plan("P", segments=(*whole, ODD))
    made = cards.of_plan(plan, exercises, [each.id for each in plan.segments], options, FOOT)
    kinds: dict[object, list[Card]] = {}
    for card in sorted(made.cards, key=lambda each: -len(each.text + made.name_of(each))):
        kinds.setdefault((card.size, card.rules, card.idea, card.sheet.free), []).append(card)
    return replace(made, cards=tuple(card for found in kinds.values() for card in found[:2]))


def laid(app: Flask, made: Cards) -> list[Piece]:
    with app.app_context():
        html = to_html(made)
    return list(pieces(laying.lay(html, 1)[0]))


@pytest.mark.parametrize("options", TIGHTEST, ids=str)
def test_nothing_on_a_card_is_taller_or_lower_than_the_card(
    paper_app: Flask, exercises: Exercises, options: Options
) -> None:
    made = worst(exercises, options)
    on_pages = laid(paper_app, made)
    boxes = [each for each in on_pages if each.has("card") and each.kind == "BlockBox"]
    assert len(boxes) == 2 * len(made.cards)
    inside: dict[int, list[Piece]] = {box.page: [] for box in boxes}
    for each in on_pages:
        if each.kind == "LineBox" or each.has("rule"):
            inside[each.page].append(each)
    for box in boxes:
        words = [
            each
            for each in inside[box.page]
            if box.left <= each.left < box.right and box.top <= each.top < box.bottom
        ]
        assert words
        # 5 mm are free at the foot, where scissors go.
        assert max(each.bottom for each in words) <= box.bottom - 5, (box.page, box.top)
        assert max(each.right for each in words) <= box.right


@pytest.mark.parametrize(
    ("design", "lang"), [("large", "de"), ("opendyslexic", "es"), ("opendyslexic", "en")]
)
def test_the_line_for_whoever_prints_is_one_line_clear_of_the_marks(
    paper_app: Flask, design: str, lang: str
) -> None:
    sheet = Sheet(Handout("together", "T", ()), "")
    made = Cards((Card("S", sheet, 1, 1),), options=Options("a4", design, lang), letterhead=FOOT)
    on_pages = laid(paper_app, made)
    (head,) = [each for each in on_pages if each.page == 1 and each.has("h1") and each.kind == "LineBox"]
    marks = [each for each in on_pages if each.page == 1 and each.has("v") and each.has("before")]
    assert head.left >= 20
    assert head.right <= 190
    assert head.bottom < min(each.top for each in marks)


def test_steps_are_counted_and_beginnings_and_ideas_follow_them(
    plan: Plan, exercises: Exercises, paper_app: Flask
) -> None:
    made = cards.of_plan(plan, exercises, [each.id for each in plan.segments], Options(), FOOT)
    by_sheet: dict[str, list[Card]] = {}
    for card in made.cards:
        by_sheet.setdefault(card.sheet.handout.title, []).append(card)
    for found in by_sheet.values():
        counted = [card for card in found if card.number]
        assert found[: len(counted)] == counted
        assert [card.number for card in counted] == list(range(1, len(counted) + 1))
        assert {card.of for card in counted} == {len(counted)}
    thanks = by_sheet["Thanks that names you"]
    assert [card.rules for card in thanks if card.text.endswith("…")] == [cards.RULES] * 2
    assert any(card.idea for found in by_sheet.values() for card in found)
    with paper_app.app_context():
        html = " ".join(to_html(made).split())
    assert html.count("<strong >Our shared menu</strong>") == len(by_sheet["Our shared menu"])


def test_a_card_is_set_as_large_as_its_text_allows() -> None:
    for options in (Options(design=design, paper=paper) for design, paper in DESIGNS):
        face = face_of(options)
        sizes = [face.size_for("word " * count, 1) for count in range(1, 200)]
        fitting = [size for size in sizes if size is not None]
        assert sizes[0] == 0
        assert sizes[-1] is None
        assert fitting == sorted(fitting)
        assert len(set(fitting)) > 1


@given(st.text("ab .!?", max_size=200), st.integers(5, 40))
def test_a_long_step_becomes_several_cards_and_loses_no_letter(text: str, limit: int) -> None:
    parts = parted(text, cards._sentences, lambda part: len(part) <= limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize("face", [face_of(Options()), face_of(Options(design="opendyslexic"))])
def test_a_long_name_is_shortened_on_the_front_only(face: Face) -> None:
    short = face.shortened(ODD.title, " · 10 of 12")
    assert short.endswith("…")
    assert face.head_lines(short + " · 10 of 12") <= 2
    assert face.shortened("Our shared menu", " · 1 of 6") == "Our shared menu"
