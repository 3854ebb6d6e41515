"""Client sheets in other languages and in easy English: files of their own, beside the English exercises.

An edition follows one English text to the letter. It carries the mark of that text: where an exercise says
something else by now, or was changed by a counsellor, there is no edition of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from planner.library.exercise import AtHome, Exercise, Handout
from planner.library.file_text import sheet_text
from planner.library.front_matter import Fault, Faulty, is_slug
from planner.library.limits import text_faults
from planner.library.parse import HOME_LABELS, SECTIONS, Reader, Section

FOLDER = Path(__file__).parent / "editions"
ENGLISH, EASY = "en", "easy"
_SHEETS = ("Handout: Together", "Handout: A", "Handout: B")
_MARK = re.compile(r"[0-9a-f]{12}")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_VERSION = re.compile(r'^version: *"?([0-9a-f]{12})"?$', re.M)

# How an edition stands to the exercise at hand.
HERE, OLDER, NONE = "here", "older", "none"


@dataclass(frozen=True)
class Edition:
    """The client's part of the exercise `of`, in `lang`, or in easy English.

    `version` is the mark of the English text that it follows, "" before it was reviewed. `at_home` may be
    empty: then there is none of its own.
    """

    of: str
    lang: str
    easy: bool
    title: str
    version: str
    at_home: AtHome
    handouts: tuple[Handout, ...]

    @property
    def key(self) -> str:
        """As in the name of its file: "es", or "easy"."""
        return EASY if self.easy else self.lang

    def handout(self, whose: str) -> Handout | None:
        return next((sheet for sheet in self.handouts if sheet.whose == whose), None)


def version_of(exercise: Exercise) -> str:
    """The mark of an exercise's client part: 12 hex digits that change when a word of it does."""
    sheets = sorted((one.whose, one.title, sheet_text(one.blocks)) for one in exercise.handouts)
    home = exercise.at_home
    text = json.dumps([sheets, [home.dose, home.cue, home.easy]], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def edition(exercise: Exercise, lang: str, easy: bool = False, folder: Path = FOLDER) -> Edition | None:
    """The edition that follows this very text, or None; so an unchanged copy of an exercise has one too.

    Easy-read are English ones only: with `easy` in another language it is the usual one of that language.
    """
    key = EASY if easy and lang == ENGLISH else lang
    path = _index(folder).by_version.get((version_of(exercise), key))
    return _read(path) if path else None


def client_part(exercise: Exercise, lang: str, easy: bool = False, folder: Path = FOLDER) -> Edition:
    """What a client reads of an exercise: its edition, or the English text itself where there is none.

    Look at `lang` and `easy` of what comes back. Easy English has the practice at home of the exercise.
    """
    made = edition(exercise, lang, easy, folder)
    if made is None:
        return Edition(exercise.slug, ENGLISH, False, exercise.title, "", exercise.at_home, exercise.handouts)
    return made if made.at_home or made.lang != ENGLISH else replace(made, at_home=exercise.at_home)


def standing(exercise: Exercise, key: str, folder: Path = FOLDER) -> str:
    """HERE when there is an edition ("es", "easy") of this text, OLDER when of an earlier one, or NONE."""
    found = _index(folder)
    if (version_of(exercise), key) in found.by_version:
        return HERE
    return OLDER if (exercise.slug, key) in found.by_slug else NONE


@dataclass(frozen=True)
class _Index:
    by_version: dict[tuple[str, str], Path] = field(default_factory=dict)
    by_slug: dict[tuple[str, str], Path] = field(default_factory=dict)


@cache
def _index(folder: Path) -> _Index:
    """Which file holds what, from names and marks alone: a file is read when it is needed."""
    found = _Index()
    for path in sorted(folder.glob("*.md")):
        slug, _dot, key = path.stem.partition(".")
        found.by_slug[slug, key] = path
        front = _FRONT.match(path.read_text(encoding="utf-8"))
        if front and (mark := _VERSION.search(front[1])):
            found.by_version.setdefault((mark[1], key), path)
    return found


@cache
def _read(path: Path) -> Edition:
    return parse_edition(path.read_text(encoding="utf-8"), path.name)


class _EditionReader(Reader):
    fields: ClassVar = ("of", "lang", "easy", "title", "version")
    not_needed: ClassVar = {"easy", "version"}
    known_sections: ClassVar = ("At home", *_SHEETS)

    @property
    def needed(self) -> set[str]:
        return {"Handout: Together"}


def parse_edition(text: str, file: str) -> Edition:
    """Read one edition; `file` is its name, `SLUG.LANG.md` or `SLUG.easy.md`. Raises Faulty."""
    unfit = text_faults(text)
    if unfit:
        raise Faulty([Fault(file, line, message) for line, message in unfit])
    reader = _EditionReader(file, complete=False)
    data, at, sections = reader.read(text)
    easy = data.get("easy", False)
    if not isinstance(easy, bool):
        reader.fault(at.get("easy", 1), "“easy” is true or left out.")
    made = _build(reader, data, at, sections)
    if not is_slug(made.of) or file != f"{made.of}.{made.key}.md":
        reader.fault(1, f"By what it says of itself its name is {made.of}.{made.key}.md.")
    if made.easy != (made.lang == ENGLISH):
        reader.fault(at.get("lang", 1), "A file in English is easy-read, and only one in English is.")
    if made.version and not _MARK.fullmatch(made.version):
        reader.fault(
            at.get("version", 1), "“version” is 12 hex digits, put there by “library editions --stamp”."
        )
    if reader.faults:
        raise Faulty(sorted(reader.faults))
    return made


def _build(reader: Reader, data: dict[str, Any], at: dict[str, int], sections: dict[str, Section]) -> Edition:
    home = dict.fromkeys(HOME_LABELS.values(), "")
    if "At home" in sections:
        home = reader.labelled(sections["At home"], HOME_LABELS, "At home")
    return Edition(
        of=reader.string(data, at, "of"),
        lang=reader.string(data, at, "lang"),
        easy=data.get("easy") is True,
        title=reader.heading(data, at, "title"),
        version=reader.string(data, at, "version"),
        at_home=AtHome(**home),
        handouts=tuple(
            reader.handout(SECTIONS[heading], sections[heading]) for heading in _SHEETS if heading in sections
        ),
    )


def stamped(text: str, version: str) -> str:
    """The text of an edition's file, with the mark of the English text that it was reviewed against."""
    front = _FRONT.match(text)
    if front is None:
        return text
    lines = [line for line in front[1].split("\n") if not line.startswith("version:")]
    return "\n".join(["---", *lines, f'version: "{version}"', "---", ""]) + text[front.end() :]
