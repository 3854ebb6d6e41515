"""What a programme tends over all its sessions: minutes by area and by fear, session by session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.plans.coverage import coverage
from planner.plans.plan import Plan
from planner.programmes.programme import Programme
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True)
class Cell:
    """Minutes of one session; `also` is True where none are counted and yet a step names it in passing."""

    minutes: int = 0
    also: bool = False


@dataclass(frozen=True)
class Row:
    """An area or a fear by its key, with a cell for each session in order."""

    key: str
    cells: tuple[Cell, ...]

    @property
    def minutes(self) -> int:
        return sum(cell.minutes for cell in self.cells)

    @property
    def is_tended(self) -> bool:
        return any(cell.minutes or cell.also for cell in self.cells)


@dataclass(frozen=True)
class Cover:
    """Coverage of a programme. `planned` counts the sessions that have a plan.

    `missing_areas` and `missing_fears` are in its focus and in none of its plans.
    """

    areas: tuple[Row, ...]
    fears: tuple[Row, ...]
    planned: int
    missing_areas: tuple[str, ...]
    missing_fears: tuple[str, ...]

    @property
    def untended_areas(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.areas if not row.is_tended)

    @property
    def untended_fears(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.fears if not row.is_tended)

    @property
    def top(self) -> int:
        """The most minutes in one cell, at least 1."""
        return max((cell.minutes for row in (*self.areas, *self.fears) for cell in row.cells), default=0) or 1


def cover(programme: Programme, plans: Mapping[str, Plan]) -> Cover:
    """Count as each plan's own page does: a step's minutes for its main area, and for each fear it names.

    Practice at home counts too.
    """
    held = [plans.get(session.plan_id or "") for session in programme.sessions]
    areas = tuple(Row(key, tuple(_area(plan, key) for plan in held)) for key in TAXONOMY.areas)
    fears = tuple(Row(key, tuple(_fear(plan, key) for plan in held)) for key in TAXONOMY.fears)
    met = {row.key for row in (*areas, *fears) if row.is_tended}
    return Cover(
        areas=areas,
        fears=fears,
        planned=sum(plan is not None for plan in held),
        missing_areas=tuple(key for key in programme.areas if key not in met),
        missing_fears=tuple(key for key in programme.fears if key not in met),
    )


def _area(plan: Plan | None, key: str) -> Cell:
    if plan is None:
        return Cell()
    minutes = coverage(plan).minutes.get(key, 0)
    return Cell(minutes, not minutes and any(key in each.areas for each in plan.segments))


def _fear(plan: Plan | None, key: str) -> Cell:
    return Cell(sum(each.minutes for each in plan.segments if key in each.fears) if plan else 0)
