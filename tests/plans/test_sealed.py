"""What is written about a couple stands nowhere in the database as it was typed."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.db import db
from planner.plans.models import Revision

SECRET = "Zwieback"


def test_no_word_of_a_plan_can_be_read_in_the_files_of_the_database(app: Flask, owner: FlaskClient) -> None:
    folder = Path(app.extensions["settings"].folder)
    plan = owner.post("/plans/new", data={"title": SECRET, "length": "50", "start": "empty"}).location
    words = {"title": SECRET, "hope": SECRET, "length": "50", "revision": "1"}
    assert owner.post(f"{plan}/head", data=words).status_code == 303
    step = {"title": SECRET, "minutes": "5", "part": "core", "revision": "2"}
    assert owner.post(f"{plan}/segments", data=step).status_code == 303
    with app.app_context():
        made = db.session.scalars(select(Revision).order_by(Revision.made_at.desc())).first()
        assert made is not None
        segment = made.plan.segments[0].id
    edited = {"title": f"{SECRET} 2", "minutes": "5", "words": SECRET, "note": SECRET, "revision": "3"}
    assert owner.post(f"{plan}/segments/{segment}", data=edited).status_code == 303
    assert owner.post(f"{plan}/segments/{segment}/remove", data={"revision": "4"}).status_code == 303
    assert SECRET in owner.get(plan).text
    for file in folder.glob("planner.db*"):
        assert SECRET.encode() not in file.read_bytes(), file.name
