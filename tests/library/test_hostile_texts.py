"""Whatever somebody writes into an exercise, it stays a text: when it is read, on pages, and on paper."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from planner.db import db
from planner.library import limits
from planner.library.front_matter import Faulty
from planner.library.markdown import inline, render
from planner.library.parse import parse
from planner.library.starter import FOLDER
from tests.cast import Cast
from tests.library.samples import SHEET, little, write

SLUG = "two-warm-cups-0a1b2c"
LONG = (FOLDER / "closeness-dial.md").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    with pytest.raises(Faulty) as caught:
        parse(text, f"{SLUG}.md", complete=False)
    return [f"{fault.line}: {fault.message}" for fault in caught.value.faults]


# Reading: limits, each said in words


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("materials: &a [x, y]\ncautions: *a\n", "cannot use “&”"),
        ("materials: !!python/object:os.system [x]\n", "cannot use “&”"),
        ("mechanism: !!str It warms.\n", "cannot use “&”"),
        ("source: " + "[" * 900 + "]" * 900 + "\n", "nests lists more than"),
        ("source: {a: {b: {c: {d: 1}}}}\n", "nests lists more than"),
        ("mechanism: It warms.\nmechanism: It cools.\n", "“mechanism” stands twice"),
        (f"materials: [{'x' * (limits.MAX_ITEM + 1)}]\n", "texts of 200 characters"),
        (f"materials: {[str(n) for n in range(limits.MAX_ITEMS + 1)]}\n", "up to 30 texts"),
        (f"builds_on: [{'x' * 81}]\n", "not the name of another exercise’s file"),
        ("source: {technique: [a], citation: '', evidence: ours, note: ''}\n", "must be a text"),
        ("# " + "\n# ".join(["x" * 100] * 170) + "\n", "front matter is too long"),
    ],
)
def test_front_matter_that_could_do_harm_is_refused(front: str, says: str) -> None:
    assert any(says in fault for fault in faults(little(front=front)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("é" * (limits.MAX_BYTES // 2 + 500), "1: The file is too long: 65 kB"),
        ("x\n" * limits.MAX_LINES, "lines, where"),
        (little(purpose="x" * (limits.MAX_LINE + 1)), "14: This line has 8001 characters"),
        (little(purpose="a\x00b"), "14: This line holds a sign that cannot be printed."),
        (little(purpose="a\ud800b"), "14: This line holds a sign that cannot be printed."),
        (little(purpose="a\x1b[31mb"), "cannot be printed"),
        (little(title="x" * (limits.MAX_TITLE + 1)), "2: “title” is one line of at most 120 characters."),
        (little(more="\n## Debrief\n" + "- Why?\n" * 41), "“Debrief” has 40 entries at most"),
        (little(more=SHEET + "\nA line.\n" * 40), "40 blocks at most"),
        (little(more=SHEET + "\n[tick: " + "| a " * 30 + "]\n"), "20 parts at most"),
        (little(more=SHEET + "\n" + "- One.\n" * 41), "A list has 40 entries at most"),
        (little(more=f"\n## Words to say\n- **Now:** {'x' * 6001}\n"), "6000 characters at most"),
    ],
)
def test_what_is_too_much_is_refused_with_its_line(text: str, says: str) -> None:
    assert any(says in fault for fault in faults(text))


def test_what_is_long_but_within_measure_is_read() -> None:
    assert parse(little(title="x" * 120, purpose="word " * 1500), f"{SLUG}.md", complete=False)


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_an_exercise_or_has_faults(text: str, complete: bool) -> None:
    try:
        parse(text, f"{SLUG}.md", complete=complete)
    except Faulty as error:
        assert error.faults  # noqa: PT017 both outcomes are fine


MARKS = [
    "---",
    "##",
    "###",
    "-",
    "**",
    ":**",
    "1.",
    "(",
    "",
    "min,",
    "both)",
    "[tick:",
    "|",
    "]",
    "{a}",
    "{",
    "&a",
    "*a",
    "?",
    "'",
    '"',
    ":",
    "#",
    "!",
    "<b>",
    "²",
    "0x1",
]
PIECES = st.sampled_from([*MARKS, "[" * 60, ">" * 60, "\n", "\n\n", "  ", "\u2028", "\x85"])


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30), st.integers(0, len(LONG)))
def test_any_insertion_into_a_good_text_is_read_or_refused(pieces: list[str], place: int) -> None:
    text = LONG[:place] + "".join(pieces) + LONG[place:]
    try:
        one = parse(text, "closeness-dial.md")
    except Faulty as error:
        assert all(fault.line >= 1 for fault in error.faults)  # noqa: PT017 both outcomes are fine
    else:
        for written in (one.purpose, one.watch_for, *(step.text for step in one.steps)):
            assert_harmless(render(written))
            assert_harmless(inline(written))


# Pages

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></section><iframe src=//evil.example></iframe>",
    "[press](javascript:alert(1))",
    "[press](https://evil.example/?q=x)",
    "![see](https://evil.example/pixel.png)",
    "<https://evil.example/>",
    "https://evil.example/",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62; &amp;",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)> <style>*{display:none}</style>",
    "{{ 7*7 }} {% raw %} ${7*7} %(x)s",
    "`<b>` **<i>x</i>** *<u>*",
    "<!-- x --> <?php ?> <![CDATA[x]]>",
    "\u202eright to left\u202c \ufeff \u200b",
]
ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "br", "blockquote", "code", "h4"}


class Tags(HTMLParser):
    """The tags of a text, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def tags_of(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


def assert_harmless(html: str) -> None:
    found = tags_of(html)
    assert found.tags <= ALLOWED
    assert found.attributes == []


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_gives_no_markup_but_its_own(text: str) -> None:
    for html in (render(text), inline(text), render(f"- {text}\n- x"), render(f"> {text}")):
        assert_harmless(html)


@pytest.mark.parametrize(
    "sign", [">", "- ", "*", "_", "`", "[", "![", "&", "&#", "<", "**a", "1. ", "    ", "\\"]
)
def test_very_deep_nesting_is_drawn_all_the_same(sign: str) -> None:
    assert_harmless(render(sign * 3000))
    assert_harmless(inline(sign * 3000))


def test_stress_within_the_same_stress_is_one() -> None:
    assert inline("*" * 3000 + "x" + "*" * 3000).count("<") <= 4
    assert inline("**a **b** c** and *d **e** f*") == (
        "<strong>a b c</strong> and <em>d <strong>e</strong> f</em>"
    )
    assert render("- ****a****") == "<ul>\n<li><strong>a</strong></li>\n</ul>\n"


@given(st.text(max_size=200))
def test_any_markdown_is_harmless(text: str) -> None:
    assert_harmless(render(text))
    assert_harmless(inline(text))


def hostile() -> str:
    """An exercise with every one of these in every place where a counsellor writes freely."""
    every = " ".join(HOSTILE).translate(str.maketrans("{}", "()"))
    label = every.replace("|", " ")
    front = {
        "materials": [HOSTILE[1]],
        "mechanism": "<b>It</b> warms.",
        "source": {
            "technique": every,
            "citation": f"Author (2001). {every}",
            "evidence": "ours",
            "note": every,
        },
    }
    sections = {
        "Words to say": f"- **<b>When</b>:** {every}",
        "Watch for": every,
        "Debrief": f"- {every}",
        "If it goes badly": every,
        "Variations": f"- **No touch:** {every}",
        "At home": f"- **Dose:** {every}",
        "Handout: Together": f"### {every}\n{every}\n\n- {every}\n\n1. {every}\n\n"
        f"[lines: {label} | 2]\n\n[stems: {label}]",
    }
    return little(
        title="'<script>alert(1)</script> & <b>cups</b>'",
        purpose=f"{every}\n\n> {every}",
        front=yaml.safe_dump(front),
        more="".join(f"\n## {heading}\n{text}\n" for heading, text in sections.items()),
    )


@pytest.fixture
def written(app: Flask, cast: Cast) -> str:
    with app.app_context():
        write(db.session, cast.owner, hostile(), shared=True)
        db.session.commit()
    return SLUG


def harmless_page(answer: Any) -> None:
    assert answer.status_code == 200
    text = answer.text
    assert not re.search(r"<script>|<img src=x|<iframe src=//|<svg/|<style>|<b>|<u>", text)
    links = [value or "" for name, value in tags_of(text).attributes if name in ("href", "src", "action")]
    assert not [link for link in links if re.match(r"https?://evil|//evil|javascript:", link)]
    assert not [name for name, _ in tags_of(text).attributes if name.startswith("on")]


def test_pages_show_it_as_the_text_that_it_is(
    written: str, owner: FlaskClient, colleague: FlaskClient
) -> None:
    for address in (
        f"/library/{written}",
        f"/library/{written}/handout/preview",
        f"/library/{written}/versions",
        "/library?q=cups",
        "/library/mine",
    ):
        harmless_page(owner.get(address))
    harmless_page(colleague.get(f"/library/{written}"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in owner.get(f"/library/{written}").text


def test_so_does_the_preview_while_one_writes(written: str, owner: FlaskClient) -> None:
    answer = owner.post(f"/library/{written}/change")
    assert answer.status_code == 303
    harmless_page(owner.get(answer.location))


def test_so_does_an_import_of_it(owner: FlaskClient) -> None:
    form = {"file": (io.BytesIO(hostile().encode()), "<script>alert(1)</script>.md")}
    harmless_page(owner.post("/library/import", data=form, content_type="multipart/form-data"))


def test_on_paper_it_is_text_without_links_or_actions(written: str, owner: FlaskClient) -> None:
    form = {"paper": "a4", "design": "standard", "sheet": "together"}
    answer = owner.post(f"/library/{written}/handout", data=form)
    assert answer.mimetype == "application/pdf"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "alert(1)" in words
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/AA" not in pdf.Root
        assert "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names
        assert [page for page in pdf.pages if "/Annots" in page] == []
