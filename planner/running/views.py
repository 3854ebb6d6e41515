"""A session as it is held: its screen, and everything that is done on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db, new_id, now
from planner.errors import NotFound, RuleBroken
from planner.plans import queries as plans
from planner.plans.home import today
from planner.running import operations, queries, screen
from planner.running.events import BadEvent, Event
from planner.running.forms import FitForm, NoteForm, PressForm, events_from
from planner.running.queries import Held, milliseconds
from planner.running.run import minute_of, outcomes
from planner.running.shorter import ways
from planner.web.htmx import go, wants_fragment

bp = Blueprint("running", __name__)


@bp.get("/plans/<plan_id>/run")
def show(plan_id: str) -> Response:
    return _page(plan_id)


@bp.post("/plans/<plan_id>/run")
def begin(plan_id: str) -> BaseResponse:
    """Begin the session, or go on with the one that is under way."""
    operations.begin(db.session, asker(), plan_id, now())
    db.session.commit()
    return go(url_for("running.show", plan_id=plan_id))


def _page(plan_id: str, code: int = 200, **extra: Any) -> Response:
    """The screen as it stands now: not begun yet, under way, or over."""
    held = queries.latest(db.session, asker(), plan_id)
    opened = plans.opened(db.session, asker(), plan_id)
    if held is None or (not queries.is_open(held) and not held.run.stand.ended):
        return make_response(render_template("running/begin.html", opened=opened, plan=opened.plan), code)
    if held.run.stand.ended:
        return make_response(render_template("running/over.html", **_over(held)), code)
    return make_response(render_template("running/show.html", **(_under_way(held) | extra)), code)


def _over(held: Held) -> dict[str, Any]:
    stand = held.run.stand
    return {
        "held": held,
        "plan": held.run.plan,
        "outcomes": outcomes(held.run),
        "notes": [(minute_of(held.run, note), note.text) for note in stand.notes],
        "took": round((stand.ended - held.run.began) / 60_000),
        "event": new_id(),
    }


def _under_way(held: Held) -> dict[str, Any]:
    at = now()
    run, stand = held.run, held.run.stand
    found = screen.exercises(db.session, asker(), run)
    settling = run.settling()
    return {
        "held": held,
        "plan": run.plan,
        "run": run,
        "stand": stand,
        "seen": run.seen(milliseconds(at)),
        "cards": screen.cards(run, found),
        "settling": settling,
        "data": screen.data(held, asker(), found, at),
        "notes": [(minute_of(run, note), note.text) for note in stand.notes],
        "event": new_id,
        "note_form": NoteForm(formdata=None),
        "fit_form": FitForm(formdata=None),
        "figures": request.args.get("figures") != "hidden",
    }


@bp.app_template_filter("at_clock")
def at_clock(milliseconds: int) -> dt.datetime:
    """A moment of a run, for the clock on the page."""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


# What is done on the screen, one press after the other, without a script


@bp.post("/plans/<plan_id>/run/press")
def press(plan_id: str) -> BaseResponse:
    """One press of a button of the screen."""
    held = _held(plan_id)
    try:
        event = PressForm().event(milliseconds(now()), len(held.run.events))
    except BadEvent as error:
        raise RuleBroken(_("That is not one of the buttons of this session.")) from error
    after = _add(held, event)
    if event.kind == "end" and after.run.stand.ended:
        return go(url_for("landing.after", plan_id=plan_id))
    return go(url_for("running.show", plan_id=plan_id, figures=request.args.get("figures")))


@bp.post("/plans/<plan_id>/run/note")
def note(plan_id: str) -> Response | BaseResponse:
    """A line for later, noted at this moment."""
    held = _held(plan_id)
    form = NoteForm()
    if not form.validate():
        return _page(plan_id, 422, note_form=form)
    at = milliseconds(now())
    step = held.run.stand.step
    _add(held, Event(new_id(), "note", at, len(held.run.events), step, text=form.text.data or ""))
    return go(url_for("running.show", plan_id=plan_id, _anchor="note"), _("Noted"))


def _held(plan_id: str) -> Held:
    """The last run of a plan. Raises NotFound when there was none."""
    held = queries.latest(db.session, asker(), plan_id)
    if held is None:
        raise NotFound
    return held


def _add(held: Held, *events: Event) -> Held:
    after = operations.add(db.session, asker(), held.plan_id, held.id, events, now())
    db.session.commit()
    return after


# Less time


@bp.get("/plans/<plan_id>/run/fit")
def fit(plan_id: str) -> Response:
    """Ways to fit the rest into the minutes that are left. Nothing changes until one is taken."""
    held = _held(plan_id)
    form = FitForm(request.args)
    asked = "minutes" in request.args
    valid = asked and form.validate()
    found = None
    if valid and not held.run.stand.ended:
        exercises = screen.exercises(db.session, asker(), held.run)
        found = ways(held.run, milliseconds(now()), form.minutes.data or 0, exercises)
    template = "running/_fit.html" if wants_fragment() else "running/fit.html"
    html = render_template(template, held=held, run=held.run, fit_form=form, found=found, event=new_id)
    return make_response(html, 422 if asked and not valid else 200)


# What the screen's script sends: what was done meanwhile, once there is a connection


@bp.post("/plans/<plan_id>/run/events")
def send(plan_id: str) -> Response | BaseResponse:
    """Add what a screen sends, and answer with what others did meanwhile.

    What was noted by one member is never taken from another (409), who may have signed in on the same device.
    """
    who = asker()
    if request.form.get("member", who.id) != who.id:
        return make_response({"problem": "member"}, 409)
    row = queries.one(db.session, who, plan_id, request.form.get("run", ""))
    try:
        events = events_from(request.form.get("events", ""))
    except BadEvent as error:
        raise RuleBroken(_("What was sent could not be read.")) from error
    known = request.form.get("number", "")
    held = operations.add(db.session, who, plan_id, row.id, events, now())
    db.session.commit()
    return jsonify(
        screen.since(held, int(known) if known.isascii() and known.isdigit() and len(known) < 6 else 0)
    )


# Where a session that is under way is offered


@bp.app_template_global("session_of")
def session_of(plan_id: str, date: dt.date | None) -> str:
    """How it is with the session of a plan: "open", "over" for a little while, "due" on its day, or ""."""
    held = queries.latest(db.session, asker(), plan_id)
    if queries.is_open(held):
        return "open"
    if held is not None and queries.is_fresh(held):
        return "over"
    return "due" if date == today() else ""


@bp.app_template_global("sessions_under_way")
def sessions_under_way() -> list[Held]:
    """The member's own sessions that are under way."""
    return queries.under_way(db.session, asker())
