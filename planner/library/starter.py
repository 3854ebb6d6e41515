"""The starter library: the exercise files that ship with the product."""

from __future__ import annotations

from pathlib import Path

from planner.library import ladders
from planner.library.exercise import Exercise
from planner.library.front_matter import Fault, Faulty
from planner.library.parse import parse

FOLDER = Path(__file__).parent / "exercises"


def read_sources(
    folder: Path = FOLDER, *, complete: bool = True
) -> tuple[list[tuple[Exercise, str]], list[Fault]]:
    """Read every `*.md` in `folder`, sorted by name: each good one with its text, and the others' faults.

    A counsellor's own need not be `complete`, and may build on exercises that ship.
    """
    good: list[tuple[Exercise, str]] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.md")):
        try:
            source = path.read_text(encoding="utf-8")
            good.append((parse(source, path.name, complete=complete), source))
        except UnicodeDecodeError:
            faults.append(Fault(path.name, 1, "The file is not UTF-8 text."))
        except Faulty as error:
            faults.extend(error.faults)
    faults += _broken_links(good, [] if complete else read_folder()[0])
    if not good and not faults:
        faults.append(Fault(str(folder), 0, "There are no exercises here."))
    return good, faults


def _broken_links(good: list[tuple[Exercise, str]], beside: list[Exercise]) -> list[Fault]:
    """Faults that only show when all files are read: what an exercise builds on."""
    sources = {exercise.slug: source for exercise, source in good}
    return [
        Fault(f"{slug}.md", _line_of("builds_on:", sources[slug]), message)
        for slug, message in ladders.faults([*beside, *(exercise for exercise, _ in good)])
        if slug in sources
    ]


def _line_of(start: str, source: str) -> int:
    lines = source.split("\n")
    return next((i for i, line in enumerate(lines, start=1) if line.startswith(start)), 1)


def read_folder(folder: Path = FOLDER) -> tuple[list[Exercise], list[Fault]]:
    """Read every `*.md` in `folder`, sorted by name: the good ones, and the faults of the others."""
    good, faults = read_sources(folder)
    return [exercise for exercise, _ in good], faults
