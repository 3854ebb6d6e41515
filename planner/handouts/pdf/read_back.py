"""Plain text comes out of a PDF as it is read: numbers before their steps, and Arabic letters as they are.

Tags say it to a screen reader; this is for search, copying and whatever knows no tags.
"""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from typing import Any
from unicodedata import bidirectional

import pydyf
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import get_hb_object_data

# A line of a ToUnicode map: a form of a font, and what it reads as.
_FORM = re.compile(rb"^<([0-9a-f]{4})> <((?:[0-9a-f]{4})*)>$")
_characters: dict[str, dict[int, str]] = {}


def paint_numbers_first(document: Any) -> None:
    """Paint the number of a step before its words: then plain text comes out in the order of reading.

    A number stands outside its line and would be painted after it; no style sheet can say otherwise.
    """
    waiting = [page._page_box for page in document.pages]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)
        if box.is_outside_marker:
            box.style["z_index"] = -1
        waiting.extend(getattr(box, "children", ()))


def mend(document: Any, pdf: Any) -> None:
    """Let Arabic forms and signs read back as what they are.

    Where several are drawn for several letters, as for lam and alef with a sign above, WeasyPrint says of one
    that it is all of them and of the others that they are nothing, and so it stays wherever else they stand.
    The font knows better. It also has a single character for lam and alef: programs that turn lines round
    would turn two letters round with them.
    """
    fonts = {font.name: font for font in document.fonts.values()}
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("BaseFont") in fonts and "ToUnicode" in each:
            readings = pdf.objects[int(each["ToUnicode"].split()[0])]
            mended = partial(_mended, font=fonts[each["BaseFont"]])
            readings.stream = [_FORM.sub(mended, line) for line in readings.stream]


def _mended(form: re.Match[bytes], font: Any) -> bytes:
    text = bytes.fromhex(form[2].decode()).decode("utf-16-be")
    if text and (len(text) == 1 or all(bidirectional(letter) != "AL" for letter in text)):
        return form[0]
    own = _own_characters(font).get(int(form[1], 16))
    return b"<%s> <%s>" % (form[1], own.encode("utf-16-be").hex().encode()) if own else form[0]


def _own_characters(font: Any) -> dict[int, str]:
    """Which Arabic character a font says that a form is; of each font it is read once in a process."""
    if font.hash not in _characters:
        read = TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)
        _characters[font.hash] = {
            read.getGlyphID(name): chr(letter)
            for letter, name in read.getBestCmap().items()
            if 0x600 <= letter < 0x700 or 0xFE80 <= letter < 0xFEFD
        }
    return _characters[font.hash]
