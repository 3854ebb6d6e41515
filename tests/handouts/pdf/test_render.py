"""Whatever is printed, the web worker lives and the next PDF is made."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from planner.handouts.paper import to_html
from planner.handouts.pdf.assets import BASE, STATIC, OwnFiles
from planner.handouts.pdf.neutral import neutral
from planner.handouts.pdf.render import Renderer, RenderFailed
from planner.handouts.sheets import document
from planner.handouts.sheets.document import Options
from planner.plans.plan import Plan, clean
from tests.handouts.conftest import FOOT, FREE, Printed

PAGE = '<!doctype html><html lang="en-GB"><title>t</title><body>{}</body></html>'


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer(processes=1, seconds=20, megabytes=700)
    yield made
    made.close()


def test_the_pool_makes_the_same_bytes_as_any_process(renderer: Renderer, together: Printed) -> None:
    pdf, laid = renderer.make(together.html, 1)
    assert pdf == together.pdf
    assert laid.pages == together.laid.pages


@pytest.fixture(scope="module")
def hasty() -> Iterator[Renderer]:
    made = Renderer(processes=1, seconds=2, megabytes=700)
    yield made
    made.close()


def test_after_a_time_out_a_crash_or_too_much_memory_the_next_one_works(
    renderer: Renderer, hasty: Renderer
) -> None:
    with pytest.raises(RenderFailed) as slow:
        hasty.run(time.sleep, 60)
    assert slow.value.reason == "time"
    assert hasty.measure(PAGE.format("again"), 1).pages == 1
    with pytest.raises(RenderFailed) as crashed:
        renderer.run(os._exit, 1)
    assert crashed.value.reason == "crash"
    with pytest.raises(RenderFailed) as full:
        renderer.run(bytearray, 900 * 1024 * 1024)
    assert full.value.reason == "memory"
    assert renderer.measure(PAGE.format("again"), 1).pages == 1


def test_a_failure_quotes_nothing_of_the_document(renderer: Renderer) -> None:
    with capture_logs() as logged, pytest.raises(RenderFailed) as failed:
        renderer.run(int, "a client's words")
    assert [{"reason": "fault", "error": "ValueError"}.items() <= each.items() for each in logged] == [True]
    assert "client" not in str(logged)
    assert failed.value.reason == "fault"
    assert failed.value.__cause__ is None
    assert "client" not in str(failed.value)


def test_a_closed_renderer_starts_again(renderer: Renderer) -> None:
    renderer.close()
    assert renderer.measure(PAGE.format("x"), 1).pages == 1


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "https://example.org/x.css",
        "data:text/css,body{}",
        "ftp://example.org/x",
        f"{BASE}../planner/config.py",
        f"{BASE}css/../../planner/config.py",
        f"{BASE}css/%2e%2e/%2e%2e/app.py",
        f"{BASE}js/page.js",
        f"{BASE}css",
        BASE,
        "https://static.invalid.example.org/css/paper.css",
    ],
)
def test_nothing_but_our_own_style_sheets_fonts_and_icons_is_served(address: str) -> None:
    with pytest.raises(ValueError, match="not one of our own files"):
        OwnFiles().fetch(address)


def test_our_own_files_are_served() -> None:
    answer = OwnFiles().fetch(f"{BASE}css/paper.css")
    assert answer.content_type == "text/css"
    assert answer.read() == (STATIC / "css" / "paper.css").read_bytes()


def test_an_address_that_is_refused_only_leaves_a_gap(renderer: Renderer) -> None:
    html = PAGE.format(
        '<link rel="attachment" href="file:///etc/passwd"><img alt="" src="file:///etc/passwd">x'
    )
    pdf, _ = renderer.make(html, 1)
    assert b"EmbeddedFile" not in pdf


HOSTILE = {
    "an endless word": "x" * 3000,
    "right to left": "\u202eabc\u202d\u2066" * 400,
    "control characters": "a\x00\x07b\ud800c\x1b[31m" * 300,
    "emoji": "😀👩‍👩‍👧🏽" * 300,
    "marks on one letter": "a" + "\u0301" * 3000,
    "braces and brackets": "{a}{b}{nope}<script>*_[lines: x | 99]\n[table: a|b|rows: 14]" * 40,
    "stress in stress": "*" * 2900 + "x" + "*" * 2900,
    "tables": "[table: Our | Day | What | rows: 14]\n" * 60,
}


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("name", HOSTILE)
def test_strange_words_print_or_fail_cleanly(name: str, renderer: Renderer) -> None:
    words = clean(HOSTILE[name])[:6000]
    strange = replace(FREE, words=words, title=words[:120].replace("\n", " "))
    plan = Plan("t", hope=words[:600], segments=(strange,))
    made = document.of_plan(plan, {}, ["free"], "together", Options(names=(words[:40], "B")), FOOT)
    pdf, _laid = renderer.make(to_html(made), 1)
    assert pdf.startswith(b"%PDF-1.7")


# Straight into a PDF process, past every limit of forms.
EXTREME = {
    "a word of 100,000 letters": "x" * 100_000,
    "overrides of direction": "abc \u202eabc\u202d\u2066" * 1000,
    "control characters": "a\x00b\ud800\x1b[31m " * 1000,
    "a long line of joined emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467\U0001f3fd" * 1500,
    "5,000 marks on a letter": "a" + "\u0301" * 5000,
    "ends of paragraphs from elsewhere": "some words \u2029\u00ad",
    "lists in lists": "<ul><li>" * 12 + "x",
}


@pytest.mark.parametrize("name", EXTREME)
def test_what_is_too_much_for_any_form_still_prints(name: str, renderer: Renderer) -> None:
    pdf, laid = renderer.make(neutral(PAGE.format(f"<p>{EXTREME[name]}</p>")), 1)
    assert pdf.startswith(b"%PDF-1.7")
    assert laid.pages >= 1


def test_what_cannot_be_laid_ends_within_the_limit_and_the_next_one_works(hasty: Renderer) -> None:
    rows = PAGE.format(f"<table>{'<tr><td>x</td><td>y</td></tr>' * 3000}</table>")
    nested = PAGE.format(f"{'<div>' * 2000}x{'</div>' * 2000}")
    broad = PAGE.format('<table><tr><td colspan="100000000">x</td></tr></table>')
    for html, reasons in ((rows, {"time"}), (nested, {"fault", "crash"}), (broad, {"memory", "crash"})):
        with pytest.raises(RenderFailed) as failed:
            hasty.make(html, 1)
        assert failed.value.reason in reasons
        assert hasty.measure(PAGE.format("next"), 1).pages == 1
