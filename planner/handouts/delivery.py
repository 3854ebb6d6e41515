"""What a request gets of something printed: the PDF, or its pages as a preview."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from planner.accounts import access
from planner.db import db
from planner.handouts.forms import PaperForm
from planner.handouts.laid import Laid
from planner.handouts.options import Letterhead
from planner.handouts.paper import to_html
from planner.handouts.press import press
from planner.handouts.printed import Printed
from planner.handouts.readable import Readable, readable
from planner.handouts.render import RenderFailed
from planner.web.page import asset


def letterhead() -> Letterhead:
    """What makes paper the practice's own."""
    practice = access.member().practice
    return Letterhead(practice.name, practice.contact_line, practice.footer, practice.accent)


def pdf(made: Printed) -> Response:
    """The PDF, for saving. What holds notes or names is not kept on disk, not even sealed."""
    db.session.commit()  # others must not wait for the lock while this renders
    response = make_response(press().pdf(made))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


def preview(made: Printed | None, form: PaperForm) -> Response:
    """The same pages as HTML, for the frame beside the choices; without any, why there is nothing to show."""
    if made is None and "checks" in request.args:
        return make_response(render_template("handouts/_checks.html", reading=None))
    if made is None:
        return make_response(
            render_template("handouts/no_preview.html", form=form), 422 if form.errors else 200
        )
    if "checks" in request.args:
        return make_response(render_template("handouts/_checks.html", reading=_reading(made)))
    db.session.commit()
    try:
        laid = press().laid(made)
    except RenderFailed:
        laid = Laid()
    return make_response(to_html(made, laid, asset))


def page(
    template: str, form: PaperForm, frame: str, made: Printed | None = None, **context: object
) -> Response:
    """A page of choices, with the first preview in its frame at the address `frame`.

    With `made` it says how the pages read; a preview asked with `checks` in its address says it again.
    """
    reading = _reading(made) if made else None
    html = render_template(template, form=form, preview=frame, reading=reading, **context)
    return make_response(html, 422 if form.errors else 200)


def _reading(made: Printed) -> Readable:
    return readable(to_html(made), made.options.lang)
