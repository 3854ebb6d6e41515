"""The planner on PostgreSQL: migrations both ways, and the pages answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import URL, func, inspect, select

from planner import create_app, demo
from planner.config import ROOT, Settings
from planner.db import db
from planner.library import search
from planner.library.models import ExerciseRecord
from planner.plans.models import PlanRecord
from tests.cast import PASSWORD, Cast, engage

# They stand here too, to be run on this database: SQLite has one writer only.
from tests.landing.test_keeping import (
    test_of_many_who_note_at_once_every_one_counts as test_of_many_notes_every_one_counts,  # noqa: F401
)
from tests.plans.test_operations import (
    test_of_many_saves_at_the_same_moment_exactly_one_wins as test_of_many_saves_one_wins,  # noqa: F401
)
from tests.postgres import database
from tests.test_house import differences


@pytest.fixture(scope="module")
def app(postgres: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("postgres") / "instance"
    with database(postgres, "planner") as address:
        url = address.render_as_string(hide_password=False)
        app = create_app(Settings(instance=str(folder), database_url=url, log_level="error"))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        done = app.test_cli_runner().invoke(args=["prepare"])
        assert done.exit_code == 0, done.output
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def cast(app: Flask) -> Cast:
    with app.app_context():
        cast = engage(db.session)
        db.session.remove()
    return cast


@pytest.mark.usefixtures("cast")
def test_the_library_the_builder_and_the_templates_answer(app: Flask) -> None:
    browser = app.test_client()
    browser.post("/sign-in", data={"email": "owner@example.org", "password": PASSWORD})
    for address in ("/", "/library", "/library/ladders", "/library?view=map", "/templates", "/practice"):
        assert browser.get(address).status_code == 200, address
    page = browser.get("/library?q=tuoch&mode=touch").get_data(as_text=True)
    assert "Showing results for" in page
    assert "<mark>touch</mark>" in page.lower()
    with app.app_context():
        slug = db.session.scalars(select(ExerciseRecord.slug)).first()
    assert browser.get(f"/library/{slug}").status_code == 200
    put = browser.post(f"/library/{slug}/plan", data={"plan": "new", "part": "core", "length": "full"})
    assert browser.get(put.location).status_code == 200
    assert browser.get(f"{put.location}?q=%22hand%22").status_code == 200
    assert browser.get("/library/a%00b").status_code == browser.get("/plans/a%00b").status_code == 404
    assert browser.get("/library?q=a%00b").status_code == 200


def test_an_index_that_was_lost_is_made_again_at_the_next_start(app: Flask) -> None:
    with app.app_context():
        before = search.indexed(db.session)
        search.forget(db.session, before)
        db.session.commit()
        assert app.test_cli_runner().invoke(args=["prepare"]).exit_code == 0
        assert search.indexed(db.session) == before
        db.session.remove()


@pytest.mark.usefixtures("cast")
def test_migrations_go_down_and_up_again_with_data_in_the_tables(app: Flask) -> None:
    migrations = str(ROOT / "migrations")
    with app.app_context():
        demo.fill(db.session)
        db.session.commit()
        db.session.remove()
        assert differences() == []
        downgrade(directory=migrations, revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        assert app.test_cli_runner().invoke(args=["prepare"]).exit_code == 0
        assert differences() == []
        demo.fill(db.session)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(PlanRecord)) == len(demo.SKETCHES)
        assert search.indexed(db.session) == set(db.session.scalars(select(ExerciseRecord.id)))
        db.session.remove()
        upgrade(directory=migrations)
