"""A plan made to fit less time: proposals that are plans, each with what changed.

They use short forms, trim free steps, drop warm-ups and second core steps, and swap in shorter exercises.
They never last longer than asked, keep the order, and always arrive, settle and close.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from planner.library.exercise import Exercise
from planner.plans.curve import CALM, breaches, loud_minutes
from planner.plans.fitting import GENTLY, NOT_AT_ALL, SHORTEST, SHORTEST_IN, WHOLE, Piece, fit, piece
from planner.plans.plan import LENGTHS, MAX_SEGMENTS, PARTS, Origin, Plan, Segment, checked
from planner.plans.remedies import settling, swapped
from planner.plans.timing import timing

MOST = 3
KINDS = ("unchanged", "shorter", "fewer", "swapped")
# The parts that a session always has, and the fewest minutes of a step that is put in for one.
_ALWAYS = ("settle", "close")
_KEPT = ("arrive", *_ALWAYS)
# More exercises to swap in than these are not tried.
_MOST_SWAPS = 12

Alternatives = Mapping[str, Sequence[tuple[Exercise, str]]]


@dataclass(frozen=True)
class Change:
    """What became of one step: kept, short, trimmed, dropped, swapped or added.

    `before` and `after` in minutes, 0 where it was or is not there; the titles before and after likewise.
    """

    segment: str
    kind: str
    title: str
    title_after: str
    before: int
    after: int


@dataclass(frozen=True)
class Proposal:
    """A plan that fits, and how it got there: `kind` is one of KINDS.

    `minutes` are those of its steps to come. `breaches` are rules of the pacing that the plan kept before and
    this one does not.
    """

    plan: Plan
    kind: str
    minutes: int
    changes: tuple[Change, ...]
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refit:
    """At most MOST proposals, best first. Without any, `least` is how many minutes the shortest takes."""

    proposals: tuple[Proposal, ...]
    least: int = 0

    @property
    def too_short(self) -> bool:
        """True when there is not even time to arrive, settle and close."""
        return not self.proposals


def refit(
    plan: Plan, minutes: int, exercises: Mapping[Origin, Exercise], alternatives: Alternatives | None = None
) -> Refit:
    """Proposals for a session of `minutes`; practice at home stays as it is.

    `alternatives` are exercises to swap in, with the digests of their texts, by the id of a core step. A plan
    that fits is the only proposal, unchanged. Other proposals take `minutes` as their length.
    """
    length = minutes if minutes in LENGTHS else plan.length
    return _refit(_Task(plan, frozenset(), minutes, length, exercises), alternatives or {})


def from_now(
    plan: Plan,
    minutes_left: int,
    done: frozenset[str],
    exercises: Mapping[Origin, Exercise],
    alternatives: Alternatives | None = None,
) -> Refit:
    """The same for what is still to come: the segments `done` stay as they are and take none of the time.

    The plan keeps its length. A step that is running counts as done when `minutes_left` is what remains
    after it.
    """
    return _refit(_Task(plan, done, minutes_left, plan.length, exercises), alternatives or {})


@dataclass(frozen=True)
class _Task:
    """What is to be fitted: the plan, what stays untouched, and the minutes for the rest."""

    plan: Plan
    done: frozenset[str]
    minutes: int
    length: int
    exercises: Mapping[Origin, Exercise]

    @cached_property
    def coming(self) -> tuple[Segment, ...]:
        """The steps of the session that can still be changed."""
        return tuple(slot.segment for slot in timing(self.plan).slots if slot.segment.id not in self.done)

    @cached_property
    def peak(self) -> Segment | None:
        """The step at the highest intensity; of several the longest, in the core before elsewhere."""
        return max(
            self.coming,
            key=lambda each: (each.intensity, each.part == "core", each.minutes),
            default=None,
        )


def _refit(task: _Task, alternatives: Alternatives) -> Refit:
    coming = task.coming
    used = sum(segment.minutes for segment in coming)
    if used <= task.minutes:
        return Refit((_proposal(task, coming, task.plan),))
    least = _least(task)
    found: dict[Plan, Proposal] = {}
    for steps in _candidates(task, alternatives):
        _keep(task, steps, found)
    shortest = sum(step.minutes for step in least)
    if not found and shortest <= task.minutes:
        _keep(task, least, found)
    ranked = sorted(found.values(), key=lambda each: _rank(task, each))
    best = tuple(replace(each, plan=checked(each.plan)) for each in _unlike(ranked))
    return Refit(best, 0 if best else shortest)


def _keep(task: _Task, steps: Sequence[Segment], found: dict[Plan, Proposal]) -> None:
    made = _made(task, steps)
    if len(made.segments) <= MAX_SEGMENTS:
        found.setdefault(made, _proposal(task, steps, made))


# What could be kept


def _essential(task: _Task) -> tuple[Segment, ...]:
    """One step each to arrive, settle and close; one that is missing is made."""
    kept: list[Segment] = []
    done = {segment.part for segment in task.plan.segments if segment.id in task.done}
    for part in _KEPT:
        here = [segment for segment in task.coming if segment.part == part]
        if part in done:
            continue
        if here:
            # The calmest; of several, the one that stands nearest to the end.
            kept.append(min(reversed(here), key=lambda each: each.intensity))
        elif part in _ALWAYS:
            kept.append(settling(_new_id(task.plan, part), part, SHORTEST_IN.get(part, SHORTEST), part))
    return tuple(kept)


def _new_id(plan: Plan, part: str) -> str:
    """The same plan gives the same identity, so that what was shown is what is taken."""
    taken = {segment.id for segment in plan.segments}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{part}-{n}") not in taken)


def _least(task: _Task) -> tuple[Segment, ...]:
    """Arrive, settle and close, each calm and in the fewest minutes: shorter than this nothing is offered."""
    steps = []
    for step in _essential(task):
        calm = step.exercise is None and step.intensity <= CALM
        if not calm:
            made = settling(step.id, step.part, step.minutes, step.part)
            step = replace(made, note=step.note)
        steps.append(replace(step, minutes=piece(step, {}).lowest))
    return tuple(steps)


def _candidates(task: _Task, alternatives: Alternatives) -> Iterator[tuple[Segment, ...]]:
    """Ways to fit, each as the steps to come in their order. They all last `task.minutes` or less."""
    essential = _essential(task)
    added = [step for step in essential if step not in task.coming]
    steps = sorted((*task.coming, *added), key=lambda step: PARTS.index(step.part))
    pieces = [piece(step, task.exercises) for step in steps]
    for swap in (None, *_swaps(task, alternatives)):
        choice = [swap if swap and each.segment.id == swap.segment.id else each for each in pieces]
        for order in _drop_orders(task, choice, {step.id for step in essential}):
            yield from _fitted(task, choice, order)


def _fitted(task: _Task, pieces: list[Piece], order: list[str]) -> Iterator[tuple[Segment, ...]]:
    """The pieces without as many of the first in `order` as it takes, in different ways.

    With every means; with the free steps left whole; and with the peak in full and nothing squeezed.
    """
    peak = task.peak
    in_full = [replace(each, short=None) if each.segment is peak else each for each in pieces]
    for choice, shares in ((pieces, (GENTLY, NOT_AT_ALL)), (pieces, (WHOLE,)), (in_full, (GENTLY,))):
        for count in range(len(order) + 1):
            left = [each for each in choice if each.segment.id not in order[:count]]
            fitted = fit(left, task.minutes, lambda each: _turn(each, peak), shares)
            # What would end more boldly than before has to go without its next step, too.
            if fitted is not None and _is_as_calm(task, _made(task, fitted), fitted):
                yield fitted
                break


def _turn(each: Piece, peak: Segment | None) -> tuple[int, ...]:
    """Whose turn it is to take the short form: light steps first, then the peak, then what calms."""
    turns = {"warm_up": 0, "core": 1, "arrive": 2, "settle": 4, "close": 5}
    is_peak = peak is not None and each.segment.id == peak.id
    return (3 if is_peak else turns[each.segment.part], each.segment.intensity)


def _swaps(task: _Task, alternatives: Alternatives) -> list[Piece]:
    """Shorter exercises for core steps, in full and in short; none is bolder than what it replaces."""
    swaps = []
    for segment in task.coming:
        now = piece(segment, task.exercises)
        for exercise, digest in alternatives.get(segment.id, ()):
            if segment.part not in exercise.parts or exercise.intensity > (segment.intensity or CALM):
                continue
            if exercise.minutes.short < now.lowest:
                whole = replace(swapped(segment, exercise, digest), minutes=exercise.minutes.full)
                swaps.append(piece(whole, {whole.exercise: exercise} if whole.exercise else {}))
    return swaps[:_MOST_SWAPS]


def _drop_orders(task: _Task, pieces: list[Piece], essential: set[str]) -> Iterator[list[str]]:
    """In what order steps are dropped: warm-ups or second core steps first, the peak last; or one alone."""
    peak = task.peak.id if task.peak else ""
    steps = [each.segment for each in pieces if each.segment.id not in essential]
    for first in ("warm_up", "core"):
        yield [
            step.id
            for step in sorted(
                steps, key=lambda step: (step.id == peak, step.part != first, step.intensity, step.minutes)
            )
        ]
    yield from ([step.id] for step in steps if step.id != peak)


# What came of it


def _made(task: _Task, steps: Sequence[Segment]) -> Plan:
    """The plan with these steps to come, in its order; what is done and practice at home stay."""
    coming = {step.id for step in task.coming}
    by_id = {step.id: step for step in steps}
    there = [
        by_id.pop(each.id, each) for each in task.plan.segments if each.id in by_id or each.id not in coming
    ]
    segments = sorted((*there, *by_id.values()), key=lambda each: PARTS.index(each.part))
    return replace(task.plan, length=task.length, segments=tuple(segments))


def _is_as_calm(task: _Task, made: Plan, steps: Sequence[Segment]) -> bool:
    """True when the last ten minutes hold no more bold time than before, in what can still be changed."""
    before = loud_minutes(task.plan, frozenset(step.id for step in task.coming))
    return loud_minutes(made, frozenset(step.id for step in steps)) <= before


def _proposal(task: _Task, steps: Sequence[Segment], made: Plan) -> Proposal:
    changes = _changes(task, {step.id: step for step in steps})
    kinds = {change.kind for change in changes}
    return Proposal(
        plan=made,
        kind="swapped"
        if "swapped" in kinds
        else "fewer"
        if "dropped" in kinds
        else "shorter"
        if kinds - {"kept"}
        else "unchanged",
        minutes=sum(step.minutes for step in steps),
        changes=changes,
        breaches=_new_breaches(task.plan, made),
    )


def _changes(task: _Task, after: dict[str, Segment]) -> tuple[Change, ...]:
    changes = [_change(step, after.get(step.id)) for step in task.coming]
    coming = {step.id for step in task.coming}
    added = [step for step in after.values() if step.id not in coming]
    changes += [Change(step.id, "added", "", step.title, 0, step.minutes) for step in added]
    return tuple(changes)


def _change(before: Segment, after: Segment | None) -> Change:
    if after is None:
        return Change(before.id, "dropped", before.title, "", before.minutes, 0)
    if replace(after, minutes=before.minutes) != before:
        kind = "swapped"
    elif after.minutes == before.minutes:
        kind = "kept"
    else:
        kind = "short" if before.exercise else "trimmed"
    return Change(before.id, kind, before.title, after.title, before.minutes, after.minutes)


def _new_breaches(before: Plan, after: Plan) -> tuple[str, ...]:
    kept = {breach.rule for breach in breaches(before)}
    return tuple(dict.fromkeys(b.rule for b in breaches(after) if b.rule not in kept))


# Which is best


def _rank(task: _Task, proposal: Proposal) -> tuple[int, ...]:
    """Smaller is better: the peak kept, no rule newly left, little dropped or squeezed, then few changes."""
    kinds = {change.segment: change.kind for change in proposal.changes}
    count = Counter(kinds.values())
    peak = kinds[task.peak.id] if task.peak else "kept"
    squeezed = sum(c.kind == "trimmed" and c.after < GENTLY * c.before for c in proposal.changes)
    return (
        {"dropped": 2, "swapped": 1}.get(peak, 0),
        len(proposal.breaches),
        2 * count["dropped"] + squeezed,
        count["swapped"],
        len(kinds) - count["kept"] + task.minutes - proposal.minutes,
    )


def _unlike(ranked: Sequence[Proposal]) -> list[Proposal]:
    """The best of each kind, and then others that shorten, leave out or swap other steps; best first."""
    kinds: dict[str, Proposal] = {}
    for each in ranked:
        kinds.setdefault(each.kind, each)
    chosen = list(kinds.values())
    for each in ranked:
        if _gist(each) not in [_gist(other) for other in chosen]:
            chosen.append(each)
    return sorted(chosen[:MOST], key=ranked.index)


def _gist(proposal: Proposal) -> set[tuple[str, str, str]]:
    """What tells one proposal from another at a glance: not a minute more or less."""
    return {(c.segment, c.kind, c.title_after) for c in proposal.changes if c.kind not in ("kept", "trimmed")}
