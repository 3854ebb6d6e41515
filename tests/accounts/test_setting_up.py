"""The first start: whoever holds the token sets up the practice, once."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from planner.accounts import throttle
from planner.accounts.models import Member, Practice
from planner.accounts.setup import is_setup_token, setup_token, spend
from planner.db import Base, db
from tests.accounts.people import ask, is_signed_in
from tests.conftest import start

TYPED = {
    "practice": "Willow Rooms",
    "name": "Ana Flores",
    "email": " Ana@Example.org ",
    "password": "seven kettles on a hill",
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """A planner that nobody has set up."""
    app = start(tmp_path / "new")
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(empty: Flask) -> FlaskClient:
    return empty.test_client()


@pytest.fixture
def token(empty: Flask) -> str:
    return setup_token(empty.extensions["settings"].folder)


@pytest.mark.parametrize("path", ["/", "/library", "/sign-in", "/practice", "/nowhere"])
def test_every_page_leads_to_setting_up_first(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 303
    assert answer.location == "/set-up"


def test_the_token_stays_the_same_until_it_is_spent_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    token = setup_token(tmp_path)
    assert setup_token(tmp_path) == token
    assert stat.S_IMODE((tmp_path / "setup.token").stat().st_mode) == 0o600
    assert is_setup_token(tmp_path, f" {token}\n")
    spend(tmp_path)
    assert not is_setup_token(tmp_path, token)
    assert not is_setup_token(tmp_path, "")


def test_with_the_token_one_is_owner_and_signed_in(empty: Flask, visitor: FlaskClient, token: str) -> None:
    answer = visitor.post("/set-up", data=TYPED | {"token": token})
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_signed_in(visitor)
    owner = ask(empty, lambda s: s.scalars(select(Member)).one())
    assert (owner.email, owner.name, owner.role) == ("ana@example.org", "Ana Flores", "owner")
    assert "seven kettles" not in str(owner.password)
    assert visitor.get("/set-up").location == "/sign-in"
    assert not (empty.extensions["settings"].folder / "setup.token").exists()


def test_without_the_token_nothing_is_made_and_what_was_typed_stays(
    empty: Flask, visitor: FlaskClient, token: str
) -> None:
    answer = visitor.post("/set-up", data=TYPED | {"token": token[:-1] + "!"})
    assert answer.status_code == 422
    assert "Willow Rooms" in answer.text
    assert TYPED["password"] not in answer.text
    assert ask(empty, lambda s: s.scalar(select(func.count()).select_from(Practice))) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("practice", "\u200b \x00"),
        ("practice", "x" * 121),
        ("name", ""),
        ("email", "nobody"),
        ("email", "a@b@c.org"),
        ("email", "a\n@b.org, c@d.org"),
        ("password", "willow rooms1"),
        ("password", "password1234"),
        ("password", "short"),
    ],
)
def test_what_does_not_fit_is_named(
    empty: Flask, visitor: FlaskClient, token: str, field: str, value: str
) -> None:
    answer = visitor.post("/set-up", data=TYPED | {"token": token, field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert ask(empty, lambda s: s.scalar(select(func.count()).select_from(Member))) == 0


def test_of_two_at_once_one_wins(empty: Flask, token: str) -> None:
    def set_up(name: str) -> int:
        data = TYPED | {"token": token, "email": f"{name}@example.org"}
        return empty.test_client().post("/set-up", data=data).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(set_up, ["one", "two", "three", "four"]))
    assert codes.count(303) == 1
    assert ask(empty, lambda s: s.scalar(select(func.count()).select_from(Member))) == 1


def test_guessing_the_token_is_throttled(
    visitor: FlaskClient, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "set-up", throttle.Limits(5, 2, 5))
    codes = [visitor.post("/set-up", data=TYPED | {"token": "guess"}).status_code for _ in range(3)]
    assert codes == [422, 422, 429]
    assert visitor.post("/set-up", data=TYPED | {"token": token}).status_code == 429
