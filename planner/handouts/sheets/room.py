"""How much text a card holds, by the widths of letters: known before anything is laid on pages.

The sizes of type and the measures of cards are those of static/css/paper-cards.css.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from planner.config import ROOT
from planner.handouts.options import Options

_VENDOR = ROOT / "static" / "vendor"
_PLAIN = "atkinson/atkinson-hyperlegible-next-latin"
_DYSLEXIC = "opendyslexic/opendyslexic-latin"
_POINT = 25.4 / 72
# Ems of Hebrew and Arabic letters, many of them joined, and of those of all other scripts.
_JOINED, _OTHER = 0.6, 0.85
# An estimate of a line may be short by so much.
_SAFE = 1.02
# Where nothing stands on a card, in mm: at its sides together, at its head and at its foot.
_SIDES, _TOP, _FOOT = 12.0, 5.0, 6.0
# Below the first line of a card.
_GAP = 2.0


@dataclass(frozen=True)
class Letters:
    """The letters of one font, with so much less room (in ems) between all of them, and between words."""

    font: str
    closer: float = 0.0
    words_closer: float = 0.0

    @property
    def space(self) -> float:
        return self.width(" ")

    def width(self, text: str) -> float:
        """The width of a text on one line, in ems."""
        known = _advances(self.font)
        return sum(self._of(letter, known) for letter in text)

    def _of(self, letter: str, known: Mapping[int, float]) -> float:
        if unicodedata.category(letter) in ("Mn", "Cf"):
            return 0.0
        joined = 0x590 <= ord(letter) < 0x900
        width = known.get(ord(letter), _JOINED if joined else _OTHER) - self.closer
        return width - self.words_closer if letter.isspace() else width


@cache
def _advances(font: str) -> dict[int, float]:
    """The width of each letter of a font in ems; read once in a process."""
    with TTFont(_VENDOR / f"{font}-normal.woff2", lazy=True) as read:
        units, widths = read["head"].unitsPerEm, read["hmtx"]
        return {code: widths[name][0] / units for code, name in read.getBestCmap().items()}


@dataclass(frozen=True)
class Face:
    """A card of one design on one paper: `across`, `down` and `write` (between writing lines) in mm.

    `head` is the size in points of its first line, `sizes` those of its text, largest first, each with its
    leading.
    """

    across: float
    down: float
    head: float
    sizes: tuple[tuple[float, float], ...]
    plain: Letters
    bold: Letters
    write: float = 9.0

    def size_for(self, text: str, head: int, rules: int = 0) -> int | None:
        """The first of `sizes` in which a text fits below `head` lines, above `rules` to write on.

        None when it fits in none of them.
        """
        room = self.down - _TOP - _FOOT - _GAP - head * self.head * 1.3 * _POINT - rules * self.write
        for number, (size, leading) in enumerate(self.sizes):
            if self._lines(text, size, self.plain) * size * leading * _POINT <= room:
                return number
        return None

    def head_lines(self, text: str) -> int:
        """How many lines the first line of a card takes, with the icon before it."""
        return self._lines(f"MM{text}", self.head, self.bold)

    def shortened(self, title: str, count: str, most: int = 2) -> str:
        """A title that leaves room for `count` on `most` lines: as it is, or cut between words."""
        words = title.split()
        shown = title
        while len(words) > 1 and self.head_lines(shown + count) > most:
            words.pop()
            shown = " ".join(words).rstrip(",;:–-") + " …"
        while len(shown) > 2 and self.head_lines(shown + count) > most:
            shown = shown[:-2].rstrip(" …") + "…"
        return shown

    def back_size(self, title: str) -> int:
        """0 for a title that its back holds in usual type, 1 for a longer one."""
        return int(self._lines(title, 15, self.bold) > 3)

    def _lines(self, text: str, size: float, letters: Letters) -> int:
        full = (self.across - _SIDES) / (size * _POINT) / _SAFE
        lines, at = 1, 0.0
        for word in text.split():
            width = letters.width(word)
            if at and at + letters.space + width > full:
                lines, at = lines + 1, 0.0
            elif at:
                at += letters.space
            # A word that is longer than a line is broken anywhere, perhaps with a line begun for it.
            over = math.ceil((at + width) / full) - 1
            lines, at = lines + over + bool(over), at + width - over * full
        return lines


def face_of(options: Options, foreign: bool = False) -> Face:
    """The cards of a design on its paper; `foreign` where letters other than Latin stand among the pages."""
    across, down = (85.0, 61.0) if options.paper == "a4" else (87.9, 57.0)
    plain, bold = Letters(f"{_PLAIN}-400"), Letters(f"{_PLAIN}-700")
    if options.large:
        return Face(across, 2 * down, 14, ((20, 1.4), (18, 1.4)), plain, bold, 11.4)
    if options.design == "opendyslexic":
        sizes = ((16, 1.4), (14, 1.4), (13, 1.4))
        # As in the style sheets: closer than the font has them, unless other letters stand there.
        closer = (0.0, 0.2) if foreign else (0.08, 0.3)
        plain, bold = Letters(f"{_DYSLEXIC}-400", *closer), Letters(f"{_DYSLEXIC}-700", *closer)
        return Face(across, down, 12, sizes, plain, bold)
    return Face(across, down, 12, ((16, 1.35), (14, 1.35), (13, 1.3)), plain, bold)


def parted(text: str, pieces: Callable[[str], list[str]], fits: Callable[[str], bool]) -> list[str]:
    """The text in as few parts as fit, broken between `pieces` such as sentences, or at need between words.

    A single word that does not fit is halved.
    """
    if fits(text):
        return [text] if text.strip() else []
    parts: list[str] = []
    for piece in _broken(pieces(text), fits):
        joined = f"{parts[-1]} {piece}" if parts else ""
        if joined and fits(joined):
            parts[-1] = joined
        else:
            parts.append(piece)
    return parts


def _broken(pieces: list[str], fits: Callable[[str], bool]) -> list[str]:
    """Each of the pieces, or its words where it does not fit, or halves of them."""
    found: list[str] = []
    for piece in pieces:
        words = piece.split()
        if fits(piece):
            found.append(piece)
        elif len(words) > 1:
            found += _broken(words, fits)
        elif len(piece) > 1:
            middle = len(piece) // 2
            found += _broken([piece[:middle], piece[middle:]], fits)
        else:
            found.append(piece)
    return found
