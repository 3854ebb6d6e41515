"""Pages of the letterhead: what stands on all that the practice prints, seen while it is written."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import operations
from planner.accounts.access import asker, member, owner
from planner.accounts.letterhead import LetterheadForm
from planner.accounts.models import Practice
from planner.db import db, only_looks
from planner.errors import NotFound
from planner.handouts import delivery
from planner.handouts.letterhead.accent import read_colour
from planner.handouts.letterhead.logo import FILE_LIMIT, Logo
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf.press import press
from planner.handouts.pdf.render import RenderFailed
from planner.handouts.printed import Printed
from planner.handouts.sheets import document
from planner.library import queries as library
from planner.web import errors
from planner.web.htmx import go
from planner.web.uploads import takes_upload

bp = Blueprint("letterhead", __name__)

# A logo may have 300 kB; who sends a photograph or a film gets an answer in words, and keeps what was typed.
MAX_UPLOAD = 64 * 1024 * 1024
# It has an area at its head, steps and lines to write on.
SAMPLE = "thanks-that-names-you"


@bp.route("/practice/letterhead", methods=["GET", "POST"])
@takes_upload(MAX_UPLOAD, kept=FILE_LIMIT + 1)
def edit() -> BaseResponse:
    """What stands at the head and the foot of paper. Members see it, owners change it."""
    form = LetterheadForm(obj=member().practice)
    if not form.is_submitted():
        return _page(form)
    owner()
    if not form.validate() or not _prints(form):
        return _page(form, 422)
    operations.keep_letterhead(
        db.session,
        asker(),
        contact=form.contact_line.data,
        footer=form.footer.data,
        accent=form.accent.data,
    )
    if form.logo:
        operations.keep_logo(db.session, asker(), form.logo.kind, form.logo.content)
    db.session.commit()
    return go(url_for("letterhead.edit"), _("The letterhead is saved."))


@bp.post("/practice/letterhead/remove-logo")
@takes_upload(MAX_UPLOAD, kept=FILE_LIMIT + 1)
def remove_logo() -> Response:
    """The logo goes at once; what else was typed stays on the page, and is not saved yet."""
    operations.remove_logo(db.session, asker())
    db.session.commit()
    return _page(LetterheadForm(obj=member().practice), removed=True)


@bp.route("/practice/letterhead/preview", methods=["GET", "POST"])
@only_looks
@takes_upload(MAX_UPLOAD, kept=FILE_LIMIT + 1)
def preview() -> Response:
    """A sheet with the letterhead as it is typed. Nothing is kept of it."""
    form = LetterheadForm(obj=member().practice)
    if form.is_submitted() and not form.validate():
        return delivery.preview(None, form)
    return delivery.preview(_sample(form), form, draft=form.logo is not None)


@bp.get("/practice/logo")
def logo() -> Response:
    """The practice's logo, for previews: members have no other way to it, others none."""
    practice = member().practice
    if not practice.logo_kind or practice.logo is None:
        raise NotFound
    found = Logo(practice.logo_kind, practice.logo)
    response = make_response(found.content)
    response.mimetype = found.media_type
    return response


@bp.get("/practice/colour.css")
def shade() -> Response:
    """A style sheet with one colour: our pages forbid inline styles, and a preview shows any colour."""
    known = read_colour(request.args.get("of", ""))
    if known is None:
        raise NotFound
    response = make_response(f".paper {{ --accent: {known}; }}\n")
    response.mimetype = "text/css"
    return response


@bp.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> BaseResponse:
    """More than was read of it. In the frame of the preview there is no room for a whole page of ours."""
    if request.endpoint != "letterhead.preview":
        return errors.too_large()
    form = LetterheadForm(formdata=None)
    form.refuse("large")
    return delivery.preview(None, form)


def _page(form: LetterheadForm, code: int = 200, *, removed: bool = False) -> Response:
    practice: Practice = member().practice
    context = {"practice": practice, "is_owner": member().is_owner, "removed": removed}
    return make_response(render_template("accounts/letterhead.html", form=form, **context), code)


def _typed(form: LetterheadForm) -> Letterhead:
    """The letterhead as it would be."""
    saved = delivery.letterhead()
    picture = form.logo.address if form.logo else saved.logo
    accent = read_colour(form.accent.data or "") or ""
    return Letterhead(
        saved.practice, form.contact_line.data or "", form.footer.data or "", accent, picture, saved.address
    )


def _sample(form: LetterheadForm) -> Printed:
    found, shown = library.exercise(db.session, asker(), SAMPLE)
    options = Options(member().practice.paper)
    return document.of_exercise(shown, "together", options, _typed(form), found.digest)


def _prints(form: LetterheadForm) -> bool:
    """Whether a drawing can be printed: found out once, here, and not with the first couple that waits."""
    if form.logo is None or form.logo.kind != "svg":
        return True
    made = _sample(form)
    html, pages = to_html(made), made.options.pages_each
    db.session.rollback()  # others need not wait meanwhile
    try:
        press().renderer.make(html, pages)
    except RenderFailed:
        form.refuse("much")
        return False
    return True
