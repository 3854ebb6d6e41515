"""“Twelve minutes left”: ways to fit what is still to come, from where a session stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Plan, Segment
from planner.plans.refit import Change, Proposal, Refit, from_now
from planner.plans.timing import timing
from planner.running.events import MINUTE
from planner.running.replay import Steps
from planner.running.run import Run

MOST = 3
# A step that runs is not cut to less than this: then it ends at once.
_LEAST_NOW = 2

Exercises = Mapping[Origin, Exercise]


@dataclass(frozen=True)
class Way:
    """One way to fit: minutes for the step that runs (0 ends it now), the steps to come, and what changes."""

    kind: str
    now: int
    coming: Steps
    changes: tuple[Change, ...]

    @property
    def minutes(self) -> int:
        return self.now + sum(minutes for _, minutes in self.coming)


@dataclass(frozen=True)
class Ways:
    """At most MOST ways, best first. Without any, `least` is how many minutes the shortest takes."""

    ways: tuple[Way, ...]
    least: int = 0


def spare_for(part: str) -> str:
    """The id of the step that is put in when a session has none in a part that it always needs."""
    return f"{part}-spare"


def ways(run: Run, at: int, minutes: int, exercises: Exercises) -> Ways:
    """How the rest fits into `minutes` from `at`: the step that runs finished first, or ended now.

    No other exercise is swapped in: in the room nobody has prepared it.
    """
    stand = run.stand
    running = -(-max(0, stand.until - at) // MINUTE)
    plan, done = _as_it_stands(run)
    if not stand.coming:
        return Ways((_way(run, done, Proposal(plan, "unchanged", 0, ()), min(running, minutes)),))
    least = from_now(plan, 0, done, exercises).least
    found: list[Way] = []
    for now in _times(running, minutes, least):
        fitted = from_now(plan, minutes - now, done, exercises)
        found += [_way(run, done, each, now) for each in fitted.proposals]
        if now == running and _fits_as_it_is(fitted):
            return Ways(tuple(found[:1]))
    return Ways(_unlike(found), 0 if found else least)


def _times(running: int, minutes: int, least: int) -> list[int]:
    """How long the step that runs may go on: to its end, or while the rest still fits; and not at all."""
    longest = min(running, minutes - least)
    return [longest, 0] if longest >= _LEAST_NOW or longest == running > 0 else [0]


def _fits_as_it_is(fitted: Refit) -> bool:
    return any(each.kind == "unchanged" for each in fitted.proposals)


def _unlike(found: list[Way]) -> tuple[Way, ...]:
    """The best with the running step finished, the best with it ended now, and one more."""
    first: dict[int, Way] = {}
    for way in found:
        first.setdefault(way.now, way)
    rest = [way for way in found if way not in first.values()]
    chosen = (*first.values(), *rest)[:MOST]
    return tuple(sorted(chosen, key=found.index))


def _as_it_stands(run: Run) -> tuple[Plan, frozenset[str]]:
    """The session so far and to come as a plan, and the steps in it that stay as they are.

    What was put in to settle in between does not count as the settling at the end.
    """
    stand = run.stand
    own = {step.id for step in run.steps}
    over = [visit.step for visit in stand.visits if visit.outcome == "done"]
    there = [each for each in dict.fromkeys((*over, stand.step)) if each]
    done = [run.known[each] if each in own else replace(run.known[each], part="core") for each in there]
    coming = [replace(run.known[each], minutes=minutes) for each, minutes in stand.coming]
    skip = {each for each, _ in stand.coming}
    segments = (*(step for step in done if step.id not in skip), *coming)
    return replace(run.plan, segments=segments), frozenset(there) - skip


def _way(run: Run, done: frozenset[str], proposal: Proposal, now: int) -> Way:
    steps = [slot.segment for slot in timing(proposal.plan).slots if slot.segment.id not in done]
    ids = {step.id: _known(run, step) for step in steps}
    changes = tuple(replace(each, segment=ids.get(each.segment, each.segment)) for each in proposal.changes)
    return Way(proposal.kind, now, tuple((ids[step.id], step.minutes) for step in steps), changes)


def _known(run: Run, step: Segment) -> str:
    return step.id if step.id in run.known else spare_for(step.part)
