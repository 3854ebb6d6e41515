"""The page that says which client sheets there are in which language."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from planner.accounts.access import asker
from planner.db import db
from planner.handouts.words import translated
from planner.handouts.words.languages import LANGUAGES

bp = Blueprint("translated", __name__)


@bp.get("/library/languages")
def show() -> str:
    """The exercises in other languages, and the plans whose sheets would print in English."""
    rows = translated.exercises(db.session, asker())
    return render_template(
        "handouts/languages.html",
        rows=rows if request.args.get("all") == "1" else [row for row in rows if row.spoken],
        every=len(rows),
        totals=translated.totals(rows),
        plans=translated.of_plans(db.session, asker()),
        languages=LANGUAGES,
        keys=translated.KEYS,
    )
