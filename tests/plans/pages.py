"""What tests of the builder's pages read there."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from planner.db import db
from planner.library import queries as library
from planner.plans import operations, queries
from planner.plans.from_exercise import segment_from

HTMX = {"HX-Request": "true"}


def from_library(who, slug, segment_id, part="core", **changes):
    """A step made from an exercise as it stands; inside an application context."""
    record, exercise = library.exercise(db.session, who, slug)
    return replace(segment_from(exercise, record.digest, part, segment_id), **changes)


def keep(app, who, plan):
    """Put a plan into the database. Returns its id."""
    with app.app_context():
        record = operations.create(db.session, who, plan)
        db.session.commit()
        return record.id


def stands(app, who, plan_id):
    """A plan as it stands, opened."""
    with app.app_context():
        return queries.opened(db.session, who, plan_id)


def text_of(answer):
    """What one reads on a page: without markup and with single spaces."""
    without = re.sub(r"<(svg class=\"curve-names|title|desc)[^>]*>.*?</\1>", " ", answer.text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def remedies(answer):
    """What the remarks offer: by its label, what the button would send."""
    found = {}
    for form in re.findall(r'<form method="post" action="[^"]*/remedies".*?</form>', answer.text, re.S):
        label = html.unescape(re.search(r"<button[^>]*>(.*?)</button>", form, re.S)[1])
        found[label] = dict(re.findall(r'name="(?!csrf)([^"]*)" value="([^"]*)"', form))
    return found
