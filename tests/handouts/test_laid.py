"""Sheets that run over are set tighter; nothing else is touched."""

from __future__ import annotations

from planner.handouts.laid import TIGHTEST, Laid, fitted, saved, saving, sheets, tighter

HTML = '<article data-fit="0" id="sheet-1"><p>data-fit="0"</p></article><article data-fit="0" id="sheet-2">'


def test_the_pages_of_a_sheet_are_known() -> None:
    laid = Laid(5, {"cover": 1, "sheet-1": 2, "sheet-2": 4}, {"sheet-1": 0, "sheet-2": 0})
    assert [laid.shown(name) for name in ("cover", "sheet-1", "sheet-2")] == ["1", "2–3", "4–5"]


def test_fits_are_written_into_the_document() -> None:
    assert sheets(HTML) == ["sheet-1", "sheet-2"]
    assert 'data-fit="2" id="sheet-2"' in fitted(HTML, {"sheet-2": 2})
    assert fitted(HTML, {}) == HTML


def test_a_sheet_that_runs_over_by_a_page_is_set_tighter() -> None:
    laid = Laid(4, {"sheet-1": 1, "sheet-2": 2}, {"sheet-1": 0, "sheet-2": 0})
    assert tighter(laid, 2) == {"sheet-1": 0, "sheet-2": 1}


def test_nothing_is_tried_for_what_can_never_fit_or_is_tightest_already() -> None:
    assert tighter(Laid(9, {"sheet-1": 1}, {"sheet-1": 0}), 1) is None
    assert tighter(Laid(2, {"sheet-1": 1}, {"sheet-1": TIGHTEST}), 1) is None
    assert tighter(Laid(1, {"sheet-1": 1}, {"sheet-1": 0}), 1) is None


def test_large_print_is_set_tighter_only_where_that_saves_a_page() -> None:
    before = Laid(4, {"sheet-1": 1, "sheet-2": 3}, {"sheet-1": 0, "sheet-2": 0})
    tried = saving(before)
    assert tried == {"sheet-1": 1, "sheet-2": 1}
    after = Laid(3, {"sheet-1": 1, "sheet-2": 3}, tried)
    assert saved(before, after) == {"sheet-1": 0, "sheet-2": 1}
