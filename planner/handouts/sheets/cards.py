"""Cards to cut out: a step or a beginning of a sentence on each, its exercise on the back.

Fronts fill a page in reading order. The page after it has their backs, each row the other way round, so that
they lie behind their fronts when the paper is turned on its long edge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Exercises, NothingToPrint, Sheet, sheets_of
from planner.library.exercise import Bullets, Stems, Steps
from planner.plans.plan import Plan

COLUMNS = 2
# Characters that a card holds in its smallest type, and those from which on the type is set smaller.
FULL, LONG = 300, 150
_SENTENCE = re.compile(r"(?<=[.!?…؟])[”’»“\"')]*\s+")


@dataclass(frozen=True)
class Card:
    """One card: `text` is Markdown with words for people; `number` of `of` within its exercise, from 1."""

    text: str
    sheet: Sheet
    number: int
    of: int

    @property
    def long(self) -> bool:
        """True when the text needs smaller type."""
        return len(self.text) > LONG


@dataclass(frozen=True)
class Cards(Printed):
    """All cards, in the order in which they are used."""

    template: ClassVar[str] = "handouts/cards.html"
    file_name: ClassVar[str] = "cards.pdf"
    headed: ClassVar[bool] = False
    cards: tuple[Card, ...]

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys((each.sheet.handout.title, each.sheet.lang) for each in self.cards))

    @property
    def rows(self) -> int:
        """Rows on a page: eight cards, or four in large print."""
        return 2 if self.options.large else 4

    def pages(self) -> Iterator[tuple[tuple[Card | None, ...], tuple[Card | None, ...]]]:
        """For each sheet of paper its fronts and its backs, both in reading order; None is a blank card."""
        each = self.rows * COLUMNS
        for first in range(0, len(self.cards), each):
            found = self.cards[first : first + each]
            fronts: tuple[Card | None, ...] = (*found, *[None] * (each - len(found)))
            backs = [
                card
                for row in range(self.rows)
                for card in reversed(fronts[row * COLUMNS : (row + 1) * COLUMNS])
            ]
            yield fronts, tuple(backs)


def of_plan(
    plan: Plan, exercises: Exercises, chosen: Collection[str], options: Options, letterhead: Letterhead
) -> Cards:
    """Cards from the sheets for both of the chosen segments. Raises NothingToPrint."""
    cards = tuple(
        card for sheet in sheets_of(plan, exercises, chosen, "together", options) for card in _of_sheet(sheet)
    )
    if not cards:
        raise NothingToPrint
    return Cards(cards, options=options, letterhead=letterhead)


def _of_sheet(sheet: Sheet) -> list[Card]:
    texts = [
        part
        for block in sheet.handout.blocks
        if isinstance(block, Steps | Stems | Bullets)
        for item in block.items
        for part in parted(item)
    ]
    return [Card(text, sheet, number, len(texts)) for number, text in enumerate(texts, start=1)]


def parted(text: str, limit: int = FULL) -> list[str]:
    """The text in as few parts as fit `limit` characters each, broken between sentences, or at need words."""
    parts: list[str] = []
    for piece in _pieces(text, limit):
        if parts and len(parts[-1]) + 1 + len(piece) <= limit:
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return parts


def _pieces(text: str, limit: int) -> Iterator[str]:
    for sentence in _sentences(text):
        if len(sentence) <= limit:
            yield sentence
        else:
            for word in sentence.split():
                yield from (word[at : at + limit] for at in range(0, len(word), limit))


def _sentences(text: str) -> list[str]:
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    return [
        text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text[a:b].strip()
    ]
