"""The run sheet: what a counsellor reads during a session, without saying anything twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.handouts.options import DESIGNS, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import laying
from planner.handouts.sheets import runsheet
from planner.handouts.sheets.document import Exercises
from planner.handouts.sheets.materials import merged
from planner.plans.plan import Plan, Segment
from tests.handouts.conftest import FOOT


def test_the_steps_of_their_sheet_stand_short_below_its_first_heading(
    plan: Plan, exercises: Exercises
) -> None:
    made = runsheet.of_plan(plan, exercises, Options(), FOOT)
    entries = {entry.segment.id: entry for each in made.stretches for entry in each.entries}
    menu = entries["touch-menu"]
    assert len(menu.steps) == 6
    assert "{a} picks one line and adds a good time and how long." in menu.steps
    assert entries["again"].steps == ()
    assert entries["free"].steps == ()


@pytest.mark.parametrize(
    ("hope", "rest", "goes_on"),
    [
        ("they can each ask for a hug", "can each ask for a hug", True),
        ("can each ask for a hug", "can each ask for a hug", True),
        ("A calm way to part", "A calm way to part", False),
        ("They know a way out", "know a way out", True),
        ("Theyre is not they", "Theyre is not they", False),
        ("", "", False),
    ],
)
def test_the_hope_says_they_once(plan: Plan, hope: str, rest: str, goes_on: bool) -> None:
    made = runsheet.of_plan(replace(plan, hope=hope), {}, Options(), FOOT)
    assert made.hope == (rest, goes_on)


@pytest.mark.usefixtures("in_app")
def test_it_keeps_its_letters_whatever_clients_sheets_are_set_in(plan: Plan, exercises: Exercises) -> None:
    for design in DESIGNS:
        made = runsheet.of_plan(plan, exercises, Options(design=design), FOOT)
        html = to_html(made)
        assert "paper-opendyslexic" not in html
        assert "paper-easy" not in html
        assert (made.options.design == design) == (design not in ("easy", "opendyslexic"))


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        (["A timer", "a timer", "pens"], ["A timer", "pens"]),
        (["pens", "two pens", "a pen for each"], ["pens"]),
        (["the sheet and a pen for each", "a timer"], ["the sheet for each", "a pen for each", "a timer"]),
        (["two cards", "four cards", "one card"], ["four cards"]),
        (["a timer", "a timer with a soft sound"], ["a timer with a soft sound"]),
        (["a slip for each", "two slips of paper"], ["two slips of paper"]),
        (["water", "a cushion", "water"], ["water", "a cushion"]),
        ([], []),
    ],
)
def test_what_to_have_ready_is_said_once(things: list[str], expected: list[str]) -> None:
    assert list(merged(things)) == expected


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("design", ["standard", "large"])
@pytest.mark.parametrize("lines", [2, 12, 40])
def test_no_heading_stands_alone_before_what_is_practised_at_home(design: str, lines: int) -> None:
    words = "\n".join(
        ["“Choose one evening, and say when it is, so that both of you can look forward to it.”"] * lines
    )
    steps = (
        Segment("s1", "core", "A first turn", 10),
        Segment("s2", "home", "Tea together", 10, words=words),
    )
    made = runsheet.of_plan(Plan("A session", segments=steps), {}, Options(design=design), FOOT)
    document, _ = laying.lay(to_html(made), made.options.pages_each)
    for page in document.pages:
        boxes = page._page_box.descendants(placeholders=True)
        assert sum(type(each).__name__ == "LineBox" for each in boxes) > 6
