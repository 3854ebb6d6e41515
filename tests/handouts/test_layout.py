"""Sheets are laid out like the pages of a good workbook: measured on the pages as they are laid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from planner.handouts import kinds
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import laying
from planner.handouts.pdf.assets import STATIC
from planner.handouts.pdf.laid import only
from planner.handouts.sheets.document import Document, Sheet, of_exercise
from planner.library.exercise import Block, Bullets, Handout, Lines, Paragraph, Scale, Steps, Table, Ticks
from planner.plans.plan import Plan, Segment
from tests.handouts import samples
from tests.handouts.conftest import Build

MM = 96 / 25.4
GRID = 1.5
TEXT = Paragraph("Each of you has a sheet of your own, and nobody will ask to see yours. " * 3)
EVERYTHING = (
    TEXT,
    Steps(
        ("Sit side by side.", "Take turns, for two minutes each, and say one thing that was good this week.")
    ),
    Lines("What I heard", 3),
    Ticks("Today", ("A nod", "A word", "Nothing yet")),
    Scale("How near do I feel?", "far away", "very near"),
    Paragraph("You can stop at any time."),
)


@dataclass(frozen=True)
class Piece:
    """A box on a page: distances in mm from the page's top and left. `name` is its tag and classes."""

    page: int
    name: str
    kind: str
    top: float
    left: float
    width: float
    height: float
    box: Any

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def right(self) -> float:
        return self.left + self.width

    def has(self, word: str) -> bool:
        return word in self.name.split()


@dataclass(frozen=True)
class Laid:
    pieces: list[Piece]
    pages: int
    fits: dict[str, int]

    def all(self, word: str, kind: str = "") -> list[Piece]:
        """Pieces with this tag or class, without the boxes that the layout made inside of them."""
        found = [each for each in self.pieces if each.has(word) and kind in each.kind]
        return list(
            {(each.page, round(each.top, 2), round(each.left, 2)): each for each in reversed(found)}.values()
        )[::-1]


Lay = Callable[..., Laid]


def pieces(document: Any) -> Iterator[Piece]:
    for number, page in enumerate(document.pages, start=1):
        for box in page._page_box.descendants(placeholders=True):
            real = getattr(box, "_box", box)
            element = real.element
            name = real.element_tag or ""
            if element is not None and "::" not in name:
                name += " " + (element.get("class") or "")
            if hasattr(real, "position_y") and isinstance(real.height, (int, float)):
                yield Piece(
                    number,
                    name,
                    type(real).__name__,
                    real.border_box_y() / MM if hasattr(real, "border_box_y") else real.position_y / MM,
                    real.border_box_x() / MM if hasattr(real, "border_box_x") else real.position_x / MM,
                    (real.border_width() if hasattr(real, "border_width") else real.width) / MM,
                    (real.border_height() if hasattr(real, "border_height") else real.height) / MM,
                    real,
                )


@pytest.fixture(scope="module")
def lay(paper_app: Flask) -> Lay:
    """`lay(blocks, more_blocks, lang="ar")`: sheets of these blocks, laid on pages."""

    def make(*sheets: tuple[Block, ...], **options: Any) -> Laid:
        made = Document(
            "together",
            tuple(
                Sheet(Handout("together", "A sheet", blocks), "play", lang=options.get("lang", "en"))
                for blocks in sheets
            ),
            options=Options(**options),
            letterhead=Letterhead("Harbour Practice", "01632 960 001"),
        )
        with paper_app.app_context():
            html = to_html(made)
        document, laid = laying.lay(html, made.options.pages_each)
        return Laid(list(pieces(document)), laid.pages, dict(laid.fits))

    return make


@pytest.fixture(scope="module")
def standard(lay: Lay) -> Laid:
    return lay(EVERYTHING)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("slug", "kind", "line"),
    [
        ("thanks-that-names-you", "home", "On three days this week, under two minutes for both."),
        ("good-enough-evening", "together", "A time with more than one"),
    ],
)
def test_words_that_just_fit_a_line_stay_on_it(slug: str, kind: str, line: str) -> None:
    """As WeasyPrint does not see to, where white space follows them or words that are kept together."""
    exercise = samples.exercises()[slug]
    at_home = Segment("s1", "home", exercise.title, 10, exercise=samples.origin(slug), in_handout=True)
    options = Options(paper="letter", design="opendyslexic")
    printed = (
        kinds.of_plan(kind, Plan("", segments=(at_home,)), samples.origins(), ["s1"], options, Letterhead())
        if kind == "home"
        else of_exercise(exercise, kind, options, Letterhead())
    )
    document, _ = laying.lay(to_html(printed), printed.options.pages_each)
    lines = [
        "".join(getattr(each, "text", "") for each in piece.box.descendants())
        for piece in pieces(document)
        if piece.kind == "LineBox"
    ]
    assert line in [each.strip() for each in lines]


