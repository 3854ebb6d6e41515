"""Remarks on wording: on a text while it is typed, on a plan as a whole, and who wants to see them."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, g, make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import operations as accounts
from planner.accounts.access import asker
from planner.db import db, only_looks
from planner.errors import Stale
from planner.plans import operations as plans
from planner.plans import queries
from planner.plans.plan import BadPlan
from planner.plans.queries import Opened
from planner.plans.views import base
from planner.web.htmx import fragments, go, wants_fragment
from planner.wording import beside, operations
from planner.wording.findings import Remark, use
from planner.wording.forms import CheckForm, LeaveForm, SwitchForm, UseForm

bp = Blueprint("wording", __name__)

for ask, name in (
    (beside.are_on, "remarks_are_on"),
    (beside.remarks_on, "remarks_on"),
    (beside.remarks_of, "remarks_of"),
    (beside.left_count, "remarks_left"),
):
    bp.add_app_template_global(ask, name)


# On a text


@bp.post("/wording/check")
@only_looks
def check() -> Response:
    """The remarks on a text as it stands in a field. It is a POST so that no text stands in an address."""
    form = CheckForm()
    if not form.validate():
        return make_response(_("Please send a text and the field that it stands in."), 422)
    found = beside.Beside(beside.on_text(form.text.data or ""))
    return fragments("wording/_remarks.html", id=form.field.data, found=found)


@bp.post("/wording/leave")
def leave() -> Response | BaseResponse:
    """Leave a remark, here and wherever the sentence stands."""
    form = LeaveForm()
    if not form.validate():
        return make_response(render_template("wording/left.html", form=form), 422)
    operations.leave(db.session, asker(), form.mark.data or "")
    db.session.commit()
    if not wants_fragment():
        return make_response(render_template("wording/left.html", form=form))
    answer = make_response(render_template("_status.html", oob=True, said=_("Left as it is")))
    answer.headers["HX-Trigger"] = "wording-left"
    return answer


# On a plan


@bp.get("/plans/<plan_id>/wording")
def of_plan(plan_id: str) -> Response:
    return _of_plan(queries.opened(db.session, asker(), plan_id))


@bp.get("/plans/<plan_id>/wording/count")
def count(plan_id: str) -> Response:
    """How many remarks are open, for the builder's bar."""
    opened = queries.opened(db.session, asker(), plan_id)
    return fragments("wording/_count.html", opened=opened, plan=opened.plan)


@bp.post("/plans/<plan_id>/wording/use")
def use_instead(plan_id: str) -> Response | BaseResponse:
    """Put what a remark offers into the plan."""
    opened, form = queries.opened(db.session, asker(), plan_id), UseForm()
    if not form.validate():
        return _of_plan(opened, _("Not changed"), 422)
    remark = _wanted(opened, form)
    if opened.number != base() or remark is None:
        return _of_plan(opened, _("This plan was changed elsewhere."), 409)
    try:
        plans.change(
            db.session, asker(), plan_id, base(), lambda plan: use(plan, remark), _("Changed a wording")
        )
        db.session.commit()
    except (Stale, BadPlan):
        db.session.rollback()
        opened = queries.opened(db.session, asker(), plan_id)
        return _of_plan(opened, _("This plan was changed elsewhere."), 409)
    return _done(plan_id, _("Changed. Undo in the plan brings the old words back"))


@bp.post("/plans/<plan_id>/wording/leave")
def leave_in_plan(plan_id: str) -> Response | BaseResponse:
    """Leave a remark, and go on with the others."""
    opened, form = queries.opened(db.session, asker(), plan_id), LeaveForm()
    if not form.validate():
        return _of_plan(opened, _("Not changed"), 422)
    operations.leave(db.session, asker(), form.mark.data or "")
    db.session.commit()
    g.pop("wording_left", None)
    return _done(plan_id, _("Left as it is"))


def _wanted(opened: Opened, form: UseForm) -> Remark | None:
    left = beside.left()
    for remark in beside.remarks_of(opened.plan):
        if (remark.segment_id, remark.field) == (form.segment.data or "", form.field.data) and left.mark(
            remark.text, remark.finding
        ) == form.mark.data:
            return remark
    return None


def _done(plan_id: str, said: str) -> Response | BaseResponse:
    if not wants_fragment():
        return go(url_for("wording.of_plan", plan_id=plan_id), said)
    return _of_plan(queries.opened(db.session, asker(), plan_id), said)


def _of_plan(opened: Opened, said: str = "", code: int = 200) -> Response:
    """The remarks on a plan, in its order: the head's, then each step's."""
    steps = {step.id: step for step in opened.plan.segments}
    by_step = groupby(beside.remarks_of(opened.plan), lambda remark: remark.segment_id)
    context = {
        "opened": opened,
        "plan": opened.plan,
        "steps": [(steps.get(segment_id), list(remarks)) for segment_id, remarks in by_step],
        "left": beside.left(),
        "stale": code == 409,
    }
    if wants_fragment():
        return fragments("wording/_open.html", said=said, code=code, **context)
    return make_response(render_template("wording/plan.html", **context), code)


# Who wants to see them


@bp.post("/account/wording")
def switch() -> BaseResponse:
    """Turn the remarks on or off for oneself."""
    form, back = SwitchForm(), url_for("accounts.account", _anchor="wording")
    if not form.validate():
        return go(back)
    wanted = form.on.data == "1"
    accounts.show_wording_remarks(db.session, asker(), wanted)
    db.session.commit()
    return go(back, _("You will see remarks on wording.") if wanted else _("Remarks on wording are off."))


@bp.post("/account/wording/forget")
def forget() -> BaseResponse:
    """Show everything again that was left."""
    operations.forget(db.session, asker())
    db.session.commit()
    return go(url_for("accounts.account", _anchor="wording"), _("You will see all remarks again."))
