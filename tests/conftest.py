"""A fresh application with a migrated database and the cast, and browsers signed in as each of them."""

from __future__ import annotations

import atexit
import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner import create_app
from planner.accounts.models import StoredSession
from planner.config import Settings
from planner.db import db, now
from planner.sealing import read_keyring, read_session_key
from planner.web.sessions import digest
from tests.cast import NAMES, PASSWORD, Cast, engage
from tests.postgres import postgres as postgres
from tests.routes import one_of_each

# No test asserts a time, nor does Hypothesis for it: machines differ, and a first example loads things. Where
# 50 examples are too few, a test asks for more.
settings.register_profile("house", deadline=None, max_examples=50)
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory and are no garbage: looking through them takes time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@dataclass(frozen=True)
class SignedIn:
    """What signing in left behind: the browser's cookie, and the session's row."""

    cookie: str
    row: dict[str, object]


@dataclass(frozen=True)
class World:
    """A copy of this folder is what every test starts from; nobody has signed in there yet.

    `sessions` has what signing in would leave: hashing a password takes longer than most tests.
    """

    folder: Path
    cast: Cast
    sessions: dict[str, SignedIn] = field(default_factory=dict)


def start(folder: Path) -> Flask:
    """An application for tests. CSRF tokens are checked in their own tests and in the browser's."""
    app = create_app(Settings(instance=str(folder), log_level="error"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(_compiled())
    return app


@cache
def _compiled() -> str:
    """A folder for compiled pages: every test has an application of its own, and all have the same."""
    folder = tempfile.mkdtemp(prefix="reconnect-templates-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world") / "instance"
    app = start(folder)
    done = app.test_cli_runner().invoke(args=["prepare"])
    assert done.exit_code == 0, done.output
    with app.app_context():
        cast = engage(db.session)
        db.session.remove()
        db.engine.dispose()
    apart = folder.with_name("signing-in")
    shutil.copytree(folder, apart)
    return World(folder, cast, {name: _sign_in(start(apart), name) for name in NAMES})


def _sign_in(app: Flask, name: str) -> SignedIn:
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": f"{name}@example.org", "password": PASSWORD})
    assert answer.status_code in (302, 303), answer.get_data(as_text=True)
    cookie = client.get_cookie("reconnect")
    assert cookie
    with app.app_context():
        row = db.session.execute(
            select(StoredSession.__table__).where(StoredSession.token_hash == digest(cookie.value))
        ).one()
        db.engine.dispose()
    return SignedIn(cookie.value, dict(row._mapping))


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all tests of a process: making one takes longer than most tests."""
    return start(tmp_path_factory.mktemp("application") / "instance")


@contextmanager
def standing_on(application: Flask, database: Path) -> Iterator[Flask]:
    """The application with a copy of this database and its files, and afterwards as it was."""
    folder = application.extensions["settings"].folder
    shutil.rmtree(folder)
    shutil.copytree(database, folder)
    config, extensions = dict(application.config), dict(application.extensions)
    application.config.from_mapping(SECRET_KEY=read_session_key(folder))
    application.extensions["keyring"] = read_keyring(folder)
    yield application
    application.config.update(config)
    application.extensions.clear()  # what it has learnt meanwhile is true of this database only
    application.extensions.update(extensions)
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(request: pytest.FixtureRequest, application: Flask, world: World) -> Iterator[Flask]:
    """The application, with a database and files of its own for each test."""
    filled = "one_of_each_kind" in request.fixturenames
    database = request.getfixturevalue("one_of_each_kind").folder if filled else world.folder
    with standing_on(application, database) as app:
        yield app


@pytest.fixture
def cast(world: World) -> Cast:
    return world.cast


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database, for tests below the web. Do not use it together with a client in one test."""
    with app.app_context():
        yield db.session


@dataclass(frozen=True)
class Filled:
    """A copy of this folder is what a test that asks for `made` starts from; and the ids of what is there."""

    folder: Path
    ids: dict[str, str]


@pytest.fixture(scope="session")
def one_of_each_kind(tmp_path_factory: pytest.TempPathFactory, world: World) -> Filled:
    folder = tmp_path_factory.mktemp("one-of-each") / "instance"
    shutil.copytree(world.folder, folder)
    app = start(folder)
    ids = one_of_each(app, world.cast)
    with app.app_context():
        db.engine.dispose()
    return Filled(folder, ids)


@pytest.fixture
def made(app: Flask, one_of_each_kind: Filled) -> dict[str, str]:  # noqa: ARG001 where they are
    """One object of each kind, made by the owner: its id by its name in tests/routes.py."""
    return dict(one_of_each_kind.ids)


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The application with form tokens checked, as they are in earnest."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def signed_in(app: Flask, world: World) -> SignIn:
    """`signed_in("owner")` is a browser in which that person has signed in."""

    def client_of(name: str) -> FlaskClient:
        client = app.test_client()
        client.set_cookie("reconnect", let_in(app, world, name))
        return client

    return client_of


def let_in(app: Flask, world: World, name: str) -> str:
    """Give a person a session without the password, one for each person. Returns the cookie."""
    signed = world.sessions[name]
    # As if it were just now: a session that gets older is written to, and tests count what is written.
    row = signed.row | {"expires_at": now() + app.permanent_session_lifetime}
    with app.app_context():
        if db.session.get(StoredSession, row["token_hash"]) is None:
            db.session.execute(insert(StoredSession).values(**row))
            db.session.commit()
    return signed.cookie


@pytest.fixture
def owner(signed_in: SignIn) -> FlaskClient:
    return signed_in("owner")


@pytest.fixture
def colleague(signed_in: SignIn) -> FlaskClient:
    return signed_in("colleague")


@pytest.fixture
def outsider(signed_in: SignIn) -> FlaskClient:
    return signed_in("outsider")
