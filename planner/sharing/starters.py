"""The starter templates: session plans that ship as files, read and checked without a database."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from planner.library.exercise import Exercise
from planner.library.front_matter import Fault, Faulty
from planner.library.parse import parse
from planner.library.starter import FOLDER as EXERCISES
from planner.plans.from_exercise import segment_from
from planner.plans.plan import BadPlan, Plan, Segment, checked

FOLDER = Path(__file__).parent / "starters"
WHEN_LIMIT = 600

_HEAD: dict[str, type] = {
    "title": str,
    "when_to_use": str,
    "hope": str,
    "length": int,
    "areas": list,
    "fears": list,
    "segment": list,
}
# What a step from an exercise may say for itself; everything else comes from the exercise.
_FROM_EXERCISE: dict[str, type] = {
    "exercise": str,
    "part": str,
    "minutes": int,
    "words": str,
    "intensity": int,
    "in_handout": bool,
}
_FREE: dict[str, type] = {
    "part": str,
    "title": str,
    "minutes": int,
    "words": str,
    "in_handout": bool,
    "areas": list,
    "fears": list,
    "mode": str,
    "intensity": int,
}
_NEEDED = {
    "head": set(_HEAD),
    "exercise": {"exercise", "part"},
    "free": {"part", "title", "minutes", "words"},
}
_TYPES = {str: "a text", int: "a whole number", list: "a list", bool: "true or false"}


@dataclass(frozen=True)
class Starter:
    """A template that ships. `plan.title` is the title; each step's identity is its place, s1, s2, …"""

    slug: str
    title: str
    when_to_use: str
    plan: Plan


def read_starters(folder: Path = FOLDER) -> list[Starter]:
    """Every starter template, sorted by file name. Raises Faulty with every fault of every file."""
    starters, faults = read_folder(folder)
    if faults:
        raise Faulty(faults)
    return starters


def read_folder(folder: Path = FOLDER) -> tuple[list[Starter], list[Fault]]:
    """Read every `*.toml` in `folder`: the good ones, and the faults of the others."""
    starters: list[Starter] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            starters.append(read(path.read_text(encoding="utf-8"), path.name))
        except UnicodeDecodeError:
            faults.append(Fault(path.name, 1, "The file is not UTF-8 text."))
        except Faulty as error:
            faults.extend(error.faults)
    return starters, faults


def read(text: str, file: str, exercises: Path = EXERCISES) -> Starter:
    """Read one starter template; `file` is the name that faults carry. Raises Faulty with every fault."""
    slug = file.removesuffix(".toml")
    reader = _Reader(text, file, exercises)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        reader.fault(1, "A file name is made of small letters, digits and single hyphens.")
    starter = reader.starter(slug)
    if starter is None or reader.faults:
        raise Faulty(sorted(reader.faults))
    return starter


@cache
def _parsed(text: str, file: str) -> Exercise:
    return parse(text, file)


