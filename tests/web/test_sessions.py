"""Sessions on the server: what ends them, what does not, and what a copy of the database gives away."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import StoredSession
from tests.accounts.people import ask, cookie, is_signed_in


def test_a_file_that_is_missing_does_not_sign_anybody_out(owner: FlaskClient) -> None:
    before = cookie(owner)
    assert owner.get("/static/css/nothing.css").status_code == 404
    assert cookie(owner) == before
    assert is_signed_in(owner)


def test_what_a_session_says_is_sealed_in_the_database(app: Flask, owner: FlaskClient) -> None:
    """What was just done is said on the next page, and may hold the words of a plan."""
    made = owner.post("/plans/new", data={"title": "x", "length": "50", "start": "empty"}).location
    owner.post(
        f"{made}/segments", data={"title": "Their secret", "minutes": "5", "part": "core", "revision": 1}
    )
    rows = ask(app, lambda s: list(s.scalars(select(StoredSession.data))))
    assert rows
    assert not [row for row in rows if b"secret" in row or b"csrf" in row]
    assert "Their secret" in owner.get(made).text


def test_a_session_that_does_not_open_is_no_session(app: Flask, owner: FlaskClient) -> None:
    def spoil(session: object) -> None:
        session.scalars(select(StoredSession)).one().data = b"{}"  # type: ignore[attr-defined]
        session.commit()  # type: ignore[attr-defined]

    ask(app, spoil)
    assert owner.get("/account").status_code == 302
