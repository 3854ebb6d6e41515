"""Intensity over the minutes of a session, and where it leaves the house rules.

Nothing here forbids anything: a breach is a remark, with the numbers that a sentence needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from planner.plans.plan import Plan
from planner.plans.remedies import Remedy
from planner.plans.timing import timing

RULES = ("over", "late_peak", "last_ten", "face_to_face", "jump", "core_count")
# House rules: the highest level at the end, the minutes it holds for, and what counts as bold.
CALM, CALM_MINUTES, BOLD = 2, 10, 3
# Minutes face to face at a bold level on end.
FACING = 20


@dataclass(frozen=True)
class Point:
    """One step of the session on the curve, from minute to minute. Intensity 0 means not said."""

    segment: str
    start: int
    end: int
    intensity: int
    mode: str


@dataclass(frozen=True)
class Breach:
    """A house rule that the plan leaves: from minute `start` to `end`, in these segments.

    `found` and `allowed` are in the rule's own unit: "over" minutes of the plan; "late_peak" the minute of
    the session at which the step has its middle; "last_ten" and "jump" levels of intensity; "face_to_face"
    minutes on end; "core_count" exercises. A jump names the step before it and the step that it leads to.
    """

    rule: str
    start: int
    end: int
    segments: tuple[str, ...]
    found: int
    allowed: int
    remedies: tuple[Remedy, ...] = ()

    @property
    def excess(self) -> int:
        return self.found - self.allowed


def points(plan: Plan) -> tuple[Point, ...]:
    """The steps of the session in order; practice at home is no part of the curve."""
    return tuple(
        Point(slot.segment.id, slot.start, slot.end, slot.segment.intensity, slot.segment.mode)
        for slot in timing(plan).slots
    )


def whole(plan: Plan) -> int:
    """Minutes of the session: its length, or what the plan takes where that is more."""
    return max(plan.length, timing(plan).used)


def latest_peak(plan: Plan) -> int:
    """The last full minute that a peak may have its middle at: 65 % of the session."""
    return _latest(whole(plan))


def calm_from(plan: Plan) -> int:
    """The minute at which the last ten minutes of what is planned begin."""
    return _calm(timing(plan).used)


def _latest(minutes: int) -> int:
    return minutes * 13 // 20


def _calm(used: int) -> int:
    return max(0, used - CALM_MINUTES)


def _used(line: tuple[Point, ...]) -> int:
    return line[-1].end if line else 0


def breaches(plan: Plan) -> tuple[Breach, ...]:
    """Every place where the plan leaves a house rule, in the order of RULES; remedies are not filled in."""
    line = points(plan)
    return (
        *_over(plan, line),
        *_late_peak(plan, line),
        *_last_ten(line),
        *_face_to_face(line),
        *_jumps(line),
        *_core_count(plan, line),
    )


def _over(plan: Plan, line: tuple[Point, ...]) -> Iterator[Breach]:
    used = _used(line)
    if used > plan.length:
        beyond = tuple(point.segment for point in line if point.end > plan.length)
        yield Breach("over", plan.length, used, beyond, used, plan.length)


def _late_peak(plan: Plan, line: tuple[Point, ...]) -> Iterator[Breach]:
    """A step counts where its middle lies. An all-light session has no peak to be late.

    A calm peak that comes again later is no matter; a bold one is.
    """
    minutes = max(plan.length, _used(line))
    top = max((point.intensity for point in line), default=0)
    highest = [point for point in line if point.intensity == top]
    if top <= 1:
        return
    for point in highest if top > CALM else highest[:1]:
        if 10 * (point.start + point.end) > 13 * minutes:
            middle = (point.start + point.end + 1) // 2
            yield Breach("late_peak", point.start, point.end, (point.segment,), middle, _latest(minutes))


def _last_ten(line: tuple[Point, ...]) -> Iterator[Breach]:
    begins = _calm(_used(line))
    for point in line:
        if point.end > begins and point.intensity > CALM:
            start = max(point.start, begins)
            yield Breach("last_ten", start, point.end, (point.segment,), point.intensity, CALM)


def _face_to_face(line: tuple[Point, ...]) -> Iterator[Breach]:
    for facing, group in groupby(line, key=is_facing):
        run = list(group)
        minutes = run[-1].end - run[0].start
        if facing and minutes > FACING:
            ids = tuple(point.segment for point in run)
            yield Breach("face_to_face", run[0].start, run[-1].end, ids, minutes, FACING)


def is_facing(point: Point) -> bool:
    """True for a bold step face to face."""
    return point.mode == "face_to_face" and point.intensity >= BOLD


def _jumps(line: tuple[Point, ...]) -> Iterator[Breach]:
    """Across a step whose intensity is not said nothing can be known, so nothing is claimed."""
    for before, after in pairwise(line):
        if before.intensity and after.intensity > before.intensity + 1:
            ids = (before.segment, after.segment)
            yield Breach("jump", before.start, after.end, ids, after.intensity, before.intensity + 1)


def cores_allowed(length: int) -> int | None:
    """How many core exercises a session of `length` minutes has room for; None where no rule speaks."""
    if length <= 50:
        return 1
    return 2 if length <= 80 else None


def _core_count(plan: Plan, line: tuple[Point, ...]) -> Iterator[Breach]:
    """An exercise that stands twice is one; a step that was written freely is none."""
    allowed = cores_allowed(plan.length)
    core = {each.id: each.exercise.slug for each in plan.in_part("core") if each.exercise}
    found = len(set(core.values()))
    if allowed is not None and found > allowed:
        here = [point for point in line if point.segment in core]
        yield Breach("core_count", here[0].start, here[-1].end, tuple(core), found, allowed)


def loud_minutes(plan: Plan, among: frozenset[str]) -> int:
    """Minutes above CALM in the last ten minutes of what is planned, in the segments `among`."""
    begins = calm_from(plan)
    return sum(
        max(0, point.end - max(point.start, begins))
        for point in points(plan)
        if point.intensity > CALM and point.segment in among
    )