def test_text_stands_on_a_grid(standard: Laid) -> None:
    """Lines of paragraphs, steps, labels and ticks are whole steps of 1.5 mm apart."""
    scale = standard.all("boxes", "Flex")[0]
    lines = [
        (each.box.position_y + each.box.baseline) / MM
        for each in standard.pieces
        # Titles, feet and the ends of a scale are of other sizes, and numbers stand in the middle of boxes.
        if each.kind == "LineBox" and round(each.box.style["font_size"] * 0.75) == 14
        if not scale.top < each.top < scale.bottom
    ]
    assert len(lines) >= 12
    off = [abs((line - lines[0]) / GRID - round((line - lines[0]) / GRID)) * GRID for line in lines]
    assert max(off) < 0.25, off


def test_lines_to_write_on_are_nine_millimetres_apart(standard: Laid) -> None:
    rules = standard.all("rule", "BlockBox")
    assert len(rules) == 3
    assert [round(after.bottom - before.bottom, 1) for before, after in pairwise(rules)] == [9.0, 9.0]


def test_boxes_to_tick_are_six_millimetres_and_level_with_their_words(standard: Laid) -> None:
    boxes = [each for each in standard.pieces if each.name == "li::before"]
    words = [each for each in standard.all("li", "BlockBox") if any(b.page == each.page for b in boxes)]
    assert len(boxes) == 3
    for box in boxes:
        assert (round(box.width, 1), round(box.height, 1)) == (6.0, 6.0)
        (item,) = [each for each in words if abs(each.top - box.top) < 2]
        # A line of text is 7.5 mm high.
        assert abs((item.top + 7.5 / 2) - (box.top + 6 / 2)) < 0.2


def test_a_scale_has_eleven_boxes_of_one_size(standard: Laid) -> None:
    boxes = [each for each in standard.all("li", "BlockBox") if 8.5 < each.height < 9.5 and each.width < 20]
    assert len(boxes) == 11
    widths = [each.width for each in boxes]
    assert max(widths) - min(widths) < 0.5
    assert min(widths) >= 10


def test_margins_are_twenty_millimetres(standard: Laid) -> None:
    assert min(each.left for each in standard.pieces if each.kind == "LineBox") >= 19.9
    assert max(each.right for each in standard.all("rule", "BlockBox")) <= 190.1


def test_no_label_or_title_stands_alone_at_the_end_of_a_page(lay: Lay) -> None:
    """Tried with ever more text before it, so that the label would fall anywhere near the end."""
    sheets = [
        (*(Paragraph("One line of text.") for _ in range(number)), Lines("What I heard", 4), *([TEXT] * 14))
        for number in range(15, 21)
    ]
    laid = lay(*sheets)
    labels = laid.all("label", "BlockBox")
    rules = laid.all("rule", "BlockBox")
    assert len({each.page for each in labels}) >= len(sheets)
    for label in labels:
        below = [rule for rule in rules if rule.page == label.page and rule.top > label.top]
        assert below


def test_a_short_list_is_not_parted_by_the_end_of_a_page(lay: Lay) -> None:
    """Tried with ever more text before it, so that its middle would fall anywhere near the end."""
    questions = Bullets(("What was good?", "What else?", "What would you like more of?"))
    sheets = [
        (*(Paragraph("One line of text.") for _ in range(number)), questions, *([TEXT] * 14))
        for number in range(15, 23)
    ]
    laid = lay(*sheets)
    items = laid.all("li", "BlockBox")
    assert len(items) == 3 * len(sheets)
    assert len({each.page for each in items}) == len(sheets)


def test_a_step_stands_on_one_page_beside_its_number(lay: Lay) -> None:
    step = "Take turns, for two minutes each, and say one thing that was good. " * 4
    laid = lay((Steps((step,) * 26),), design="large")
    numbers = laid.all("li::marker", "BlockBox")
    steps = laid.all("li", "BlockBox")
    assert laid.pages >= 3
    assert len(steps) == len(numbers) == 26
    for number, item in zip(numbers, steps, strict=True):
        assert number.page == item.page
        assert abs(number.top - item.top) < 1


