"""The quality of the starter library, file by file: a failure names the file and the reason.

The rules are `planner.library.gates`; `library check` holds other folders to the same.
"""

from __future__ import annotations

from functools import cache

import pytest

from planner.library import gates
from planner.library.exercise import Exercise
from planner.library.front_matter import Fault
from planner.library.starter import FOLDER
from tests import shipped

SLUGS = sorted(path.stem for path in FOLDER.glob("*.md"))


@cache
def read() -> tuple[dict[str, tuple[Exercise, str]], list[Fault]]:
    """Every exercise with its text, and the faults of those that cannot be read."""
    return {exercise.slug: (exercise, source) for exercise, source in shipped.sources()}, shipped.faults()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_file_has_no_faults(slug: str) -> None:
    faults = [str(fault) for fault in read()[1] if fault.file == f"{slug}.md"]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_exercise_keeps_to_every_gate(slug: str) -> None:
    if slug in read()[0]:
        faults = [str(fault) for fault in gates.placed(*read()[0][slug])]
        assert not faults, "\n".join(faults)


def test_no_two_client_texts_share_a_run_of_twelve_words() -> None:
    shared = gates.shared_runs(exercise for exercise, _source in read()[0].values())
    assert not shared, f"shared by two handouts: {shared}"
