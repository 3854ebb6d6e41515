"""A programme's overview on paper: choose the paper, look, and make the PDF."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _

from planner.accounts import access
from planner.db import db
from planner.handouts.document import Foot
from planner.handouts.forms import PaperForm
from planner.handouts.laid import Laid
from planner.handouts.press import press
from planner.handouts.render import RenderFailed
from planner.handouts.worker import BASE
from planner.programmes import page, queries
from planner.programmes.cover import cover
from planner.programmes.overview import FILE_NAME, Overview
from planner.programmes.queries import Opened
from planner.programmes.steps import bp as bp
from planner.web.page import asset


@bp.route("/programmes/<programme_id>/overview", methods=["GET", "POST"])
def overview(programme_id: str) -> Response:
    """All sessions on paper; a POST answers with the PDF, which is kept nowhere."""
    opened = queries.opened(db.session, access.asker(), programme_id)
    form = PaperForm(paper=access.member().practice.paper)
    if not form.validate_on_submit():
        html = render_template(
            "programmes/print.html",
            form=form,
            opened=opened,
            preview=url_for("programmes.overview_preview", programme_id=programme_id),
        )
        return make_response(html, 422 if form.errors else 200)
    made = _overview(opened, form)
    db.session.commit()  # others must not wait for the lock while this renders
    response = make_response(press().pdf(to_html(made), made.options.pages_each, keep=False))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@bp.route("/programmes/<programme_id>/overview/preview", methods=["GET", "POST"])
def overview_preview(programme_id: str) -> Response:
    opened = queries.opened(db.session, access.asker(), programme_id)
    form = PaperForm(paper=access.member().practice.paper)
    if form.is_submitted() and not form.validate():
        return make_response(render_template("handouts/no_preview.html", form=form), 422)
    made = _overview(opened, form)
    db.session.commit()
    try:
        laid = press().laid(to_html(made), made.options.pages_each)
    except RenderFailed:
        laid = Laid()
    return make_response(to_html(made, laid=laid, assets=asset))


def to_html(made: Overview, **frame: Any) -> str:
    """The overview as HTML. With `laid` it is a preview, whose files come from `assets`.

    The title is what a viewer and a print queue show: never that of the programme.
    """
    known = {
        "title": _("For the counsellor"),
        "own": True,
        "options": made.options,
        "foot": made.foot,
        "laid": None,
        "assets": lambda name: BASE + name,
    }
    return render_template("programmes/overview.html", made=made, **(known | frame))


def _overview(opened: Opened, form: PaperForm) -> Overview:
    rows = page.rows(db.session, access.asker(), opened.programme)
    practice = access.member().practice
    return Overview(
        opened.programme,
        rows,
        cover(opened.programme, page.plans_of(rows)),
        form.options,
        Foot(practice.name, practice.contact_line),
    )
