"""What is sent from the screen of a session: a press, a line, or how many minutes are left."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from planner.running.events import MOVES, NOTE_LIMIT, BadEvent, Event, read
from planner.text import one_line
from planner.web.fields import Between, WholeField


def _line(text: str | None) -> str:
    return one_line(text or "")


class PressForm(FlaskForm):
    """One press of a button; the page has filled it in."""

    id = StringField()
    kind = StringField()
    step = StringField()
    to = StringField()
    minutes = StringField()
    now = StringField()
    coming = StringField()

    def event(self, at: int, n: int) -> Event:
        """What was done, at `at`. Raises BadEvent when it was not one of the page's buttons."""
        if self.kind.data not in (*MOVES, "undo"):
            raise BadEvent("not a button")
        given: dict[str, Any] = {name: self[name].data or "" for name in ("id", "kind", "step", "to")}
        return read(
            given
            | {name: _number(self[name].data or "0") for name in ("minutes", "now")}
            | {"coming": _list(self.coming.data or "[]"), "at": at, "n": n}
        )


def events_from(text: str) -> tuple[Event, ...]:
    """The events in a list that a screen sent; what is none of ours is left out. Raises BadEvent."""
    found = _list(text)
    if not isinstance(found, list):
        raise BadEvent("not a list")
    events = []
    for each in found:
        try:
            events.append(read(each))
        except BadEvent:
            continue  # one that cannot be read must not hold back the others
    return tuple(events)


def _list(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEvent("not a list") from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise BadEvent("not a number")
    return int(text)


class NoteForm(FlaskForm):
    """A line for later."""

    text = StringField(
        _l("Note for later"),
        [
            DataRequired(_l("Please write a few words first.")),
            Length(max=NOTE_LIMIT, message=_l("Please keep this under %(max)d characters.")),
        ],
        filters=[_line],
    )


class FitForm(FlaskForm):
    """How much time there still is. Asking changes nothing, so there is no token."""

    class Meta:
        csrf = False

    minutes = WholeField(
        _l("Minutes left"), [Between(1, 480, _l("Please say how many minutes are left, from 1 to 480."))]
    )
