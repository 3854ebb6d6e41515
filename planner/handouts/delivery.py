"""What a request gets of something printed: the PDF, or its pages as a preview."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import (
    Response,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_wtf import FlaskForm
from markupsafe import Markup

from planner.accounts import access
from planner.accounts.models import Practice
from planner.config import Settings
from planner.db import db
from planner.handouts.forms import PaperForm
from planner.handouts.letterhead.logo import Logo
from planner.handouts.options import Letterhead
from planner.handouts.paper import to_html
from planner.handouts.pdf.laid import Laid
from planner.handouts.pdf.press import press
from planner.handouts.pdf.render import RenderFailed
from planner.handouts.printed import Printed
from planner.handouts.sheets.codes import opened_elsewhere
from planner.handouts.words import scripts
from planner.handouts.words.readable import readable
from planner.web.page import asset


def letterhead() -> Letterhead:
    """What makes paper the practice's own."""
    return letterhead_of(access.member().practice, address())


def letterhead_of(practice: Practice, address: str) -> Letterhead:
    """The same for work in the background, with the `address` that was known when a member asked for it."""
    # The picture is read from the database only where there is one.
    logo = Logo(practice.logo_kind, practice.logo).address if practice.logo_kind and practice.logo else ""
    return Letterhead(
        practice.name, practice.contact_line, practice.footer, practice.accent, logo, address=address
    )


def address() -> str:
    """What the codes on sheets begin with: PUBLIC_URL, or else the address that this request came by.

    "" on this very machine: then a code stands without a picture.
    """
    settings: Settings = current_app.extensions["settings"]
    return opened_elsewhere(settings.public_url or request.url_root)


def pdf(made: Printed) -> Response:
    """The PDF, for saving. What holds notes or names is not kept on disk, not even sealed."""
    db.session.commit()  # others must not wait for the lock while this renders
    response = make_response(press().pdf(made))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


def preview(made: Printed | None, form: FlaskForm, *, draft: bool = False) -> Response:
    """The same pages as HTML, for the frame beside the choices; without any, why there is nothing to show.

    The answer waits for no PDF process: a sheet that was never laid before is shown as designed, and the page
    says so to a browser. With `laid` in the address it waits, and shows how everything prints.

    `draft`: the logo is one that was not saved, so it cannot be had from its own page.
    """
    if made is None and "checks" in request.args:
        return make_response(render_template("handouts/_checks.html", reading=None))
    if made is None:
        return make_response(
            render_template("handouts/no_preview.html", form=form), 422 if form.errors else 200
        )
    if "checks" in request.args:
        return make_response(render_template("handouts/_checks.html", made=made, **_reading(made)))
    db.session.commit()
    laid, sure = _laid(made)
    html = to_html(made if draft else _shown(made), laid, asset)
    return make_response(html if sure else html.replace("</head>", f"{_guessed()}</head>", 1))


def _laid(made: Printed) -> tuple[Laid, bool]:
    if "laid" in request.args:
        try:
            return press().laid(made), True
        except RenderFailed:
            return press().guess(made)[0], True  # it would fail again
    return press().guess(made)


def _guessed() -> str:
    """For static/js/handouts.js, which then asks again; a browser without it asks by itself."""
    mark = Markup('<meta name="pages" content="guessed">')
    if request.method == "GET":
        values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False), "laid": 1}
        again = url_for(request.endpoint or "", **values)
        mark += Markup('<noscript><meta http-equiv="refresh" content="0; url={}"></noscript>').format(again)
    return mark


def _shown(made: Printed) -> Printed:
    """The same for a browser, which may show pictures from our own pages only."""
    if not made.letterhead.logo:
        return made
    return replace(made, letterhead=replace(made.letterhead, logo=url_for("letterhead.logo")))


def page(
    template: str, form: PaperForm, frame: str, made: Printed | None = None, **context: object
) -> Response:
    """A page of choices, with the first preview in its frame at the address `frame`.

    With `made` it says how the pages read; a preview asked with `checks` in its address says it again.
    """
    reading = _reading(made) if made else {"reading": None}
    html = render_template(template, form=form, preview=frame, made=made, **reading, **context)
    return make_response(html, 422 if form.errors else 200)


def _reading(made: Printed) -> dict[str, Any]:
    html = to_html(made)
    return {"reading": readable(html, made.options.lang), "missing": scripts.missing(html)}
