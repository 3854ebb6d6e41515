"""Two notes on one session, side by side: what differs, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from planner.landing.forms import NAMES, RATINGS, NotesForm
from planner.landing.notes import Notes


@dataclass(frozen=True)
class Difference:
    """One thing that two people noted differently: what it is, what is kept now, and what was typed here."""

    label: str
    theirs: str
    mine: str


def unlike(theirs: Notes, mine: Notes, form: NotesForm) -> tuple[Difference, ...]:
    """The differences in the order of the page; `form` knows what its fields are called."""
    titles = {step.id: step.title for step in (*theirs.steps, *mine.steps)}
    rows = [
        (title, _landed(theirs.landed(step_id)), _landed(mine.landed(step_id)))
        for step_id, title in titles.items()
    ]
    for name in RATINGS:
        rating, partner = name.split("_")
        was, now = (_number(getattr(getattr(notes, rating), partner)) for notes in (theirs, mine))
        rows.append((str(form[name].label.text), was, now))
    rows += [
        (str(form[name].label.text), getattr(theirs, name), getattr(mine, name))
        for name in ("worked", "note")
    ]
    return tuple(Difference(*row) for row in rows if row[1] != row[2])


def _landed(key: str) -> str:
    return str(NAMES[key]) if key else _("not said")


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
