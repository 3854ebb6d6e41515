"""Sessions for a calendar: a file for one of them, and a feed that a calendar reads by itself."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import get_timezone
from flask import Blueprint, Response, current_app, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import links
from planner.accounts import queries as accounts
from planner.accounts.access import asker, public
from planner.config import Settings
from planner.db import db, now
from planner.diary import calendar, operations, queries
from planner.diary.calendar import Appointment
from planner.errors import NotFound
from planner.plans import queries as plans
from planner.plans.models import PlanRecord
from planner.plans.plan import Plan
from planner.web.htmx import go

bp = Blueprint("diary", __name__)


def _zone() -> ZoneInfo:
    """The practice's. Its name may have been written in small letters."""
    settings: Settings = current_app.extensions["settings"]
    return ZoneInfo(str(get_timezone(settings.time_zone)))


def _appointment(record: PlanRecord, plan: Plan) -> Appointment:
    if plan.date is None:
        raise NotFound
    return Appointment(record.id, plan.date, plan.time, plan.length, record.created_at, record.changed_at)


def _sent(body: bytes, name: str, how: str) -> Response:
    answer = make_response(body)
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer


@bp.get("/plans/<plan_id>/session.ics")
def one(plan_id: str) -> BaseResponse:
    """A file for one session. A plan without a date is shown with its date to be written."""
    opened = plans.opened(db.session, asker(), plan_id)
    if opened.plan.date is None:
        return redirect(url_for("plans.show", plan_id=plan_id, edit="head"))
    # Not even the file says more than a calendar is to know.
    body = calendar.file([_appointment(opened.record, opened.plan)], _zone(), _("Session"))
    return _sent(body, "session.ics", "attachment")


@bp.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """All sessions of whoever's secret this is. Who does not know one is told nothing at all."""
    try:
        who = queries.by_token(db.session, token)
        accounts.member(db.session, who, who.id)
    except NotFound:
        return make_response("", 404)
    zone = _zone()
    some = [_appointment(record, plan) for record, plan in plans.dated(db.session, who)]
    body = calendar.feed(some, zone, _("Session"), _("Sessions"), now().astimezone(zone).date())
    return _sent(body, "sessions.ics", "inline")


@bp.get("/calendar")
def show() -> str:
    return render_template("diary/show.html", feed=queries.own(db.session, asker()))


@bp.post("/calendar")
def make() -> Response:
    """A new address. It is shown now and never again, so this answers with a page of its own."""
    had = queries.own(db.session, asker()) is not None
    token = operations.make(db.session, asker(), now())
    db.session.commit()
    link = links.here("diary.feed", token=token)
    return make_response(render_template("diary/made.html", link=link, had=had))


@bp.post("/calendar/end")
def end() -> BaseResponse:
    """The address opens nothing any more."""
    operations.end(db.session, asker(), asker().id)
    db.session.commit()
    return go(
        url_for("diary.show"), _("The address has ended. Calendars that had it get nothing new from now on.")
    )
