"""Pages of handouts: choose, preview, and the PDF. Everything that is typed here is for this print only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import access
from planner.db import db
from planner.errors import NotFound
from planner.handouts import delivery, kinds, operations, queries
from planner.handouts.forms import KIND_NAMES, ClientForm, PaperForm, PlanForm
from planner.handouts.models import PrintRecord
from planner.handouts.paper import begun_with, in_language, passage, step_icon
from planner.handouts.pdf.press import set_up
from planner.handouts.pdf.render import RenderFailed
from planner.handouts.printed import Printed
from planner.handouts.queries import ToPrint
from planner.handouts.sheets import document
from planner.handouts.sheets.codes import beginning_of, qr
from planner.handouts.sheets.document import NothingToPrint
from planner.handouts.sheets.easy import sentences
from planner.handouts.words.languages import direction_of
from planner.handouts.words.wording import block_kind, cued, ends_together, named, to_fill_in
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.web import errors
from planner.web.htmx import fragments, wants_fragment

bp = Blueprint("handouts", __name__)


@bp.record_once
def _set_up(state: BlueprintSetupState) -> None:
    set_up(cast(Flask, state.app))


bp.add_app_template_filter(named)
bp.add_app_template_filter(cued)
bp.add_app_template_filter(to_fill_in)
bp.add_app_template_filter(ends_together)
bp.add_app_template_filter(block_kind)
bp.add_app_template_filter(sentences)
bp.add_app_template_filter(direction_of)
bp.add_app_template_filter(step_icon)
bp.add_app_template_filter(begun_with)
bp.add_app_template_filter(lambda address: Markup(qr(address)), "qr")  # noqa: S704 (segno wrote it)
bp.add_app_template_global(passage)
bp.add_app_template_global(in_language)


@bp.route("/plans/<plan_id>/handouts", methods=["GET", "POST"])
def choose(plan_id: str) -> Response:
    """Choose what a couple gets from a plan; a POST answers with the PDF."""
    found = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = _plan_form(found)
    if form.validate_on_submit() and (made := _from_plan(form, found)):
        return _printed(made, found, form.sheet.data)
    before = queries.printed_before(db.session, access.asker(), plan_id)
    if wants_fragment() and "seen" in request.args:
        return _before(found, before)
    frame = url_for("handouts.choose_preview", plan_id=plan_id)
    shown = None if form.errors or not form.segments.data else _from_plan(form, found)
    return delivery.page(
        "handouts/choose.html",
        form,
        frame,
        shown,
        found=found,
        before=before,
        kind_names=KIND_NAMES,
        asks_left=0,
    )


@bp.route("/plans/<plan_id>/handouts/preview", methods=["GET", "POST"])
def choose_preview(plan_id: str) -> Response:
    """The same pages as HTML, for the frame beside the choices."""
    found = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = _plan_form(found)
    if not form.is_submitted() and form.segments.data:
        return delivery.preview(_from_plan(form, found), form)
    valid = form.validate_on_submit()
    return delivery.preview(_from_plan(form, found) if valid else None, form)


@bp.route("/plans/<plan_id>/run-sheet", methods=["GET", "POST"])
def run_sheet(plan_id: str) -> Response:
    """The counsellor's own sheet; a POST answers with the PDF."""
    found = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = PaperForm(paper=access.member().practice.paper)
    if form.validate_on_submit():
        return _printed(_run_sheet(form, found), found, "run-sheet")
    frame = url_for("handouts.run_sheet_preview", plan_id=plan_id)
    return delivery.page("handouts/run_sheet.html", form, frame, plan=found.plan, plan_id=plan_id)


@bp.route("/plans/<plan_id>/run-sheet/preview", methods=["GET", "POST"])
def run_sheet_preview(plan_id: str) -> Response:
    found = queries.plan_to_print(db.session, access.asker(), plan_id)
    form = PaperForm(paper=access.member().practice.paper)
    valid = not form.is_submitted() or form.validate()
    return delivery.preview(_run_sheet(form, found) if valid else None, form)


