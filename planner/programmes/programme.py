"""The programme as a value, and the operations on it: an ordered series of sessions for one couple.

A `Programme` never changes: each operation returns a new one. Its plans stand elsewhere; a session only names
the one that it has. There is at most one ending session.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from planner.plans.plan import HOPE_LIMIT, LENGTHS, TITLE_LIMIT
from planner.taxonomy import TAXONOMY
from planner.text import clean, one_line

KINDS = ("ordinary", "review", "ending")
MAX_SESSIONS, MOST_AT_FIRST = 40, 20
AIM_LIMIT = 300
WEEKS = (1, 2, 3, 4)
# House rule: a review at sessions 4 and 8, and at every fourth after them.
REVIEW_EVERY = 4


class BadProgramme(Exception):
    """A programme that would break a rule. `where` names the field; the message is for the member."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True)
class Session:
    """One session of a programme. `plan_id` is None as long as it is not planned."""

    id: str
    aim: str = ""
    kind: str = "ordinary"
    plan_id: str | None = None


@dataclass(frozen=True)
class Programme:
    """A programme. `areas` and `fears` are its focus; `length` is what its sessions usually last, in minutes.

    `begins` is the day of the first session and `weeks` the time from one to the next: they say when a
    session is due that has no plan with a date of its own.
    """

    title: str
    hope: str = ""
    begins: dt.date | None = None
    weeks: int = 1
    length: int = 50
    areas: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()

    def session(self, session_id: str) -> Session:
        """Raises BadProgramme when there is none."""
        return self.sessions[self.place(session_id) - 1]

    def place(self, session_id: str) -> int:
        """The number of a session, counted from 1. Raises BadProgramme when there is none."""
        for place, session in enumerate(self.sessions, start=1):
            if session.id == session_id:
                return place
        raise BadProgramme("session", "This session is no longer in the programme.")

    @property
    def plan_ids(self) -> tuple[str, ...]:
        """The plans of its sessions, in order."""
        return tuple(session.plan_id for session in self.sessions if session.plan_id)

    def due(self, place: int) -> dt.date | None:
        """The day on which the session with this number is due, as far as the programme says it."""
        if self.begins is None:
            return None
        try:
            return self.begins + dt.timedelta(weeks=self.weeks * (place - 1))
        except OverflowError:
            return None


