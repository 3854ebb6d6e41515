"""Where a session stands: what happened, played through from its beginning.

Everything is said by end times, so that it is right after sleep or a reload. `static/js/running-state.js`
holds the same rules for the screen, which has to go on without a connection; a test plays both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from planner.running.events import MINUTE, Event, in_order

# From when on a step and a session are said to end soon, and when it is time to settle.
SOON, SOON_IN_SHORT, SHORT = 2 * MINUTE, MINUTE, 6 * MINUTE
SETTLE = 10 * MINUTE

Steps = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Course:
    """What is needed to play a run: when it began (ms), its length, and steps with their minutes.

    `spare` are steps outside the plan that can be put in: settling ones.
    """

    began: int
    length: int
    steps: Steps
    spare: Steps = ()


@dataclass(frozen=True)
class Visit:
    """A step that is over: done, skipped, or stopped for another. Times in milliseconds."""

    step: str
    outcome: str
    began: int
    ended: int


@dataclass(frozen=True)
class Note:
    """A line that was noted, when, and at which step."""

    id: str
    at: int
    step: str
    text: str


@dataclass(frozen=True)
class Stand:
    """Where a session stands after its events. Times in milliseconds, 0 for not yet.

    `step` runs from `since` until `until`; it is empty when all are done. The session ends at `ends`.
    `aside` was stopped for a settling step with `rest` milliseconds left. `last` can be taken back.
    """

    step: str
    since: int
    until: int
    ends: int
    coming: Steps
    visits: tuple[Visit, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    aside: str = ""
    rest: int = 0
    ended: int = 0
    last: str = ""


@dataclass(frozen=True)
class Seen:
    """A stand at one moment.

    `left` of the step and `whole` of the session are milliseconds, below 0 when over.
    `low` is "", "soon" or "over" for the step; `close` is "", "settle", "soon" or "over" for the session.
    `over` is by how many minutes the steps to come are longer than what is left.
    """

    left: int
    whole: int
    low: str
    close: str
    over: int


def replay(course: Course, events: Iterable[Event]) -> Stand:
    """Play the events in the order of their own times, in whatever order they arrived."""
    begun = Stand("", course.began, course.began, course.began + course.length * MINUTE, course.steps)
    stand = _advanced(begun, course.began)
    for event in in_order(events):
        if event.kind == "note":
            note = Note(event.id, event.at, event.step, event.text)
            stand = replace(stand, notes=(*stand.notes, note))
        elif not stand.ended:
            after = _RULES[event.kind](stand, event, course)
            stand = replace(after, last=event.id) if after is not stand else stand
    return stand


def seen(stand: Stand, at: int) -> Seen:
    """What is left, and whether time runs low. A session that has ended stays at its end."""
    at = stand.ended or at
    left, whole = stand.until - at, stand.ends - at
    soon = SOON_IN_SHORT if stand.until - stand.since < SHORT else SOON
    low = "" if not stand.step or left > soon else "soon" if left > 0 else "over"
    close = "" if whole > SETTLE else "settle" if whole > SOON else "soon" if whole > 0 else "over"
    after = max(at, stand.until) if stand.step else at
    needed = after + sum(minutes for _, minutes in stand.coming) * MINUTE - stand.ends
    over = -(-needed // MINUTE) if needed > 0 and stand.coming else 0
    return Seen(left, whole, low, close, over)


# The rules, one for each kind of event. One that does not fit any more changes nothing.


def _advanced(stand: Stand, at: int) -> Stand:
    if not stand.coming:
        return replace(stand, step="", since=at, until=at)
    (step, minutes), *coming = stand.coming
    return replace(stand, step=step, since=at, until=at + minutes * MINUTE, coming=tuple(coming))


def _left(stand: Stand, at: int, outcome: str) -> Stand:
    visit = Visit(stand.step, outcome, stand.since, at)
    return replace(stand, visits=(*stand.visits, visit), aside="", rest=0)


def _next(stand: Stand, event: Event, _course: Course) -> Stand:
    if not stand.step or event.step != stand.step:
        return stand
    return _advanced(_left(stand, event.at, "done" if event.kind == "next" else "skipped"), event.at)


def _more(stand: Stand, event: Event, _course: Course) -> Stand:
    if not stand.step or event.step != stand.step or not event.minutes:
        return stand
    return replace(stand, until=max(stand.until, event.at) + event.minutes * MINUTE)


def _flooded(stand: Stand, event: Event, course: Course) -> Stand:
    minutes = dict(course.spare) | dict(stand.coming)
    if not stand.step or event.step != stand.step or event.to not in minutes or event.to == stand.step:
        return stand
    # Flooded again while settling: what was stopped first stays what one can go back to.
    again = (stand.aside, stand.rest)
    aside, rest = again if stand.aside else (stand.step, max(0, stand.until - event.at))
    stopped = _left(stand, event.at, "stopped")
    return replace(
        stopped,
        step=event.to,
        since=event.at,
        until=event.at + minutes[event.to] * MINUTE,
        coming=tuple(pair for pair in stand.coming if pair[0] != event.to),
        aside=aside,
        rest=rest,
    )


def _back(stand: Stand, event: Event, _course: Course) -> Stand:
    if not stand.aside or event.step != stand.step:
        return stand
    until = event.at + max(stand.rest, MINUTE)
    return replace(_left(stand, event.at, "done"), step=stand.aside, since=event.at, until=until)


def _refit(stand: Stand, event: Event, course: Course) -> Stand:
    if not stand.step or event.step != stand.step or not event.minutes:
        return stand
    known = {step for step, _ in (*course.spare, *stand.coming)}
    coming = {step: minutes for step, minutes in event.coming if step in known and step != stand.step}
    dropped = tuple(step for step, _ in stand.coming if step not in coming)
    fitted = replace(
        stand,
        coming=tuple(coming.items()),
        dropped=(*(each for each in stand.dropped if each not in coming), *dropped),
        ends=event.at + event.minutes * MINUTE,
    )
    if not event.now:
        return _advanced(_left(fitted, event.at, "done"), event.at)
    return replace(fitted, until=event.at + event.now * MINUTE)


def _end(stand: Stand, event: Event, _course: Course) -> Stand:
    closed = _left(stand, event.at, "done") if stand.step else stand
    return replace(closed, step="", since=event.at, until=event.at, ended=event.at)


_RULES: dict[str, Callable[[Stand, Event, Course], Stand]] = {
    "next": _next,
    "skip": _next,
    "more": _more,
    "flooded": _flooded,
    "back": _back,
    "refit": _refit,
    "end": _end,
}
