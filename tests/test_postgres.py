"""The planner on PostgreSQL: migrations both ways, and the pages answer."""

from __future__ import annotations

import threading
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
from planner.packs import queries as packs
from planner.packs.models import Pack
from planner.packs.progress import Progress
from planner.packs.runner import Runner
from planner.plans.models import PlanRecord
from tests.cast import PASSWORD, Cast, engage

# They stand here too, to be run on this database: SQLite has one writer only.
from tests.landing.test_keeping import (
    test_of_many_who_note_at_once_every_one_counts as test_of_many_notes_every_one_counts,  # noqa: F401
)
from tests.packs.conftest import Printer, order
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


def test_two_workers_share_a_pack_and_make_no_sheet_twice(app: Flask, cast: Cast) -> None:
    press, called = app.extensions["press"], Runner(app)
    app.extensions["press"] = printer = Printer()
    with app.app_context():
        pack = order(db.session, cast.owner, 8).id
        db.session.remove()
    called.call(2)
    assert called.huey.storage.queue_size() == 2
    tasks = [called.huey.dequeue() for _ in range(2)]
    workers = [threading.Thread(target=called.huey.execute, args=(task,)) for task in tasks]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    called.huey.storage.close()
    app.extensions["press"] = press
    with app.app_context():
        made = db.session.get_one(Pack, pack)
        assert packs.progress(db.session, [made])[pack] == Progress(8, done=8, begun=8)
        assert len(printer.printed) == len(packs.printed(db.session, made)) == 8
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
