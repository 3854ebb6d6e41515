"""The pacing of a session: its curve, where it leaves the house rules, and what would mend that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.library.exercise import Exercise
from planner.plans.curve import (
    CALM_MINUTES,
    Breach,
    Point,
    breaches,
    calm_from,
    is_facing,
    latest_peak,
    points,
    whole,
)
from planner.plans.plan import MAX_MINUTES, MAX_SEGMENTS, Origin, Plan
from planner.plans.remedies import Drop, Move, Remedy, Settle, Shorten, Swap, part_before, sketch
from planner.plans.timing import timing
from planner.plans.weights import Weights

# How many remedies a breach offers at most, and how many of one kind.
MOST, MOST_ALIKE = 4, 2
# A settling step shorter than this settles nobody.
SHORTEST_SETTLE = 3
# What a step dropped for want of time is never: a session arrives, settles and closes.
_KEPT_PARTS = ("arrive", "settle", "close")
# Stands for an identity, or an exercise, that is not known while a remedy is only tried.
_TRIED = "tried"


@dataclass(frozen=True)
class Pacing:
    """The curve in minutes of the session. `peak_minute` is None when no step says its intensity.

    The peak is the first step at the highest level, and its minute the middle of that step. `minutes` is the
    whole width of the chart, `latest_peak` the minute before which the peak should lie, and `calm_from` the
    minute from which it should be calm.
    """

    points: tuple[Point, ...]
    minutes: int
    peak: int
    peak_minute: int | None
    peak_segment: str
    latest_peak: int
    calm_from: int
    breaches: tuple[Breach, ...]


def pacing(plan: Plan, exercises: Mapping[Origin, Exercise]) -> Pacing:
    """Read a plan's pacing. An exercise that cannot be found offers no short form and no other part."""
    line = points(plan)
    top = max(line, key=lambda point: point.intensity, default=None)
    peak = top if top and top.intensity else None
    found = breaches(plan)
    return Pacing(
        points=line,
        minutes=whole(plan),
        peak=peak.intensity if peak else 0,
        peak_minute=(peak.start + peak.end) // 2 if peak else None,
        peak_segment=peak.segment if peak else "",
        latest_peak=latest_peak(plan),
        calm_from=calm_from(plan),
        breaches=tuple(
            replace(each, remedies=_offered(plan, each, found, exercises, line)) for each in found
        ),
    )


def mends(plan: Plan, rule: str, remedy: Remedy) -> bool:
    """True when the remedy takes a breach of `rule` away and makes no rule worse.

    For a `Swap` that is filled in: whether this very exercise does it. Raises BadPlan when a step is gone.
    """
    return _mends(breaches(plan), rule, _trial(plan, remedy))


def _offered(
    plan: Plan,
    breach: Breach,
    found: tuple[Breach, ...],
    exercises: Mapping[Origin, Exercise],
    line: tuple[Point, ...],
) -> tuple[Remedy, ...]:
    offered: list[Remedy] = []
    seen: list[Plan] = []
    for remedy in _candidates(plan, breach, exercises, line):
        if _is_said(remedy, offered):
            continue
        changed = _trial(plan, remedy)
        # Moving one step down may be moving the next one up.
        if changed not in seen and _mends(found, breach.rule, changed):
            offered.append(remedy)
            seen.append(changed)
            if len(offered) == MOST:
                break
    return tuple(offered)


def _is_said(remedy: Remedy, offered: list[Remedy]) -> bool:
    """True when there are enough of this kind already, or the same wish in a milder form."""
    alike = [each for each in offered if type(each) is type(remedy)]
    return len(alike) >= MOST_ALIKE or any(
        isinstance(each, Swap) and isinstance(remedy, Swap) and each.segment == remedy.segment
        for each in alike
    )


def _mends(before: tuple[Breach, ...], rule: str, changed: Plan) -> bool:
    was, now = Weights(before), Weights(breaches(changed))
    return now.no_worse_than(was) and now[rule].number < was[rule].number


def _trial(plan: Plan, remedy: Remedy) -> Plan:
    """The plan as it would be; a wish is tried with the boldest exercise that it allows."""
    if isinstance(remedy, Swap) and remedy.exercise is None:
        segment = plan.segment(remedy.segment)
        mode = "side_by_side" if remedy.wish == "other_mode" else segment.mode
        origin = Origin(_TRIED, "")
        other = replace(segment, exercise=origin, intensity=remedy.intensity, mode=mode)
        return replace(plan, segments=tuple(other if s is segment else s for s in plan.segments))
    return sketch(plan, remedy, lambda: _TRIED)


