"""Blank sheets that need no exercise: what close means, a map of the seven areas, and a scale of hope.

All items are ours; none is taken from a published questionnaire. Nothing is added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import gettext as _

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Document, NothingToPrint, of_exercise
from planner.library.editions import client_part
from planner.library.exercise import Block, Bullets, Exercise, Handout, Lines, Paragraph, Scale, Stems, Ticks
from planner.taxonomy import TAXONOMY

# The names that pages and the command line use.
MEANINGS, MAP, HOPE_SCALE = "meanings", "map", "hope-scale"
BLANKS = (MEANINGS, MAP, HOPE_SCALE)
# Whose twelve ways the first of them has.
MEANINGS_EXERCISE = "twelve-ways-to-be-close"


@dataclass(frozen=True)
class Blank(Printed):
    """A sheet with its title and blocks; `lang` is that of its words, as an exercise may not have another."""

    template: ClassVar[str] = "handouts/blank.html"
    lang: str

    @property
    def handout(self) -> Handout:
        """Title and blocks, in the language that is spoken where this is asked."""
        raise NotImplementedError

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        return ((self.handout.title, self.lang),)


@dataclass(frozen=True)
class HopeScale(Blank):
    """How much hope there is, and what one point more would be."""

    file_name: ClassVar[str] = "hope-scale.pdf"

    @property
    def handout(self) -> Handout:
        return _sheet(
            _("Hope, one point at a time"),
            Paragraph(
                _("Hope goes up and down. No number is wrong. Each of you can have a page of your own.")
            ),
            Scale(
                _("How much hope do I have today for the two of us?"),
                _("no hope just now"),
                _("all the hope I could wish for"),
            ),
            Lines(_("What gives me this much hope, or keeps me going"), 3),
            Lines(_("If it were one point higher, what would I see or hear?"), 4),
            Lines(_("One small step that I would like to try"), 3),
            Stems((_("A good time for it could be"),)),
            Paragraph(
                _("Half a point counts too. Show this page only if you want to. You can stop at any time.")
            ),
        )


@dataclass(frozen=True)
class Meanings(Blank):
    """The twelve ways to be close, for each to keep. `ways` are in `lang`, `code` is of their version."""

    file_name: ClassVar[str] = "ways-to-be-close.pdf"
    ways: tuple[str, ...]
    code: str = ""

    @property
    def handout(self) -> Handout:
        return _sheet(
            _("Ways to be close, to keep"),
            Paragraph(
                _("People mean many things by being close. Nobody has all of these, and nobody needs to.")
            ),
            Bullets(self.ways),
            Lines(_("One that does me good, and how it looks when it is small"), 2),
            Lines(_("One that I would like a little more of"), 2),
            Stems((_("A moment this week when I could notice it"),)),
            Paragraph(
                _("This page is for you alone. Show it only if you want to. You can stop at any time.")
            ),
        )


@dataclass(frozen=True)
class AreaRow:
    """One area on the map: its key in the taxonomy, and what it means in a couple's words."""

    area: str
    meaning: str


@dataclass(frozen=True)
class Map(Blank):
    """The seven areas, each from 0 to 10 as it is now and as one hopes for it."""

    template: ClassVar[str] = "handouts/map.html"
    file_name: ClassVar[str] = "map.pdf"

    @property
    def handout(self) -> Handout:
        """What stands above the areas."""
        return _sheet(
            _("A map of being close"),
            Paragraph(
                _(
                    "In each area, circle one number for now and one for what you hope for. Leave out any "
                    "you like. 0 means not at all, 10 all that you could wish for. No number is wrong."
                )
            ),
        )

    @property
    def areas(self) -> tuple[AreaRow, ...]:
        """The areas in the order of the taxonomy."""
        meanings = {
            "self": _("Looking after me, and knowing what I want"),
            "emotional": _("Saying what I feel, and being heard"),
            "conflict": _("Staying kind when we see things differently"),
            "affection": _("Kind words, small gifts, a hand to hold"),
            "sexual": _("Feeling safe and free in our sexual life"),
            "dream": _("Shared dreams, and dreams of our own"),
            "play": _("Having fun, and doing things together"),
        }
        return tuple(AreaRow(key, meanings[key]) for key in TAXONOMY.areas)


def hope_scale(options: Options, letterhead: Letterhead) -> HopeScale:
    """The scale of hope."""
    return HopeScale(options.lang, options=options, letterhead=letterhead)


def areas_map(options: Options, letterhead: Letterhead) -> Map:
    """The map of the seven areas."""
    return Map(options.lang, options=options, letterhead=letterhead)


def meanings(
    exercise: Exercise, whose: str, options: Options, letterhead: Letterhead, digest: str = ""
) -> Document | Meanings:
    """The ways to be close of an exercise whose sheet for A lists them as boxes to tick.

    For "a" and "b" the exercise's own private sheets, for "together" one to keep. Raises NothingToPrint.
    """
    made = of_exercise(exercise, "a" if whose == "together" else whose, options, letterhead, digest)
    if whose != "together":
        return made
    part, sheet = client_part(exercise, options.lang, options.easy), made.sheets[0]
    ways = next((block.options for block in sheet.handout.blocks if isinstance(block, Ticks)), ())
    if not ways:
        raise NothingToPrint
    return Meanings(part.lang, ways, sheet.code, options=options, letterhead=letterhead)


def of(
    which: str, whose: str, exercise: Exercise, options: Options, letterhead: Letterhead, digest: str = ""
) -> Printed:
    """The blank sheet `which` of BLANKS; `exercise` is the one with the ways to be close, in this version.

    Raises NothingToPrint, as only the ways to be close have sheets for one partner alone.
    """
    if which == MEANINGS:
        return meanings(exercise, whose, options, letterhead, digest)
    if whose != "together":
        raise NothingToPrint
    return areas_map(options, letterhead) if which == MAP else hope_scale(options, letterhead)


def _sheet(title: str, *blocks: Block) -> Handout:
    return Handout("together", title, blocks)
