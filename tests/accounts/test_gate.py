"""The gate, form tokens, and sessions beside the request's own transaction."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask, flash, request, session
from flask.testing import FlaskClient
from sqlalchemy import select, text

from planner.accounts.models import Member, Practice
from planner.db import db
from planner.errors import RuleBroken
from tests.accounts.people import ask, cookie, is_signed_in, replay
from tests.cast import PASSWORD
from tests.conftest import World, start

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/practice?a=b"}


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def test_open_pages_and_files_need_nobody(visitor: FlaskClient) -> None:
    for path in ("/sign-in", "/forgotten", "/token", "/static/css/base.css"):
        with visitor.get(path) as answer:
            assert answer.status_code == 200, path


def test_the_rest_leads_to_signing_in(visitor: FlaskClient) -> None:
    answer = visitor.get("/practice?a=b")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/practice?a%3Db"


def test_a_part_of_a_page_leads_the_whole_page_there(visitor: FlaskClient) -> None:
    answer = visitor.get("/account", headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/practice?a%3Db"


def test_what_was_typed_stays_when_the_session_has_ended(visitor: FlaskClient) -> None:
    answer = visitor.post("/account", data={"name": "Long thought about"})
    assert answer.status_code == 401
    assert "Long thought about" in answer.text
    part = visitor.post("/account", data={"name": "x"}, headers=HTMX)
    assert part.status_code == 401
    assert part.headers["HX-Retarget"] == "#problem"


def test_addresses_that_do_not_exist_say_so(visitor: FlaskClient, owner: FlaskClient) -> None:
    assert visitor.get("/nowhere").status_code == 404
    assert owner.get("/nowhere").status_code == 404


class TestFormTokens:
    """Every form is refused without its token."""

    @pytest.fixture
    def member(self, strict: Flask) -> FlaskClient:
        client = strict.test_client()
        page = client.get("/sign-in").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        right = {"email": "owner@example.org", "password": PASSWORD, "csrf_token": found[1]}
        assert client.post("/sign-in", data=right).status_code == 303
        return client

    @pytest.mark.parametrize(
        "path",
        ["/sign-out", "/account", "/change-password", "/account/leave", "/practice", "/invitations"],
    )
    def test_without_it_nothing_happens(self, member: FlaskClient, path: str) -> None:
        assert member.post(path, data={"name": "x"}).status_code == 400
        assert is_signed_in(member)

    @pytest.mark.parametrize("path", ["/sign-in", "/forgotten", "/join/x", "/reset/x"])
    def test_nor_for_visitors(self, strict: Flask, path: str) -> None:
        assert strict.test_client().post(path, data={"email": "owner@example.org"}).status_code == 400

    def test_the_token_of_the_present_session_can_be_asked_for(self, member: FlaskClient) -> None:
        answer = member.get("/token")
        assert answer.mimetype == "text/plain"
        headers = {"X-CSRFToken": answer.text}
        assert member.post("/account", data={"name": "By token"}, headers=headers).status_code == 303

    def test_signed_out_comes_before_a_missing_token(self, strict: Flask) -> None:
        assert strict.test_client().post("/account", data={"name": "x"}).status_code == 401

    def test_pages_that_only_read_do_not_write(self, strict: Flask, member: FlaskClient) -> None:
        def version() -> object:
            return ask(strict, lambda s: s.execute(text("SELECT * FROM stored_session")).all())

        before = version()
        for path in ("/account", "/practice", "/token", "/change-password"):
            assert member.get(path).status_code == 200
        assert version() == before


class TestBesideTheRequest:
    """Sessions are written in a transaction of their own, whatever the view did."""

    @pytest.fixture
    def lab(self, world: World, tmp_path: Path) -> Iterator[Flask]:
        """A planner with some views that go wrong."""
        shutil.copytree(world.folder, tmp_path / "lab")
        app = start(tmp_path / "lab")

        @app.post("/fails")
        def fails() -> str:
            db.session.scalars(select(Practice)).all()[0].name = "half done"
            db.session.flush()
            flash("said before it failed")
            raise RuleBroken("no")

        @app.post("/reads-after")
        def reads_after() -> str:
            practice = db.session.scalars(select(Practice)).all()[0]
            practice.name = "done"
            db.session.commit()
            flash(practice.name)
            return str(db.session.scalars(select(Member)).first() is not None)

        @app.post("/counts")
        def counts() -> str:
            session["n"] = session.get("n", 0) + 1
            return "ok"

        @app.post("/slow")
        def slow() -> str:
            db.session.rollback()
            other_tab = replay(app, request.cookies["reconnect"])
            with ThreadPoolExecutor(1) as elsewhere:
                code = elsewhere.submit(lambda: other_tab.post("/sign-out").status_code).result()
            session["n"] = 1
            return str(code)

        yield app
        with app.app_context():
            db.engine.dispose()

    @pytest.fixture
    def member(self, lab: Flask) -> FlaskClient:
        client = lab.test_client()
        client.post("/sign-in", data={"email": "owner@example.org", "password": PASSWORD})
        return client

    def test_a_view_that_fails_keeps_the_session_and_nothing_else(
        self, lab: Flask, member: FlaskClient
    ) -> None:
        assert member.post("/fails").status_code == 422
        assert "half done" not in ask(lab, lambda s: list(s.scalars(select(Practice.name))))
        assert is_signed_in(member)

    def test_a_view_that_reads_after_its_commit_does_not_wait_for_itself(
        self, lab: Flask, member: FlaskClient
    ) -> None:
        assert member.post("/reads-after").text == "True"
        assert "done" in ask(lab, lambda s: list(s.scalars(select(Practice.name))))

    def test_many_requests_of_one_browser_at_once(self, lab: Flask, member: FlaskClient) -> None:
        token = cookie(member)
        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda _: replay(lab, token).post("/counts").status_code, range(24)))
        assert codes == [200] * 24
        assert is_signed_in(member)

    def test_a_slow_request_does_not_bring_an_ended_session_back(
        self, lab: Flask, member: FlaskClient
    ) -> None:
        stolen = cookie(member)
        assert member.post("/slow").text == "303"
        assert not is_signed_in(member)
        assert not is_signed_in(replay(lab, stolen))
