"""Sheets to print from the library: blank ones, a booklet, and the way back from the code on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import access
from planner.db import db
from planner.errors import NotFound
from planner.handouts import delivery, queries
from planner.handouts.forms import BlankForm, BookletForm
from planner.handouts.printed import Printed
from planner.handouts.sheets import blanks, booklet
from planner.handouts.sheets.codes import beginning_of
from planner.handouts.sheets.document import NothingToPrint
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.library.finding import browsing
from planner.library.finding.facets import MAX_QUERY, Wanted
from planner.web.htmx import fragments, wants_fragment

bp = Blueprint("sheets", __name__, url_prefix="/library")

# Exercises that are listed at once beside those that are chosen.
LISTED = 50
Chosen = Sequence[tuple[Exercise, str]]


@bp.get("/sheets")
def every() -> str:
    """What can be printed without a plan."""
    return render_template("handouts/sheets.html", code="", unknown=False)


@bp.get("/sheets/code")
def find() -> BaseResponse:
    """The version that a code on a sheet stands for, or the page again with what was typed."""
    typed = request.args.get("code", "")
    beginning = beginning_of(typed)
    with suppress(NotFound):
        if beginning is not None:
            slug, digest = library.version_by_digest(db.session, access.asker(), beginning)
            return redirect(url_for("versions.one", slug=slug, digest=digest))
    return make_response(render_template("handouts/sheets.html", code=typed[:40], unknown=True), 404)


# Blank sheets


@bp.route("/sheets/<any(meanings, map, 'hope-scale'):which>", methods=["GET", "POST"])
def one(which: str) -> Response:
    """One blank sheet; a POST answers with the PDF."""
    form = _blank_form(which)
    if form.validate_on_submit():
        return delivery.pdf(_blank(which, form))
    frame = url_for("sheets.one_preview", which=which)
    made = None if form.errors else _blank(which, form)
    return delivery.page("handouts/blanks.html", form, frame, made, which=which)


@bp.route("/sheets/<any(meanings, map, 'hope-scale'):which>/preview", methods=["GET", "POST"])
def one_preview(which: str) -> Response:
    form = _blank_form(which)
    valid = not form.is_submitted() or form.validate()
    return delivery.preview(_blank(which, form) if valid else None, form)


def _blank_form(which: str) -> BlankForm:
    form = BlankForm(paper=access.member().practice.paper)
    form.offer(("together", "a", "b") if which == blanks.MEANINGS else ("together",))
    return form


def _blank(which: str, form: BlankForm) -> Printed:
    record, exercise = library.exercise(db.session, access.asker(), blanks.MEANINGS_EXERCISE)
    return blanks.of(which, form.sheet.data, exercise, form.options, delivery.letterhead(), record.digest)


# A booklet


@bp.route("/booklet", methods=["GET", "POST"])
def make() -> Response:
    """Choose exercises for a booklet; a POST answers with the PDF."""
    form, chosen = _booklet_form()
    if form.validate_on_submit() and (made := _booklet(form, chosen)):
        return delivery.pdf(made)
    shown = _booklet(form, chosen) if chosen and not form.errors else None
    return _booklet_page(form, shown)


@bp.post("/booklet/search")
def search() -> Response:
    """The same page with what was searched for; what is ticked stays ticked."""
    form, chosen = _booklet_form()
    if wants_fragment():
        return fragments("handouts/_exercises.html", form=form, listed=LISTED)
    return _booklet_page(form, _booklet(form, chosen) if chosen else None)


@bp.route("/booklet/preview", methods=["GET", "POST"])
def make_preview() -> Response:
    form, chosen = _booklet_form()
    valid = form.validate() if form.is_submitted() else bool(chosen)
    return delivery.preview(_booklet(form, chosen) if valid else None, form)


def _booklet_page(form: BookletForm, made: Printed | None) -> Response:
    slugs = None if form.is_submitted() else form.exercises.data
    frame = url_for("sheets.make_preview", exercise=slugs)
    return delivery.page("handouts/booklets.html", form, frame, made, listed=LISTED)


def _booklet_form() -> tuple[BookletForm, Chosen]:
    """The form, and the exercises that are ticked in it; those that one may not see are left out."""
    form = BookletForm(paper=access.member().practice.paper)
    form.offer(("together",))
    asked = form.exercises.data if form.is_submitted() else _asked_for()
    chosen: list[tuple[Exercise, str]] = []
    for slug in dict.fromkeys(asked or ()):
        # One more than may be is enough to say so.
        if len(chosen) <= booklet.MOST:
            with suppress(NotFound):
                record, exercise = library.exercise(db.session, access.asker(), slug)
                chosen.append((exercise, record.digest))
    ticked = {exercise.slug: exercise.title for exercise, _digest in chosen}
    more = {slug: title for slug, title in _found(form) if slug not in ticked}
    form.offer_exercises(list(ticked.items()), list(more.items()))
    return form, chosen


def _asked_for() -> list[str]:
    """What an address names: exercises, and those of a plan. Raises NotFound for a plan."""
    slugs = request.args.getlist("exercise")
    if plan_id := request.args.get("plan"):
        plan = queries.plan_to_print(db.session, access.asker(), plan_id).plan
        slugs += [segment.exercise.slug for segment in plan.segments if segment.exercise]
    return slugs


def _found(form: BookletForm) -> list[tuple[str, str]]:
    """What was searched for, favourites first."""
    words = (form.q.data or "")[:MAX_QUERY]
    wanted = [Wanted(q=words, starred=("yes",))]
    if not form.starred.data:
        wanted.append(Wanted(q=words))
    rows = [row for each in wanted for row in browsing.first(db.session, access.asker(), each, LISTED)[0]]
    return list(dict.fromkeys((row.record.slug, row.record.title) for row in rows))[:LISTED]


def _booklet(form: BookletForm, chosen: Chosen) -> Printed | None:
    """What a form asks for; None, with a word at its field, when there is nothing in it."""
    try:
        return booklet.of_exercises(chosen, form.title.data or "", form.options, delivery.letterhead())
    except NothingToPrint:
        form.none_for_both()
        return None
