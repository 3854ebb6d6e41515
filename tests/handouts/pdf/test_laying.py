"""Sheets are as tight as they must be and no tighter, and no page is laid more often than needed."""

from __future__ import annotations

import pytest
from weasyprint.layout import page as weasyprint_page

from planner.handouts.options import Options
from planner.handouts.pdf import laying
from planner.handouts.pdf.laid import only
from tests.handouts.conftest import Print, Printed
from tests.handouts.samples import SAMPLES


def test_a_sheet_is_no_tighter_than_it_must_be(print_: Print) -> None:
    together = print_(SAMPLES["together"](Options()))
    tight = {name: fit for name, fit in together.laid.fits.items() if fit}
    assert tight
    for name, fit in tight.items():
        alone = only(together.html, [name])
        assert laying.lay(alone, 1, {name: fit})[1].length(name) == 1
        assert laying.lay(alone, 1, {name: fit - 1})[1].length(name) == 2


def test_what_is_known_is_not_tried_again(together: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """And each page is laid once, although what runs along in its margin is new on it."""
    pages, plain = [], weasyprint_page.make_page

    def make_page(*arguments: object) -> object:
        pages.append(arguments[4])
        return plain(*arguments)

    monkeypatch.setattr(weasyprint_page, "make_page", make_page)
    laid = laying.lay(together.html, 1, together.laid.fits)[1]
    assert laid == together.laid
    assert pages == list(range(1, laid.pages + 1))
