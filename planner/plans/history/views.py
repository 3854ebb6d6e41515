"""Pages of a plan's history: the list, one version, two beside each other; bringing back and naming."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import format_date, format_time, to_user_timezone
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import queries as accounts
from planner.accounts.access import asker
from planner.db import db, now
from planner.errors import Stale
from planner.library import held
from planner.plans.coverage import coverage
from planner.plans.history import operations, queries
from planner.plans.history.comparing import compare
from planner.plans.history.forms import NameForm
from planner.plans.history.queries import Entry
from planner.plans.history.words import sentence, value
from planner.plans.plan import Plan
from planner.plans.timing import timing
from planner.plans.views import base
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("history", __name__)


@bp.get("/plans/<plan_id>/history")
def every(plan_id: str) -> Response:
    """Every revision, by day, the newest first; or those with a name alone."""
    return _every(plan_id)


def _every(plan_id: str, problem: str = "", code: int = 200) -> Response:
    named = request.args.get("named") == "1"
    found = queries.history(db.session, asker(), plan_id, _page(), named=named)
    context = _names() | {"history": found, "days": _days(found.entries), "only_named": named}
    context["problem"] = problem
    return make_response(render_template("history/every.html", **context), code)


def _page() -> int:
    return _number(request.args.get("page", "")) or 1


def _number(text: str) -> int | None:
    """A number as it stands in an address; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _names() -> dict[str, Any]:
    """What every page of this room reads."""
    authors = accounts.names(db.session, asker())
    return {"authors": authors, "sentence": sentence, "value": value, "moment": moment, "naming": None}


def moment(at: dt.datetime) -> str:
    """A day and an hour by the practice's clock, as a version is called in a sentence."""
    return _("%(day)s, %(time)s", day=format_date(at, "d MMMM y"), time=format_time(at, "HH:mm"))


def _days(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries by the day on which they were made, where the practice is."""
    return [
        (_day(date), list(those))
        for date, those in groupby(entries, lambda each: to_user_timezone(each.made_at).date())
    ]


def _day(date: dt.date) -> str:
    today = to_user_timezone(now()).date()
    if date == today:
        return _("Today")
    if date == today - dt.timedelta(days=1):
        return _("Yesterday")
    return format_date(date, "EEEE d MMMM y")


@bp.get("/plans/<plan_id>/history/<int(max=999999999):number>")
def one(plan_id: str, number: int) -> Response:
    """A version as it stood."""
    return _one(plan_id, number)


def _one(plan_id: str, number: int, code: int = 200, **extra: Any) -> Response:
    record, entry = queries.entry(db.session, asker(), plan_id, number)
    plan = entry.plan
    context = _names() | {"record": record, "entry": entry, "plan": plan, "stale": False}
    context |= {"timing": timing(plan), "coverage": coverage(plan), "linked": _linked(plan)}
    return make_response(render_template("history/one.html", **context | extra), code)


def _linked(plan: Plan) -> frozenset[str]:
    """The exercises of a plan whose pages can be opened."""
    slugs = {step.exercise.slug for step in plan.segments if step.exercise}
    return frozenset(held.titles(db.session, asker(), slugs))


@bp.get("/plans/<plan_id>/history/compare")
def compared(plan_id: str) -> Response:
    """Two versions beside each other, the earlier one on the left, whichever was chosen first."""
    chosen = sorted({number for text in request.args.getlist("v") if (number := _number(text))})
    if len(chosen) != 2:
        return _every(plan_id, _("Please tick the two versions that you want to compare."), 422)
    record, then = queries.entry(db.session, asker(), plan_id, chosen[0])
    _record, later = queries.entry(db.session, asker(), plan_id, chosen[1])
    context = _names() | {"record": record, "then": then, "now": later}
    context |= {"found": compare(then.plan, later.plan)}
    context |= {"versions": queries.versions(db.session, record, chosen)}
    return make_response(render_template("history/compare.html", **context))


@bp.post("/plans/<plan_id>/history/<int(max=999999999):number>/restore")
def restore(plan_id: str, number: int) -> BaseResponse:
    """Bring a version back, on top of what stands now."""
    who = asker()
    _record, entry = queries.entry(db.session, who, plan_id, number)
    try:
        changed = operations.bring_back(db.session, who, plan_id, number, base())
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _one(plan_id, number, 409, stale=True)
    at = moment(entry.made_at)
    said = _("The plan reads again as on %(moment)s. Undo brings back what stood before.", moment=at)
    return go(
        url_for("plans.show", plan_id=plan_id), said if changed else _("The plan reads like that already.")
    )


# Names


@bp.post("/plans/<plan_id>/history/<int(max=999999999):number>/name")
def name(plan_id: str, number: int) -> Response | BaseResponse:
    """Name a version, or name it anew."""
    who, form = asker(), NameForm()
    _record, entry = queries.entry(db.session, who, plan_id, number)
    if not form.validate():
        return _named(plan_id, number, form, 422)
    try:
        operations.name(db.session, who, plan_id, number, form.name.data or "", request.form.get("was", ""))
        db.session.commit()
    except Stale:
        db.session.rollback()
        _record, entry = queries.entry(db.session, who, plan_id, number)
        form.name.errors = [_("It was named “%(name)s” meanwhile. Save again to use yours.", name=entry.name)]
        return _named(plan_id, number, form, 409)
    return _named(plan_id, number)


@bp.post("/plans/<plan_id>/history/<int(max=999999999):number>/unname")
def unname(plan_id: str, number: int) -> Response | BaseResponse:
    """Take the name of a version away."""
    operations.unname(db.session, asker(), plan_id, number)
    db.session.commit()
    return _named(plan_id, number)


def _named(
    plan_id: str, number: int, form: NameForm | None = None, code: int = 200
) -> Response | BaseResponse:
    """The version's line as it is now: alone for htmx, otherwise on the page of the version."""
    if not wants_fragment():
        if form is None:
            return go(url_for("history.one", plan_id=plan_id, number=number), _said(plan_id, number))
        return _one(plan_id, number, code, naming=form)
    record, entry = queries.entry(db.session, asker(), plan_id, number)
    context = _names() | {"record": record, "entry": entry, "naming": form}
    said = "" if form else _said(plan_id, number)
    return fragments("history/_entry.html", said=said, code=code, focused=True, **context)


def _said(plan_id: str, number: int) -> str:
    _record, entry = queries.entry(db.session, asker(), plan_id, number)
    if entry.name:
        return _("This version is called “%(name)s”.", name=entry.name)
    return _("This version has no name any more.")
