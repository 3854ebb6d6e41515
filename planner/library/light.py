"""Light exercises, and which of them stands nearest when something is too much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Light:
    """A light exercise: which version of it, what it is about, and the minutes that it takes.

    `settles` says that it is meant for coming down.
    """

    slug: str
    digest: str
    title: str
    areas: tuple[str, ...]
    mode: str
    minutes: int
    settles: bool


def nearest(slug: str, areas: tuple[str, ...], mode: str, among: Iterable[Light]) -> Light | None:
    """The nearest to an exercise by what it is for, area and mode; of several the shortest.

    None when there is no other. Nobody is asked to face the other when that may be what was too much.
    """
    return min(
        (light for light in among if light.slug != slug),
        key=lambda light: (
            not light.settles,
            light.mode == "face_to_face",
            _apart(areas, light.areas),
            light.mode != mode,
            light.minutes,
            light.title,
            light.slug,
        ),
        default=None,
    )


def _apart(these: tuple[str, ...], those: tuple[str, ...]) -> int:
    """0 with the same main area, 1 with an area in common, otherwise 2."""
    if these and these[:1] == those[:1]:
        return 0
    return 1 if set(these) & set(those) else 2
