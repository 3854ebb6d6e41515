"""Whatever is printed, the web worker lives and the next PDF is made."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.handouts import document
from planner.handouts.document import Options
from planner.handouts.paper import to_html
from planner.handouts.render import Renderer, RenderFailed
from planner.handouts.worker import BASE, STATIC, OwnFiles
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


def test_after_a_time_out_a_crash_or_too_much_memory_the_next_one_works(renderer: Renderer) -> None:
    hasty = Renderer(processes=1, seconds=4, megabytes=700)
    try:
        with pytest.raises(RenderFailed) as slow:
            hasty.run(time.sleep, 60)
        assert slow.value.reason == "time"
        assert hasty.measure(PAGE.format("again"), 1).pages == 1
    finally:
        hasty.close()
    with pytest.raises(RenderFailed) as crashed:
        renderer.run(os._exit, 1)
    assert crashed.value.reason == "crash"
    with pytest.raises(RenderFailed) as full:
        renderer.run(bytearray, 900 * 1024 * 1024)
    assert full.value.reason == "memory"
    assert renderer.measure(PAGE.format("again"), 1).pages == 1


def test_a_failure_quotes_nothing_of_the_document(renderer: Renderer) -> None:
    with pytest.raises(RenderFailed) as failed:
        renderer.run(int, "a client's words")
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


@pytest.mark.usefixtures("in_app")
def test_three_thousand_lines_end_within_the_limit() -> None:
    hasty = Renderer(processes=1, seconds=2, megabytes=700)
    plan = Plan("t", segments=(replace(FREE, words="a\n\n" * 3000),))
    made = document.of_plan(plan, {}, ["free"], "together", Options(), FOOT)
    try:
        with pytest.raises(RenderFailed) as failed:
            hasty.make(to_html(made), 1)
        assert failed.value.reason == "time"
    finally:
        hasty.close()