class _Reader:
    """Collects faults while it reads, so that one run names them all."""

    def __init__(self, text: str, file: str, exercises: Path) -> None:
        self.file = file
        self.exercises = exercises
        self.faults: list[Fault] = []
        self._lines = text.split("\n")
        self._text = text

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def line_of(self, name: str, step: int | None = None) -> int:
        """The line where the head, or the step with this index, names `name`; else where that begins."""
        heads = [at for at, line in enumerate(self._lines) if line.strip() == "[[segment]]"]
        start, end = 0, heads[0] if heads else len(self._lines)
        if step is not None:
            if step >= len(heads):
                return 1
            start = heads[step]
            end = heads[step + 1] if step + 1 < len(heads) else len(self._lines)
        named = re.compile(rf"\s*{re.escape(name)}\s*=")
        return 1 + next((at for at in range(start, end) if named.match(self._lines[at])), start)

    def starter(self, slug: str) -> Starter | None:
        try:
            data = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            self.fault(int(at[1]) if at else len(self._lines), f"This is not valid TOML: {error}")
            return None
        if not self._shaped(data, _HEAD, "head", None):
            return None
        when = data["when_to_use"].strip()
        if not 1 <= len(when) <= WHEN_LIMIT:
            self.fault(self.line_of("when_to_use"), f"“when_to_use” has from 1 to {WHEN_LIMIT} characters.")
        segments = tuple(self._segment(each, index) for index, each in enumerate(data["segment"]))
        if not segments or None in segments:
            if not segments:
                self.fault(1, "A template needs at least one step.")
            return None
        plan = self._plan(data, tuple(segment for segment in segments if segment is not None))
        return Starter(slug, plan.title, when, plan) if plan else None

    def _plan(self, data: dict[str, Any], segments: tuple[Segment, ...]) -> Plan | None:
        try:
            return checked(
                Plan(
                    title=data["title"],
                    hope=data["hope"],
                    length=data["length"],
                    areas=tuple(data["areas"]),
                    fears=tuple(data["fears"]),
                    segments=segments,
                )
            )
        except BadPlan as error:
            self.fault(self.line_of(error.where), f"“{error.where}”: {error}")
            return None

    def _segment(self, data: Any, index: int) -> Segment | None:
        """One step, or None after naming what is wrong with it."""
        kind = "exercise" if isinstance(data, dict) and "exercise" in data else "free"
        if not self._shaped(data, _FROM_EXERCISE if kind == "exercise" else _FREE, kind, index):
            return None
        segment = self._from_exercise(data, index) if kind == "exercise" else self._free(data, index)
        if segment is None:
            return None
        try:
            # A plan of this one step alone, so that the line of the step is known.
            return checked(Plan(title="-", segments=(segment,))).segments[0]
        except BadPlan as error:
            self.fault(self.line_of(error.where, index), f"“{error.where}”: {error}")
            return None

    def _free(self, data: dict[str, Any], index: int) -> Segment:
        lists = {name: tuple(data.get(name, ())) for name in ("areas", "fears")}
        return Segment(id=f"s{index + 1}", **(data | lists))

    def _from_exercise(self, data: dict[str, Any], index: int) -> Segment | None:
        slug = data["exercise"]
        line = self.line_of("exercise", index)
        try:
            text = (self.exercises / f"{slug}.md").read_text(encoding="utf-8")
            exercise = _parsed(text, f"{slug}.md")
        except (OSError, ValueError):
            self.fault(line, f"There is no exercise “{slug}”.")
            return None
        except Faulty as error:
            self.fault(line, f"The exercise “{slug}” has faults of its own: {error.faults[0]}")
            return None
        if data["part"] not in exercise.parts:
            parts = ", ".join(exercise.parts)
            self.fault(self.line_of("part", index), f"“{slug}” stands in {parts}, not in “{data['part']}”.")
            return None
        if data.get("intensity", exercise.intensity) != exercise.intensity and data["part"] != "home":
            self.fault(
                self.line_of("intensity", index), "Only practice at home may be lighter than its exercise."
            )
            return None
        digest = hashlib.sha256(text.encode()).hexdigest()
        segment = segment_from(exercise, digest, data["part"], f"s{index + 1}")
        own = {name: value for name, value in data.items() if name not in ("exercise", "part")}
        return replace(segment, **own)

    def _shaped(self, data: Any, fields: dict[str, type], kind: str, index: int | None) -> bool:
        """True when `data` has the needed fields, no others, and each of its type."""
        before = len(self.faults)
        if not isinstance(data, dict):
            self.fault(self.line_of("segment", index), "A step begins with a line “[[segment]]”.")
            return False
        for name in sorted(_NEEDED[kind] - set(data)):
            self.fault(self.line_of(name, index), f"“{name}” is missing.")
        for name, value in data.items():
            line = self.line_of(name, index)
            if name not in fields:
                self.fault(line, f"“{name}” is not a field we know.")
            elif type(value) is not fields[name]:
                self.fault(line, f"“{name}” must be {_TYPES[fields[name]]}.")
            elif name in ("areas", "fears") and not _texts(value):
                self.fault(line, f"“{name}” must be a list of texts.")
        return len(self.faults) == before


def _texts(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
