"""A forgotten password: a link that works once, and an answer that tells strangers nothing."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from structlog.testing import capture_logs

from planner.accounts import mail, throttle
from planner.accounts.mail import Letter, Posted
from planner.config import Settings
from tests.accounts.people import NEW_PASSWORD, is_signed_in, shown_link
from tests.cast import PASSWORD, Cast

NEW = {"password": NEW_PASSWORD}


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """The letters that were posted, instead of a mail server."""
    posted: list[Letter] = []

    def post(_settings: Settings, letter: Letter) -> Posted:
        posted.append(letter)
        return Posted.SENT

    monkeypatch.setattr(mail, "post", post)
    monkeypatch.setattr(mail, "post_later", post)
    return posted


def _mailed_link(letter: Letter) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.text)
    assert found
    return found[1]


@pytest.fixture
def link(app: Flask, letters: list[Letter]) -> str:
    app.test_client().post("/forgotten", data={"email": "Owner@example.org"})
    return _mailed_link(letters[0])


def test_the_link_sets_a_new_password_and_ends_every_session(
    app: Flask, owner: FlaskClient, link: str
) -> None:
    visitor = app.test_client()
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, data=NEW).status_code == 303
    assert not is_signed_in(owner)
    right = {"email": "owner@example.org", "password": NEW_PASSWORD}
    assert visitor.post("/sign-in", data=right).status_code == 303
    assert visitor.post("/sign-in", data=right | {"password": PASSWORD}).status_code == 422


def test_it_works_once(app: Flask, link: str) -> None:
    assert app.test_client().post(link, data=NEW).status_code == 303
    assert app.test_client().get(link).status_code == 404
    assert app.test_client().post(link, data=NEW).status_code == 404


def test_it_expires(app: Flask, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[TimestampSigner], int] = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: real(self) + 2 * 3600 + 1)
    assert app.test_client().get(link).status_code == 404
    assert app.test_client().post(link, data=NEW).status_code == 404


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "\u00e9", "." * 3000])
def test_made_up_links_do_nothing(app: Flask, token: str) -> None:
    assert app.test_client().post(f"/reset/{token}", data=NEW).status_code == 404


def test_a_weak_password_is_refused_and_the_link_stays(app: Flask, link: str) -> None:
    assert app.test_client().post(link, data={"password": "harbourpractice"}).status_code == 422
    assert app.test_client().post(link, data=NEW).status_code == 303


def test_strangers_learn_nothing(app: Flask, letters: list[Letter]) -> None:
    def answer(email: str) -> tuple[int, str]:
        got = app.test_client().post("/forgotten", data={"email": email})
        return got.status_code, re.sub(r'"X-CSRFToken": "[^"]*"', "", got.text.replace(email, ""))

    assert answer("owner@example.org") == answer("nobody@example.org")
    assert [letter.to for letter in letters] == ["owner@example.org"]


def test_nobody_is_flooded_with_mail(
    app: Flask, letters: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "reset", throttle.Limits(2, 9, 9))
    data = {"email": "owner@example.org"}
    codes = [app.test_client().post("/forgotten", data=data).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert len(letters) == 2


def test_an_owner_can_hand_over_a_link(app: Flask, owner: FlaskClient, cast: Cast) -> None:
    link = shown_link(owner.post(f"/members/{cast.colleague.id}/reset-link").text)
    assert app.test_client().post(link, data=NEW).status_code == 303
    right = {"email": "colleague@example.org", "password": NEW_PASSWORD}
    assert app.test_client().post("/sign-in", data=right).status_code == 303


class TestMail:
    """With a mail server letters are sent; without one they stand in the log."""

    LETTER = Letter("mary@example.org", "Hello", "A line.\n")

    def test_without_a_server_the_letter_is_logged(self) -> None:
        with capture_logs() as logged:
            assert mail.post(Settings(), self.LETTER) is Posted.LOGGED
        assert logged[0]["to"] == "mary@example.org"
        assert logged[0]["text"] == "A line.\n"

    def test_a_server_that_fails_loses_nothing(
        self, app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: object, **_kwargs: object) -> None:
            raise smtplib.SMTPServerDisconnected

        monkeypatch.setattr(mail, "_connect", refuse)
        app.extensions["settings"] = replace(app.extensions["settings"], smtp_host="mail.example.org")
        answer = owner.post("/invitations", data={"email": "new@example.org", "role": "counsellor"})
        assert answer.status_code == 200
        assert "did not take the letter" in answer.text
        assert app.test_client().get(shown_link(answer.text)).status_code == 200

    def test_with_a_server_it_is_sent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sent: list[object] = []

        class Server:
            def __enter__(self) -> Server:
                return self

            def __exit__(self, *_args: object) -> None: ...

            def starttls(self, *, context: object) -> None:
                sent.append("tls" if context else "")

            def login(self, user: str, password: str) -> None:
                sent.append((user, password))

            def send_message(self, message: object) -> None:
                sent.append(str(message))

        monkeypatch.setattr(mail, "_connect", lambda _settings: Server())
        settings = Settings(smtp_host="mail.example.org", smtp_user="me", smtp_password="secret")
        assert mail.post(settings, self.LETTER) is Posted.SENT
        assert sent[:2] == ["tls", ("me", "secret")]
        assert "To: mary@example.org" in str(sent[2])

    def test_an_address_cannot_add_headers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = Settings(smtp_host="mail.example.org")
        bad = Letter("a@b.org\nBcc: c@d.org", "Hello", "A line.\n")
        monkeypatch.setattr(mail, "_connect", lambda _settings: pytest.fail("it was sent"))
        assert mail.post(settings, bad) is Posted.FAILED

    def test_the_page_tells_an_owner_that_there_is_no_server(
        self, owner: FlaskClient, colleague: FlaskClient
    ) -> None:
        assert "SMTP_HOST" in owner.get("/practice").text
        assert "SMTP_HOST" not in colleague.get("/practice").text


def test_where_mail_is_sent_an_owner_gets_no_link_that_opens_a_colleagues_plans(
    app: Flask, owner: FlaskClient, cast: Cast
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_host="mail.example.org")
    answer = owner.post(f"/members/{cast.colleague.id}/reset-link")
    assert answer.status_code == 403
    assert "/reset/" not in answer.text
    assert "Password link" not in owner.get("/practice").text
