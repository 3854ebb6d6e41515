"""The PDF as a client, a screen reader and a printer get it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import standalone
from planner.handouts.pdf import assets
from planner.handouts.sheets import document, runsheet
from planner.handouts.sheets.document import Document, Sheet
from planner.library.exercise import Exercise, Handout, Paragraph, Table
from planner.plans.plan import Origin, Plan, Segment
from tests.handouts.conftest import PRIVATE, Build, Print, Printed

A4, LETTER = (595, 842), (612, 792)


def text(printed: Printed) -> str:
    pages = PdfReader(io.BytesIO(printed.pdf)).pages
    return "\n".join(" ".join(page.extract_text().split()) for page in pages)


def opened(printed: Printed) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed.pdf))


def elements(node: Any) -> Iterator[Any]:
    """Every element of a structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/Type") == "/StructElem":
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(each.S) for each in elements(pdf.Root.StructTreeRoot)]


@pytest.fixture(params=["together", "for_a", "large_letter", "run_sheet"])
def any_printed(request: pytest.FixtureRequest) -> Printed:
    printed: Printed = request.getfixturevalue(request.param)
    return printed


# What is on paper


def test_it_opens_with_the_hope_in_the_couples_words_and_lists_its_sheets(together: Printed) -> None:
    first = PdfReader(io.BytesIO(together.pdf)).pages[0].extract_text()
    words = " ".join(first.split())
    assert "By the end of this session you can each ask for a hug, and keep your own time." in words
    assert words.index("For you both") < words.index("hug") < words.index("Our own ending")


def test_text_comes_out_in_reading_order(together: Printed) -> None:
    words = text(together)
    for before, after in (
        ("Sit where you like.", "Breathe out."),
        ("Breathe out.", "One of you speaks."),
        ("Then the other.", "What I heard"),
    ):
        assert words.rindex(before) < words.rindex(after)


def test_the_number_of_a_step_comes_before_it_for_whatever_knows_no_tags(together: Printed) -> None:
    with pypdfium2.PdfDocument(together.pdf) as pdf:
        other = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    for words in (text(together), other):
        assert "1. One of you speaks. 2. Then the other." in words


def test_each_page_has_its_number_and_the_practices_line(any_printed: Printed) -> None:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(any_printed.pdf)).pages]
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page
        assert "Harbour Practice · 01632 960 001" in page


@pytest.mark.parametrize("name", ["together", "for_a", "large_letter"])
def test_no_client_ever_reads_what_is_the_counsellors(name: str, request: pytest.FixtureRequest) -> None:
    printed: Printed = request.getfixturevalue(name)
    with opened(printed) as pdf:
        everything = text(printed) + printed.html + repr(pdf.docinfo) + str(pdf.open_metadata())
    assert not [word for word in PRIVATE if word in everything]


def test_the_run_sheet_is_the_counsellors(run_sheet: Printed) -> None:
    words = text(run_sheet)
    assert words.startswith("For the counsellor. Not for clients.")
    for expected in ("TITLE-OF-THE-PLAN", "NOTE-TO-MYSELF", "SCRIPT-OF-MINE", "10 to 20", "Take care:"):
        assert expected in words
    assert "If it goes badly:" in words


def test_the_run_sheet_says_what_clients_fill_in_and_gives_no_markup(run_sheet: Printed) -> None:
    words = text(run_sheet)
    assert "They fill in: What I heard" in words
    assert "[lines" not in words


def test_the_run_sheet_has_the_practice_at_home_and_not_the_script_once_more(
    print_: Print, library: dict[str, Exercise]
) -> None:
    exercise = library["touch-menu"]
    origin = Origin("touch-menu", "v1")
    steps = (
        Segment("one", "core", "The touch menu", 10, exercise=origin, words=exercise.script),
        Segment("two", "home", "The touch menu", 10, exercise=origin, words=exercise.script),
    )
    made = runsheet.of_plan(Plan("t", segments=steps), {origin: exercise}, Options(), Letterhead())
    words = text(print_(made))
    assert exercise.at_home
    assert words.count(" ".join(exercise.script.split())[:60]) == 1
    assert " ".join(exercise.at_home.dose.split())[:40] in words
    own = replace(steps[1], words="Ask how it went first.")
    again = runsheet.of_plan(Plan("t", segments=(own,)), {origin: exercise}, Options(), Letterhead())
    assert "Ask how it went first." in text(print_(again))


