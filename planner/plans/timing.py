"""When each segment starts, and how much of the session is free or over."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plans.plan import Plan, Segment
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True)
class Slot:
    """A segment and the minute of the session at which it starts and ends."""

    segment: Segment
    start: int
    end: int


@dataclass(frozen=True)
class Timing:
    """All in minutes. `free` is negative when the plan is longer than the session."""

    slots: tuple[Slot, ...]
    used: int
    length: int
    at_home: int

    @property
    def free(self) -> int:
        return self.length - self.used

    def slots_in(self, part: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.segment.part == part)


def timing(plan: Plan) -> Timing:
    """Lay the segments of the session end to end from minute 0; practice at home stands outside."""
    slots: list[Slot] = []
    clock = at_home = 0
    for segment in plan.segments:
        if not TAXONOMY.parts[segment.part].in_session:
            at_home += segment.minutes
            continue
        slots.append(Slot(segment, clock, clock + segment.minutes))
        clock += segment.minutes
    return Timing(tuple(slots), clock, plan.length, at_home)


def suggested(part: str, length: int) -> int:
    """Minutes that a part usually takes in a session of `length` minutes.

    House rule, between the shares for 50 and 80 minutes and in proportion outside them.
    """
    term = TAXONOMY.parts[part]
    if length <= 50:
        return max(1, round(term.share_50 * length / 50))
    if length >= 80:
        return max(1, round(term.share_80 * length / 80))
    return round(term.share_50 + (term.share_80 - term.share_50) * (length - 50) / 30)