def _text(where: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadProgramme(where, f"Please keep this under {limit} characters; it has {len(text)}.")
    return text


def _known(where: str, keys: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    chosen, allowed = set(keys), list(allowed)
    if chosen - set(allowed):
        raise BadProgramme(where, "Please choose from the list.")
    return tuple(key for key in allowed if key in chosen)


def _checked_session(session: Session) -> Session:
    if not session.id:
        raise BadProgramme("session", "A session needs an identity.")
    if session.kind not in KINDS:
        raise BadProgramme("kind", "Please choose from the list.")
    return replace(
        session, aim=_text("aim", one_line(session.aim), AIM_LIMIT), plan_id=session.plan_id or None
    )


def checked(programme: Programme) -> Programme:
    """The programme with cleaned texts. Raises BadProgramme."""
    if not one_line(programme.title):
        raise BadProgramme("title", "Please give it a title.")
    if type(programme.length) is not int or programme.length not in LENGTHS:
        raise BadProgramme("length", f"A session lasts from {LENGTHS.start} to {LENGTHS.stop - 1} minutes.")
    if programme.weeks not in WEEKS:
        raise BadProgramme("weeks", "Please choose from the list.")
    _check_sessions(programme.sessions)
    return replace(
        programme,
        title=_text("title", one_line(programme.title), TITLE_LIMIT),
        hope=_text("hope", clean(programme.hope), HOPE_LIMIT),
        areas=_known("areas", programme.areas, TAXONOMY.areas),
        fears=_known("fears", programme.fears, TAXONOMY.fears),
        sessions=tuple(_checked_session(session) for session in programme.sessions),
    )


def _check_sessions(sessions: tuple[Session, ...]) -> None:
    if len(sessions) > MAX_SESSIONS:
        raise BadProgramme("session", f"A programme has room for {MAX_SESSIONS} sessions.")
    if len({session.id for session in sessions}) != len(sessions):
        raise BadProgramme("session", "Two sessions have the same identity.")
    plans = [session.plan_id for session in sessions if session.plan_id]
    if len(set(plans)) != len(plans):
        raise BadProgramme("plan", "This plan is a session of the programme already.")
    if sum(session.kind == "ending" for session in sessions) > 1:
        raise BadProgramme("kind", "A programme has one ending session.")


# Operations


def describe(programme: Programme, **changes: object) -> Programme:
    """Change anything but the sessions. Raises BadProgramme."""
    allowed = {each.name for each in fields(Programme)} - {"sessions"}
    if set(changes) - allowed:
        raise TypeError(f"not fields of a programme's head: {set(changes) - allowed}")
    return checked(replace(programme, **changes))  # type: ignore[arg-type]


def add(programme: Programme, session: Session, position: int | None = None) -> Programme:
    """Put a session in at `position`, counted from 0. Raises BadProgramme.

    None puts it last, but before an ending session that stands there.
    """
    sessions = list(programme.sessions)
    if position is None:
        position = len(sessions)
        if sessions and sessions[-1].kind == "ending" and session.kind != "ending":
            position -= 1
    sessions.insert(max(0, min(position, len(sessions))), session)
    return _with(programme, sessions, session)


def remove(programme: Programme, session_id: str) -> Programme:
    """Take a session out; its plan is not touched. Raises BadProgramme when it is not there."""
    gone = programme.session(session_id)
    return checked(replace(programme, sessions=tuple(s for s in programme.sessions if s is not gone)))


def move(programme: Programme, session_id: str, position: int) -> Programme:
    """Put a session elsewhere, at `position` counted from 0 without it. Raises BadProgramme."""
    moved = programme.session(session_id)
    rest = [session for session in programme.sessions if session is not moved]
    rest.insert(max(0, min(position, len(rest))), moved)
    return checked(replace(programme, sessions=tuple(rest)))


def step(programme: Programme, session_id: str, by: int) -> Programme:
    """Move one place up (-1) or down (+1). At an end: unchanged. Raises BadProgramme."""
    return move(programme, session_id, max(0, programme.place(session_id) - 1 + by))


def swap(programme: Programme, one: str, other: str) -> Programme:
    """Let two sessions change places. Raises BadProgramme."""
    pair = {one: programme.session(other), other: programme.session(one)}
    return checked(replace(programme, sessions=tuple(pair.get(s.id, s) for s in programme.sessions)))


def edit(programme: Programme, session_id: str, **changes: object) -> Programme:
    """Change a session's aim or kind. Where it becomes the ending, another one is so no more.

    Raises BadProgramme.
    """
    if set(changes) - {"aim", "kind"}:
        raise TypeError("only aim and kind are edited")
    return _put(programme, replace(programme.session(session_id), **changes))  # type: ignore[arg-type]


def attach(programme: Programme, session_id: str, plan_id: str) -> Programme:
    """Give a session its plan, in place of any that it has. Raises BadProgramme."""
    return _put(programme, replace(programme.session(session_id), plan_id=plan_id))


def detach(programme: Programme, session_id: str) -> Programme:
    """Take the plan off a session; the plan stays. Raises BadProgramme."""
    return _put(programme, replace(programme.session(session_id), plan_id=None))


def _put(programme: Programme, changed: Session) -> Programme:
    return _with(programme, [changed if s.id == changed.id else s for s in programme.sessions], changed)


def _with(programme: Programme, sessions: Iterable[Session], last: Session) -> Programme:
    """The programme with these sessions; when `last` is the ending one, no other is."""
    if last.kind == "ending":
        sessions = [
            replace(s, kind="ordinary") if s.kind == "ending" and s is not last else s for s in sessions
        ]
    return checked(replace(programme, sessions=tuple(sessions)))


def laid_out(programme: Programme, count: int, aims: dict[str, str], new_id: Callable[[], str]) -> Programme:
    """The programme with `count` sessions without plans: reviews where they are due, and the ending last.

    `aims` holds the aim of each kind's sessions, and "first" that of the first. Raises BadProgramme.
    """

    def kind(place: int) -> str:
        if place == count:
            return "ending"
        return "review" if place % REVIEW_EVERY == 0 else "ordinary"

    def aim(place: int) -> str:
        return aims["first"] if place == 1 and kind(place) == "ordinary" else aims.get(kind(place), "")

    sessions = tuple(Session(new_id(), aim(place), kind(place)) for place in range(1, count + 1))
    return checked(replace(programme, sessions=sessions))
