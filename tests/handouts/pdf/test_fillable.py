"""Paper that is filled in on a screen: fields where there is room to write, that programs can type into."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdfium2 import raw

from planner.handouts.options import Letterhead, Options
from planner.handouts.pdf import worker
from planner.handouts.pdf.places import Place, places
from planner.handouts.pdf.typeface import typeface
from planner.handouts.sheets import document
from planner.handouts.sheets.document import Document, Sheet
from planner.library.exercise import Exercise, Handout, Lines, Scale, Stems, Table, Ticks
from tests.handouts import ua
from tests.handouts.conftest import Print, Printed

BLOCKS = (
    Lines("A wish of {a}", 3),
    Stems(("I felt warm when …", "What would help me to say it a little sooner than last time is")),
    Ticks("My answer", ("Yes", "Not this week")),
    Scale("How close do I feel?", "far away", "very close"),
    Table("Our week", ("Day", "What"), ("Monday", "Tuesday")),
    Table("Ideas", ("What", "When"), ("", "")),
)
# Letters that Western sets lack, marks that word processors put in, and letters of Greece and Ukraine.
TYPED = "Zoë & Łukasz: “Ĉu vi ŝatas?” Γεια Київ"


def _sheet(fillable: bool) -> Document:
    sheet = Sheet(Handout("together", "A sheet", BLOCKS), "play")
    options = Options(names=("Zebedee", "Quilla"), fillable=fillable)
    return Document("together", (sheet,), options=options, letterhead=Letterhead("Harbour Practice"))


@pytest.fixture(scope="module")
def form(print_: Print) -> Printed:
    return print_(_sheet(fillable=True))


def _notes(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", [])]


# Where there is room


def _places(html: str) -> list[Place]:
    return list(places(ElementTree.fromstring(f"<div>{html}</div>")))  # noqa: S314 (our own text)


@given(st.lists(st.integers(1, 4), max_size=4))
def test_lines_that_follow_each_other_are_one_place(runs: list[int]) -> None:
    html = "".join(f"<p>Wish {at}</p>" + '<div class="rule"></div>' * count for at, count in enumerate(runs))
    found = _places(html)
    assert [len(place.boxes) for place in found] == runs
    assert [place.words for place in found] == [f"Wish {at}" for at in range(len(runs))]


@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_only_empty_cells_are_places(filled: list[bool]) -> None:
    cells = "".join("<td>said</td>" if each else "<td></td>" for each in filled)
    assert len(_places(f"<table><tbody><tr>{cells}</tr></tbody></table>")) == filled.count(False)


def test_paper_without_room_to_write_is_no_form(print_: Print, library: dict[str, Exercise]) -> None:
    plain = print_(document.of_exercise(library["touch-menu"], "together", Options(), Letterhead()))
    with pikepdf.open(io.BytesIO(plain.pdf)) as pdf:
        assert "/AcroForm" not in pdf.Root
    html = '<!doctype html><html lang="en-GB"><title>-</title><body><h1>Only words</h1></body></html>'
    with pikepdf.open(io.BytesIO(worker.make(html, 1, fillable=True)[0])) as pdf:
        assert "/AcroForm" not in pdf.Root


# The fields


def test_each_place_to_write_tick_or_choose_is_a_field_with_words(form: Printed) -> None:
    with pikepdf.open(io.BytesIO(form.pdf)) as pdf:
        fields = {str(field.T): str(field.TU) for field in pdf.Root.AcroForm.Fields}
        scale = [str(note.TU) for note in _notes(pdf) if "/Parent" in note]
    assert fields == {
        "lines-1": "A wish of Zebedee",
        "lines-2": "I felt warm when …",
        "lines-3": "What would help me to say it a little sooner than last time is",
        "tick-1": "My answer: Yes",
        "tick-2": "My answer: Not this week",
        "scale-1": "How close do I feel? far away – very close",
        "cell-1": "Our week: Monday, What",
        "cell-2": "Our week: Tuesday, What",
        "cell-3": "Ideas: 1, What",
        "cell-4": "Ideas: 1, When",
        "cell-5": "Ideas: 2, What",
        "cell-6": "Ideas: 2, When",
    }
    assert [words.rsplit(": ", 1)[1] for words in scale] == [str(number) for number in range(11)]


def test_names_of_fields_say_nothing_about_anybody(form: Printed) -> None:
    with pikepdf.open(io.BytesIO(form.pdf)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            assert re.fullmatch(r"(lines|cell|tick|scale)-\d+", str(field.T))
        assert b"Zebedee" not in pdf.Root.Metadata.read_bytes()


def test_a_form_holds_pdf_ua_and_is_heard_in_the_order_of_the_page(form: Printed) -> None:
    ua.check(form.pdf, lang="en-GB")
    with pikepdf.open(io.BytesIO(form.pdf)) as pdf:
        tops = [float(note.Rect[3]) for note in _notes(pdf) if "/Parent" not in note]
        kinds = [str(each.S) for each in ua.tree(pdf)]
    assert len(form.laid.fits) == form.laid.pages == 1
    assert tops == sorted(tops, reverse=True)
    assert kinds.count("/Form") == 11 + 11


def test_a_form_is_less_than_sixty_kilobytes_larger(form: Printed, print_: Print) -> None:
    growth = len(form.pdf) - len(print_(_sheet(fillable=False)).pdf)
    assert 0 < growth < 60_000


def test_fields_lie_on_the_paper_and_not_on_each_other(form: Printed) -> None:
    with pikepdf.open(io.BytesIO(form.pdf)) as pdf:
        boxes = [[float(side) for side in note.Rect] for note in _notes(pdf)]
    for at, (left, bottom, right, top) in enumerate(boxes):
        assert 50 < left < right < 545
        assert 60 < bottom < top < 785
        for other in boxes[at + 1 :]:
            assert left >= other[2] or other[0] >= right or bottom >= other[3] or other[1] >= top


# The letters


def test_all_letters_of_western_and_central_europe_can_be_typed() -> None:
    letters = {*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, TYPED), *map(ord, "‘’“”„–—…€")}
    assert letters <= set(typeface(arabic=False).glyphs)
    # Of Arabic itself: U+0620 and U+063B to U+063F belong to other languages.
    arabic = {*range(0x621, 0x63B), *range(0x640, 0x64B), *range(0x660, 0x66A)}
    assert arabic <= set(typeface(arabic=True).glyphs)


def test_the_font_to_type_with_is_the_same_each_time() -> None:
    assert typeface.__wrapped__(arabic=False) == typeface(arabic=False)


# Programs that fill it in

Box = tuple[float, float, float, float]


def _type(pdf: bytes, act: Callable[[Any, Any, str, Box], None]) -> tuple[bytes, Image.Image]:
    """Open a form as Chromium's viewer does, act on each field, and return the file and a picture of it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = [
            (str(note.get("/T", note.get("/TU"))), tuple(float(x) for x in note.Rect))
            for note in _notes(opened)
        ]
    viewer = pypdfium2.PdfDocument(pdf)
    viewer.init_forms()
    page = viewer[0]
    for name, box in names:
        act(viewer.formenv.raw, page.raw, name, box)
    raw.FORM_ForceToKillFocus(viewer.formenv.raw)
    picture = page.render(scale=1.5, may_draw_forms=True).to_pil().convert("L")
    saved = io.BytesIO()
    viewer.save(saved)
    page.close()
    viewer.close()
    return saved.getvalue(), picture


