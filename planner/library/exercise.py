"""The exercise as a value: what a file of the library says, checked and typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

VARIATIONS = ("no_touch", "no_speech", "online", "one_person")
HANDOUTS = ("together", "a", "b")


@dataclass(frozen=True)
class Minutes:
    """Length of an exercise in minutes: a short and a full form, short <= full."""

    short: int
    full: int


@dataclass(frozen=True)
class Source:
    """Where a technique comes from. `citation` is empty when it is our own or a tradition's."""

    technique: str
    citation: str
    evidence: str
    note: str


@dataclass(frozen=True)
class Step:
    """One step: minutes in the full and the short form, who speaks, and the text in Markdown."""

    minutes: int
    short: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Say:
    """Words to say aloud, and when: "To begin"."""

    when: str
    words: str


@dataclass(frozen=True)
class AtHome:
    """Practice at home: how much and how often, the if-then cue, and an easy version."""

    dose: str
    cue: str
    easy: str

    def __bool__(self) -> bool:
        """False when nothing is said of practice at home."""
        return any((self.dose, self.cue, self.easy))


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Steps:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Writing lines under a label."""

    label: str
    count: int


@dataclass(frozen=True)
class Scale:
    """A scale from 0 to 10 with words at both ends."""

    question: str
    low: str
    high: str


@dataclass(frozen=True)
class Ticks:
    """A list of boxes to tick."""

    label: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table to fill in: column heads, and row labels (empty ones leave the cell free)."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Stems:
    """Beginnings of sentences, each with room to end it."""

    items: tuple[str, ...]


Block = Paragraph | Steps | Bullets | Lines | Scale | Ticks | Table | Stems


@dataclass(frozen=True)
class Handout:
    """One client sheet. `whose` is one of HANDOUTS; text is Markdown with {partner}-style words."""

    whose: str
    title: str
    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Every text that a client reads, in reading order."""
        yield self.title
        for block in self.blocks:
            yield from block_texts(block)


def block_texts(block: Block) -> Iterator[str]:
    """The texts of one block, in reading order."""
    match block:
        case Paragraph(text):
            yield text
        case Steps(items) | Bullets(items) | Stems(items):
            yield from items
        case Lines(label, _):
            yield label
        case Scale(question, low, high):
            yield from (question, low, high)
        case Ticks(label, options):
            yield from (label, *options)
        case Table(caption, columns, rows):
            yield from (caption, *columns, *(row for row in rows if row))


@dataclass(frozen=True)
class Exercise:
    """An activity of the library. Texts are Markdown unless they are titles or labels."""

    slug: str
    title: str
    summary: str
    areas: tuple[str, ...]
    fears: tuple[str, ...]
    parts: tuple[str, ...]
    mode: str
    intensity: int
    minutes: Minutes
    audience: str
    materials: tuple[str, ...]
    cautions: tuple[str, ...]
    # Slugs of exercises that usually come before, none of them bolder than this one.
    builds_on: tuple[str, ...]
    # What moves, in one sentence.
    mechanism: str
    source: Source
    purpose: str
    steps: tuple[Step, ...]
    words: tuple[Say, ...]
    watch_for: str
    debrief: tuple[str, ...]
    goes_badly: str
    variations: dict[str, str]
    at_home: AtHome
    handouts: tuple[Handout, ...]

    @property
    def area(self) -> str:
        """The main area."""
        return self.areas[0]

    def handout(self, whose: str) -> Handout | None:
        return next((sheet for sheet in self.handouts if sheet.whose == whose), None)

    @property
    def script(self) -> str:
        """The words to say as one plain text, a paragraph each."""
        return "\n\n".join(f"{say.when}: {say.words}" for say in self.words)
