"""Programmes as templates: saving one, the gallery, and beginning a programme from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db, new_id
from planner.library import held
from planner.library.models import ExerciseRecord
from planner.plans import operations as plan_operations
from planner.plans import plan as plan_verbs
from planner.plans.coverage import coverage
from planner.plans.plan import TITLE_LIMIT, Plan
from planner.plans.timing import timing
from planner.programmes import operations, page, queries, words
from planner.programmes import programme as verbs
from planner.programmes.forms import BeginsForm, SaveProgrammeForm
from planner.programmes.outline import Outline, Stop, outline_of, start
from planner.programmes.printing import bp as bp
from planner.programmes.programme import Programme
from planner.programmes.queries import Opened, Published
from planner.programmes.rules import peak
from planner.web.htmx import fragments, go, wants_fragment


@dataclass(frozen=True)
class Shown:
    """What colleagues see of a template. `linked` are slugs of exercises whose pages can be opened."""

    title: str
    when_to_use: str
    made_by: str
    outline: Outline
    linked: frozenset[str]


# The gallery


@bp.get("/programmes/templates")
def gallery() -> str:
    found = queries.gallery(db.session, asker())
    return render_template("programmes/gallery.html", found=found)


@bp.get("/programmes/templates/<template_id>")
def template(template_id: str) -> str:
    return _template_page(queries.template(db.session, asker(), template_id, withdrawn=True), BeginsForm())


@bp.post("/programmes/templates/<template_id>/use")
def use(template_id: str) -> Response | BaseResponse:
    """Begin a programme from a template: its plans become plans of one's own, each following the last."""
    found, form = queries.template(db.session, asker(), template_id), BeginsForm()
    if not form.validate():
        return make_response(_template_page(found, form), 422)
    programme = verbs.describe(
        start(found.outline, new_id), begins=form.begins.data, weeks=int(form.weeks.data)
    )
    for session, stop in zip(programme.sessions, found.outline.stops, strict=True):
        if stop.plan:
            plan_id = _copied(programme, programme.place(session.id), stop, stop.plan, found)
            programme = verbs.attach(programme, session.id, plan_id)
    record = operations.create(db.session, asker(), programme)
    db.session.commit()
    said = _("This is your own programme. Change whatever you like; the template stays as it is.")
    return go(url_for("programmes.show", programme_id=record.id), said)


def _copied(programme: Programme, number: int, stop: Stop, plan: Plan, found: Published) -> str:
    title = words.plan_title(programme.title, stop.aim, number)
    copy = plan_verbs.describe(plan, title=title, date=programme.due(number))
    return plan_operations.create(db.session, asker(), copy, template_title=found.title).id


@bp.post("/programmes/templates/<template_id>/withdraw")
def withdraw(template_id: str) -> BaseResponse:
    operations.withdraw(db.session, asker(), template_id)
    db.session.commit()
    return go(url_for("programmes.template", template_id=template_id))


@bp.post("/programmes/templates/<template_id>/put-back")
def show_again(template_id: str) -> BaseResponse:
    operations.show_again(db.session, asker(), template_id)
    db.session.commit()
    said = _("It is among the templates again.")
    return go(url_for("programmes.template", template_id=template_id), said)


def _template_page(found: Published, form: BeginsForm) -> str:
    shown = Shown(found.title, found.when_to_use, found.made_by, found.outline, _linked(found.outline))
    return render_template("programmes/template.html", found=found, form=form, **_seen(shown))


# Saving one


@bp.get("/programmes/<programme_id>/template")
def save_as(programme_id: str) -> Response:
    opened = queries.opened(db.session, asker(), programme_id)
    return _save_as(opened, SaveProgrammeForm(title=opened.programme.title))


@bp.post("/programmes/<programme_id>/template")
def publish(programme_id: str) -> Response | BaseResponse:
    opened, form = queries.opened(db.session, asker(), programme_id), SaveProgrammeForm()
    if not form.validate():
        return _save_as(opened, form, code=422)
    made = operations.publish(db.session, asker(), _outline(opened, form), form.when_to_use.data or "")
    db.session.commit()
    said = _("Your colleagues can use it from now on.")
    return go(url_for("programmes.template", template_id=made.id), said)


@bp.post("/programmes/<programme_id>/template/preview")
def preview(programme_id: str) -> Response:
    """What colleagues would see. It writes nothing; it is a POST so that no text stands in an address."""
    opened, form = queries.opened(db.session, asker(), programme_id), SaveProgrammeForm()
    if wants_fragment():
        return fragments("programmes/_template.html", **_seen(_draft(opened, form)))
    return _save_as(opened, form)


def _save_as(opened: Opened, form: SaveProgrammeForm, code: int = 200) -> Response:
    shown = _draft(opened, form)
    html = render_template(
        "programmes/save_as.html", opened=opened, form=form, private=_private(shown.outline), **_seen(shown)
    )
    return make_response(html, code)


def _outline(opened: Opened, form: SaveProgrammeForm) -> Outline:
    plans = page.plans_of(page.rows(db.session, asker(), opened.programme))

    def called(number: int, plan: Plan) -> str:
        return plan.title if form.titles.data else _("Session %(number)s", number=number)

    return outline_of(
        opened.programme,
        plans,
        form.keep,
        title=(form.title.data or "")[:TITLE_LIMIT],
        aims=bool(form.aims.data),
        called=called,
    )


def _draft(opened: Opened, form: SaveProgrammeForm) -> Shown:
    """The template as it would be, with whatever has been typed so far."""
    made = _outline(opened, form)
    private = {one.slug for one in _private(made)}
    title, when = form.title.data or "", form.when_to_use.data or ""
    return Shown(title, when, asker().name, made, _linked(made) - private)


def _seen(shown: Shown) -> dict[str, Any]:
    return {"shown": shown, "timing": timing, "peak": peak, "coverage": coverage}


def _private(outline: Outline) -> list[ExerciseRecord]:
    """The exercises in its plans that colleagues cannot open."""
    steps = {step.exercise for plan in outline.plans for step in plan.segments if step.exercise}
    return held.kept_private(db.session, asker(), [(each.slug, each.digest) for each in steps])


def _linked(outline: Outline) -> frozenset[str]:
    slugs = {step.exercise.slug for plan in outline.plans for step in plan.segments if step.exercise}
    return frozenset(held.titles(db.session, asker(), slugs))