def test_a_long_table_goes_on_under_its_heads_again(lay: Lay) -> None:
    table = Table("Our days", ("Day", "What", "How long"), tuple(f"Day {n}" for n in range(14)))
    laid = lay((TEXT, table), design="large", paper="letter")
    pages = {each.page for each in laid.all("td")}
    assert len(pages) == 2
    assert {each.page for each in laid.all("thead")} == pages
    (caption,) = laid.all("caption", "Box")[:1]
    assert any(each.page == caption.page for each in laid.all("td"))
    rows = laid.all("tr")
    assert len(rows) == 14 + 2, "no row is cut in two"


def test_a_last_page_that_would_be_nearly_empty_is_drawn_in(lay: Lay) -> None:
    for design, more in (("standard", 2), ("easy", 1)):
        laid = lay((*EVERYTHING, *[TEXT] * more), design=design)
        assert laid.pages == 1
        assert laid.fits["sheet-1"] > 0


@pytest.mark.parametrize(
    "options", [Options("letter"), Options(design="large"), Options(design="easy")], ids=str
)
def test_the_first_page_stays_one_under_a_letterhead(
    paper_app: Flask, build: Build, options: Options
) -> None:
    personal = replace(
        options, next_date=date(2026, 12, 3), next_time=time(10, 30), line="Take the week gently. " * 3
    )
    head = Letterhead("Harbour Practice", "12 Quay Street\n01632 960 001\nhello@harbour.example")
    made = replace(build(), options=personal, letterhead=head)
    with paper_app.app_context():
        html = only(to_html(made), ["cover"])
    document, laid = laying.lay(html, options.pages_each)
    assert laid.pages == 1
    assert any(piece.has("way-out") for piece in pieces(document))


def test_nothing_is_set_in_letters_smaller_than_thirteen_points_to_save_a_page() -> None:
    css = (STATIC / "css" / "paper.css").read_text()
    assert all(float(size) >= 13 for size in re.findall(r"data-fit[^{]*{[^}]*--text: ([\d.]+)pt", css))


def test_in_arabic_a_sheet_is_mirrored(lay: Lay, standard: Laid) -> None:
    arabic = lay(
        tuple(
            replace(block, items=("اجلسا معًا.", "بدّلا الدورين.")) if isinstance(block, Steps) else block
            for block in EVERYTHING
        ),
        lang="ar",
    )

    def sides(laid: Laid, word: str, kind: str = "Box") -> list[float]:
        return [
            (each.left + each.right) / 2 for each in laid.pieces if each.name == word and kind in each.kind
        ]

    for word in ("li::marker", "li::before"):
        assert max(sides(standard, word)) < 40
        assert min(sides(arabic, word)) > 170
    scale = [each for each in arabic.all("li", "BlockBox") if 8.5 < each.height < 9.5 and each.width < 20]
    assert [each.left for each in scale] == sorted((each.left for each in scale), reverse=True)
    (count,), (mirrored) = standard.all("count", "BlockBox"), arabic.all("count", "BlockBox")
    assert count.right > 180
    assert mirrored[0].left < 30


def test_the_ink_saver_has_no_filled_area_and_thin_rules(lay: Lay) -> None:
    table = Table("Our days", ("Day", "What"), ("", ""))
    laid = lay((*EVERYTHING, table), design="ink-saver")
    filled = [
        each.name
        for each in laid.pieces
        if getattr(each.box.style["background_color"], "alpha", 0) > 0 and each.name not in ("body", "html")
        if "body" not in each.name and tuple(each.box.style["background_color"].coordinates) != (1, 1, 1)
    ]
    assert filled == []
    thick = max(each.box.style["border_bottom_width"] for each in laid.pieces)
    assert thick * 0.75 <= 0.8


def test_words_on_paper_have_a_contrast_of_seven_to_one() -> None:
    css = (STATIC / "css" / "paper.css").read_text()
    colours = dict(re.findall(r"--(pen|soft|wash): (#[0-9a-f]{6})", css))

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for words in ("pen", "soft"):
        for ground in ("#ffffff", colours["wash"]):
            assert (light(ground) + 0.05) / (light(colours[words]) + 0.05) >= 7
    # A tint that a copier keeps white.
    assert light(colours["wash"]) > 0.88
