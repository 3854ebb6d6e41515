"""The letters that can be typed into a form: a small font made of our own fonts, whole and not a subset.

Viewers set what is typed in the font that the form names. Programs refuse to type with a font whose name says
that it is a subset, and whole fonts are large, so this one has the letters of European languages: Latin-1,
Latin Extended-A, Greek and Cyrillic; in Arabic forms the Arabic ones too. What is typed in other letters is
kept in the form, and shows in viewers that look for a font of their own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

import pydyf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from planner.config import ROOT

_VENDOR = ROOT / "static" / "vendor"
# The first that has a letter gives it.
_EUROPEAN = (
    "atkinson/atkinson-hyperlegible-next-latin-400-normal.woff2",
    "atkinson/atkinson-hyperlegible-next-latin-ext-400-normal.woff2",
    "noto-sans/noto-sans-latin-ext-400-normal.woff2",
    "noto-sans/noto-sans-greek-400-normal.woff2",
    "noto-sans/noto-sans-cyrillic-400-normal.woff2",
)
_ARABIC = ("vazirmatn/vazirmatn-arabic-400-normal.woff2",)
_PUNCTUATION = "‐‑‒–—‘’‚“”„†•…‰‹›€™−"
_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x370, 0x460),
    0x490,
    0x491,
    *map(ord, _PUNCTUATION),
)
# Drawn alike: the micro sign is a letter, and the hyphen that need not show does when it is typed.
_ALIKE = {0xB5: 0x3BC, 0xAD: 0x2D}
_NAME = "PaperTyped"


@dataclass(frozen=True)
class Typeface:
    """A TrueType file, and of each character its glyph and its width in thousandths of the type's size."""

    data: bytes
    glyphs: dict[int, int]
    widths: list[int]
    ascent: int
    descent: int
    box: tuple[int, int, int, int]


@cache
def typeface(arabic: bool) -> Typeface:
    """The font to type with; made once in a process."""
    letters = (*_LETTERS, *range(0x600, 0x700)) if arabic else _LETTERS
    fonts = [TTFont(_VENDOR / name) for name in (*_EUROPEAN, *(_ARABIC if arabic else ()))]
    maps = [(font.getBestCmap(), font.getGlyphSet()) for font in fonts]
    drawn: dict[str, Any] = {".notdef": _box()}
    advances: dict[str, tuple[int, int]] = {".notdef": (600, 0)}
    names: dict[int, str] = {}
    for letter in letters:
        shape = _ALIKE.get(letter, letter)
        found = next((each for each in maps if shape in each[0]), None)
        if found is None:
            continue
        cmap, shapes = found
        glyph = shapes[cmap[shape]]
        # Parts of a letter that lie in other glyphs become its own.
        whole = DecomposingRecordingPen(shapes)
        glyph.draw(whole)
        pen = TTGlyphPen(None)
        whole.replay(pen)
        names[letter] = f"u{letter:04X}"
        drawn[names[letter]] = pen.glyph()
        advances[names[letter]] = (round(glyph.width), 0)
    builder = FontBuilder(1000, isTTF=True)
    order = list(drawn)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(drawn)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {name: (advances[name][0], getattr(table[name], "xMin", 0)) for name in order}
    )
    latin = fonts[0]["hhea"]
    ascent, descent = latin.ascent, latin.descent
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupNameTable({"familyName": _NAME, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    builder.setupPost(keepGlyphNames=False)
    # The time would make each file another one.
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    head = builder.font["head"]
    places = {name: number for number, name in enumerate(order)}
    return Typeface(
        file.getvalue(),
        {letter: places[name] for letter, name in names.items()},
        [advances[name][0] for name in order],
        ascent,
        descent,
        (head.xMin, head.yMin, head.xMax, head.yMax),
    )


def _box() -> Any:
    pen = TTGlyphPen(None)
    # Around one way, and inside the other.
    for corners in (
        ((60, 0), (60, 700), (540, 700), (540, 0)),
        ((110, 50), (490, 50), (490, 650), (110, 650)),
    ):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def embed(pdf: Any, *, arabic: bool) -> bytes:
    """Put the font to type with into a PDF that is being written; its reference."""
    face = typeface(arabic)
    file = pydyf.Stream([face.data], {"Length1": len(face.data)}, compress=True)
    pdf.add_object(file)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{_NAME}",
            "Flags": 4,
            "FontBBox": pydyf.Array(face.box),
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": 700,
            "StemV": 80,
            "FontFile2": file.reference,
        }
    )
    pdf.add_object(descriptor)
    # A stream and not /Identity: poppler types with no other.
    same = pydyf.Stream(
        [b"".join(number.to_bytes(2, "big") for number in range(len(face.widths)))], {}, compress=True
    )
    pdf.add_object(same)
    readings = pydyf.Stream([_readings(face.glyphs)], {}, compress=True)
    pdf.add_object(readings)
    system = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    inner = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{_NAME}",
            "CIDSystemInfo": pydyf.Dictionary(system),
            "FontDescriptor": descriptor.reference,
            "DW": 600,
            "W": pydyf.Array([0, pydyf.Array(face.widths)]),
            "CIDToGIDMap": same.reference,
        }
    )
    pdf.add_object(inner)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{_NAME}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([inner.reference]),
            "ToUnicode": readings.reference,
        }
    )
    pdf.add_object(font)
    return bytes(font.reference)


def _readings(glyphs: dict[int, int]) -> str:
    """A ToUnicode map: which character each glyph reads."""
    lines = [f"<{glyph:04x}> <{letter:04x}>" for letter, glyph in glyphs.items()]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{mapped}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
