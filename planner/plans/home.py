"""Home: plans by date, search, the bin, and a new plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import queries as accounts
from planner.accounts.access import asker
from planner.consulting import queries as consulting
from planner.db import db, new_id, now
from planner.landing import queries as landing
from planner.landing.following import is_due
from planner.plans import operations, queries
from planner.plans.forms import NewPlanForm
from planner.plans.plan import Plan, describe
from planner.plans.queries import Listed
from planner.plans.start import laid_out
from planner.plans.when import by_date
from planner.web.htmx import go, wants_fragment

bp = Blueprint("plans", __name__)


def today() -> dt.date:
    """The date where the practice is."""
    return to_user_timezone(now()).date()


@bp.get("/")
def home() -> str:
    search = request.args.get("q", "").strip()[:200]
    plans = queries.listed(db.session, asker(), search=search)
    page = "plans/_list.html" if wants_fragment() else "plans/home.html"
    context = {"groups": by_date(plans, today()), "search": search, "total": len(plans)}
    context |= {"to_land": _to_land(plans)} | ({} if wants_fragment() else _asks())
    return render_template(page, **context)


def _asks() -> dict[str, Any]:
    """What colleagues ask, and where they answered, with the names of everybody."""
    who = asker()
    present = {member.id for member in accounts.members(db.session, who)}
    asks = consulting.waiting(db.session, who, present)
    return {"asks": asks, "authors": accounts.names(db.session, who) if asks else {}}


def _to_land(lines: list[Listed]) -> set[str]:
    """The ids of one's own plans whose session is over and of which nothing was noted yet."""
    moment = to_user_timezone(now())
    over = {line.id for line in lines if line.mine and is_due(line.plan, moment)}
    return over - landing.noted(db.session, asker(), over)


@bp.route("/plans/new", methods=["GET", "POST"])
def create() -> str | Response | BaseResponse:
    form = NewPlanForm(date=today())
    if not form.is_submitted():
        return render_template("plans/new.html", form=form)
    if not form.validate():
        return Response(render_template("plans/new.html", form=form), 422)
    title, length = form.title.data or "", form.length.data or 0
    start = laid_out(title, length, new_id) if form.start.data == "parts" else Plan(title, length=length)
    record = operations.create(db.session, asker(), describe(start, date=form.date.data, time=form.time.data))
    db.session.commit()
    return go(url_for("plans.show", plan_id=record.id))


@bp.get("/plans/bin")
def in_bin() -> str:
    return render_template("plans/bin.html", plans=queries.listed(db.session, asker(), binned=True))


@bp.post("/plans/<plan_id>/bin")
def put_in_bin(plan_id: str) -> BaseResponse:
    operations.put_in_bin(db.session, asker(), plan_id)
    db.session.commit()
    return go(url_for("plans.home"), _("The plan is in the bin. You can bring it back from there."))


@bp.post("/plans/<plan_id>/restore")
def restore(plan_id: str) -> BaseResponse:
    operations.restore(db.session, asker(), plan_id)
    db.session.commit()
    return go(url_for("plans.show", plan_id=plan_id), _("The plan is back."))
