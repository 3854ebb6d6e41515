"""The exercises that ship, read once for all tests: reading them takes longer than most tests."""

from __future__ import annotations

from functools import cache

from planner.library.exercise import Exercise
from planner.library.front_matter import Fault
from planner.library.starter import read_sources


@cache
def _read() -> tuple[list[tuple[Exercise, str]], list[Fault]]:
    return read_sources()


def faults() -> list[Fault]:
    """What is wrong in files that cannot be read."""
    return list(_read()[1])


def sources() -> list[tuple[Exercise, str]]:
    """Each exercise with its text."""
    return list(_read()[0])


def exercises() -> list[Exercise]:
    return [exercise for exercise, _source in _read()[0]]
