"""Shaping a session: remedies of the pacing, a plan that fits less time, and another exercise for a step."""

from __future__ import annotations

import hashlib

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db, new_id
from planner.library import operations as library_operations
from planner.library import queries as library
from planner.plans import queries
from planner.plans.forms import RefitForm, RemedyForm
from planner.plans.plan import PARTS, Plan
from planner.plans.queries import Opened
from planner.plans.refit import Change, Proposal, Refit
from planner.plans.refit import refit as fitted
from planner.plans.remarks import clock, in_short
from planner.plans.remedies import Drop, Move, Remedy, Settle, Shorten, Swap, apply
from planner.plans.shape import exercises_of
from planner.plans.swaps import alternatives, minutes_with
from planner.plans.views import answer, base, change, on_segment, refused, stale
from planner.plans.views import bp as bp

bp.add_app_template_filter(clock, "minute")

# Remedies


@bp.post("/plans/<plan_id>/remedies")
def mend(plan_id: str) -> Response | BaseResponse:
    """Do what a remark of the pacing offers."""
    opened = queries.opened(db.session, asker(), plan_id)
    form = RemedyForm()
    if not form.validate():
        return answer(opened, refused(), 422, problem=_("Please choose one of the remedies."))
    remedy = form.remedy()
    steps = [value for name, value in vars(remedy).items() if name != "minutes"]
    if any(step not in {each.id for each in opened.plan.segments} for step in steps):
        return stale(plan_id)
    return on_segment(plan_id, steps[0], lambda plan: apply(plan, remedy, new_id), _done(opened.plan, remedy))


def _done(plan: Plan, remedy: Remedy) -> str:
    """What the status line says afterwards; “{title}” stands for the step's."""
    match remedy:
        case Move(segment, before):
            ids = [each.id for each in plan.segments]
            if ids.index(segment) < ids.index(before):
                return _("Moved “{title}” to a later place")
            return _("Moved “{title}” to an earlier place")
        case Settle(_after, minutes):
            return ngettext(
                "Added %(num)s quiet minute after “{title}”",
                "Added %(num)s quiet minutes after “{title}”",
                minutes,
            )
        case Shorten(_segment, minutes):
            return _("“{title}” now has its short form, %(minutes)s minutes", minutes=minutes)
        case Drop():
            return _("Left out “{title}”. Undo brings it back")
        case Swap():
            return _("Swapped “{title}”")


# Another exercise


@bp.post("/plans/<plan_id>/segments/<segment_id>/swap/<slug>")
def swap(plan_id: str, segment_id: str, slug: str) -> Response | BaseResponse:
    """Put another exercise in the place of a step, which keeps its part, its place and its note."""
    opened = queries.opened(db.session, asker(), plan_id)
    record, exercise = library.exercise(db.session, asker(), slug)
    step = next((each for each in opened.plan.segments if each.id == segment_id), None)
    if step is None or step.exercise is None:
        return stale(plan_id)
    minutes = minutes_with(opened.plan, step, exercise.minutes.short, exercise.minutes.full)
    remedy = Swap(segment_id, "", exercise.intensity, exercise, record.digest, minutes)
    library_operations.used(db.session, asker(), record)
    answered = on_segment(
        plan_id,
        segment_id,
        lambda plan: apply(plan, remedy, new_id),
        _("Swapped “{title}” for “%(title)s”", title=exercise.title),
    )
    if answered.status_code == 200:
        answered.headers["HX-Trigger"] = "swapped"
    return answered


# Less time


@bp.get("/plans/<plan_id>/refit")
def refit(plan_id: str) -> Response:
    """Proposals for the minutes that there are. Nothing changes until one is taken."""
    opened = queries.opened(db.session, asker(), plan_id)
    form = RefitForm(request.args)
    if "minutes" not in request.args:
        return _proposals(opened, form, None)
    if not form.validate():
        return _proposals(opened, form, None, 422)
    return _proposals(opened, form, _fitted(opened.plan, form.minutes.data or 0))


@bp.post("/plans/<plan_id>/refit")
def take(plan_id: str) -> Response | BaseResponse:
    """Take the proposal that was shown under this mark."""
    opened = queries.opened(db.session, asker(), plan_id)
    form = RefitForm(request.form)
    if not form.validate():
        return _proposals(opened, form, None, 422)
    minutes = form.minutes.data or 0
    found = _fitted(opened.plan, minutes)
    wanted = request.form.get("mark", "")
    chosen = next((each for each in found.proposals if mark(each) == wanted), None)
    if opened.number != base():
        return stale(plan_id)
    if chosen is None:
        return _proposals(opened, form, found, 409)
    _note_uses(opened.plan, chosen.plan)
    said = ngettext(
        "The session now takes %(num)s minute. Undo brings the longer one back",
        "The session now takes %(num)s minutes. Undo brings the longer one back",
        chosen.minutes,
    )
    return change(plan_id, lambda _plan: chosen.plan, said)


def mark(proposal: Proposal) -> str:
    """What tells a proposal from every other: the same plan has the same mark, so what was shown is taken."""
    return hashlib.sha256(repr(proposal.plan).encode()).hexdigest()[:20]


def _fitted(plan: Plan, minutes: int) -> Refit:
    exercises = exercises_of(db.session, asker(), plan)
    return fitted(plan, minutes, exercises, alternatives(db.session, asker(), plan))


def _proposals(opened: Opened, form: RefitForm, found: Refit | None, code: int = 200) -> Response:
    context = {"opened": opened, "plan": opened.plan, "form": form, "found": found}
    context |= {"mark": mark, "changes": _changes, "in_short": in_short, "outdated": code == 409}
    return Response(render_template("plans/refit.html", **context), code)


def _changes(before: Plan, proposal: Proposal) -> list[Change]:
    """What becomes of each step, in the order in which the session goes."""
    parts = {step.id: PARTS.index(step.part) for step in (*before.segments, *proposal.plan.segments)}
    return sorted(proposal.changes, key=lambda change: parts[change.segment])


def _note_uses(before: Plan, after: Plan) -> None:
    """Exercises that come into the plan count as used, as they do when they are added."""
    had = {step.exercise for step in before.segments}
    for step in after.segments:
        if step.exercise and step.exercise not in had:
            record = library.record(db.session, asker(), step.exercise.slug)
            library_operations.used(db.session, asker(), record)
