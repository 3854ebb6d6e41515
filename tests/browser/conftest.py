"""A real Chromium against a real server on this machine, each test with a database of its own."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from planner import demo
from planner.db import db, new_id
from planner.plans.plan import Segment
from planner.taxonomy import TAXONOMY
from tests.builders import a_plan
from tests.cast import PASSWORD, Cast
from tests.conftest import World, let_in, standing_on, start
from tests.plans.pages import keep

NAMES = (
    # Debian's Chromium without its windows: pages come with half the work.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# In containers the sandbox cannot start, and nothing here may look for updates.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# What is waited for comes at once; on a busy machine that may take a while. In milliseconds.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """Where Chromium or Chrome is, CHROMIUM first."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        message = "no Chromium or Chrome: install one, or name it in CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


class Quiet(WSGIRequestHandler):
    """Requests are not printed."""

    def log(self, type: str, message: str, *args: object) -> None: ...


@dataclass
class Live:
    """A server that can be stopped and started again on the same port and database."""

    app: Flask
    port: int = 0
    server: BaseWSGIServer | None = None
    thread: threading.Thread | None = None
    answering: int = 0
    answered: threading.Condition = field(default_factory=threading.Condition)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self.answer, threaded=True, request_handler=Quiet)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def stop(self) -> None:
        if self.server and self.thread:
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()
            self.server = None

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self.answered:
            self.answering += 1
        try:
            return self.app(environ, start_response)
        finally:
            with self.answered:
                self.answering -= 1
                self.answered.notify_all()

    def end(self) -> None:
        """Stop, and wait for the answers under way: the next test has the same application."""
        self.stop()
        with self.answered:
            self.answered.wait_for(lambda: not self.answering, timeout=30)


@contextmanager
def serving(app: Flask) -> Iterator[Live]:
    # As for members: tokens are checked, and a crash is a page.
    app.config.update(WTF_CSRF_ENABLED=True, TESTING=False)
    live = Live(app)
    live.begin()
    yield live
    live.end()


@contextmanager
def live_at(folder: Path) -> Iterator[Live]:
    app = start(folder)
    with serving(app) as live:
        yield live
    with app.app_context():
        db.engine.dispose()


@dataclass(frozen=True)
class Furnished:
    """The demo practice with something in every room: where it is, and the names of things."""

    folder: Path
    names: dict[str, str]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    # What stands there is built on this file.
    from tests.browser.stage import furnish, prepared

    folder = tmp_path_factory.mktemp("furnished") / "instance"
    return Furnished(folder, prepared(folder, furnish))


@pytest.fixture
def database(request: pytest.FixtureRequest, world: World) -> Path:
    """What the planner starts from: the cast, or `furnished` for a test that asks for it. A module may
    start from something else."""
    if "furnished" in request.fixturenames:
        return request.getfixturevalue("furnished").folder
    return world.folder


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a planner is before anybody set it up."""
    folder = tmp_path_factory.mktemp("empty") / "instance"
    app = start(folder)
    done = app.test_cli_runner().invoke(args=["prepare"])
    assert done.exit_code == 0, done.output
    with app.app_context():
        db.engine.dispose()
    return folder


@pytest.fixture
def live(application: Flask, database: Path) -> Iterator[Live]:
    """The planner, serving a copy of that."""
    with standing_on(application, database) as app, serving(app) as live:
        yield live


Opens = Callable[..., Page]


@pytest.fixture
def opens(browser: Browser, live: Live, world: World, database: Path) -> Iterator[Opens]:
    """`opens("owner")` is a page on which the owner has signed in; errors on it fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new(
        name: str = "",
        *,
        at: str = "/",
        width: int = 1280,
        height: int = 900,
        script: bool = True,
        scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            base_url=live.address,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme=scheme,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        if name and database == world.folder:
            context.add_cookies(
                [{"name": "reconnect", "value": let_in(live.app, world, name), "url": live.address}]
            )
            page.goto(at)
        elif name:
            sign_in(page, name)
        return page

    yield new
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def planned(opens: Opens, live: Live, cast: Cast) -> Opens:
    """`planned(("First turn", 5, "Core"))` is the owner's page of a plan that has this step already. How one
    makes a plan and adds to it has tests of its own."""
    key = {part.name: name for name, part in TAXONOMY.parts.items()}

    def open_it(*steps: tuple[str, int, str], **screen: Any) -> Page:
        segments = [Segment(new_id(), key[part], title, minutes) for title, minutes, part in steps]
        plan = keep(live.app, cast.owner, a_plan(*segments))
        return opens("owner", at=f"/plans/{plan}", **screen)

    return open_it


@pytest.fixture
def miriam(furnished: Furnished, opens: Opens) -> Opens:  # noqa: ARG001 where she is a member
    """A page of the demo's owner, as wide as wanted."""

    def open_it(**screen: Any) -> Page:
        page = opens(**screen)
        enter(page, demo.MIRIAM, demo.PASSWORD)
        return page

    return open_it


def sign_in(page: Page, name: str) -> None:
    """As one of the cast."""
    enter(page, f"{name}@example.org", PASSWORD)


def enter(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
