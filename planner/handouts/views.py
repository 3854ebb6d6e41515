"""Pages of handouts: choose, preview, and the PDF. Everything that is typed here is for this print only."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, Response, make_response, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from planner.accounts import access
from planner.db import db
from planner.handouts import document, queries, runsheet
from planner.handouts.document import Document, Foot, NothingToPrint
from planner.handouts.forms import ClientForm, PaperForm, PlanForm
from planner.handouts.laid import Laid
from planner.handouts.paper import to_html
from planner.handouts.press import press, set_up
from planner.handouts.render import RenderFailed
from planner.handouts.runsheet import RunSheet
from planner.handouts.wording import block_kind, cued, ends_together, named
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Plan
from planner.web import errors
from planner.web.page import asset

bp = Blueprint("handouts", __name__)


@bp.record_once
def _set_up(state: BlueprintSetupState) -> None:
    set_up(cast(Flask, state.app))


bp.add_app_template_filter(named)
bp.add_app_template_filter(cued)
bp.add_app_template_filter(ends_together)
bp.add_app_template_filter(block_kind)


@bp.route("/plans/<plan_id>/handouts", methods=["GET", "POST"])
def choose(plan_id: str) -> Response:
    """Choose what a couple gets from a plan; a POST answers with the PDF."""
    plan, exercises = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = _plan_form(plan, exercises)
    if form.validate_on_submit() and (made := _from_plan(form, plan, exercises)):
        return _pdf(made, made.file_name)
    shown = url_for("handouts.choose_preview", plan_id=plan_id)
    return _page("choose", form, shown, plan=plan, plan_id=plan_id, segments=document.printable(plan))


@bp.route("/plans/<plan_id>/handouts/preview", methods=["GET", "POST"])
def choose_preview(plan_id: str) -> Response:
    """The same pages as HTML, for the frame beside the choices."""
    plan, exercises = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = _plan_form(plan, exercises)
    if not form.is_submitted() and form.segments.data:
        return _preview(_from_plan(form, plan, exercises), form)
    valid = form.validate_on_submit()
    return _preview(_from_plan(form, plan, exercises) if valid else None, form)


@bp.route("/plans/<plan_id>/run-sheet", methods=["GET", "POST"])
def run_sheet(plan_id: str) -> Response:
    """The counsellor's own sheet; a POST answers with the PDF."""
    plan, exercises = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = PaperForm(paper=access.member().practice.paper)
    if form.validate_on_submit():
        made = runsheet.of_plan(plan, exercises, form.options, _foot())
        return _pdf(made, runsheet.FILE_NAME)
    shown = url_for("handouts.run_sheet_preview", plan_id=plan_id)
    return _page("run_sheet", form, shown, plan=plan, plan_id=plan_id)


@bp.route("/plans/<plan_id>/run-sheet/preview", methods=["GET", "POST"])
def run_sheet_preview(plan_id: str) -> Response:
    plan, exercises = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = PaperForm(paper=access.member().practice.paper)
    if form.is_submitted() and not form.validate():
        return _preview(None, form)
    return _preview(runsheet.of_plan(plan, exercises, form.options, _foot()), form)


@bp.route("/library/<slug>/handout", methods=["GET", "POST"])
def exercise(slug: str) -> Response:
    """The sheet of one exercise; a POST answers with the PDF."""
    _found, shown = library.exercise(db.session, access.asker(), slug)
    form = _exercise_form(shown)
    if form.validate_on_submit():
        made = document.of_exercise(shown, form.whose.data, form.options, _foot())
        return _pdf(made, made.file_name)
    frame = url_for("handouts.exercise_preview", slug=slug)
    return _page("exercise", form, frame, exercise=shown, slug=slug)


@bp.route("/library/<slug>/handout/preview", methods=["GET", "POST"])
def exercise_preview(slug: str) -> Response:
    _found, shown = library.exercise(db.session, access.asker(), slug)
    form = _exercise_form(shown)
    if (form.is_submitted() and not form.validate()) or not document.kinds(shown):
        return _preview(None, form)
    return _preview(document.of_exercise(shown, form.whose.data, form.options, _foot()), form)


@bp.app_errorhandler(RenderFailed)
def failed(error: RenderFailed) -> Response:
    """No PDF: a page in words, with what was typed."""
    text = _("Nothing is lost: your choices are below. Please send them again in a moment.")
    if error.reason in ("time", "memory"):
        text = _("There is more text in it than fits the time for one PDF. Please tick fewer steps.")
    return errors.page(503, _("The PDF could not be made"), text, again=True)


def _plan_form(plan: Plan, exercises: dict[Origin, Exercise]) -> PlanForm:
    printable = document.printable(plan)
    form = PlanForm(
        paper=access.member().practice.paper,
        hope=document.clients_hope(plan.hope),
        segments=[segment.id for segment in printable if segment.in_handout],
    )
    form.offer_steps([(segment.id, segment.title) for segment in printable])
    kinds = {kind for each in exercises.values() for kind in document.kinds(each)}
    form.offer(kinds | {"together"})
    return form


def _from_plan(form: PlanForm, plan: Plan, exercises: dict[Origin, Exercise]) -> Document | None:
    """The document that a form asks for; None, with a word at its field, when there is nothing in it."""
    chosen, whose = form.segments.data or (), form.whose.data
    try:
        return document.of_plan(plan, exercises, chosen, whose, form.options, _foot(), form.hope.data or "")
    except NothingToPrint:
        form.none_for(whose)
        return None


def _exercise_form(shown: Exercise) -> ClientForm:
    form = ClientForm(paper=access.member().practice.paper)
    form.offer(document.kinds(shown))
    return form


def _foot() -> Foot:
    practice = access.member().practice
    return Foot(practice.name, practice.contact_line)


def _page(name: str, form: PaperForm, preview: str, **context: object) -> Response:
    """The page of choices, with the first preview in its frame."""
    html = render_template(f"handouts/{name}.html", form=form, preview=preview, **context)
    return make_response(html, 422 if form.errors else 200)


def _pdf(made: Document | RunSheet, name: str) -> Response:
    """Notes of a counsellor and names of clients are not kept on disk, not even sealed."""
    db.session.commit()  # others must not wait for the lock while this renders
    keep = isinstance(made, Document) and not made.options.personal
    response = make_response(press().pdf(to_html(made), made.options.pages_each, keep=keep))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _preview(made: Document | RunSheet | None, form: PaperForm) -> Response:
    if made is None:
        return make_response(
            render_template("handouts/no_preview.html", form=form), 422 if form.errors else 200
        )
    db.session.commit()
    try:
        laid = press().laid(to_html(made), made.options.pages_each)
    except RenderFailed:
        laid = Laid()
    return make_response(to_html(made, laid, asset))
