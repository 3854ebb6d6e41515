"""Ladders: which exercise usually comes before which, from the gentlest step upwards.

Graded steps towards what is feared, never towards real danger (after Wolpe, 1958).
The order is our judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from planner.library.exercise import Exercise


class OnLadder(Protocol):
    """What a ladder needs to know of an exercise."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def intensity(self) -> int: ...
    @property
    def builds_on(self) -> tuple[str, ...]: ...


One = TypeVar("One", bound=OnLadder)


@dataclass(frozen=True)
class Rung(Generic[One]):
    """An exercise on a ladder, and what of the same ladder it builds on (slugs)."""

    exercise: One
    after: tuple[str, ...]


def faults(exercises: Iterable[Exercise]) -> list[tuple[str, str]]:
    """Pairs of slug and message for links that lead nowhere, to a bolder exercise, or round in a circle."""
    every = {one.slug: one for one in exercises}
    found: list[tuple[str, str]] = []
    for one in every.values():
        for slug in one.builds_on:
            before = every.get(slug)
            if before is None:
                found.append((one.slug, f"It builds on “{slug}”, which is not in the library."))
            elif before.intensity > one.intensity:
                found.append((one.slug, f"It builds on “{slug}”, which is bolder than itself."))
    found += [(slug, "It builds on itself by way of others.") for slug in every if _circles(every, slug)]
    return found


def _circles(every: dict[str, Exercise], start: str) -> bool:
    seen: set[str] = set()
    waiting = list(every[start].builds_on)
    while waiting:
        slug = waiting.pop()
        if slug == start:
            return True
        if slug in every and slug not in seen:
            seen.add(slug)
            waiting.extend(every[slug].builds_on)
    return False


def ladder(exercises: Iterable[Exercise], fear: str) -> tuple[Rung[Exercise], ...]:
    """The ladder of one fear, out of a whole library."""
    return rungs(one for one in exercises if fear in one.fears)


def rungs(exercises: Iterable[One]) -> tuple[Rung[One], ...]:
    """Those of these exercises that are linked with each other, gentlest first, each after what it builds on.

    One that neither builds on another of them nor carries one is not on the ladder.
    """
    here = {one.slug: one for one in exercises}
    after = {slug: tuple(each for each in one.builds_on if each in here) for slug, one in here.items()}
    linked = {slug for slug in here if after[slug]} | {each for links in after.values() for each in links}
    ordered = sorted(linked, key=lambda slug: (here[slug].intensity, _depth(after, slug), here[slug].title))
    return tuple(Rung(here[slug], after[slug]) for slug in ordered)


def _depth(after: dict[str, tuple[str, ...]], slug: str) -> int:
    """How many steps lie below; faults() keeps circles out of the library."""
    return 1 + max((_depth(after, each) for each in after[slug]), default=0)
