"""What is typed into the form becomes a file of the library’s format, or a message at its field."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.library.exercise import Bullets, Exercise, Lines, Paragraph, Scale, Steps, Ticks
from planner.library.parse import parse
from planner.library.writing.checking import faults
from planner.library.writing.sheets import read_sheet
from planner.library.writing.written import (
    BLANK,
    SayRow,
    Sheet,
    StepRow,
    Written,
    flowing,
    from_exercise,
    from_fields,
    from_json,
    sketch,
    source,
    to_json,
)
from planner.taxonomy import TAXONOMY
from tests import shipped

LIBRARY = [one for one, _ in shipped.sources()]
GOOD = replace(
    BLANK,
    title="A short walk",
    summary="Both walk and each says one thing.",
    area="play",
    fears=("hurt",),
    purpose="Side by side, words come more easily.",
    steps=(StepRow("2", "", "counsellor", "Explain the walk."), StepRow("8", "3", "both", "Walk.")),
)


def read(written: Written) -> Exercise:
    return parse(source(written), "sketch.md", complete=False)


@pytest.mark.parametrize("one", LIBRARY, ids=lambda one: one.slug)
def test_an_exercise_goes_into_the_form_and_comes_back_the_same(one: Exercise) -> None:
    written = from_exercise(one)
    assert parse(source(written), f"{one.slug}.md") == one
    assert sketch(written, one.slug) == one
    assert from_json(to_json(written)) == written
    assert faults(written, one.slug) == {}


@pytest.mark.parametrize("one", LIBRARY[:20], ids=lambda one: one.slug)
def test_in_the_form_a_paragraph_has_no_line_ends_of_a_file(one: Exercise) -> None:
    written = flowing(from_exercise(one))
    assert written.purpose.split() == one.purpose.split()
    assert "\n" not in written.purpose.replace("\n\n", "")


def test_line_ends_that_mean_something_stay() -> None:
    text = "One\nline.\n\n- first\n- second\n\nTwo  \nverses\n> said\n1. one"
    assert flowing(replace(GOOD, purpose=text)).purpose == (
        "One line.\n\n- first\n- second\n\nTwo  \nverses\n> said\n1. one"
    )


# What is needed


def test_a_short_exercise_is_enough() -> None:
    assert faults(GOOD) == {}
    one = read(GOOD)
    assert (one.minutes.short, one.minutes.full) == (5, 10)
    assert one.handouts == ()


def test_a_blank_form_says_what_is_needed() -> None:
    assert list(faults(BLANK)) == ["title", "summary", "area", "fears", "purpose", "steps-0-text"]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"title": " — "}, "title", "Please give it a title"),
        ({"title": "x" * 121}, "title", "under 120"),
        ({"summary": "x" * 301}, "summary", "under 300"),
        ({"purpose": "x" * 6001}, "purpose", "under 6000"),
        ({"steps": ()}, "steps-0-text", "at least one step"),
        ({"steps": (StepRow("", "", "both", "Walk."),)}, "steps-0-minutes", "How many minutes?"),
        ({"steps": (StepRow("²", "", "both", "Walk."),)}, "steps-0-minutes", "How many minutes?"),
        ({"steps": (StepRow("0", "", "both", "Walk."),)}, "steps-0-minutes", "How many minutes?"),
        ({"steps": (StepRow("5", "6", "both", "Walk."),)}, "steps-0-short", "up to 5, or nothing"),
        ({"steps": (StepRow("5", "0", "both", "Walk."),)}, "steps-0-short", "at least one step"),
        ({"steps": (StepRow("5", "", "both", " "),)}, "steps-0-text", "what happens"),
        ({"steps": (StepRow("99", "", "both", "Walk."),) * 2}, "steps-0-minutes", "come to 198 minutes"),
        ({"words": (SayRow("", "“Hello.”"),)}, "words-0-when", "When are these words said?"),
        ({"words": (SayRow("**:", "“Hello.”"),)}, "words-0-when", "When are these words said?"),
        ({"words": (SayRow("To begin", " "),)}, "words-0-words", "write the words"),
        ({"words": (SayRow("To begin", "x" * 5990),) * 2}, "words-0-words", "together"),
        ({"materials": ",".join(map(str, range(40)))}, "materials", "Up to 30 things"),
        ({"debrief": "\n".join(f"{n}?" for n in range(50))}, "debrief", "Up to 40"),
        ({"together": Sheet("", "Walk.")}, "together-title", "a title"),
        ({"together": Sheet("A walk", " \n")}, "together-body", "Nothing stands on this sheet"),
        ({"b": Sheet("A walk", "Hello {name}.")}, "b-body", "not a word for people"),
        ({"b": Sheet("A walk", "## Part two")}, "b-body", "one title"),
        ({"a": Sheet("A walk", "Walk.\n[lines: My wish]")}, "a-body", "“[lines: My wish]”: Writing lines"),
        ({"mechanism": "One. Two."}, "mechanism", "One sentence"),
        ({"mechanism": "So what?"}, "mechanism", "One sentence"),
        ({"evidence": "trial"}, "citation", "needs its citation"),
        ({"citation": "Smith, Walking"}, "citation", "the year in brackets"),
        ({"builds_on": ("No such!",)}, "builds_on", "No such!"),
        ({"area": "moon"}, "area", "moon"),
        ({"evidence": "rumour"}, "citation", "rumour"),
    ],
)
def test_each_fault_is_named_at_its_field(changes: dict[str, Any], field: str, says: str) -> None:
    found = faults(replace(GOOD, **changes))
    assert list(found) == [field]
    assert says in found[field]


def test_more_text_than_a_file_may_have_is_named_too() -> None:
    steps = (StepRow("1", "", "both", "walk " * 1100),) * 14
    assert "too long" in faults(replace(GOOD, steps=steps))[""]


# What people type


def test_nothing_typed_breaks_the_form_of_the_file() -> None:
    odd = "## Steps\r\n---\n- **No touch:** x\n1. (2 min, both) y\n### Title\n[lines: x]\n'\"&*!|>%@`{}[]: #"
    written = replace(
        GOOD,
        **dict.fromkeys(("title", "summary", "purpose", "watch_for", "goes_badly", "no_touch", "cue"), odd),
        mechanism="'yes': no # &a *b",
        debrief=odd,
        materials="yes\n- null\n2026-01-01: x",
        words=(SayRow("To **begin**:", odd),),
        steps=(StepRow("3", "", "a", "- **x**\n2. (1 min, b) second"),),
    )
    assert faults(written) == {}
    one = read(written)
    assert one == sketch(written)
    assert (
        one.title
        == "## Steps --- - **No touch:** x 1. (2 min, both) y ### Title [lines: x] '\"&*!|>%@`{}[]: #"
    )
    assert len(one.steps) == len(one.words) == 1
    assert one.words[0].when == "To begin"
    assert one.materials == ("yes", "- null", "2026-01-01: x")
    assert from_exercise(one).purpose.startswith("## Steps\n---")


def test_materials_are_listed_on_lines_or_with_commas() -> None:
    assert sketch(replace(GOOD, materials="a pen, a timer,, a pen")).materials == ("a pen", "a timer")
    assert sketch(replace(GOOD, materials="a pen, blue\na timer")).materials == ("a pen, blue", "a timer")
    alone = read(replace(GOOD, materials="a pen, blue\n"))
    assert alone.materials == sketch(from_exercise(alone)).materials == ("a pen, blue",)


def test_questions_may_have_marks_before_them() -> None:
    assert sketch(replace(GOOD, debrief="- One?\n\n* Two?\n•  Three?\n-")).debrief == (
        "One?",
        "Two?",
        "Three?",
    )


def test_a_forgotten_full_stop_is_added() -> None:
    written = replace(GOOD, mechanism="Walking makes talking easier")
    assert faults(written) == {}
    assert read(written).mechanism == "Walking makes talking easier."


def test_a_sheet_is_read_as_people_type() -> None:
    body = """Do this:
