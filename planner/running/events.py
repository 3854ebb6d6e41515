"""What happens while a session runs, one event at a time, as it travels from the screen to the database.

The screen gives each event its identity and its time, so that it may be sent twice, late, or out of order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from planner.plans.plan import MAX_MINUTES, MAX_SEGMENTS
from planner.text import one_line

MINUTE = 60_000
# What changes where the session stands, and can be taken back. A note stays, and may be changed afterwards.
MOVES = ("next", "skip", "more", "flooded", "back", "refit", "end")
KINDS = (*MOVES, "note", "undo")
NOTE_LIMIT = 300
MAX_EVENTS = 1000
# No run lasts longer; and how far ahead of ours a clock may be before we do not believe it.
_DAY, _AHEAD = 24 * 60 * MINUTE, MINUTE
_ID = re.compile(r"[0-9a-f]{8,40}")
_LONGEST = 480


class BadEvent(Exception):
    """Something that is no event of ours."""


@dataclass(frozen=True)
class Event:
    """One thing that was done. Times are milliseconds of UTC since 1970; lengths are minutes.

    `n` counts what the screen knew of, for events of one moment. `step` is the step that was on the screen.
    `to` is the settling step of "flooded", or the event that "undo" takes back. A "refit" says how many
    `minutes` the session still has, how many of them are for the step that runs (`now`, 0 ends it), and
    which steps are to come.
    """

    id: str
    kind: str
    at: int
    n: int = 0
    step: str = ""
    to: str = ""
    minutes: int = 0
    now: int = 0
    text: str = ""
    coming: tuple[tuple[str, int], ...] = ()


def read(data: Any) -> Event:
    """An event from plain data, as it came over the network. Raises BadEvent."""
    if not isinstance(data, dict) or set(data) - {each.name for each in fields(Event)}:
        raise BadEvent("not an event")
    try:
        event = Event(**data)
    except TypeError as error:
        raise BadEvent("something is missing") from error
    if not isinstance(event.id, str) or not _ID.fullmatch(event.id) or event.kind not in KINDS:
        raise BadEvent("no identity, or an unknown kind")
    for name, most in (("at", 1 << 53), ("n", MAX_EVENTS), ("minutes", _LONGEST), ("now", MAX_MINUTES)):
        _check_number(getattr(event, name), most)
    texts = (event.step, event.to, event.text)
    if any(not isinstance(each, str) for each in texts) or max(len(event.step), len(event.to)) > 120:
        raise BadEvent("not a text")
    text = one_line(event.text)[:NOTE_LIMIT]
    if event.kind == "note" and not text:
        raise BadEvent("an empty note")
    return replace(event, text=text, coming=_coming(event.coming))


def _check_number(value: Any, most: int) -> None:
    if type(value) is not int or not 0 <= value <= most:
        raise BadEvent("not a number that can be")


def _coming(value: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, (list, tuple)) or len(value) > MAX_SEGMENTS:
        raise BadEvent("not a list of steps")
    for pair in value:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2 or not isinstance(pair[0], str):
            raise BadEvent("not a step and its minutes")
        _check_number(pair[1], MAX_MINUTES)
    return tuple((step, minutes) for step, minutes in value if minutes)


def plain(event: Event) -> dict[str, Any]:
    """The event as plain data, without what is empty."""
    return {name: value for name, value in asdict(event).items() if value or name in ("id", "kind", "at")}


def believed(event: Event, began: int, received: int) -> Event:
    """The event at a time that can be: not before the session, nor later than it was received.

    Clocks of tablets go wrong; what was done counts all the same.
    """
    latest = min(received + _AHEAD, began + _DAY)
    return replace(event, at=max(began, min(event.at, latest)))


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """By their own time, whenever they arrived; each identity once, and without what was taken back."""
    once: dict[str, Event] = {}
    for event in events:
        once.setdefault(event.id, event)
    undone = {event.to for event in once.values() if event.kind == "undo"}
    kept = (
        event
        for event in once.values()
        if event.kind != "undo" and not (event.kind in MOVES and event.id in undone)
    )
    return tuple(sorted(kept, key=lambda event: (event.at, event.n, event.id)))
