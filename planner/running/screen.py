"""What the screen of a session shows: a card for each step that can come up, and the data for its script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext, to_user_timezone
from sqlalchemy.orm import Session

from planner.library.exercise import Exercise
from planner.plans.fitting import piece
from planner.plans.plan import Origin, Segment
from planner.plans.shape import exercises_of
from planner.plans.talk import step_minutes, whole_minutes
from planner.running.events import plain
from planner.running.queries import Held, milliseconds
from planner.running.run import Run, is_calm
from planner.taxonomy import TAXONOMY
from planner.who import Asker


@dataclass(frozen=True)
class Line:
    """A numbered instruction of an exercise: its minutes (0 for less than one), who speaks, and Markdown."""

    minutes: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Card:
    """A step as it is shown in the room; `exercise` is None for one that was written freely."""

    step: Segment
    lines: tuple[Line, ...]
    exercise: Exercise | None


def exercises(session: Session, who: Asker, run: Run) -> dict[Origin, Exercise]:
    """The exercises of every step that can come up, as the run holds them."""
    return exercises_of(session, who, replace(run.plan, segments=tuple(run.known.values())))


def cards(run: Run, found: Mapping[Origin, Exercise]) -> tuple[Card, ...]:
    """Every step that can come up: the plan's in their order, then those that can be put in."""
    return tuple(_card(step, found) for step in run.known.values())


def _card(step: Segment, found: Mapping[Origin, Exercise]) -> Card:
    exercise = found.get(step.exercise) if step.exercise else None
    return Card(step, _lines(exercise, step.minutes) if exercise else (), exercise)


def _lines(exercise: Exercise, minutes: int) -> tuple[Line, ...]:
    """Its instructions with the minutes that they take here; those that fall away are left out."""
    exact = step_minutes(exercise, minutes)
    whole = whole_minutes(exact) or [0] * len(exercise.steps)
    return tuple(
        Line(whole[i], TAXONOMY.speakers[one.speaker].name, one.text)
        for i, one in enumerate(exercise.steps)
        if not exact or exact[i]
    )


def data(held: Held, who: Asker, found: Mapping[Origin, Exercise], at: datetime) -> dict[str, Any]:
    """What the script needs to go on without a connection, as plain data."""
    run = held.run
    offset = to_user_timezone(at).utcoffset()
    return {
        "run": held.id,
        "member": who.id,
        "number": held.record.number,
        "now": milliseconds(at),
        "zone": round(offset.total_seconds() / 60) if offset else 0,
        "course": asdict(run.course),
        "events": [plain(event) for event in run.events],
        "calm": dict(run.calm),
        "settles": [step.id for step in run.steps if is_calm(step)],
        "steps": {
            step.id: {"title": step.title, "part": step.part, "least": piece(step, found).lowest}
            for step in run.known.values()
        },
        "words": _words(),
    }


def since(held: Held, number: int) -> dict[str, Any]:
    """What happened since the screen knew of `number` changes, and how many there are now."""
    events = held.run.events[max(0, number - 1) :]
    return {"number": held.record.number, "events": [plain(event) for event in events]}


def _words() -> dict[str, str | list[str]]:
    """What the script says. Where a number decides, the singular and the plural."""
    return {
        "step_soon": _both("%(n)s minute left in this step", "%(n)s minutes left in this step"),
        "step_over": _both("This step is %(n)s minute over", "This step is %(n)s minutes over"),
        "step_due": _("The time of this step is over"),
        "whole": _both("%(n)s minute left", "%(n)s minutes left"),
        "whole_over": _both("%(n)s minute over", "%(n)s minutes over"),
        "settle": _both(
            "The session ends in %(n)s minute: time to settle",
            "The session ends in %(n)s minutes: time to settle",
        ),
        "soon": _both("The session ends in %(n)s minute", "The session ends in %(n)s minutes"),
        "over": _("The time of the session is over"),
        "too_long": _both(
            "The steps to come are %(n)s minute longer than what is left",
            "The steps to come are %(n)s minutes longer than what is left",
        ),
        "ends": _("Ends at {time}"),
        "now": _("Now: {title}"),
        "then": _("Then: {title}, {n} min"),
        "then_end": _("This is the last step"),
        "noted": _("Noted at minute {n}"),
        "note": _("Minute {n}: {text}"),
        "waiting": _("Not connected: what you note is kept and will be sent ({n} waiting)"),
        "signed_out": _("You have been signed out. What you note is kept here; sign in to send it."),
        "other": _("Somebody else has signed in here. Nothing of this session is sent in their name."),
        "gone": _("This plan is not open to you any more, so what you note cannot be kept."),
        "sent": _("Connected again: everything has been sent"),
        "ended": _("The session is over"),
        "undone": _("Taken back"),
    }


def _both(one: str, many: str) -> list[str]:
    return [ngettext(one, many, number, n="{n}") for number in (1, 2)]
