"""What every edition keeps to: the same sheets as the English exercise, to be talked about side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from planner.library.editions import FOLDER, HERE, NONE, OLDER, Edition, parse_edition, version_of
from planner.library.exercise import (
    AtHome,
    Block,
    Bullets,
    Exercise,
    Handout,
    Lines,
    Paragraph,
    Scale,
    Stems,
    Steps,
    Table,
    Ticks,
)
from planner.library.front_matter import Fault, Faulty
from planner.library.people import faults_of
from planner.library.plaintext import PLAIN_PEOPLE, handout_sentences, name_people, plain

MOST_EASY_STEPS, MOST_EASY_WORDS = 12, 12
MOST_WORDS = 22
# English words that no text in another of our languages holds.
_ENGLISH = re.compile(r"\b(the|your|you|and|with|this|that|each|please|from|partner)\b", re.I)
_SHEETS = {"together": "Together", "a": "A", "b": "B"}


@dataclass(frozen=True)
class Listed:
    """One file of the folder: the edition in it, or None; its faults, and how it stands to its exercise."""

    path: Path
    edition: Edition | None
    faults: tuple[Fault, ...]
    standing: str


def read_editions(exercises: Iterable[Exercise], folder: Path = FOLDER) -> list[Listed]:
    """Every file of the folder, held against the exercise that it names."""
    by_slug = {one.slug: one for one in exercises}
    return [_listed(path, by_slug) for path in sorted(folder.glob("*.md"))]


def faulty(exercises: Iterable[Exercise], folder: Path = FOLDER) -> list[Fault]:
    """The faults of all editions; that one follows an earlier text is none, since it is not printed then."""
    return [fault for listed in read_editions(exercises, folder) for fault in listed.faults]


def _listed(path: Path, by_slug: dict[str, Exercise]) -> Listed:
    try:
        made = parse_edition(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError:
        return Listed(path, None, (Fault(path.name, 1, "The file is not UTF-8 text."),), NONE)
    except Faulty as error:
        return Listed(path, None, tuple(error.faults), NONE)
    of = by_slug.get(made.of)
    if of is None:
        return Listed(path, made, (Fault(path.name, 1, f"There is no exercise “{made.of}”."),), NONE)
    found = tuple(Fault(path.name, 0, message) for message in faults(made, of))
    return Listed(path, made, found, HERE if made.version == version_of(of) else OLDER)


def faults(made: Edition, of: Exercise) -> list[str]:
    """Everything in which an edition falls short of its exercise."""
    gates = [_has_the_same_sheets, _names_people_right]
    gates += [_is_easy] if made.easy else [_has_the_same_blocks, _is_translated, _keeps_sentences_short]
    return [fault for gate in gates for fault in gate(made, of)]


def _pairs(made: Edition, of: Exercise) -> Iterator[tuple[str, Handout, Handout]]:
    """Each sheet that both have: its name, the edition's and the English one."""
    for sheet in made.handouts:
        english = of.handout(sheet.whose)
        if english:
            yield _SHEETS[sheet.whose], sheet, english


def _home(home: AtHome) -> list[tuple[str, str]]:
    return [(each.name, getattr(home, each.name)) for each in fields(home)]


def _has_the_same_sheets(made: Edition, of: Exercise) -> Iterator[str]:
    here, there = ({sheet.whose for sheet in one.handouts} for one in (made, of))
    for whose in sorted(there - here):
        yield f"The sheet “{_SHEETS[whose]}” is missing."
    for whose in sorted(here - there):
        yield f"The exercise has no sheet “{_SHEETS[whose]}”."


def _names_people_right(made: Edition, _of: Exercise) -> Iterator[str]:
    texts = [(sheet.whose, text) for sheet in made.handouts for text in sheet.texts()]
    texts += [("together", text) for _name, text in _home(made.at_home)]
    for whose, text in texts:
        yield from faults_of(text, whose, made.lang)


def shape(block: Block) -> tuple[str, object]:
    """What of a block is the same in every language: its kind, and how much of it there is."""
    match block:
        case Steps(items) | Bullets(items) | Stems(items):
            size: object = len(items)
        case Lines(_, count):
            size = count
        case Ticks(_, options):
            size = len(options)
        case Table(_, columns, rows):
            size = (len(columns), [bool(row) for row in rows])
        case Scale() | Paragraph():
            size = 1
    return type(block).__name__, size


def _has_the_same_blocks(made: Edition, of: Exercise) -> Iterator[str]:
    for name, sheet, english in _pairs(made, of):
        here, there = ([shape(block) for block in one.blocks] for one in (sheet, english))
        if len(here) != len(there):
            yield f"{name}: {len(here)} blocks, {len(there)} in English."
        for number, (one, other) in enumerate(zip(here, there, strict=False), 1):
            if one != other:
                yield f"{name}: block {number} is {one[0]} {one[1]}, in English {other[0]} {other[1]}."
    for (name, text), (_name, english_text) in zip(_home(made.at_home), _home(of.at_home), strict=True):
        if bool(text) != bool(english_text):
            yield f"At home: “{name}” is {'missing' if english_text else 'not there in English'}."


def _is_translated(made: Edition, _of: Exercise) -> Iterator[str]:
    texts = [text for sheet in made.handouts for text in sheet.texts()]
    for text in [made.title, *texts, *(text for _name, text in _home(made.at_home))]:
        # Names of variables are English.
        if match := _ENGLISH.search(name_people(text, dict.fromkeys(PLAIN_PEOPLE, ""))):
            yield f"“{match[0]}” is left in English: “{text[:60]}”."


def _sentences(sheet: Handout) -> list[str]:
    return [part for text in handout_sentences(sheet) for part in re.split(r"(?<=[؟.!?…])[»“”\"]*\s+", text)]


def _keeps_sentences_short(made: Edition, _of: Exercise) -> Iterator[str]:
    for sheet in made.handouts:
        for sentence in _sentences(sheet):
            if (words := len(sentence.split())) > MOST_WORDS:
                yield f"{_SHEETS[sheet.whose]}: {words} words in “{sentence}”, {MOST_WORDS} are the most."


def _is_easy(made: Edition, _of: Exercise) -> Iterator[str]:
    for sheet in made.handouts:
        name = _SHEETS[sheet.whose]
        steps = sum(len(block.items) for block in sheet.blocks if isinstance(block, Steps))
        if steps > MOST_EASY_STEPS:
            yield f"{name}: {steps} steps, {MOST_EASY_STEPS} are the most."
        for sentence in handout_sentences(sheet):
            if (words := len(plain(sentence).split())) > MOST_EASY_WORDS:
                yield f"{name}: {words} words in “{sentence}”, {MOST_EASY_WORDS} are the most."
