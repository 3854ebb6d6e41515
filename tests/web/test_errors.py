"""Error pages: plain words, what was typed, and never a secret."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from wtforms import PasswordField

from planner.accounts import forms
from planner.db import db
from tests.conftest import World, start


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_password_is_never_shown_again(app: Flask, visitor: FlaskClient) -> None:
    """Whatever its field is called."""
    with app.test_request_context():
        kinds = [
            each for each in vars(forms).values() if isinstance(each, type) and issubclass(each, FlaskForm)
        ]
        fields = {field.name for kind in kinds for field in kind() if isinstance(field, PasswordField)}
    assert len(fields) > 1
    answer = visitor.post("/change-password", data=dict.fromkeys(fields, "my own secret") | {"x": "kept"})
    assert answer.status_code == 401
    assert "kept" in answer.text
    assert "my own secret" not in answer.text


def test_an_old_browser_gets_back_what_it_typed_and_another_site_does_not(visitor: FlaskClient) -> None:
    """Over plain http, browsers do not say how a request came about, but they name where it came from."""
    ours = visitor.post("/account", data={"name": "Typed here"}, headers={"Origin": "http://localhost"})
    assert "Typed here" in ours.text
    for origin in ("http://evil.example", "null", "http://localhost:81", "http://localhost.evil.example"):
        theirs = visitor.post("/account", data={"name": "Typed here"}, headers={"Origin": origin})
        assert "Typed here" not in theirs.text, origin


def test_what_was_typed_goes_back_to_this_address_only(visitor: FlaskClient) -> None:
    html = visitor.post("/account?a=b", data={"name": "x"}).text
    assert re.findall(r'<form method="post"([^>]*)>', html) == [""]


def test_a_stranger_cannot_make_a_page_of_any_size(visitor: FlaskClient) -> None:
    answer = visitor.post("/account", data="a=b&" * 100_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 401
    assert len(answer.data) < 100_000


@pytest.mark.parametrize("shown", ["http://[bad", "x" * 9000, "javascript:alert(1)", "//evil.example/a"])
def test_an_odd_address_of_a_page_is_no_failure(shown: str, visitor: FlaskClient) -> None:
    answer = visitor.get("/account", headers={"HX-Request": "true", "HX-Current-URL": shown})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in")
    assert "evil" not in answer.headers["HX-Redirect"]


class TestACrash:
    """When the planner itself fails, the answer is a page all the same, and the log quotes nobody."""

    @pytest.fixture
    def broken(self, world: World, tmp_path: Path) -> Iterator[Flask]:
        shutil.copytree(world.folder, tmp_path / "broken")
        app = start(tmp_path / "broken")

        @app.post("/breaks")
        def breaks() -> str:
            db.session.execute(text("INSERT INTO nowhere VALUES (:title)"), {"title": "a typed title"})
            return ""

        @app.post("/breaks-all")
        def breaks_all() -> str:
            db.session.execute(text("ALTER TABLE member RENAME TO gone"))
            db.session.commit()
            raise RuntimeError

        app.testing = False
        yield app
        with app.app_context():
            db.engine.dispose()

    @pytest.fixture
    def member(self, broken: Flask) -> FlaskClient:
        client = broken.test_client()
        client.post("/sign-in", data={"email": "owner@example.org", "password": "a long walk by the river"})
        return client

    def test_what_was_typed_stays(self, member: FlaskClient) -> None:
        answer = member.post("/breaks", data={"title": "Long thought about"})
        assert answer.status_code == 500
        assert "Long thought about" in answer.text
        assert "default-src" in answer.headers["Content-Security-Policy"]

    def test_what_was_typed_is_not_in_the_error_that_is_logged(
        self, broken: Flask, member: FlaskClient
    ) -> None:
        broken.testing = True
        with pytest.raises(OperationalError) as raised:
            member.post("/breaks", data={"title": "x"})
        assert "no such table" in str(raised.value)
        assert "typed title" not in str(raised.value)

    def test_even_when_the_database_is_no_longer_there(self, member: FlaskClient) -> None:
        answer = member.post("/breaks-all", data={"title": "x"})
        assert answer.status_code == 500
        assert "Something went wrong on our side" in answer.text
        assert "default-src" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
