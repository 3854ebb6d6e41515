"""Letters beyond those of our languages: which fonts a document needs, and which letters no font of ours has.

Names and a counsellor's own words may be in any script. What paper shows must not hang on the fonts that a
machine happens to have, so there is one for each script below, loaded only where its letters stand.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from planner.config import ROOT

_VENDOR = ROOT / "static" / "vendor"
_NOTO = "noto-sans/noto-sans"
# Of each script its letters, and how its font's files begin. The style sheet: css/paper-letters-NAME.css.
SCRIPTS = {
    "greek": ("\u0370-\u03ff", f"{_NOTO}-greek"),
    "cyrillic": ("\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116", f"{_NOTO}-cyrillic"),
    "vietnamese": (
        "\u0102\u0103\u0110\u0111\u0128\u0129\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9",
        f"{_NOTO}-vietnamese",
    ),
    "hebrew": ("\u0590-\u05ff", "noto-sans-hebrew/noto-sans-hebrew-hebrew"),
    "arabic": ("\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc", "vazirmatn/vazirmatn-arabic"),
    "devanagari": ("\u0900-\u097f", "noto-sans-devanagari/noto-sans-devanagari-devanagari"),
    "bengali": ("\u0980-\u09ff", "noto-sans-bengali/noto-sans-bengali-bengali"),
    "gurmukhi": ("\u0a00-\u0a7f", "noto-sans-gurmukhi/noto-sans-gurmukhi-gurmukhi"),
    "gujarati": ("\u0a80-\u0aff", "noto-sans-gujarati/noto-sans-gujarati-gujarati"),
    "tamil": ("\u0b80-\u0bff", "noto-sans-tamil/noto-sans-tamil-tamil"),
    "thai": ("\u0e00-\u0e7f", "noto-sans-thai/noto-sans-thai-thai"),
    "ethiopic": ("\u1200-\u139f", "noto-sans-ethiopic/noto-sans-ethiopic-ethiopic"),
}
_USUAL = (
    "atkinson/atkinson-hyperlegible-next-latin-400-normal.woff2",
    "atkinson/atkinson-hyperlegible-next-latin-ext-400-normal.woff2",
)
_LETTERS = {name: re.compile(f"[{letters}]") for name, (letters, _font) in SCRIPTS.items()}
# What needs no looking up: the letters, digits and marks of most pages.
_PLAIN = re.compile(r"[\x00-\x7f\xa0-\xff‐-‧′″…]+")
_TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
# Letters of four bytes or more are pictures, and what joins or colours them is part of these.
_SHOWN = ("L", "M", "N", "S", "P")


def style_sheets(html: str) -> list[str]:
    """The style sheets with the fonts for the letters that stand in printed HTML, beside the usual ones."""
    text = _PLAIN.sub("", _TAG.sub("", html))
    return [f"css/paper-letters-{name}.css" for name in SCRIPTS if text and _LETTERS[name].search(text)]


def missing(html: str) -> str:
    """The letters of printed HTML that no font of ours has, once each, in their order; most often ""."""
    text = _PLAIN.sub("", _TAG.sub("", html))
    if not text:
        return ""
    known = _known()
    letters = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(
        letter for letter in letters if ord(letter) not in known and unicodedata.category(letter)[0] in _SHOWN
    )


@cache
def _known() -> frozenset[int]:
    """All characters of our fonts; read once in a process, when an unusual one is first asked for."""
    files = [*_USUAL, *(f"{font}-400-normal.woff2" for _letters, font in SCRIPTS.values())]
    known: set[int] = set()
    for file in files:
        with TTFont(_VENDOR / file, lazy=True) as font:
            known.update(font.getBestCmap())
    return frozenset(known)