def test_the_run_sheet_says_the_hope_as_one_sentence(run_sheet: Printed) -> None:
    assert "By the end of this session they can each ask for a hug" in text(run_sheet)


def test_names_are_on_the_sheets_and_not_in_the_metadata(for_a: Printed) -> None:
    assert "For Zoë" in text(for_a)
    assert "Sam will not see it" in text(for_a)
    with opened(for_a) as pdf:
        assert str(pdf.docinfo["/Title"]) == "For you"


def test_the_fullest_sheets_have_their_place_on_one_page_or_on_two_in_large_print(
    library: dict[str, Exercise], print_: Print
) -> None:
    """On US Letter, the shorter paper; the fullest stand for all others."""

    def size(sheet: tuple[Exercise, Handout]) -> int:
        return sum(len(words) for words in sheet[1].texts())

    sheets = [(exercise, handout) for exercise in library.values() for handout in exercise.handouts]
    for exercise, handout in sorted(sheets, key=size)[-3:]:
        for large in (False, True):
            made = document.of_exercise(
                exercise,
                handout.whose,
                Options("letter", "large" if large else "standard"),
                Letterhead("A", "B"),
            )
            assert print_(made).laid.pages <= made.options.pages_each, (exercise.slug, large)


def test_paper_and_print_are_as_chosen(together: Printed, large_letter: Printed) -> None:
    for printed, size, points in ((together, A4, 14), (large_letter, LETTER, 18)):
        page = PdfReader(io.BytesIO(printed.pdf)).pages[0]
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        sizes: set[int] = set()

        def visit(
            words: str, _cm: Any, tm: Any, _font: Any, font_size: float, seen: set[int] = sizes
        ) -> None:
            if words.strip():
                seen.add(round(font_size * abs(tm[3])))

        page.extract_text(visitor_text=visit)
        # WeasyPrint counts in pixels: 96 of them make 72 points.
        assert round(points / 0.75) in sizes or points in sizes
        assert min(sizes) >= 12


def test_lines_of_text_are_short_enough_to_find_the_next(print_: Print) -> None:
    """60 to 70 characters."""
    words = Paragraph("Each of you has a sheet of your own, and nobody will ask to see yours. " * 8)
    made = print_(
        Document(
            "together",
            (Sheet(Handout("together", "Room", (words,)), ""),),
            options=Options(),
            letterhead=Letterhead(),
        )
    )
    lines = PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text().splitlines()
    full = [len(line) for line in lines if len(line) > 40][:-1]
    assert full
    assert min(full) >= 55
    assert max(full) <= 72


def test_what_no_tightening_makes_fit_keeps_its_large_type(print_: Print) -> None:
    words = tuple(Paragraph("Sit where you like, and breathe out slowly. " * 6) for _each in range(14))
    made = print_(
        Document(
            "together",
            (Sheet(Handout("together", "Long", words), ""),),
            options=Options(),
            letterhead=Letterhead(),
        )
    )
    assert made.laid.pages == 2
    assert made.laid.fits == {"sheet-1": 0}


def test_a_private_sheet_says_whose_it_is(print_: Print, library: dict[str, Exercise]) -> None:
    for whose, names, expected in (
        ("a", ("Zoë", "Sam"), "For Zoë"),
        ("b", ("Zoë", "Sam"), "For Sam"),
        ("b", ("", ""), "For Partner B"),
    ):
        made = print_(document.of_exercise(library["touch-menu"], whose, Options(names=names), Letterhead()))
        assert expected in text(made)


def test_the_run_sheet_begins_with_the_session_at_a_glance(run_sheet: Printed) -> None:
    words = text(run_sheet)
    assert words.index("At a glance") < words.index("0 to 10") < words.index("SCRIPT-OF-MINE")
    with opened(run_sheet) as pdf:
        heads = [each for each in elements(pdf.Root.StructTreeRoot) if each.S == "/TH"]
        assert {str(head.A.Scope) for head in heads} == {"/Column"}


