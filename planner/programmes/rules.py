"""House rules over a whole programme: where it leaves them, and what would mend that.

Nothing here forbids anything: a breach is a remark, with the numbers that a sentence needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.plans.curve import points
from planner.plans.plan import Plan
from planner.plans.weights import Weights
from planner.programmes import programme as verbs
from planner.programmes.programme import REVIEW_EVERY, Programme, Session

RULES = ("first", "rise", "review", "no_ending", "ending_last", "dates")
# House rule: the highest level of a first session.
GENTLE = 2
# How many remedies a breach offers at most.
MOST = 3
# Stands for the identity of a session while it is only tried.
_TRIED = "tried"


@dataclass(frozen=True)
class MakeReview:
    """Let a session be a review."""

    session: str


@dataclass(frozen=True)
class MakeEnding:
    """Let a session be the ending one."""

    session: str


@dataclass(frozen=True)
class AddEnding:
    """Add an ending session at the end."""


@dataclass(frozen=True)
class Move:
    """Put a session at a place, counted from 1."""

    session: str
    place: int


@dataclass(frozen=True)
class Swap:
    """Let two sessions change places."""

    session: str
    other: str


@dataclass(frozen=True)
class Redate:
    """Let the dates of the plans follow the order of the sessions."""


Remedy = MakeReview | MakeEnding | AddEnding | Move | Swap | Redate


@dataclass(frozen=True)
class Breach:
    """A rule that the programme leaves at `session`; empty for the programme as a whole.

    `found` and `allowed` are levels for "first" and "rise", places for "ending_last", for "dates" the number
    of sessions out of order, and otherwise 0.
    `other` is the session with the earlier place and the later date of "dates".
    """

    rule: str
    session: str = ""
    other: str = ""
    found: int = 0
    allowed: int = 0
    remedies: tuple[Remedy, ...] = ()

    @property
    def excess(self) -> int:
        return self.found - self.allowed


Plans = Mapping[str, Plan]


def peak(plan: Plan) -> int:
    """The highest intensity of the steps in the session; 0 when none says how strong it is."""
    return max((point.intensity for point in points(plan)), default=0)


def peaks(programme: Programme, plans: Plans) -> dict[str, int]:
    """The peak of each session by its id; 0 where it is not planned, or no step says how strong it is."""
    found = {session.id: plans.get(session.plan_id or "") for session in programme.sessions}
    return {session_id: peak(plan) if plan else 0 for session_id, plan in found.items()}


def breaches(programme: Programme, plans: Plans) -> tuple[Breach, ...]:
    """Every place where the programme leaves a rule, in the order of RULES, without remedies."""
    levels = peaks(programme, plans)
    return (
        *_first(programme, levels),
        *_rises(programme, levels),
        *_reviews(programme),
        *_ending(programme),
        *_dates(programme, plans),
    )


def remarks(programme: Programme, plans: Plans) -> tuple[Breach, ...]:
    """The same, each with what would mend it and make no other rule worse."""
    found = breaches(programme, plans)
    return tuple(replace(each, remedies=_offered(programme, plans, each, found)) for each in found)


def apply(programme: Programme, remedy: Remedy, session_id: str) -> Programme:
    """The programme after a remedy; a session that it adds is called `session_id`. Raises BadProgramme.

    `Redate` changes plans and not the programme.
    """
    match remedy:
        case MakeReview(session):
            return verbs.edit(programme, session, kind="review")
        case MakeEnding(session):
            return verbs.edit(programme, session, kind="ending")
        case AddEnding():
            return verbs.add(programme, Session(session_id, kind="ending"))
        case Move(session, place):
            return verbs.move(programme, session, place - 1)
        case Swap(session, other):
            return verbs.swap(programme, session, other)
        case Redate():
            return programme


def redated(programme: Programme, plans: Plans) -> dict[str, tuple[dt.date, dt.time | None]]:
    """Date and time of each dated plan when they follow the order of the sessions, by the plan's id."""
    dated = [plan_id for plan_id in programme.plan_ids if plan_id in plans and plans[plan_id].date]
    whens = [(plans[plan_id].date, plans[plan_id].time) for plan_id in dated]
    whens.sort(key=lambda when: (when[0], when[1] or dt.time.max))
    return {plan_id: (date, time) for plan_id, (date, time) in zip(dated, whens, strict=True) if date}