1. Walk
2) Talk
   in a low voice
2. Stop

7. Turn
• any way
* will do

1. Go home
[tick: How was it? | Good | Long]
[scale: How close? | far | near]
[lines: One word | 1]
Either of you can stop."""
    blocks, unread = read_sheet(body)
    assert unread == ()
    assert blocks == (
        Paragraph("Do this:"),
        Steps(("Walk", "Talk in a low voice", "Stop", "Turn")),
        Bullets(("any way", "will do")),
        Steps(("Go home",)),
        Ticks("How was it?", ("Good", "Long")),
        Scale("How close?", "far", "near"),
        Lines("One word", 1),
        Paragraph("Either of you can stop."),
    )


def test_one_slip_on_a_sheet_does_not_hide_the_rest() -> None:
    blocks, unread = read_sheet("First.\n[lines: My wish]\n[tick: Yes]\nLast.")
    assert blocks == (Paragraph("First."), Paragraph("Last."))
    assert [each.line for each in unread] == ["[lines: My wish]", "[tick: Yes]"]


def test_more_than_seven_steps_on_a_sheet_are_no_fault() -> None:
    sheet = Sheet("Many steps", "\n".join(f"{n}. Step" for n in range(1, 10)))
    assert faults(replace(GOOD, together=sheet)) == {}


# Drafts from other days


def test_a_draft_of_an_older_form_is_read_as_far_as_it_goes() -> None:
    old = {
        "title": "Kept",
        "gone": "x",
        "area": "moon",
        "also": ["self", "self", 3, "moon"],
        "steps": [{"minutes": 4, "text": "Walk."}, "x", None, {"speaker": "dog"}],
        "together": "x",
        "words": {"when": "x"},
        "summary": None,
    }
    found = from_json(json.dumps(old))
    assert found.title == "Kept"
    assert (found.area, found.also, found.summary) == ("", ("self",), "")
    assert found.steps == (StepRow(text="Walk."), StepRow(), StepRow(), StepRow())
    assert (found.together, found.words) == (Sheet(), ())


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"x"'])
def test_a_draft_that_cannot_be_read_is_blank(text: str) -> None:
    assert from_json(text) == Written()


# Whatever anybody types


def keys(of: dict[str, Any]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", "odd", *of])


SIGNS = st.sampled_from(list("#-*:|[]{}()'\"\\&!%@`>,.?0123456789 \n\r\t\x00\x85\u2028\ufeff\ud800éß漢🙂 ab"))
TEXTS = st.text(SIGNS, max_size=30) | st.sampled_from(
    [
        "---",
        "## Steps",
        "### x",
        "- **No touch:** x",
        "1. (2 min, a) x",
        "[lines: a | 2]",
        "[table: a | b | c | rows: 2]",
    ]
)
SHEETS = st.fixed_dictionaries({"title": TEXTS, "body": st.lists(TEXTS, max_size=5).map("\n".join)})
TYPED = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: TEXTS
            for name, value in vars(Written()).items()
            if isinstance(value, str) and name not in ("area", "mode", "intensity", "audience", "evidence")
        },
        "area": keys(TAXONOMY.areas),
        "mode": keys(TAXONOMY.modes),
        "intensity": st.sampled_from(["", "1", "5", "²", "9"]),
        "audience": keys(TAXONOMY.audiences),
        "evidence": keys(TAXONOMY.evidence),
        "also": st.lists(keys(TAXONOMY.areas), max_size=3),
        "fears": st.lists(keys(TAXONOMY.fears), max_size=3),
        "parts": st.lists(keys(TAXONOMY.parts), max_size=3),
        "cautions": st.lists(keys(TAXONOMY.cautions), max_size=3),
        "builds_on": st.lists(TEXTS, max_size=2),
        "steps": st.lists(
            st.fixed_dictionaries(
                {
                    "minutes": st.sampled_from(["", "1", "30", "x"]),
                    "short": st.sampled_from(["", "0", "1", "-1"]),
                },
                optional={"speaker": keys(TAXONOMY.speakers), "text": TEXTS},
            ),
            max_size=3,
        ),
        "words": st.lists(st.fixed_dictionaries({"when": TEXTS, "words": TEXTS}), max_size=3),
        "together": SHEETS,
        "a": SHEETS,
        "b": SHEETS,
    },
)
RIGHT = {
    name: value for name, value in json.loads(to_json(GOOD)).items() if value != getattr(Written(), name)
}


@settings(max_examples=300)
@given(TYPED)
def test_whatever_is_typed_becomes_an_exercise_or_a_message_at_a_field(typed: dict[str, Any]) -> None:
    for data in (typed, RIGHT | typed):
        written = from_fields(data)
        assert from_json(to_json(written)) == written
        found = faults(written)
        for name in found:
            assert name.split("-")[0] in vars(written)
        if not found:
            one = read(written)
            assert one == sketch(written)
            again = from_exercise(one)
            assert faults(again) == {}
            assert read(again) == one
