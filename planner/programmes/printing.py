"""A programme's overview on paper: choose the paper, look, and make the PDF."""

from __future__ import annotations

from flask import Response, url_for

from planner.accounts import access
from planner.db import db
from planner.handouts import delivery
from planner.handouts.forms import PaperForm
from planner.programmes import page, queries
from planner.programmes.cover import cover
from planner.programmes.overview import Overview
from planner.programmes.queries import Opened
from planner.programmes.steps import bp as bp


@bp.route("/programmes/<programme_id>/overview", methods=["GET", "POST"])
def overview(programme_id: str) -> Response:
    """All sessions on paper; a POST answers with the PDF, which is kept nowhere."""
    opened = queries.opened(db.session, access.asker(), programme_id)
    form = PaperForm(paper=access.member().practice.paper)
    if form.validate_on_submit():
        return delivery.pdf(_overview(opened, form))
    frame = url_for("programmes.overview_preview", programme_id=programme_id)
    return delivery.page("programmes/print.html", form, frame, opened=opened)


@bp.route("/programmes/<programme_id>/overview/preview", methods=["GET", "POST"])
def overview_preview(programme_id: str) -> Response:
    opened = queries.opened(db.session, access.asker(), programme_id)
    form = PaperForm(paper=access.member().practice.paper)
    valid = not form.is_submitted() or form.validate()
    return delivery.preview(_overview(opened, form) if valid else None, form)


def _overview(opened: Opened, form: PaperForm) -> Overview:
    rows = page.rows(db.session, access.asker(), opened.programme)
    return Overview(
        opened.programme,
        rows,
        cover(opened.programme, page.plans_of(rows)),
        options=form.options,
        letterhead=delivery.letterhead(),
    )
