"""Several PDFs as one: every promise of the single ones holds for the whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from pikepdf import Pdf
from pypdf import PdfReader

from planner.handouts.options import Options
from planner.packs.merging import Part, merged
from tests.handouts.conftest import Print, paper_app, print_  # noqa: F401
from tests.handouts.samples import SAMPLES
from tests.handouts.ua import check, texts


@pytest.fixture(scope="module")
def parts(print_: Print) -> list[Part]:  # noqa: F811
    """Sheets of one page and of several, with tables and practice at home."""
    names = [name for name in ("exercise", "together", "home") if name in SAMPLES]
    return [
        Part(name, print_(SAMPLES[name](Options())).pdf, copies)
        for name, copies in zip(names, (2, 1, 1), strict=True)
    ]


@pytest.fixture(scope="module")
def whole(parts: list[Part]) -> bytes:
    return merged(parts, "Handouts", "en-GB")


def text(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_each_copy_of_each_sheet_is_there_and_begins_on_the_front_of_a_page(
    parts: list[Part], whole: bytes
) -> None:
    wanted: list[str] = []
    for part in parts:
        for _ in range(part.copies):
            wanted += [""] * (len(wanted) % 2) + text(part.pdf)
    assert text(whole) == wanted


def test_the_outline_leads_to_every_sheet(parts: list[Part], whole: bytes) -> None:
    reader = PdfReader(BytesIO(whole))
    assert [each.title for each in reader.outline] == [p.name for p in parts for _ in range(p.copies)]
    assert all(reader.get_destination_page_number(each) % 2 == 0 for each in reader.outline)


def test_title_and_language_are_those_of_the_whole_and_nothing_names_anybody(whole: bytes) -> None:
    with Pdf.open(BytesIO(whole)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert set(pdf.docinfo.keys()) == {"/Title"}
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Handouts"


def test_the_whole_is_held_to_everything_that_each_sheet_is_held_to(parts: list[Part], whole: bytes) -> None:
    for part in parts:
        check(part.pdf, lang="en-GB")
    check(whole, lang="en-GB")


def test_a_screen_reader_says_the_sheets_one_after_the_other(parts: list[Part], whole: bytes) -> None:
    said = [texts(Pdf.open(BytesIO(part.pdf))) for part in parts for _ in range(part.copies)]
    assert texts(Pdf.open(BytesIO(whole))).split() == " ".join(said).split()


def test_no_two_pages_have_the_same_place_in_the_structure(whole: bytes) -> None:
    with Pdf.open(BytesIO(whole)) as pdf:
        places = [int(page.obj.StructParents) for page in pdf.pages if "/StructParents" in page.obj]
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
        assert len(places) == len(set(places))
        assert set(places) <= {int(each) for each in numbers}


def test_links_still_lead_to_places_of_their_own_sheet(whole: bytes) -> None:
    with Pdf.open(BytesIO(whole)) as pdf:
        if "/Names" not in pdf.Root:
            return
        names = [str(each) for each in list(pdf.Root.Names.Dests.Names)[::2]]
        assert len(names) == len(set(names))
        assert names == sorted(names)


def test_copies_cost_little_more_than_one(parts: list[Part]) -> None:
    once = merged([Part("x", parts[0].pdf)], "x", "en-GB")
    often = merged([Part("x", parts[0].pdf, 20)], "x", "en-GB")
    assert len(often) < 8 * len(once)


def test_nothing_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="no parts"):
        merged([], "x", "en-GB")