def _candidates(
    plan: Plan, breach: Breach, exercises: Mapping[Origin, Exercise], line: tuple[Point, ...]
) -> Iterator[Remedy]:
    """What might mend a breach, the smallest change first."""
    match breach.rule:
        case "over":
            yield from _shorter(plan, exercises, tuple(s.id for s in plan.segments))
            yield from _drops(plan, tuple(point.segment for point in reversed(line)))
        case "late_peak":
            yield from _earlier(plan, breach.segments[0], exercises, line)
            yield from _shorter(plan, exercises, tuple(p.segment for p in line if p.start < breach.end))
            yield from _gentler(plan, breach.segments[0])
        case "last_ten":
            yield from _earlier(plan, breach.segments[0], exercises, line)
            yield from _settle(plan, breach)
            yield from _gentler(plan, breach.segments[0])
            yield from _drops(plan, breach.segments)
        case "face_to_face":
            yield from _between(plan, breach, exercises, line)
            yield from _shorter(plan, exercises, breach.segments)
            yield from _other_mode(plan, breach.segments)
        case "jump":
            yield from _stepped(plan, breach, exercises, line)
            yield from _gentler(plan, breach.segments[1])
        case "core_count":
            levels = {point.segment: point.intensity for point in line}
            yield from _drops(plan, tuple(sorted(breach.segments, key=lambda each: levels[each])))


def _moves(
    plan: Plan, pairs: Iterator[tuple[str, str]], exercises: Mapping[Origin, Exercise]
) -> Iterator[Remedy]:
    """Moves of the first before the second, where the step suits the part that it comes to."""
    for moved, before in pairs:
        segment, other = plan.segment(moved), plan.segment(before)
        if segment is other:
            continue
        part = part_before(plan, segment, other)
        exercise = exercises.get(segment.exercise) if segment.exercise else None
        if part == segment.part or (exercise is not None and part in exercise.parts):
            yield Move(moved, before)


def _earlier(
    plan: Plan, segment: str, exercises: Mapping[Origin, Exercise], line: tuple[Point, ...]
) -> Iterator[Remedy]:
    """Move a step up, by as little as will do."""
    place = next(i for i, point in enumerate(line) if point.segment == segment)
    return _moves(plan, ((segment, point.segment) for point in reversed(line[:place])), exercises)


def _between(
    plan: Plan, breach: Breach, exercises: Mapping[Origin, Exercise], line: tuple[Point, ...]
) -> Iterator[Remedy]:
    """Move another step into a long stretch face to face."""
    others = [point.segment for point in line if not is_facing(point)]
    pairs = ((other, inside) for inside in breach.segments[1:] for other in others)
    return _moves(plan, pairs, exercises)


def _stepped(
    plan: Plan, breach: Breach, exercises: Mapping[Origin, Exercise], line: tuple[Point, ...]
) -> Iterator[Remedy]:
    """Move a step of the level between before the bold one, or the bold one behind such a step."""
    bold = breach.segments[1]
    between = [p.segment for p in line if breach.found - 1 <= p.intensity <= breach.allowed]
    yield from _moves(plan, ((other, bold) for other in between), exercises)
    place = next(i for i, point in enumerate(line) if point.segment == bold)
    yield from _moves(plan, ((bold, point.segment) for point in line[place + 1 :]), exercises)


def _settle(plan: Plan, breach: Breach) -> Iterator[Remedy]:
    """A settling step after a bold one, long enough to make the last ten minutes calm, if it fits."""
    clock = timing(plan)
    minutes = max(SHORTEST_SETTLE, breach.end - clock.used + CALM_MINUTES)
    if minutes <= min(clock.free, MAX_MINUTES) and len(plan.segments) < MAX_SEGMENTS:
        yield Settle(breach.segments[0], minutes)


def _gentler(plan: Plan, segment_id: str) -> Iterator[Remedy]:
    """Wishes for a gentler exercise, one level down at a time: the first that mends is the one to show."""
    segment = plan.segment(segment_id)
    if segment.exercise:
        for level in range(segment.intensity - 1, 0, -1):
            yield Swap(segment_id, "gentler", level)


def _other_mode(plan: Plan, segments: tuple[str, ...]) -> Iterator[Remedy]:
    for each in reversed(segments):
        segment = plan.segment(each)
        if segment.exercise:
            yield Swap(each, "other_mode", segment.intensity)


def _shorter(plan: Plan, exercises: Mapping[Origin, Exercise], segments: tuple[str, ...]) -> Iterator[Remedy]:
    for each in segments:
        segment = plan.segment(each)
        exercise = exercises.get(segment.exercise) if segment.exercise else None
        if exercise is not None and exercise.minutes.short < segment.minutes:
            yield Shorten(each, exercise.minutes.short)


def _drops(plan: Plan, segments: tuple[str, ...]) -> Iterator[Remedy]:
    for each in segments:
        if plan.segment(each).part not in _KEPT_PARTS:
            yield Drop(each)
