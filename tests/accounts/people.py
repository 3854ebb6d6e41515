"""What tests of accounts do again and again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from planner.db import db

NEW_PASSWORD = "three geese cross a meadow"
COOKIE = "reconnect"
Result = TypeVar("Result")


def cookie(client: FlaskClient) -> str:
    """The session cookie as a thief would see it."""
    found = client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def replay(app: Flask, stolen: str) -> FlaskClient:
    """Another browser that sends the same cookie."""
    client = app.test_client()
    client.set_cookie(COOKIE, stolen)
    return client


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def ask(app: Flask, question: Callable[[Session], Result]) -> Result:
    """What the database holds now."""
    with app.app_context():
        return question(db.session)


def shown_link(html: str) -> str:
    """The path of the link that a page shows to be copied."""
    found = re.search(r'id="link" value="https?://[^/"]+(/[^"]+)"', html)
    assert found, html
    return found[1]
