"""The library in figures: what it has of everything, for `library check --report` and for its tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from planner.library import ladders
from planner.library.exercise import Exercise
from planner.library.plaintext import handout_sentences
from planner.library.reading import reading
from planner.taxonomy import INTENSITIES, TAXONOMY


@dataclass(frozen=True)
class OfArea:
    """The exercises with one main area, counted by what they are. `named` counts all that name the area."""

    main: int
    named: int
    intensities: dict[int, int]
    parts: dict[str, int]
    modes: dict[str, int]
    audiences: dict[str, int]
    evidence: dict[str, int]


@dataclass(frozen=True)
class Cell:
    """How many exercises meet an area and a fear, and how many of them have that area as their main one."""

    every: int
    main: int


@dataclass(frozen=True)
class Ladder:
    """The rungs of a fear: how many at each intensity."""

    rungs: int
    intensities: dict[int, int]


@dataclass(frozen=True)
class Spread:
    """The smallest, the middle and the largest of some figures."""

    least: float
    middle: float
    most: float


@dataclass(frozen=True)
class Sentence:
    """The longest sentence of all sheets: its words, and where it stands."""

    words: int
    slug: str
    text: str


@dataclass(frozen=True)
class Figures:
    """What the report shows. Dictionaries are in the order of the taxonomy; `grades` are per sheet."""

    exercises: int
    sheets: int
    areas: dict[str, OfArea]
    cells: dict[str, dict[str, Cell]]
    ladders: dict[str, Ladder]
    modes: dict[str, int]
    evidence: dict[str, int]
    cited: int
    grades: Spread
    longest: Sentence
    minutes_full: Spread
    minutes_short: Spread


def figures(exercises: Iterable[Exercise]) -> Figures:
    """Count a library."""
    every = list(exercises)
    sheets = [(one, sheet) for one in every for sheet in one.handouts]
    long = [
        (longest.words, one.slug, longest.sentence) for one, sheet in sheets for longest in [reading(sheet)]
    ]
    return Figures(
        exercises=len(every),
        sheets=len(sheets),
        areas={area: _of_area(every, area) for area in TAXONOMY.areas},
        cells={area: {fear: _cell(every, area, fear) for fear in TAXONOMY.fears} for area in TAXONOMY.areas},
        ladders={fear: _ladder(every, fear) for fear in TAXONOMY.fears},
        modes=_counted(TAXONOMY.modes, (one.mode for one in every)),
        evidence=_counted(TAXONOMY.evidence, (one.source.evidence for one in every)),
        cited=sum(bool(one.source.citation) for one in every),
        grades=_spread([reading(sheet).grade for _one, sheet in sheets if handout_sentences(sheet)]),
        longest=Sentence(*max(long, default=(0, "", ""))),
        minutes_full=_spread([one.minutes.full for one in every]),
        minutes_short=_spread([one.minutes.short for one in every]),
    )


def _of_area(every: list[Exercise], area: str) -> OfArea:
    mains = [one for one in every if one.area == area]
    return OfArea(
        main=len(mains),
        named=sum(area in one.areas for one in every),
        intensities={level: sum(one.intensity == level for one in mains) for level in INTENSITIES},
        parts=_counted(TAXONOMY.parts, (part for one in mains for part in one.parts)),
        modes=_counted(TAXONOMY.modes, (one.mode for one in mains)),
        audiences=_counted(TAXONOMY.audiences, (one.audience for one in mains)),
        evidence=_counted(TAXONOMY.evidence, (one.source.evidence for one in mains)),
    )


def _cell(every: list[Exercise], area: str, fear: str) -> Cell:
    there = [one for one in every if area in one.areas and fear in one.fears]
    return Cell(len(there), sum(one.area == area for one in there))


def _ladder(every: list[Exercise], fear: str) -> Ladder:
    levels = Counter(rung.exercise.intensity for rung in ladders.ladder(every, fear))
    return Ladder(sum(levels.values()), {level: levels[level] for level in INTENSITIES})


def _counted(keys: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    number = Counter(found)
    return {key: number[key] for key in keys}


def _spread(found: Sequence[float]) -> Spread:
    if not found:
        return Spread(0, 0, 0)
    return Spread(round(min(found), 1), round(median(found), 1), round(max(found), 1))


# As tables for people

_Row = list[object]


def report(found: Figures) -> str:
    """The figures as text: a heading and a table each."""
    tables = [
        _areas(found),
        *(_areas_by(found, *each) for each in _BY),
        _cells(found),
        _ladders(found),
        _shares(found),
        _reading(found),
    ]
    last = found.longest
    return "\n\n".join([*tables, f"Longest sentence: {last.words} words, in {last.slug}: {last.text}"])


_BY = (
    ("part", "parts", "parts"),
    ("mode", "modes", "modes"),
    ("for whom", "audiences", "audiences"),
    ("evidence", "evidence", "evidence"),
)


def _areas(found: Figures) -> str:
    heading = f"{found.exercises} exercises, {found.sheets} sheets, {found.cited} with a citation"
    rows: list[_Row] = [
        [TAXONOMY.areas[key].name, of.main, of.named, *of.intensities.values()]
        for key, of in found.areas.items()
    ]
    return _table(heading, ["area", "main", "named", *map(str, INTENSITIES)], rows)


def _areas_by(found: Figures, title: str, field: str, terms: str) -> str:
    rows: list[_Row] = [
        [TAXONOMY.areas[key].name, *getattr(of, field).values()] for key, of in found.areas.items()
    ]
    return _table(f"Main area by {title}", ["area", *_names(terms)], rows)


def _cells(found: Figures) -> str:
    rows: list[_Row] = [
        [TAXONOMY.areas[key].name, *(f"{cell.every} ({cell.main})" for cell in row.values())]
        for key, row in found.cells.items()
    ]
    heading = "Area and fear together: all (of them as main area)"
    return _table(heading, ["area", *_names("fears")], rows)


def _ladders(found: Figures) -> str:
    rows: list[_Row] = [
        [TAXONOMY.fears[key].name, of.rungs, *of.intensities.values()] for key, of in found.ladders.items()
    ]
    return _table("Ladders: rungs at each intensity", ["fear", "rungs", *map(str, INTENSITIES)], rows)


def _shares(found: Figures) -> str:
    share = 100 / max(found.exercises, 1)
    numbers = zip(
        [*_names("modes"), *_names("evidence")],
        [*found.modes.values(), *found.evidence.values()],
        strict=True,
    )
    rows: list[_Row] = [[name, number, round(number * share)] for name, number in numbers]
    return _table("Modes and evidence in all", ["", "number", "%"], rows)


def _reading(found: Figures) -> str:
    spreads = (
        ("Grade of a sheet", found.grades),
        ("Minutes, full", found.minutes_full),
        ("Minutes, short", found.minutes_short),
    )
    rows: list[_Row] = [[name, of.least, of.middle, of.most] for name, of in spreads]
    return _table("Reading and length", ["", "least", "middle", "most"], rows)


def _names(terms: str) -> list[str]:
    return [term.name for term in getattr(TAXONOMY, terms).values()]


def _table(heading: str, head: list[str], rows: list[_Row]) -> str:
    """Columns as wide as their widest entry: the first to the left, figures to the right."""
    every = [head, *([str(cell) for cell in row] for row in rows)]
    first, *others = (max(map(len, column)) for column in zip(*every, strict=True))
    lines = [
        "  ".join([row[0].ljust(first), *(cell.rjust(w) for cell, w in zip(row[1:], others, strict=True))])
        for row in every
    ]
    return "\n".join([heading, *(f"  {line.rstrip()}" for line in lines)])
