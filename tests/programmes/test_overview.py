"""A programme on paper: tagged for screen readers, neutral in its metadata, on A4 and US Letter."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pypdf import PdfReader

from planner.db import db
from planner.handouts.options import Letterhead, Options
from planner.programmes import operations
from planner.programmes.overview import Overview
from planner.programmes.programme import Programme, Session
from tests.handouts.test_pdf import elements


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_pdf(owner, course, paper, width):
    answer = owner.post(course.address + "/overview", data={"paper": paper, "design": "standard"})
    pages = PdfReader(io.BytesIO(answer.data)).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert words.startswith("For the counsellor. Not for clients. Confidential programme")
    for said in ("1. Arrive", "Tea together", "Not planned yet.", "Minutes by area", "Not yet tended:"):
        assert said in words
    assert "Slowly." not in words
    assert f"1 of {len(pages)}" in words
    assert round(pages[0].mediabox.width) == width
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "For the counsellor"
        assert "/Producer" not in pdf.docinfo
        assert pdf.Root.Lang == "en-GB"
        heads = [each for each in elements(pdf.Root.StructTreeRoot) if str(each.S) == "/TH"]
        assert heads
        assert {str(each.A.Scope) for each in heads} == {"/Column", "/Row"}
        assert "Confidential" not in str(pdf.open_metadata())


def test_many_sessions_stand_in_several_tables(app, cast, owner):
    with app.app_context():
        value = Programme("Long", sessions=tuple(Session(f"s{n}", f"Aim {n}") for n in range(23)))
        made = operations.create(db.session, cast.owner, value).id
        db.session.commit()
    assert owner.get(f"/programmes/{made}/overview/preview").status_code == 200
    rows = tuple(range(23))
    standard = Overview(value, rows, None, options=Options(), letterhead=Letterhead())  # type: ignore[arg-type]
    assert [len(each) for each in standard.stretches()] == [10, 10, 3]
    large = Overview(value, rows, None, options=Options(design="large"), letterhead=Letterhead())  # type: ignore[arg-type]
    assert [len(each) for each in large.stretches()] == [5, 5, 5, 5, 3]