@bp.route("/library/<slug>/handout", methods=["GET", "POST"])
def exercise(slug: str) -> Response:
    """The sheet of one exercise; a POST answers with the PDF."""
    found, shown = library.exercise(db.session, access.asker(), slug)
    form = _exercise_form(shown)
    if form.validate_on_submit():
        return delivery.pdf(_from_exercise(form, shown, found.digest))
    frame = url_for("handouts.exercise_preview", slug=slug)
    made = _from_exercise(form, shown, found.digest) if document.kinds(shown) and not form.errors else None
    return delivery.page("handouts/exercise.html", form, frame, made, exercise=shown, slug=slug)


@bp.route("/library/<slug>/handout/preview", methods=["GET", "POST"])
def exercise_preview(slug: str) -> Response:
    found, shown = library.exercise(db.session, access.asker(), slug)
    form = _exercise_form(shown)
    valid = (not form.is_submitted() or form.validate()) and document.kinds(shown)
    return delivery.preview(_from_exercise(form, shown, found.digest) if valid else None, form)


@bp.get("/s/<code>")
def by_code(code: str) -> BaseResponse:
    """The exercise on a sheet, in the very version that was printed, for a member who may see it."""
    beginning = beginning_of(code)
    if beginning is None:
        raise NotFound
    slug, digest = library.version_by_digest(db.session, access.asker(), beginning)
    return redirect(url_for("versions.one", slug=slug, digest=digest))


@bp.app_errorhandler(RenderFailed)
def failed(error: RenderFailed) -> Response:
    """No PDF: a page in words, with what was typed."""
    if error.reason == "fault":
        return errors.page(422, _("These pages could not be made"), _fault(), again=True)
    text = _("Nothing is lost: your choices are below. Please send them again in a moment.")
    if error.reason in ("time", "memory"):
        text = _("There is more text in it than fits the time for one PDF. Please tick fewer steps.")
    return errors.page(503, _("The PDF could not be made"), text, again=True)


def _fault() -> str:
    return _(
        "Something in their text is beyond what the planner can set, and sending it again unchanged will not "
        "help. Try leaving out one sheet after the other to find it, or take long rows of signs, such as "
        "stars, out of your own texts. Your choices are below."
    )


def _plan_form(found: ToPrint) -> PlanForm:
    printable = document.printable(found.plan)
    form = PlanForm(
        paper=access.member().practice.paper,
        hope=document.clients_hope(found.plan.hope),
        segments=[segment.id for segment in printable if segment.in_handout],
    )
    form.offer_steps([(segment.id, segment.title) for segment in printable])
    alone = {kind for each in found.exercises.values() for kind in document.kinds(each)}
    form.offer([kind for kind in kinds.FOR_CLIENTS if kind not in ("a", "b") or kind in alone])
    return form


def _from_plan(form: PlanForm, found: ToPrint) -> Printed | None:
    """What a form asks for; None, with a word at its field, when there is nothing in it."""
    chosen, kind = form.segments.data or (), form.sheet.data
    try:
        return kinds.of_plan(
            kind,
            found.plan,
            found.exercises,
            chosen,
            form.options,
            delivery.letterhead(),
            form.hope.data or "",
        )
    except NothingToPrint:
        form.none_for(kind)
        return None


def _printed(made: Printed, found: ToPrint, kind: str) -> Response:
    """The PDF; that it was made is remembered, once it was."""
    answer = delivery.pdf(made)
    operations.remember(db.session, access.asker(), found.id, kind, found.revision)
    db.session.commit()
    return answer


def _before(found: ToPrint, before: Sequence[PrintRecord]) -> Response:
    """What was printed before, again; while there is nothing newer than what was seen it asks once more."""
    newest = before[0].printed_at.isoformat() if before else ""
    left = request.args.get("left", 0, type=int)
    waits = newest == request.args["seen"] and 1 < left < 10
    return fragments(
        "handouts/_before.html",
        found=found,
        before=before,
        kind_names=KIND_NAMES,
        asks_left=left - 1 if waits else 0,
    )


def _run_sheet(form: PaperForm, found: ToPrint) -> Printed:
    return kinds.of_plan("run-sheet", found.plan, found.exercises, (), form.options, delivery.letterhead())


def _exercise_form(shown: Exercise) -> ClientForm:
    form = ClientForm(paper=access.member().practice.paper)
    form.offer(document.kinds(shown))
    return form


def _from_exercise(form: ClientForm, shown: Exercise, digest: str) -> Printed:
    return document.of_exercise(shown, form.sheet.data, form.options, delivery.letterhead(), digest)
