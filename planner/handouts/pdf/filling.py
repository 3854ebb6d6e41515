"""Form fields in a PDF: wherever a page leaves room to write, tick or choose, one that can be filled in.

The places are found in what was laid out, so any kind of paper becomes a form without a word in its template,
and an empty form prints like any other paper. Fields are named by kind and number; what stands on the page
serves as their words, for those who hear the form, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from planner.handouts.pdf.places import Place, places
from planner.handouts.pdf.tagging import POINTS, Tagged, Tree
from planner.handouts.pdf.typeface import embed

_INK = "0.133 0.126 0.11"
# The font's name in the form. With any other, pdfium (in Chromium) types only Western letters with the font;
# for “ ” and Ł it takes fonts of the system, and embeds none. By this name it takes ours for one of symbols,
# and uses it for all that is typed.
_FONT = "Wingdings"
_MULTILINE, _RADIO, _PRINT = 1 << 12, 1 << 15, 1 << 2
# Letters of a field as a part of the text's around it; cells have less room.
_SIZE, _IN_CELL = 0.9, 0.8
_INSET = 1.5
# Between the border of a table's cell and what is typed.
_IN_CELL_INSET = 3
# Nothing smaller than this, in points, is room to write or to press.
_LEAST = 8


@dataclass(frozen=True)
class _Room:
    """Where a field lies: its page (from 0), structure element, and corners and type in points."""

    page: int
    element: Any
    corners: tuple[float, float, float, float]
    size: float
    rtl: bool

    @property
    def width(self) -> float:
        return self.corners[2] - self.corners[0]

    @property
    def height(self) -> float:
        return self.corners[3] - self.corners[1]


def fill(tree: Tree) -> None:
    """Put a field into each place of the pages. Pages without such places stay as they are."""
    form = _Form(tree)
    for place in places(_html(tree.document)):
        form.add(place)
    form.close()


def _html(document: Any) -> Any:
    """The root of the HTML that was laid out."""
    boxes = document.pages[0]._page_box.descendants()
    return next(box.element for box in boxes if box.element_tag == "html")


class _Form:
    """The form of a PDF while its fields are made."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.pdf = tree, tree.pdf
        self.fields = pydyf.Array()
        self._made: dict[tuple[str, float, float], bytes] = {}
        self._counts: dict[str, int] = {}
        self._font: bytes | None = None
        self._tagged: dict[int, list[Tagged]] = {}
        self._marks: dict[int, Tagged] = {}
        for each in tree.tagged:
            if each.box.element is None or not tree.stands(each.element):
                continue
            key = id(each.box.element)
            if each.source is None and each.box.element_tag == "li::before":
                self._marks[key] = each
            elif each.source is not None:
                # Outermost last: the one to keep of each page.
                kept = [one for one in self._tagged.get(key, []) if one.page != each.page]
                self._tagged[key] = [*kept, each]

    def add(self, place: Place) -> None:
        if place.kind == "scale":
            self._scale(place)
            return
        for room in self._rooms_of(place.kind, place.boxes):
            if place.kind == "tick":
                field = self._button(room, "Yes", "tick")
                field.update({"FT": "/Btn", "V": "/Off"})
            else:
                field = self._text_field(room)
            field["T"] = pydyf.String(self._name(place.kind))
            self._widget(room, field, place.words)

    def close(self) -> None:
        if self.fields:
            fonts = pydyf.Dictionary({_FONT: self._font_made()})
            self.pdf.catalog["AcroForm"] = pydyf.Dictionary(
                {
                    "Fields": self.fields,
                    "DR": pydyf.Dictionary({"Font": fonts}),
                    "DA": pydyf.String(f"/{_FONT} 12 Tf {_INK} rg"),
                }
            )

    # Rooms

    def _rooms_of(self, kind: str, sources: tuple[Any, ...]) -> Iterator[_Room]:
        """The rooms of HTML elements, one on each page that they stand on; none for what is hidden."""
        tagged = [each for source in sources for each in self._tagged.get(id(source), [])]
        if kind == "tick":
            tagged = [self._marks[id(source)] for source in sources if id(source) in self._marks]
        inset = _IN_CELL_INSET if kind == "cell" else _INSET
        for page in dict.fromkeys(each.page for each in tagged):
            here = [each for each in tagged if each.page == page]
            corners = _around([each.box for each in here], self.tree.document.pages[page].height, inset)
            style = here[0].box.style
            size = float(style["font_size"]) * POINTS * (_IN_CELL if kind == "cell" else _SIZE)
            if corners[2] - corners[0] > _LEAST and corners[3] - corners[1] > _LEAST:
                yield _Room(page, here[0].element, corners, round(size, 1), style["direction"] == "rtl")

    # Fields

    def _widget(self, room: _Room, field: Any, words: str, parent: Any = None) -> None:
        """Give a field its words, and its place in the form, on the page and in the structure."""
        field.update(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "Rect": pydyf.Array(round(corner, 2) for corner in room.corners),
                "P": self.pdf.page_references[room.page],
                "F": _PRINT,
                "TU": pydyf.String(words),
            }
        )
        self.pdf.add_object(field)
        if parent is None:
            self.fields.append(field.reference)
        else:
            field["Parent"] = parent.reference
            parent["Kids"].append(field.reference)
        page = self.tree.page(room.page)
        page.setdefault("Annots", pydyf.Array()).append(field.reference)
        self.tree.hold(self._form_element(room), field, room.page)

    def _form_element(self, room: _Room) -> Any:
        """The structure element of a field: an empty one becomes it, others get one inside."""
        element = room.element
        if not element["K"] and element["S"] in ("/Div", "/NonStruct", "/Span"):
            element["S"] = "/Form"
            return element
        bodies = [kid for kid in self.tree.kids(element) if kid["S"] == "/LBody"]
        return self.tree.add("Form", bodies[0] if bodies else element, room.page)

    def _text_field(self, room: _Room) -> Any:
        several = room.height > 2.2 * room.size
        return pydyf.Dictionary(
            {
                "FT": "/Tx",
                "Ff": _MULTILINE if several else 0,
                "DA": pydyf.String(f"/{_FONT} {room.size:g} Tf {_INK} rg"),
                "Q": 2 if room.rtl else 0,
                "AP": pydyf.Dictionary({"N": self._appearance("text", room)}),
            }
        )

    def _button(self, room: _Room, value: str, mark: str) -> Any:
        """A field that is off, or has this value and shows this mark."""
        states = {value: self._appearance(mark, room), "Off": self._appearance("off", room)}
        return pydyf.Dictionary({"AS": "/Off", "AP": pydyf.Dictionary({"N": pydyf.Dictionary(states)})})

    def _scale(self, place: Place) -> None:
        """Numbers of which one is chosen."""
        group = pydyf.Dictionary(
            {
                "FT": "/Btn",
                "Ff": _RADIO,
                "T": pydyf.String(self._name(place.kind)),
                "TU": pydyf.String(place.words),
                "V": "/Off",
                "Kids": pydyf.Array(),
            }
        )
        self.pdf.add_object(group)
        self.fields.append(group.reference)
        for box, value in zip(place.boxes, place.values, strict=True):
            for room in self._rooms_of(place.kind, (box,)):
                button = self._button(room, value, "ring")
                self._widget(room, button, f"{place.words}: {value}", parent=group)

    def _name(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}-{self._counts[kind]}"

    # What is drawn

    def _appearance(self, what: str, room: _Room) -> bytes:
        """How a field of this size looks: an empty text, a tick, a ring around a number, or nothing."""
        width, height = round(room.width, 2), round(room.height, 2)
        # What is typed may be drawn into the appearance of its field, so each text has one of its own.
        key = (what, width, height)
        if key not in self._made or what == "text":
            extra = pydyf.Dictionary(
                {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, width, height])}
            )
            if what == "text":
                fonts = pydyf.Dictionary({_FONT: self._font_made()})
                extra["Resources"] = pydyf.Dictionary({"Font": fonts})
            stream = pydyf.Stream([_DRAWN[what](width, height)], extra)
            self.pdf.add_object(stream)
            self._made[key] = stream.reference
        return self._made[key]

    def _font_made(self) -> bytes:
        if self._font is None:
            lang = self.tree.document.metadata.lang or ""
            self._font = embed(self.pdf, arabic=lang.startswith("ar"))
        return self._font