def _first(programme: Programme, levels: dict[str, int]) -> Iterator[Breach]:
    for session in programme.sessions[:1]:
        if levels[session.id] > GENTLE:
            yield Breach("first", session.id, found=levels[session.id], allowed=GENTLE)


def _rises(programme: Programme, levels: dict[str, int]) -> Iterator[Breach]:
    """From session to session the peak may rise by one.

    Over sessions that say nothing it may rise by one for each. A review is light on purpose, so what was
    reached before it still counts after it.
    """
    reached = since = 0
    for place, session in enumerate(programme.sessions):
        level = levels[session.id]
        since += 1
        if not level:
            continue
        if reached and place and level > reached + since:
            yield Breach("rise", session.id, found=level, allowed=reached + since)
        if session.kind != "review" or level > reached:
            reached = level
        since = 0


def _reviews(programme: Programme) -> Iterator[Breach]:
    """An ending session looks back too, so it stands for a review that is due there."""
    for session in programme.sessions[REVIEW_EVERY - 1 :: REVIEW_EVERY]:
        if session.kind == "ordinary":
            yield Breach("review", session.id)


def _ending(programme: Programme) -> Iterator[Breach]:
    count = len(programme.sessions)
    places = [place for place, s in enumerate(programme.sessions, start=1) if s.kind == "ending"]
    if count and not places:
        yield Breach("no_ending")
    for place in places:
        if place < count:
            yield Breach("ending_last", programme.sessions[place - 1].id, found=count, allowed=place)


def _dates(programme: Programme, plans: Plans) -> Iterator[Breach]:
    """One breach for all sessions that have an earlier date than one before them; it names the first."""
    latest: tuple[dt.date, str] | None = None
    late: list[tuple[str, str]] = []
    for session in programme.sessions:
        plan = plans.get(session.plan_id or "")
        if plan is None or plan.date is None:
            continue
        if latest and plan.date < latest[0]:
            late.append((session.id, latest[1]))
        else:
            latest = (plan.date, session.id)
    if late:
        yield Breach("dates", *late[0], found=len(late))


def _offered(
    programme: Programme, plans: Plans, breach: Breach, found: tuple[Breach, ...]
) -> tuple[Remedy, ...]:
    offered: list[Remedy] = []
    for remedy in _candidates(programme, breach):
        if isinstance(remedy, Redate) or _mends(found, breach.rule, apply(programme, remedy, _TRIED), plans):
            offered.append(remedy)
        if len(offered) == MOST:
            break
    return tuple(offered)


def _mends(before: tuple[Breach, ...], rule: str, changed: Programme, plans: Plans) -> bool:
    """True when the rule is kept better and no other worse. Dates may follow a new order afterwards."""
    after = (each for each in breaches(changed, plans) if each.rule != "dates" or rule == "dates")
    was, now = Weights(before), Weights(after)
    return now.no_worse_than(was) and now[rule] < was[rule]


def _candidates(programme: Programme, breach: Breach) -> Iterator[Remedy]:
    """What might mend a breach, the smallest change first."""
    sessions = programme.sessions
    match breach.rule:
        case "first" | "rise":
            place = programme.place(breach.session)
            near = sorted(range(1, len(sessions) + 1), key=lambda other: abs(other - place))
            for other in near:
                if other != place and sessions[other - 1].kind == "ordinary":
                    yield Swap(breach.session, sessions[other - 1].id)
        case "review":
            yield MakeReview(breach.session)
            place = programme.place(breach.session)
            for other, session in enumerate(sessions, start=1):
                if session.kind == "review" and other % REVIEW_EVERY:
                    yield Move(session.id, place)
        case "no_ending":
            yield AddEnding()
            if sessions[-1].kind == "ordinary":
                yield MakeEnding(sessions[-1].id)
        case "ending_last":
            yield Move(breach.session, len(sessions))
        case "dates":
            yield Redate()
            yield Move(breach.session, programme.place(breach.other))
