"""Pages after a session: how it landed, the next plan, and its opening."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db, new_id
from planner.errors import Stale
from planner.landing import operations, queries
from planner.landing.following import open_with
from planner.landing.forms import NotesForm, notes_form, typed
from planner.landing.in_room import in_room
from planner.landing.last_time import concerned, last_time
from planner.landing.models import SessionNotes as SessionNotes
from planner.landing.notes import Notes, Step
from planner.landing.steps import steps_of
from planner.landing.unlike import unlike
from planner.plans import queries as plans
from planner.plans.home import today
from planner.plans.queries import Opened
from planner.plans.views import change
from planner.programmes import operations as programme_operations
from planner.programmes import queries as programmes
from planner.programmes.programme import attach
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("landing", __name__)


@bp.get("/plans/<plan_id>/after")
def after(plan_id: str) -> Response:
    opened = plans.opened(db.session, asker(), plan_id)
    kept = queries.notes(db.session, asker(), plan_id)
    steps = _steps(opened, kept)
    return _page(opened, steps, notes_form(steps, Notes(steps) if kept is None else kept))


@bp.post("/plans/<plan_id>/after")
def keep(plan_id: str) -> Response | BaseResponse:
    """Keep what was noted: a little after each choice, and with “Save”."""
    opened = plans.opened(db.session, asker(), plan_id)
    steps = _steps(opened, queries.notes(db.session, asker(), plan_id))
    form = notes_form(steps)
    if not form.validate():
        return _answer(opened, steps, form, 422)
    try:
        operations.save(db.session, asker(), plan_id, typed(form, steps), _base())
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _answer(plans.opened(db.session, asker(), plan_id), steps, form, 409)
    if not wants_fragment():
        return go(url_for("landing.after", plan_id=plan_id, _anchor="landing-kept"), _("Saved."))
    return _answer(opened, steps, form)


def _steps(opened: Opened, kept: Notes | None) -> tuple[Step, ...]:
    """What can be noted: the plan's steps, those held in the room, on the page, or noted before."""
    room = in_room(db.session, asker(), opened.id)
    others, shown = room.steps, _number(request.form.get("plan", ""))
    if 0 < shown < opened.number:
        others += plans.revision(db.session, opened.record, shown).plan.segments
    return steps_of(opened.plan, kept, others, room.skipped)


def _base() -> int:
    """The saving that this was written over; the newer one, when the writer chose to write over it."""
    return _number(request.form.get("instead_of") or request.form.get("number", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _answer(opened: Opened, steps: tuple[Step, ...], form: NotesForm, code: int = 200) -> Response:
    """What stands under the form; without a script the whole page, with the fields as they were typed."""
    if not wants_fragment():
        return _page(opened, steps, form, code)
    context = _context(opened, steps, form, code)
    said = {422: _("Not saved yet"), 409: _("This was changed elsewhere. Both versions are shown.")}.get(
        code, ""
    )
    if code == 200 and "save" in request.form:
        said = _("Saved.")
    answer = fragments("landing/_kept.html", "landing/_faults.html", said=said, code=code, **context)
    if code == 409 and request.form.get("shown") == str(context["number"]):
        # It is on the page already, perhaps under a finger that is about to press one of its buttons.
        answer.headers["HX-Reswap"] = "none"
    return answer


def _page(opened: Opened, steps: tuple[Step, ...], form: NotesForm, code: int = 200) -> Response:
    return make_response(render_template("landing/after.html", **_context(opened, steps, form, code)), code)


def _context(opened: Opened, steps: tuple[Step, ...], form: NotesForm, code: int) -> dict[str, Any]:
    row = queries.kept(db.session, asker(), opened.id)
    kept = queries.notes_in(row)
    return {
        "opened": opened,
        "plan": opened.plan,
        "steps": steps,
        "form": form,
        "kept": row,
        "number": row.number if row else 0,
        "base": _base() if code != 200 else 0,
        "stale": code == 409,
        "differences": unlike(kept or Notes(), typed(form, steps), form) if code == 409 else (),
        "concerns": concerned(db.session, asker(), opened),
        "room": in_room(db.session, asker(), opened.id),
        "next": plans.next_of(db.session, asker(), opened.id),
    }


# The next session


@bp.post("/plans/<plan_id>/next")
def plan_next(plan_id: str) -> BaseResponse:
    """Make the plan of the next session, or go to it when it is there already."""
    programme_id = plans.record(db.session, asker(), plan_id).programme_id
    waiting = programmes.waiting_after(db.session, asker(), programme_id, plan_id)
    next_id, is_new = operations.begin_next(db.session, asker(), plan_id, today(), between=bool(waiting))
    if waiting:
        found, session = waiting
        programme_operations.change(
            db.session, asker(), found.id, found.number, lambda each: attach(each, session.id, next_id)
        )
    db.session.commit()
    said = _("The next session is planned already: this is it.")
    if is_new:
        said = _("The next session is begun, with the same hope, focus and length. Change what you like.")
    return go(url_for("plans.show", plan_id=next_id), said)


@bp.post("/plans/<plan_id>/opening")
def open_session(plan_id: str) -> Response | BaseResponse:
    """Begin the session with what worked last time, in the words of its first step."""
    before = last_time(db.session, asker(), plans.opened(db.session, asker(), plan_id))
    words, step = before.opening if before else "", new_id()
    return change(
        plan_id, lambda plan: open_with(plan, words, step), _("The session opens with what worked last time")
    )