def _around(boxes: list[Any], height: float, inset: float) -> tuple[float, float, float, float]:
    """Corners `inset` points inside of boxes, in points from the foot of a page of `height` CSS pixels."""
    left = min(box.border_box_x() for box in boxes)
    top = min(box.border_box_y() for box in boxes)
    right = max(box.border_box_x() + box.border_width() for box in boxes)
    bottom = max(box.border_box_y() + box.border_height() for box in boxes)
    return (
        left * POINTS + inset,
        (height - bottom) * POINTS + inset,
        right * POINTS - inset,
        (height - top) * POINTS - inset,
    )


def _tick_drawn(width: float, height: float) -> str:
    points = ((0.16, 0.52), (0.42, 0.22), (0.86, 0.84))
    (x1, y1), (x2, y2), (x3, y3) = ((round(x * width, 2), round(y * height, 2)) for x, y in points)
    return f"q {_INK} RG 2.2 w 1 J 1 j {x1} {y1} m {x2} {y2} l {x3} {y3} l S Q"


def _ring_drawn(width: float, height: float) -> str:
    """An ellipse, as one draws around a number with a pen."""
    x, y, across, up = width / 2, height / 2, width / 2 - 1.5, height / 2 - 1.5
    cx, cy = across * 0.5523, up * 0.5523

    def point(dx: float, dy: float) -> str:
        return f"{x + dx:.2f} {y + dy:.2f}"

    quarters = (
        (point(across, cy), point(cx, up), point(0, up)),
        (point(-cx, up), point(-across, cy), point(-across, 0)),
        (point(-across, -cy), point(-cx, -up), point(0, -up)),
        (point(cx, -up), point(across, -cy), point(across, 0)),
    )
    curves = " ".join(f"{' '.join(each)} c" for each in quarters)
    return f"q {_INK} RG 2 w {point(across, 0)} m {curves} s Q"


_DRAWN: dict[str, Callable[[float, float], str]] = {
    "text": lambda _width, _height: "/Tx BMC EMC",
    "tick": _tick_drawn,
    "ring": _ring_drawn,
    "off": lambda _width, _height: "",
}
