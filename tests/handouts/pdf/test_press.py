"""A preview is there at once and is what prints; what is known of a sheet is not found out again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from flask import Flask
from flask.testing import FlaskClient

from planner.handouts.paper import to_html
from planner.handouts.pdf import worker
from planner.handouts.pdf.assets import BASE
from planner.handouts.pdf.cache import PdfCache
from planner.handouts.pdf.laid import Laid
from planner.handouts.pdf.press import Press
from planner.handouts.pdf.remembered import Remembered
from planner.handouts.pdf.render import Renderer
from planner.sealing import Keyring
from planner.web.page import asset
from tests.handouts.conftest import Build

FORM = {"sheet": "together", "paper": "a4", "design": "standard", "segments": ["s1"], "hope": "you rest."}


class Counting(Renderer):
    """Works in this very process, and takes down what it was asked."""

    def __init__(self) -> None:
        super().__init__(processes=1, seconds=20, megabytes=700)
        self.asked: list[tuple[str, Any]] = []

    def run(self, task: Callable[..., Any], *arguments: Any) -> Any:
        self.asked.append((task.__name__, arguments[-1]))
        return task(*arguments)


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def press(counting: Counting, tmp_path: Path) -> Press:
    return Press(counting, PdfCache(tmp_path / "pdf", 10, Keyring([b"k" * 32])))


@pytest.mark.usefixtures("in_app")
def test_a_preview_is_guessed_then_known_and_the_pdf_uses_what_is_known(
    press: Press, counting: Counting, build: Build
) -> None:
    made = build(names=("Zoë", "Sam"))
    guess, sure = press.guess(made)
    assert not sure
    assert set(guess.fits.values()) == {0}
    assert counting.asked == []  # no PDF process had a part in it
    laid = press.laid(made)
    assert press.guess(made) == (laid, True)
    assert press.laid(made) == laid
    assert counting.asked == [("measure", {})]
    pdf = press.pdf(made)
    assert counting.asked[1:] == [("make", dict(laid.fits))]
    assert pdf == worker.make(to_html(made), 1)[0]  # the same as if nothing had been known


@pytest.mark.usefixtures("in_app")
def test_a_sheet_that_was_laid_in_one_document_is_known_in_another(
    press: Press, counting: Counting, build: Build
) -> None:
    press.laid(build())
    press.laid(build(names=("Zoë", "Sam")))
    known = counting.asked[1][1]
    assert "sheet-4" in known  # without a name in it
    assert press.guess(build(paper="letter"))[1] is False


def test_the_first_preview_of_a_plan_starts_no_pdf_process(
    app: Flask, owner: FlaskClient, plan_id: str, press: Press, counting: Counting
) -> None:
    app.extensions["press"] = press
    address = f"/plans/{plan_id}/handouts/preview"
    shown = owner.get(address).text
    assert "1 of 3" in shown
    assert counting.asked == []
    # A browser with our script asks again behind the pages; one without it is told to.
    assert '<meta name="pages" content="guessed">' in shown
    assert f'<noscript><meta http-equiv="refresh" content="0; url={address}?laid=1"></noscript>' in shown
    assert "http-equiv" not in owner.post(address, data=FORM).text
    assert "guessed" not in owner.get(f"{address}?laid=1").text
    assert [name for name, _ in counting.asked] == ["measure"]
    assert "guessed" not in owner.get(address).text
    assert f'formaction="{address}?laid=1"' in owner.get(f"/plans/{plan_id}/handouts").text


@pytest.mark.usefixtures("in_app")
def test_the_preview_is_the_html_that_prints(build: Build, paper_app: Flask) -> None:
    """But for the foot, which paper has in its margin, and the style sheet of the desk that pages lie on."""
    made = build(design="large")
    with paper_app.test_request_context():
        preview = to_html(made, Laid(9, {"sheet-1": 2}, {"sheet-1": 3}), asset)
    preview = re.sub(r'(href|src)="/static/([^"?]+)\?v=\w+"', rf'\1="{BASE}\2"', preview)
    assert 'data-fit="3"' in preview
    assert _same(preview.replace('data-fit="3"', 'data-fit="0"')) == _same(to_html(made))


def _same(html: str) -> list[str]:
    """What there is in order: tags, attributes and words, without the feet of pages."""
    found: list[str] = []

    def walk(element: Any) -> None:
        if element.get("class", "") in ("foot", "foot-end", "foot-here"):
            return
        if element.get("href", "").endswith("css/preview.css"):
            return
        found.append(f"{element.tag} {sorted(element.items())}")
        found.extend(" ".join((element.text or "").split()).split())
        for child in element:
            walk(child)
            found.extend((child.tail or "").split())

    walk(tinyhtml5.parse(html, namespace_html_elements=False))
    return found


def _html(*sheets: str, head: str = "") -> str:
    pages = "".join(
        f'<section class="page"><article data-fit="0" id="sheet-{number}">{words}</article></section>'
        for number, words in enumerate(sheets, start=1)
    )
    return f"<head>{head}</head><body>{pages}</body>"


def test_lengths_and_fits_are_remembered_by_what_stands_on_a_page() -> None:
    memory = Remembered()
    memory.learn(_html("a", "b"), 1, Laid(3, {"sheet-1": 1, "sheet-2": 3}, {"sheet-1": 0, "sheet-2": 4}))
    assert memory.guess(_html("b", "a"), 1) == (
        Laid(3, {"sheet-1": 1, "sheet-2": 2}, {"sheet-1": 4, "sheet-2": 0}),
        True,
    )
    assert memory.guess(_html("a", "b"), 1)[1] is True
    assert memory.known(_html("a", "c"), 1) == {"sheet-1": 0}
    assert memory.known(_html("a", head="x"), 1) == memory.known(_html("a"), 2) == {}


def test_no_more_is_remembered_than_has_room() -> None:
    memory = Remembered(most=2)
    for words in "abc":
        memory.learn(_html(words), 1, Laid(1, {"sheet-1": 1}, {"sheet-1": 1}))
    assert [bool(memory.known(_html(words), 1)) for words in "abc"] == [False, True, True]
    assert memory.guess("", 1) == (Laid(1, {}, {}), False)