def _click(view: Any, page: Any, box: Box) -> None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    raw.FORM_OnMouseMove(view, page, 0, x, y)
    raw.FORM_OnLButtonDown(view, page, 0, x, y)
    raw.FORM_OnLButtonUp(view, page, 0, x, y)


def _fill_in(view: Any, page: Any, name: str, box: Box) -> None:
    if name.startswith("How close") and not name.endswith(": 7"):
        return
    _click(view, page, box)
    if name.startswith(("lines", "cell")):
        for letter in TYPED:
            raw.FORM_OnChar(view, page, ord(letter), 0)


@pytest.fixture(scope="module")
def filled(form: Printed) -> tuple[bytes, Image.Image]:
    return _type(form.pdf, _fill_in)


def _ink(picture: Image.Image, empty: Image.Image, box: Box) -> int:
    """How many pixels of a field are darker than when it was empty."""
    scale = picture.width / 595.28
    left, bottom, right, top = box
    area = (
        round(left * scale),
        round((841.89 - top) * scale),
        round(right * scale),
        round((841.89 - bottom) * scale),
    )
    change = ImageChops.difference(picture.crop(area), empty.crop(area))
    return sum(change.histogram()[100:])


def test_chromiums_viewer_types_ticks_and_chooses(form: Printed, filled: tuple[bytes, Image.Image]) -> None:
    pdf, picture = filled
    _same, empty = _type(form.pdf, lambda *_arguments: None)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for note in _notes(opened):
            chosen = "/Parent" not in note or str(note.TU).endswith(": 7")
            box = tuple(float(side) for side in note.Rect)
            assert (_ink(picture, empty, box) > 20) == chosen, str(note.TU)  # type: ignore[arg-type]
        values = {str(field.T): str(field.V) for field in opened.Root.AcroForm.Fields}
        assert values["lines-1"] == values["cell-6"] == TYPED
        assert values["tick-1"] == "/Yes"
        assert values["scale-1"] == "/7"
        # All of it in our own font, so that it looks the same on any machine.
        for note in _notes(opened):
            if note.get("/FT") == "/Tx":
                drawn = pikepdf.parse_content_stream(note.AP.N)
                used = [operands[0] for operands, operator in drawn if str(operator) == "Tf"]
                fonts = note.AP.N.Resources.Font
                assert {str(fonts[name].BaseFont) for name in used} == {"/PaperTyped"}


