"""A library of any size for measuring, mixed from the texts of the exercises that ship."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from planner.library import search
from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord, ExerciseTag
from planner.library.search import marks
from planner.library.search.words import fold
from planner.library.starter import read_folder
from planner.taxonomy import TAXONOMY

_SYLLABLES = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "r", "s", "t", "v") for b in "aeiou"]
_BATCH = 2000


@dataclass(frozen=True)
class _Material:
    exercises: list[Exercise]
    bodies: list[str]
    texts: list[str]


def fill(session: Session, number: int, seed: int = 1) -> None:
    """Write `number` exercises, their tags and the search index: the same ones for the same `seed`."""
    chance, material = random.Random(seed), _material()  # noqa: S311 texts to measure with, no secrets
    entries = []
    for start in range(0, number, _BATCH):
        rows, tags = [], []
        for n in range(start, min(start + _BATCH, number)):
            entry, row, tagged = _one(chance, material, n)
            entries.append(entry)
            rows.append(row)
            tags += [{"exercise_id": entry.exercise_id, "facet": f, "value": v} for f, v in tagged]
        session.execute(insert(ExerciseRecord), rows)
        session.execute(insert(ExerciseTag), tags)
    search.fill(session, entries)


def _material() -> _Material:
    exercises = read_folder()[0]
    bodies = [search.entry(_blank(), one).body for one in exercises]
    return _Material(exercises, bodies, [text for body in bodies for text in body.split(f" {search.BREAK} ")])


def _blank() -> ExerciseRecord:
    return ExerciseRecord(id="", tags="", mode="", intensity=1, audience="", evidence="")


def _one(
    chance: random.Random, material: _Material, n: int
) -> tuple[search.Entry, dict[str, Any], list[tuple[str, str]]]:
    """A title made of two, a summary with a rare word, and texts of others: as long as a real exercise."""
    like = chance.choice(material.exercises)
    first, second = (chance.choice(material.exercises).title.split() for _ in range(2))
    title = " ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :], _rare(chance)])
    summary = f"{chance.choice(material.exercises).summary} {_rare(chance)}."
    size, body, length = len(chance.choice(material.bodies)), [], 0
    while length < size:
        body.append(chance.choice(material.texts))
        length += len(body[-1])
    body.append(_rare(chance))
    areas = chance.sample(list(TAXONOMY.areas), chance.choice((1, 1, 2)))
    fears = chance.sample(list(TAXONOMY.fears), chance.choice((1, 2)))
    named = {"area": areas, "fear": fears, "part": like.parts, "works": ["online"]}
    tagged = sorted((facet, value) for facet, values in named.items() for value in values)
    exercise_id = f"{n:020x}"
    row: dict[str, Any] = {
        "id": exercise_id,
        "slug": f"{like.slug[:60]}-{n:x}",
        "digest": "0" * 64,
        "title": title,
        "summary": summary,
        "area": areas[0],
        "mode": like.mode,
        "intensity": chance.choice((1, 2, 2, 3, 3, 4, 5)),
        "minutes_short": like.minutes.short,
        "minutes_full": like.minutes.full,
        "audience": like.audience,
        "evidence": like.source.evidence,
        "tags": " ".join(f"{facet}:{value}" for facet, value in tagged),
        "shared": True,
        "listed": True,
    }
    entry = search.Entry(
        exercise_id,
        marks=" ".join(marks.of(ExerciseRecord(**row))),
        title=" ".join(fold(title)),
        summary=" ".join(fold(summary)),
        body=f" {search.BREAK} ".join(body),
    )
    return entry, row, tagged


def _rare(chance: random.Random) -> str:
    """One of forty thousand words, the first ones more often: the nth in about one of 3.5 × n exercises."""
    return spelled(int(40_000 ** chance.random()))


def spelled(number: int) -> str:
    """The invented word with this number, at least four letters long."""
    word = ""
    while number or len(word) < 4:
        number, rest = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[rest]
    return word
