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
from planner.handouts.wording import people
from planner.library.blocks import BlockFault, read_blocks
from planner.library.exercise import AtHome, Exercise, Handout, Paragraph
from planner.plans.plan import Origin, Plan, Segment
from planner.taxonomy import TAXONOMY

WHOSE = ("together", "a", "b")
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


@dataclass(frozen=True)
class Document(Printed):
    """A client's document. `hope` is empty and `cover` False for the sheet of a single exercise."""

    template: ClassVar[str] = "handouts/document.html"
    whose: str
    sheets: tuple[Sheet, ...]
    hope: str = ""
    cover: bool = False

    @property
    def people(self) -> dict[str, str]:
        return people(self.whose, self.options.names)

    @property
    def plain_people(self) -> dict[str, str]:
        """Words for people in what may be seen by anybody, such as a print queue."""
        return people(self.whose)

    @property
    def called(self) -> tuple[str, ...]:
        """The names that the cover greets: both or none for the two, one's own on a sheet of one's own."""
        a, b = self.options.names
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
    sheets: dict[object, Sheet] = {}
    for segment in printable(plan):
        sheet = _sheet(segment, exercises, whose) if segment.id in chosen else None
        if sheet is None:
            continue
        # The same exercise in the session and at home is one sheet, with the practice below it.
        key = segment.exercise or segment.id
        before = sheets.get(key, sheet)
        sheets[key] = replace(before, at_home=before.at_home or sheet.at_home)
    if not sheets:
        raise NothingToPrint
    words = clients_hope(plan.hope) if hope is None else hope
    return Document(whose, tuple(sheets.values()), words, cover=True, options=options, letterhead=letterhead)


def of_exercise(exercise: Exercise, whose: str, options: Options, letterhead: Letterhead) -> Document:
    """The sheet of one exercise. Raises NothingToPrint when it has none for `whose`."""
    handout = exercise.handout(whose)
    if handout is None:
        raise NothingToPrint
    return Document(whose, (Sheet(handout, exercise.area),), options=options, letterhead=letterhead)


def kinds(exercise: Exercise) -> tuple[str, ...]:
    """For whom an exercise has sheets, in the order of WHOSE."""
    return tuple(whose for whose in WHOSE if exercise.handout(whose))


def _sheet(segment: Segment, exercises: Exercises, whose: str) -> Sheet | None:
    if segment.exercise is None:
        return _free_sheet(segment) if whose == "together" else None
    # The words of a step from an exercise are the counsellor's script: never on a client's sheet.
    exercise = exercises.get(segment.exercise)
    handout = exercise.handout(whose) if exercise else None
    if exercise is None or handout is None:
        return None
    at_home = None
    if whose == "together" and not TAXONOMY.parts[segment.part].in_session:
        at_home = exercise.at_home
    return Sheet(handout, exercise.area, at_home)


def _free_sheet(segment: Segment) -> Sheet:
    """A step that the counsellor wrote: its words, with lists and worksheet blocks if they wrote such."""
    lines = _apart(segment.words.split("\n"))
    try:
        blocks = read_blocks(list(enumerate(lines, start=1)))
    except BlockFault:
        blocks = tuple(Paragraph(text.strip()) for text in lines if text.strip())
    area = segment.areas[0] if segment.areas else ""
    return Sheet(Handout("together", segment.title, blocks), area)


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
