"""Pages of sharing: the gallery, one template, and saving a plan as one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db
from planner.library import held
from planner.library.models import ExerciseRecord
from planner.plans import operations as plans
from planner.plans.plan import TITLE_LIMIT, Plan
from planner.plans.queries import Opened, opened
from planner.sharing import operations, queries
from planner.sharing.facets import Wanted
from planner.sharing.forms import SaveAsForm
from planner.sharing.models import Template
from planner.sharing.shown import Shown
from planner.sharing.stripping import plan_for_template
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("sharing", __name__)


@bp.get("/templates")
def gallery() -> Response:
    found = queries.gallery(db.session, asker(), Wanted.from_args(request.args))
    context: dict[str, Any] = {"wanted": found.wanted, "found": found}
    if wants_fragment():
        said = _("%(count)s templates", count=found.total) if found.total != 1 else _("1 template")
        return fragments("sharing/_results.html", "sharing/_facets.html", said=said, **context)
    return make_response(render_template("sharing/gallery.html", **context))


@bp.get("/templates/<template_id>")
def show(template_id: str) -> str:
    template = queries.template(db.session, asker(), template_id, withdrawn=True)
    return render_template(
        "sharing/show.html",
        template=template,
        shown=_shown(template),
        may_withdraw=queries.may_withdraw(template, asker()),
    )


@bp.post("/templates/<template_id>/use")
def use(template_id: str) -> BaseResponse:
    template = queries.template(db.session, asker(), template_id)
    record = plans.create(
        db.session, asker(), template.plan, template_id=template.id, template_title=template.title
    )
    db.session.commit()
    said = _("This is your own copy. Change whatever you like; the template stays as it is.")
    return go(url_for("plans.show", plan_id=record.id), said)


@bp.post("/templates/<template_id>/withdraw")
def withdraw(template_id: str) -> BaseResponse:
    operations.withdraw(db.session, asker(), template_id)
    db.session.commit()
    return go(url_for("sharing.show", template_id=template_id))


@bp.post("/templates/<template_id>/put-back")
def put_back(template_id: str) -> BaseResponse:
    operations.put_back(db.session, asker(), template_id)
    db.session.commit()
    return go(url_for("sharing.show", template_id=template_id), _("It is in the gallery again."))


@bp.get("/plans/<plan_id>/template")
def save_as(plan_id: str) -> Response:
    plan = opened(db.session, asker(), plan_id)
    return _save_as(plan, SaveAsForm(title=plan.plan.title))


@bp.post("/plans/<plan_id>/template")
def publish(plan_id: str) -> BaseResponse:
    plan, form = opened(db.session, asker(), plan_id), SaveAsForm()
    if not form.validate():
        return _save_as(plan, form, code=422)
    stripped = plan_for_template(plan.plan, form.keep, form.title.data or "")
    template = operations.publish(db.session, asker(), stripped, form.when_to_use.data or "")
    db.session.commit()
    return go(url_for("sharing.show", template_id=template.id), _("Your colleagues can use it from now on."))


@bp.post("/plans/<plan_id>/template/preview")
def preview(plan_id: str) -> Response:
    """What colleagues would see. It writes nothing; it is a POST so that no text stands in an address."""
    plan, form = opened(db.session, asker(), plan_id), SaveAsForm()
    if wants_fragment():
        return fragments("sharing/_preview.html", shown=_draft(plan, form))
    return _save_as(plan, form)


def _save_as(plan: Opened, form: SaveAsForm, code: int = 200) -> Response:
    html = render_template(
        "sharing/save_as.html",
        opened=plan,
        form=form,
        shown=_draft(plan, form),
        private=_private(plan.plan),
    )
    return make_response(html, code)


def _private(plan: Plan) -> list[ExerciseRecord]:
    """The exercises in a plan that colleagues cannot open."""
    steps = [step.exercise for step in plan.segments if step.exercise]
    return held.kept_private(db.session, asker(), [(each.slug, each.digest) for each in steps])


def _linked(plan: Plan) -> frozenset[str]:
    slugs = {step.exercise.slug for step in plan.segments if step.exercise}
    return frozenset(held.titles(db.session, asker(), slugs))


def _draft(plan: Opened, form: SaveAsForm) -> Shown:
    """The template as it would be, with whatever has been typed so far."""
    title, when = form.title.data or "", form.when_to_use.data or ""
    made = plan_for_template(plan.plan, form.keep, title[:TITLE_LIMIT])
    private = {one.slug for one in _private(plan.plan)}
    return Shown(title, when, asker().name, made, _linked(made) - private)


def _shown(template: Template) -> Shown:
    plan = template.plan
    return Shown(template.title, template.when_to_use, template.made_by_name, plan, _linked(plan))