# What software reads


def test_it_says_that_it_is_pdf_ua_tagged_titled_and_in_english(any_printed: Printed) -> None:
    with opened(any_printed) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.docinfo["/Title"]
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_titles_are_neutral(
    together: Printed, run_sheet: Printed, print_: Print, library: dict[str, Exercise]
) -> None:
    single = print_(
        document.of_exercise(library["touch-menu"], "a", Options(names=("Zoë", "Sam")), Letterhead())
    )
    for printed, title in (
        (together, "For you both"),
        (run_sheet, "For the counsellor"),
        (single, "My own list"),
    ):
        with opened(printed) as pdf:
            assert str(pdf.docinfo["/Title"]) == title


def test_nothing_names_the_software_or_the_time(any_printed: Printed) -> None:
    with opened(any_printed) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title"}
        metadata = pdf.Root.Metadata.read_bytes()
    assert b"WeasyPrint" not in metadata + any_printed.pdf
    assert b"Date" not in metadata


def test_headings_begin_at_one_and_leave_no_gap(any_printed: Printed) -> None:
    with opened(any_printed) as pdf:
        levels = [int(tag[2]) for tag in tags(pdf) if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_steps_are_lists_with_their_numbers(together: Printed) -> None:
    with opened(together) as pdf:
        found = tags(pdf)
    assert found.count("/L") >= 4
    assert "/Lbl" in found
    assert "/LBody" in found


def test_table_heads_say_which_way_they_point(print_: Print) -> None:
    table = Table("Our week", ("Day", "What"), ("Monday", ""))
    sheet = Sheet(Handout("together", "A week", (table,)), "play")
    made = print_(Document("together", (sheet,), options=Options(), letterhead=Letterhead()))
    with opened(made) as pdf:
        cells = [each for each in elements(pdf.Root.StructTreeRoot) if each.S == "/TH"]
        assert [str(cell.A.Scope) for cell in cells] == ["/Column", "/Column", "/Row"]
        assert "/Caption" in tags(pdf)


def test_pictures_are_decoration(any_printed: Printed) -> None:
    """An area is named in words beside its icon, so a screen reader need not hear of the icon."""
    with opened(any_printed) as pdf:
        assert "/Figure" not in tags(pdf)


def test_every_piece_of_a_page_is_text_with_a_place_or_decoration(together: Printed) -> None:
    with opened(together) as pdf:
        for page in pdf.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                if str(operator) in ("Tj", "TJ", "f", "S", "Do"):
                    assert depth > 0, (operands, operator)


def test_fonts_are_inside_in_part_and_can_be_read_back(any_printed: Printed) -> None:
    with opened(any_printed) as pdf:
        fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
        assert fonts
        for name, font in fonts.items():
            assert re.match(r"/[A-Z]{6}\+Paper", name), name
            assert "/ToUnicode" in font
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_clients_read_sans_serif_only(together: Printed, run_sheet: Printed) -> None:
    def families(printed: Printed) -> set[str]:
        with opened(printed) as pdf:
            fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
            return {str(font.BaseFont).split("+")[1] for font in fonts}

    assert families(together) == {"Paper-Sans", "Paper-Sans-Bold"}
    assert any("Serif" in name for name in families(run_sheet))


def test_the_same_document_gives_the_same_bytes(print_afresh: Print, build: Build, together: Printed) -> None:
    assert print_afresh(build()).pdf == together.pdf


def test_the_html_that_is_written_out_needs_no_other_file(together: Printed) -> None:
    html = standalone(together.html)
    assert assets.BASE not in html
    assert set(re.findall(r'url\("(.{5})', html)) == {"data:"}


def test_every_area_has_a_picture_on_paper() -> None:
    from planner.taxonomy import TAXONOMY

    css = (assets.STATIC / "css" / "paper.css").read_text()
    for area in TAXONOMY.areas.values():
        assert f".pictured-{area.icon} " in css, area.key
        assert (assets.STATIC / "vendor" / "lucide" / f"{area.icon}.svg").is_file()
