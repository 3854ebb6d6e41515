"""How hard it is to read what is really printed: found in the printed HTML itself, whatever kind it is of.

The Flesch–Kincaid grade (Kincaid et al. 1975) is a school year of the United States, and is meant for
English; for other languages only the lengths of sentences are said.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from planner.library.reading import MOST_GRADE, MOST_WORDS, grade

_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "caption", "th", "td", "label", "legend", "dt", "dd"}
_EMPTY = {"br", "hr", "img", "input", "link", "meta", "col", "wbr"}
# Pictures, and what stands on every page.
_SILENT_TAGS = {"svg", "style", "title", "head"}
_SILENT_CLASSES = {"foot", "foot-end", "foot-here", "letterhead", "code"}
_SENTENCE_END = re.compile(r"(?<=[.!?…؟:])[”’»“\"')]*\s+")
# A child in grade 6 of the United States is eleven when it begins, one in the first grade six.
_AGE_BEFORE_SCHOOL = 5
# A grade of a few words says nothing.
_FEW = 6


@dataclass(frozen=True)
class Readable:
    """`grade` is None where none can be given; `mean` and `longest` are words in a sentence.

    `hardest` is the sentence to look at first: one that is too long, if there is any.
    """

    sentences: int
    grade: float | None
    mean: float
    longest: int
    hardest: str

    @property
    def age(self) -> int | None:
        """The age, in years, of a child who reads this with ease. Schools count years differently."""
        return None if self.grade is None else math.ceil(max(self.grade, 1)) + _AGE_BEFORE_SCHOOL

    @property
    def is_hard(self) -> bool:
        return self.grade is not None and self.grade > MOST_GRADE

    @property
    def is_long(self) -> bool:
        return self.longest > MOST_WORDS


class _Texts(HTMLParser):
    """Collects the text of each block of the pages."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.blocks.append("")
        if tag not in _EMPTY:
            classes = set((dict(attrs).get("class") or "").split())
            self._open.append((tag, tag in _SILENT_TAGS or bool(classes & _SILENT_CLASSES)))

    def handle_endtag(self, tag: str) -> None:
        if tag in (name for name, _silent in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.blocks and not any(silent for _tag, silent in self._open):
            self.blocks[-1] += data


def sentences(html: str) -> list[str]:
    """The sentences that stand on the pages, in reading order; a label or a line of a list counts as one.

    Numbers alone, as on a scale, are none.
    """
    texts = _Texts()
    texts.feed(html)
    found = []
    for block in texts.blocks:
        for part in _SENTENCE_END.split(" ".join(block.split())):
            words = part.strip(" …_")
            if re.search(r"[^\W\d_]{2}", words):
                found.append(words if words[-1] in ".!?:؟" else f"{words}.")
    return found


def readable(html: str, lang: str = "en") -> Readable:
    """How printed HTML reads."""
    found = sentences(html)
    lengths = [len(sentence.split()) for sentence in found]
    too_long = [sentence for sentence in found if len(sentence.split()) > MOST_WORDS]
    english = lang == "en"

    def hardness(sentence: str) -> tuple[float, int]:
        words = len(sentence.split())
        return (grade([sentence]) if english and words >= _FEW else 0.0, words)

    return Readable(
        len(found),
        grade(found) if english else None,
        sum(lengths) / len(lengths) if lengths else 0.0,
        max(lengths, default=0),
        max(too_long or found, key=hardness, default=""),
    )
