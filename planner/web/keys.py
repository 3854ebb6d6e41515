"""Single keys: what each does, in words, and whether a member wants them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.accounts import operations
from planner.accounts.access import asker, member
from planner.db import db
from planner.web.htmx import go

bp = Blueprint("keys", __name__)


@dataclass(frozen=True)
class Way:
    """Keys that are pressed together, or one after the other."""

    keys: tuple[str, ...]
    in_turn: bool = False


@dataclass(frozen=True)
class Key:
    """What to press, and what it does. Each of `ways` does the same."""

    ways: tuple[Way, ...]
    does: str


@dataclass(frozen=True)
class Place:
    """Where the keys work."""

    name: str
    line: str
    keys: tuple[Key, ...]


def _key(does: str, *ways: str) -> Key:
    """“Shift ↑” are pressed together, “g, p” one after the other."""
    return Key(tuple(Way(tuple(way.replace(",", "").split()), "," in way) for way in ways), does)


def places() -> tuple[Place, ...]:
    """All keys, by the place where they work. The scripts beside the pages carry them out."""
    return (
        Place(
            _("Everywhere"),
            _("Not while you type, and not on the screen of a session that is under way."),
            (
                _key(_("This page"), "?"),
                _key(_("Plans"), "g, p"),
                _key(_("Library"), "g, l"),
                _key(_("Templates"), "g, t"),
                _key(_("Plan a session"), "n"),
                _key(_("Search on this page"), "/"),
            ),
        ),
        Place(
            _("In a plan"),
            "",
            (
                _key(_("Add by typing, after the chosen step"), "/"),
                _key(_("Search the library beside the plan"), "s"),
                _key(_("Choose the next step"), "j", "↓"),
                _key(_("Choose the step before"), "k", "↑"),
                _key(_("Undo"), "u", "z"),
                _key(_("Redo"), "r"),
                _key(_("Print handouts"), "p"),
            ),
        ),
        Place(
            _("With a step chosen"),
            _("Choose one with j or k, or by pressing on it. The arrow keys move on from a chosen step."),
            (
                _key(_("Edit it"), "e", _("Enter")),
                _key(_("Move it up"), _("Shift") + " ↑"),
                _key(_("Move it down"), _("Shift") + " ↓"),
                _key(_("A minute more"), "+"),
                _key(_("A minute less"), "−"),
                _key(_("Duplicate it"), "d"),
                _key(_("Remove it; Undo brings it back"), _("Delete")),
            ),
        ),
        Place(
            _("While you add by typing"),
            "",
            (
                _key(_("Choose from the list"), "↓", "↑"),
                _key(_("Add it, and go on typing"), _("Enter")),
                _key(_("Close"), _("Escape")),
            ),
        ),
    )


@bp.get("/keys")
def show() -> str:
    return render_template("keys.html", places=places(), on=member().shortcuts)


@bp.post("/keys")
def switch() -> Response:
    """Turn single keys on or off for oneself."""
    wanted = request.form.get("on") == "1"
    operations.use_shortcuts(db.session, asker(), wanted)
    db.session.commit()
    said = _("Single keys are on.") if wanted else _("Single keys are off.")
    return go(url_for("keys.show"), said)
