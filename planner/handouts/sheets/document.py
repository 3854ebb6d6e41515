"""What a client gets on paper, as a value: made from a plan or an exercise, before any HTML.

Nothing of the counsellor's is in here: no notes, no fears, no intensity, no title of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.codes import code_of
from planner.handouts.words.languages import LANGUAGES, direction_of
from planner.handouts.words.wording import isolated, people
from planner.library.blocks import BlockFault, read_blocks
from planner.library.editions import client_part
from planner.library.exercise import AtHome, Exercise, Handout, Paragraph
from planner.library.people import People
from planner.plans.plan import Origin, Plan, Segment
from planner.taxonomy import TAXONOMY

WHOSE = ("together", "a", "b")
ENGLISH = Options()
_HOPE_WORDS = {"they": "you", "them": "you", "their": "your", "theirs": "yours", "themselves": "yourselves"}
_THEY = re.compile(r"\b(they|them|their|theirs|themselves)\b", re.I)
_BEGINS = {
    "step": re.compile(r"\d+\.\s"),
    "bullet": re.compile(r"- "),
    "block": re.compile(r"\["),
}
_SUBJECT = re.compile(r"(you|your|each|both|one|neither|there|it)\b")

Exercises = Mapping[Origin, Exercise]


class NothingToPrint(Exception):
    """None of the chosen steps has a sheet of the wanted kind."""


@dataclass(frozen=True)
class Sheet:
    """One sheet, with practice at home below it when it was planned."""

    handout: Handout
    area: str
    at_home: AtHome | None = None
    # Of its words, which may be another than that of the pages around it; its direction follows.
    lang: str = "en"
    direction: str = "ltr"
    # Of the exercise's version, to find it again; "" for a step of the counsellor's own.
    code: str = ""
    # True for words of a step of the counsellor's own, printed in their order.
    free: bool = False
    # True for touch and sexual closeness: doing it is never asked after.
    opt_in: bool = False


@dataclass(frozen=True)
class Document(Printed):
    """A client's document. `hope` is empty and `cover` False for the sheet of a single exercise."""

    template: ClassVar[str] = "handouts/document.html"
    whose: str
    sheets: tuple[Sheet, ...]
    hope: str = ""
    hope_lang: str = ""
    cover: bool = False

    @property
    def people(self) -> People:
        return self.people_in(self.options.lang, self.whose)

    @property
    def plain_people(self) -> People:
        """Words for people in what may be seen by anybody, such as a print queue."""
        return people(self.whose, lang=self.sheets[0].lang)

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.handout.title, each.lang) for each in self.sheets)

    @property
    def called(self) -> tuple[str, ...]:
        """The names that the cover greets: both or none for the two, one's own on a sheet of one's own."""
        a, b = (isolated(name, LANGUAGES[self.options.lang]) for name in self.options.names)
        if self.whose == "together":
            return (a, b) if a and b else ()
        return tuple(filter(None, (a if self.whose == "a" else b,)))

    @property
    def hope_goes_on(self) -> bool:
        """True when the hope is the rest of a sentence: "By the end of this session" … "you …"."""
        return self.hope[:1].islower()

    @property
    def file_name(self) -> str:  # type: ignore[override]
        return "handout.pdf" if self.whose == "together" else f"handout-{self.whose}.pdf"


def clients_hope(hope: str) -> str:
    """The hope of a plan ("they can ask for a hug") as the couple reads it ("you can ask for a hug").

    `they` and `you` take the same verbs in English, so the words can be exchanged one by one.
    """

    def exchange(match: re.Match[str]) -> str:
        word = _HOPE_WORDS[match[0].lower()]
        return word.capitalize() if match[0][0].isupper() else word

    words = _THEY.sub(exchange, hope.strip())
    if words and words[-1] not in ".!?…":
        words += "."
    return f"you {words}" if words[:1].islower() and not _SUBJECT.match(words) else words


def printable(plan: Plan) -> tuple[Segment, ...]:
    """The segments that can have a sheet: those from an exercise, and free ones with words."""
    return tuple(segment for segment in plan.segments if segment.exercise or segment.words)


def of_plan(
    plan: Plan,
    exercises: Exercises,
    chosen: Collection[str],
    whose: str,
    options: Options,
    letterhead: Letterhead,
    hope: str | None = None,
) -> Document:
    """The document for the segments whose ids are `chosen`.

    `hope` is in the clients' words; None takes the plan's. Raises NothingToPrint.
    """
    sheets = sheets_of(plan, exercises, chosen, whose, options)
    if not sheets:
        raise NothingToPrint
    words, lang = hope_of(plan, hope, options)
    return Document(whose, sheets, words, lang, cover=True, options=options, letterhead=letterhead)


