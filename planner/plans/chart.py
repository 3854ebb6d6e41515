"""The pacing as a drawing: where each step, line and word of the curve stands.

Across, places are percent of the width, so that the drawing fills any width and its words keep their size;
down, they are pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.plans.curve import Breach, Point

LEVEL, TOP = 18, 26
BASE = TOP + 5 * LEVEL
# Rules that are about these very steps; the others are about the whole session.
_SHOWN = ("late_peak", "last_ten", "face_to_face", "jump")
_MOST_TICKS = 8
_EVERY = (5, 10, 15, 20, 30, 60, 120)


@dataclass(frozen=True)
class Bar:
    """One step: its place, and whether a remark is about it. Intensity 0 lies on the base line."""

    segment: str
    x: str
    width: str
    end: str
    y: int
    intensity: int
    marked: bool


@dataclass(frozen=True)
class Rise:
    """Where the curve goes from one level to another."""

    x: str
    top: int
    bottom: int


@dataclass(frozen=True)
class Tick:
    """A minute on the axis; `anchor` keeps the words of the outermost ones inside."""

    x: str
    minute: int
    anchor: str


@dataclass(frozen=True)
class Curve:
    """The drawing. `peak` is the place of its mark, or None; `calm` begins where the end should be calm, and
    has a width."""

    bars: tuple[Bar, ...]
    rises: tuple[Rise, ...]
    ticks: tuple[Tick, ...]
    peak: tuple[str, int] | None
    calm: tuple[str, str]


def curve(
    points: Sequence[Point], minutes: int, peak_minute: int | None, calm_from: int, found: Sequence[Breach]
) -> Curve:
    """Lay out the steps of a session of `minutes`, which is at least 1."""
    marked = {segment for breach in found for segment in _about(breach)}
    used = points[-1].end if points else 0
    bars = tuple(
        Bar(
            segment=point.segment,
            x=_across(point.start, minutes),
            width=_across(point.end - point.start, minutes),
            end=_across(point.end, minutes),
            y=_down(point.intensity),
            intensity=point.intensity,
            marked=point.segment in marked,
        )
        for point in points
    )
    rises = tuple(
        Rise(after.x, min(before.y, after.y), max(before.y, after.y))
        for before, after in pairwise(bars)
        if before.y != after.y
    )
    top = max((point.intensity for point in points), default=0)
    return Curve(
        bars=bars,
        rises=rises,
        ticks=_ticks(minutes),
        peak=None if peak_minute is None else (_across(peak_minute, minutes), _down(top)),
        calm=(_across(calm_from, minutes), _across(used - calm_from, minutes)),
    )


def _about(breach: Breach) -> tuple[str, ...]:
    """The steps that a remark is about; of a jump the one that it leads to."""
    if breach.rule not in _SHOWN:
        return ()
    return breach.segments[1:] if breach.rule == "jump" else breach.segments


def _across(minute: int, minutes: int) -> str:
    return f"{100 * minute / minutes:.2f}%"


def _down(intensity: int) -> int:
    return BASE - LEVEL * intensity


def _ticks(minutes: int) -> tuple[Tick, ...]:
    every = next((each for each in _EVERY if minutes / each <= _MOST_TICKS), _EVERY[-1])
    return tuple(
        Tick(
            _across(minute, minutes),
            minute,
            "start" if minute == 0 else "end" if minutes - minute < every / 2 else "middle",
        )
        for minute in range(0, minutes + 1, every)
    )