def test_a_second_press_takes_a_tick_back(filled: tuple[bytes, Image.Image]) -> None:
    def press(view: Any, page: Any, name: str, box: Box) -> None:
        if name.startswith("tick"):
            _click(view, page, box)

    with pikepdf.open(io.BytesIO(_type(filled[0], press)[0])) as opened:
        values = {str(field.T): str(field.get("/V", "/Off")) for field in opened.Root.AcroForm.Fields}
    assert values["tick-1"] == "/Off"


def poppler(name: str, *arguments: str) -> bytes:
    if shutil.which(name) is None:
        message = "poppler's programs are missing: install poppler-utils"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return subprocess.run([name, *arguments], check=True, capture_output=True).stdout


def test_poppler_shows_what_was_typed_in_chromium(filled: tuple[bytes, Image.Image], tmp_path: Path) -> None:
    file = tmp_path / "filled.pdf"
    file.write_bytes(filled[0])
    assert (
        " ".join(poppler("pdftotext", "-layout", str(file), "-").decode().split()).count("Łukasz: “Ĉu") == 9
    )


def test_poppler_types_with_our_font(form: Printed, tmp_path: Path) -> None:
    """As in Evince or Okular: the program draws what is typed itself."""
    file, empty = tmp_path / "typed.pdf", tmp_path / "empty.pdf"
    empty.write_bytes(form.pdf)
    with pikepdf.open(io.BytesIO(form.pdf)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.get("/FT") == "/Tx":
                field.V = pikepdf.String(TYPED)
                del field.AP
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.save(file)
        boxes = [tuple(float(side) for side in note.Rect) for note in _notes(pdf) if note.get("/FT") == "/Tx"]
    assert poppler("pdftotext", "-layout", str(file), "-").decode().count("Zoë & Łukasz") == len(boxes)
    pictures = []
    for each in (file, empty):
        drawn = poppler("pdftoppm", "-r", "108", "-gray", str(each))
        pictures.append(Image.open(io.BytesIO(drawn)).convert("L"))
    for box in boxes:
        assert _ink(pictures[0], pictures[1], box) > 20  # type: ignore[arg-type]