def hope_of(plan: Plan, hope: str | None, options: Options) -> tuple[str, str]:
    """The hope in words for clients, and their language: those of a plan, and of Latin letters on a page that
    runs from right to left, are English."""
    planned = clients_hope(plan.hope)
    if hope is None or hope == planned:
        return planned, "en"
    return hope, options.lang if direction_of(hope) in ("", LANGUAGES[options.lang].direction) else "en"


def sheets_of(
    plan: Plan, exercises: Exercises, chosen: Collection[str], whose: str, options: Options = ENGLISH
) -> tuple[Sheet, ...]:
    """The sheets for `whose` of the segments whose ids are `chosen`, in the order of the plan."""
    sheets: dict[object, Sheet] = {}
    for segment in printable(plan):
        sheet = sheet_of(segment, exercises, whose, options) if segment.id in chosen else None
        if sheet is None:
            continue
        # The same exercise in the session and at home is one sheet, with the practice below it.
        key = segment.exercise or segment.id
        before = sheets.get(key, sheet)
        sheets[key] = replace(before, at_home=before.at_home or sheet.at_home)
    return tuple(sheets.values())


def of_exercise(
    exercise: Exercise, whose: str, options: Options, letterhead: Letterhead, digest: str = ""
) -> Document:
    """The sheet of one exercise, in the version with this digest. Raises NothingToPrint."""
    sheet = _sheet(exercise, whose, options, digest)
    if sheet is None:
        raise NothingToPrint
    return Document(whose, (sheet,), options=options, letterhead=letterhead)


def kinds(exercise: Exercise) -> tuple[str, ...]:
    """For whom an exercise has sheets, in the order of WHOSE."""
    return tuple(whose for whose in WHOSE if exercise.handout(whose))


def sheet_of(segment: Segment, exercises: Exercises, whose: str, options: Options = ENGLISH) -> Sheet | None:
    """The sheet of one segment in the language of `options` if there is one; None when none for `whose`."""
    if segment.exercise is None:
        return _free_sheet(segment, options) if whose == "together" else None
    # The words of a step from an exercise are the counsellor's script: never on a client's sheet.
    exercise = exercises.get(segment.exercise)
    at_home = whose == "together" and not TAXONOMY.parts[segment.part].in_session
    digest = segment.exercise.digest
    return _sheet(exercise, whose, options, digest, at_home=at_home) if exercise else None


def _sheet(
    exercise: Exercise, whose: str, options: Options, digest: str, *, at_home: bool = False
) -> Sheet | None:
    part = client_part(exercise, options.lang, options.easy)
    handout = part.handout(whose)
    if handout is None:
        return None
    if part.easy and (usual := exercise.handout(whose)):
        # Of two people one may have the easy sheet: both call it by the same name.
        handout = replace(handout, title=usual.title)
    direction = LANGUAGES[part.lang].direction
    home = part.at_home if at_home else None
    return Sheet(
        handout,
        exercise.area,
        home,
        lang=part.lang,
        direction=direction,
        code=code_of(digest),
        opt_in=exercise.mode == "touch" or "sexual" in exercise.areas,
    )


def _free_sheet(segment: Segment, options: Options) -> Sheet:
    """A step that the counsellor wrote: its words, with lists and worksheet blocks if they wrote such."""
    lines = _apart(segment.words.split("\n"))
    try:
        blocks = read_blocks(list(enumerate(lines, start=1)))
    except BlockFault:
        blocks = tuple(Paragraph(text.strip()) for text in lines if text.strip())
    area = segment.areas[0] if segment.areas else ""
    # Words in the letters of the language asked for are taken to be in it; others are English.
    asked = LANGUAGES[options.lang]
    language = asked if direction_of(segment.words) == asked.direction == "rtl" else LANGUAGES["en"]
    handout = Handout("together", segment.title, blocks)
    return Sheet(handout, area, lang=language.key, direction=language.direction, free=True)


def _apart(lines: list[str]) -> list[str]:
    """The lines with empty ones between, where a counsellor who pressed Enter once meant a new paragraph."""
    apart: list[str] = []
    last = ""
    for line in lines:
        kind = next((name for name, begins in _BEGINS.items() if begins.match(line)), "text")
        if kind == "text" or kind != last:
            apart.append("")
        apart.append(line)
        last = kind
    return apart
