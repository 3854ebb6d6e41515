"""Making chosen steps fit into minutes: short forms of exercises, and free steps trimmed in proportion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from planner.library.exercise import Exercise
from planner.plans.curve import CALM, CALM_MINUTES
from planner.plans.plan import Origin, Segment
from planner.plans.talk import whole_minutes

# No step gets shorter than this, and none that settles than a little more.
SHORTEST = 2
SHORTEST_IN = {"settle": 3}
# How much of a free step stays: all, most of it, or whatever its fewest minutes are.
WHOLE, GENTLY, NOT_AT_ALL = Fraction(1), Fraction(2, 3), Fraction(0)


@dataclass(frozen=True)
class Piece:
    """A step to be fitted in: as it stands, and how short it may become.

    `short` is the minutes of the exercise's short form, or None where there is none to be had; `free` steps
    can be trimmed to the minute.
    """

    segment: Segment
    short: int | None
    free: bool

    @property
    def lowest(self) -> int:
        """The fewest minutes that this step can be given."""
        if self.free:
            return fewest(self.segment)
        return self.segment.minutes if self.short is None else self.short

    @property
    def bold(self) -> bool:
        return self.segment.intensity > CALM


def fewest(segment: Segment) -> int:
    """The fewest minutes of a step in its part, or its own where those are fewer still."""
    return min(segment.minutes, SHORTEST_IN.get(segment.part, SHORTEST))


def piece(segment: Segment, exercises: Mapping[Origin, Exercise]) -> Piece:
    """The piece for a step. One whose exercise cannot be found has no short form and is not trimmed."""
    if segment.exercise is None:
        return Piece(segment, None, free=True)
    exercise = exercises.get(segment.exercise)
    short = max(exercise.minutes.short, fewest(segment)) if exercise else segment.minutes
    return Piece(segment, short if short < segment.minutes else None, free=False)


def fit(
    pieces: Sequence[Piece],
    minutes: int,
    turn: Callable[[Piece], tuple[int, ...]],
    shares: Sequence[Fraction] = (GENTLY, NOT_AT_ALL),
) -> tuple[Segment, ...] | None:
    """The steps in at most `minutes`, or None when even their least is more.

    Exercises take their short form when it is their `turn`, and only as many as it needs. Free steps give up
    time in proportion, down to the first of `shares` while that is enough, and then to the next.
    """
    every = [each.segment.id for each in sorted(pieces, key=turn) if each.short is not None]
    for share in shares:
        if _least(pieces, every, share) > minutes:
            continue
        if share == NOT_AT_ALL:
            # Squeezing the free steps comes last, so it is kept small: every exercise is short by then.
            return _trimmed(pieces, every, minutes, share)
        short = next(every[:n] for n in range(len(every) + 1) if _least(pieces, every[:n], share) <= minutes)
        # An earlier one may not have been needed, now that a later one is short.
        for segment_id in reversed(short):
            fewer = [each for each in short if each != segment_id]
            if _least(pieces, fewer, share) <= minutes:
                short = fewer
        return _trimmed(pieces, short, minutes, share)
    return None


def _formed(pieces: Sequence[Piece], short: Sequence[str]) -> list[int]:
    """Minutes of each step when the exercises `short` take their short form and nothing is trimmed."""
    return [
        each.short if each.short is not None and each.segment.id in short else each.segment.minutes
        for each in pieces
    ]


def _floors(pieces: Sequence[Piece], formed: Sequence[int], share: Fraction) -> list[int]:
    """The fewest minutes of each step. After the last bold step ten minutes of calm stay, where there are."""
    floors = [
        max(each.lowest, ceil(minutes * share)) if each.free else minutes
        for each, minutes in zip(pieces, formed, strict=True)
    ]
    last = max((place for place, each in enumerate(pieces) if each.bold), default=None)
    if last is None:
        return floors
    tail = range(last + 1, len(pieces))
    wanted = min(CALM_MINUTES, sum(formed[i] for i in tail)) - sum(floors[i] for i in tail)
    if wanted > 0:
        for i, more in zip(tail, _shared(wanted, [formed[i] - floors[i] for i in tail]), strict=True):
            floors[i] += more
    return floors


def _least(pieces: Sequence[Piece], short: Sequence[str], share: Fraction) -> int:
    return sum(_floors(pieces, _formed(pieces, short), share))


def _trimmed(
    pieces: Sequence[Piece], short: Sequence[str], minutes: int, share: Fraction
) -> tuple[Segment, ...]:
    formed = _formed(pieces, short)
    floors = _floors(pieces, formed, share)
    slack = [most - least for most, least in zip(formed, floors, strict=True)]
    cuts = _shared(max(0, sum(formed) - minutes), slack)
    return tuple(
        replace(each.segment, minutes=most - cut)
        for each, most, cut in zip(pieces, formed, cuts, strict=True)
    )


def _shared(total: int, slack: Sequence[int]) -> list[int]:
    """`total` minutes shared out in proportion to `slack`, none given more than it has.

    `total` is at most the sum of `slack`.
    """
    room = sum(slack)
    if not total or not room:
        return [0] * len(slack)
    return whole_minutes([Fraction(total * each, room) for each in slack])
