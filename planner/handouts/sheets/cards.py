"""Cards to cut out: a step, a beginning of a sentence or an idea on each, its exercise on both sides.

Fronts fill a page in reading order. The page after it has their backs, each row the other way round, so that
they lie behind their fronts when the paper is turned on its long edge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Exercises, NothingToPrint, Sheet, sheets_of
from planner.handouts.sheets.room import Face, face_of, parted
from planner.handouts.words import scripts
from planner.handouts.words.languages import LANGUAGES
from planner.handouts.words.wording import named, people
from planner.library.exercise import Bullets, Stems, Steps
from planner.plans.plan import Plan

COLUMNS = 2
# A beginning of a sentence has so many lines to write on below it, or fewer where it is long.
RULES = 2
_SENTENCE = re.compile(r"(?<=[.!?…؟])[”’»“\"')]*\s+")
# What stands after a name, as most exercises have it and at its longest.
_COUNT, _LONGEST = " · 9 of 9", " · 00 of 00"
# What stands before an idea.
_DOT = "• "


@dataclass(frozen=True)
class Card:
    """One card: `text` is Markdown with words for people.

    Steps are counted: `number` of `of` within their exercise, from 1. A beginning of a sentence has `rules`
    to write on; ideas, like these, have no number: both are 0. `size` is that of its type, 0 the largest.
    """

    text: str
    sheet: Sheet
    number: int = 0
    of: int = 0
    size: int = 0
    rules: int = 0

    @property
    def idea(self) -> bool:
        """True for what one may choose from: neither a step nor something to finish."""
        return not self.number and not self.rules


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

    @cached_property
    def face(self) -> Face:
        """How much a card holds in this design, with the letters that stand among all of them."""
        texts = (text for card in self.cards for text in (card.text, card.sheet.handout.title))
        return _face(self.options, self.letterhead, texts)

    def name_of(self, card: Card) -> str:
        """The title of its exercise as its front has room for it; its back has all of it."""
        return self.face.shortened(_title(card.sheet, self.options), _COUNT)

    def long_name(self, card: Card) -> bool:
        """True when its back needs smaller type."""
        return self.face.back_size(_title(card.sheet, self.options)) > 0

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
    sheets = sheets_of(plan, exercises, chosen, "together", options)
    face = _face(options, letterhead, (text for sheet in sheets for text in sheet.handout.texts()))
    cards = tuple(card for sheet in sheets for card in _of_sheet(sheet, face, options))
    if not cards:
        raise NothingToPrint
    return Cards(cards, options=options, letterhead=letterhead)


def _of_sheet(sheet: Sheet, face: Face, options: Options) -> list[Card]:
    """Its steps, each with its number, and after them what belongs to none of them."""
    blocks = sheet.handout.blocks
    title = _title(sheet, options)
    head = face.head_lines(face.shortened(title, _COUNT) + _LONGEST)

    def size(text: str, rules: int = 0) -> int | None:
        return face.size_for(_plain(text, sheet, options), head, rules)

    def fits(text: str) -> bool:
        return size(text) is not None

    steps = [
        part
        for block in blocks
        if isinstance(block, Steps)
        for item in block.items
        for part in parted(item, _sentences, fits)
    ]
    cards = [
        Card(text, sheet, number, len(steps), size(text) or 0) for number, text in enumerate(steps, start=1)
    ]
    for block in blocks:
        if isinstance(block, Stems):
            for item in block.items:
                *before, last = parted(item, _sentences, lambda text: size(text, 1) is not None) or [item]
                rules = next((n for n in range(RULES, 1, -1) if size(last, n) is not None), 1)
                cards += [Card(text, sheet, size=size(f"{_DOT}{text}") or 0) for text in before]
                cards.append(Card(last, sheet, size=size(last, rules) or 0, rules=rules))
        elif isinstance(block, Bullets):
            for item in block.items:
                cards += [Card(text, sheet, size=size(text) or 0) for text in parted(item, _sentences, fits)]
    return cards


def _face(options: Options, letterhead: Letterhead, texts: Iterable[str]) -> Face:
    words = " ".join((*texts, *options.names, letterhead.practice, letterhead.contact, letterhead.footer))
    foreign = LANGUAGES[options.lang].direction == "rtl" or bool(scripts.style_sheets(words))
    return face_of(options, foreign)


def _title(sheet: Sheet, options: Options) -> str:
    return _plain(sheet.handout.title, sheet, options)


def _plain(text: str, sheet: Sheet, options: Options) -> str:
    """The words as they print, without markup."""
    return named(text, people("together", options.names, options.pronouns, sheet.lang)).striptags()


def _sentences(text: str) -> list[str]:
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    return [
        text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text[a:b].strip()
    ]
