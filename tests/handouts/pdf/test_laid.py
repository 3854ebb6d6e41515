"""Sheets that run over are set tighter; nothing else is touched."""

from __future__ import annotations

from planner.handouts.pdf.laid import Laid, fitted, only, sheets

HTML = '<article data-fit="0" id="sheet-1"><p>data-fit="0"</p></article><article data-fit="0" id="sheet-2">'


def test_the_pages_of_a_sheet_are_known() -> None:
    laid = Laid(5, {"cover": 1, "sheet-1": 2, "sheet-2": 4}, {"sheet-1": 0, "sheet-2": 0})
    assert [laid.shown(name) for name in ("cover", "sheet-1", "sheet-2")] == ["1", "2–3", "4–5"]


def test_fits_are_written_into_the_document() -> None:
    assert sheets(HTML) == ["sheet-1", "sheet-2"]
    assert 'data-fit="2" id="sheet-2"' in fitted(HTML, {"sheet-2": 2})
    assert fitted(HTML, {}) == HTML


def test_sheets_that_run_over_are_known_by_their_pages() -> None:
    laid = Laid(6, {"cover": 1, "sheet-1": 2, "sheet-2": 3}, {"sheet-1": 0, "sheet-2": 0})
    assert [laid.taking(pages) for pages in (1, 2, 4)] == [["sheet-1"], [], ["sheet-2"]]


def test_a_few_sheets_can_be_laid_without_the_others() -> None:
    pages = [f'<section class="page"><article data-fit="0" id="sheet-{n}">{n}</article>' for n in (1, 2, 3)]
    html = "<body>" + "".join(pages)
    assert only(html, ["sheet-1", "sheet-3"]) == "<body>" + pages[0] + pages[2]
    assert only(html, []) == "<body>"
