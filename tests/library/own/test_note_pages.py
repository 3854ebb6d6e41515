"""A private note on an exercise's page: kept while one writes, lost by nobody, printed nowhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.db import db
from planner.library import queries
from planner.library.models import ExerciseNote
from planner.library.own import notes
from planner.plans import operations as plans
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Plan, add
from tests.cast import Cast
from tests.library.samples import text

HTMX = {"HX-Request": "true"}
WORDS = "Leave the timer in the drawer for this one."
DOORS = "/library/three-doors"


def base_of(app: Flask, cast: Cast) -> str:
    with app.app_context():
        doors = queries.record(db.session, cast.owner, "three-doors")
        return notes.mark_of(notes.note(db.session, cast.owner, doors))


def kept(app: Flask) -> list[str]:
    with app.app_context():
        return [note.text for note in db.session.scalars(select(ExerciseNote))]


def test_a_note_is_kept_and_only_its_writer_sees_it(owner: FlaskClient, colleague: FlaskClient) -> None:
    answer = owner.post(f"{DOORS}/note", data={"note": WORDS, "base": ""}, headers=HTMX)
    assert answer.status_code == 200
    assert "Kept" in answer.get_data(as_text=True)
    assert "<html" not in answer.get_data(as_text=True)
    assert WORDS in text(owner, DOORS)
    assert "My note" in text(owner, "/library?q=three+doors")
    assert WORDS not in text(colleague, DOORS)
    assert "My note" not in text(colleague, "/library?q=three+doors")


def test_it_works_without_a_script(app: Flask, owner: FlaskClient) -> None:
    assert owner.post(f"{DOORS}/note", data={"note": WORDS, "base": ""}).status_code == 303
    assert kept(app) == [WORDS]


def test_an_empty_note_is_taken_away(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    owner.post(f"{DOORS}/note", data={"note": WORDS, "base": ""})
    owner.post(f"{DOORS}/note", data={"note": "  ", "base": base_of(app, cast)})
    assert kept(app) == []


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_note_from_another_tab_is_shown_beside_what_was_typed(
    app: Flask, owner: FlaskClient, headers: dict[str, str]
) -> None:
    owner.post(f"{DOORS}/note", data={"note": WORDS, "base": ""})
    answer = owner.post(f"{DOORS}/note", data={"note": "Typed here.", "base": ""}, headers=headers)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert WORDS in page
    assert "This note was changed elsewhere" in page
    assert ("Typed here." in page) == (not headers), "with a script the field was never touched"
    assert kept(app) == [WORDS]
    chosen = re.search(r'name="instead_of" value="([^"]+)"', page)
    assert chosen is not None
    owner.post(f"{DOORS}/note", data={"note": "Typed here.", "base": "", "instead_of": chosen[1]})
    assert kept(app) == ["Typed here."]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_note_that_is_too_long_is_not_kept_and_stays_in_the_field(
    app: Flask, owner: FlaskClient, headers: dict[str, str]
) -> None:
    answer = owner.post(f"{DOORS}/note", data={"note": "x" * 6001, "base": ""}, headers=headers)
    assert answer.status_code == 422
    assert "Please keep this under 6000 characters." in answer.get_data(as_text=True)
    assert ("x" * 6001 in answer.get_data(as_text=True)) == (not headers)
    assert kept(app) == []


def test_a_note_is_neither_printed_nor_in_a_template(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    owner.post(f"{DOORS}/note", data={"note": WORDS, "base": ""})
    with app.app_context():
        record, value = queries.exercise(db.session, cast.owner, "three-doors")
        plan = add(Plan("Second session"), segment_from(value, record.digest, "core", "s1"))
        plan_id = plans.create(db.session, cast.owner, plan).id
        db.session.commit()
    for address in ("", "/handouts/preview", "/run-sheet/preview", "/template"):
        assert WORDS not in owner.get(f"/plans/{plan_id}{address}").get_data(as_text=True)
    assert WORDS not in owner.get(f"{DOORS}/handout/preview").get_data(as_text=True)
