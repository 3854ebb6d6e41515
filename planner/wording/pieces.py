"""The pieces of words that the encoder knows: whole words where it can, else the longest parts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "encoder" / "pieces.txt"
_PARTS = re.compile(r"\w+|[^\w\s]")
BEGIN, END, UNKNOWN, MASK = "[CLS]", "[SEP]", "[UNK]", "[MASK]"
# Nobody types longer words; their pieces would cost the square of their length.
_LONGEST = 40


@dataclass(frozen=True)
class Piece:
    """The number of a piece, and the place of the word that it belongs to: -1 before and after a sentence."""

    number: int
    token: int


class Pieces:
    """A list of pieces; those that go on with a word begin with "##"."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._numbers = {name: number for number, name in enumerate(names)}
        self._known = lru_cache(maxsize=20_000)(self._split)

    @classmethod
    def read(cls, path: Path = _FILE) -> Pieces:
        """Read one piece a line. Raises OSError when the file is missing."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def number(self, name: str) -> int:
        """The number of a piece. Raises KeyError for one that is not in the list."""
        return self._numbers[name]

    def of(self, words: list[str], most: int) -> list[Piece]:
        """The pieces of words between the marks of a sentence, `most` in all: the rest is left out."""
        inside = [
            Piece(number, place)
            for place, word in enumerate(words)
            for part in _PARTS.findall(plain(word))
            for number in self._known(part)
        ]
        return [Piece(self.number(BEGIN), -1), *inside[: most - 2], Piece(self.number(END), -1)]

    def _split(self, part: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(part):
            end = next(
                (end for end in self._ends(part, start) if self._name(part, start, end) in self._numbers), 0
            )
            if not end or len(part) > _LONGEST:
                return (self.number(UNKNOWN),)
            found.append(self._numbers[self._name(part, start, end)])
            start = end
        return tuple(found)

    @staticmethod
    def _ends(part: str, start: int) -> range:
        return range(len(part), start, -1)

    @staticmethod
    def _name(part: str, start: int, end: int) -> str:
        return ("##" if start else "") + part[start:end]


def plain(word: str) -> str:
    """A word in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
