"""Signing in and out, and what a stolen cookie is worth."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from planner.accounts import credentials, throttle
from planner.accounts.models import Attempts, Member, StoredSession
from planner.db import db, now
from planner.web.sessions import digest
from tests.accounts.people import NEW_PASSWORD, ask, cookie, is_signed_in, replay
from tests.cast import PASSWORD, Cast
from tests.conftest import SignIn

RIGHT = {"email": "owner@example.org", "password": PASSWORD}


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def test_an_address_is_found_however_it_is_written(visitor: FlaskClient) -> None:
    answer = visitor.post("/sign-in", data=RIGHT | {"email": " OWNER@Example.ORG "})
    assert answer.status_code == 303
    assert is_signed_in(visitor)


def test_one_comes_to_where_one_was_going(visitor: FlaskClient) -> None:
    answer = visitor.get("/practice?x=1")
    assert answer.status_code == 302
    assert visitor.post(answer.location, data=RIGHT).location == "/practice?x=1"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_but_never_to_another_site(visitor: FlaskClient, away: str) -> None:
    answer = visitor.post("/sign-in", query_string={"next": away}, data=RIGHT)
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app: Flask) -> None:
    def answer(email: str) -> tuple[int, str]:
        got = app.test_client().post("/sign-in", data={"email": email, "password": "wrong"})
        return got.status_code, re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", got.text)

    assert answer("owner@example.org") == answer("nobody@example.org")
    assert answer("owner@example.org")[0] == 422


def test_an_unknown_address_costs_a_password_check_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    real = credentials.verify_password
    monkeypatch.setattr(credentials, "verify_password", lambda p, h: checked.append(h) or real(p, h))
    app.test_client().post("/sign-in", data={"email": "nobody@example.org", "password": "x"})
    with app.app_context():
        stored = db.session.scalar(select(Member.password).where(Member.email == "owner@example.org"))
    # The same algorithm with the same cost.
    assert checked[0].split("$")[:4] == str(stored).split("$")[:4]


@pytest.mark.parametrize("password", ["", "\x00", "x" * 100_000, "\ufffd", "𝔞" * 300])
def test_strange_passwords_are_only_wrong(visitor: FlaskClient, password: str) -> None:
    assert visitor.post("/sign-in", data=RIGHT | {"password": password}).status_code == 422


@pytest.mark.parametrize("email", ["", "\x00", "a" * 5000, "\ud7ff@x.y\x00", "' OR 1=1 --@x.y"])
def test_strange_addresses_are_only_wrong(visitor: FlaskClient, email: str) -> None:
    assert visitor.post("/sign-in", data=RIGHT | {"email": email}).status_code == 422


def test_the_table_holds_no_token_that_could_be_used(app: Flask, owner: FlaskClient) -> None:
    token = cookie(owner)
    row = ask(app, lambda s: s.scalars(select(StoredSession)).one())
    assert row.token_hash == digest(token) != token
    assert token.encode() not in row.data
    assert not is_signed_in(replay(app, row.token_hash))


def test_signing_in_changes_the_cookie_and_ends_the_earlier_session(app: Flask, owner: FlaskClient) -> None:
    before = cookie(owner)
    assert owner.post("/sign-in", data=RIGHT).status_code == 303
    assert cookie(owner) != before
    assert not is_signed_in(replay(app, before))


def test_a_cookie_planted_before_signing_in_is_worth_nothing(app: Flask, visitor: FlaskClient) -> None:
    visitor.get("/sign-in")
    planted = cookie(visitor)
    visitor.post("/sign-in", data=RIGHT)
    assert is_signed_in(visitor)
    assert not is_signed_in(replay(app, planted))


@pytest.mark.parametrize("made_up", ["", "x", ".", "a.b.c", "\u00e9", "0" * 64, "." * 4000])
def test_made_up_cookies_are_strangers(app: Flask, made_up: str) -> None:
    assert replay(app, made_up).get("/practice").status_code == 302


def test_a_signed_visitor_cookie_cannot_carry_a_member(app: Flask, cast: Cast) -> None:
    uniquifier = ask(app, lambda s: s.get_one(Member, cast.owner.id).fs_uniquifier)
    forged = app.session_interface._signer(app).dumps({"_user_id": uniquifier})
    assert not is_signed_in(replay(app, str(forged)))


def test_signing_out_ends_every_cookie_on_every_device(app: Flask, signed_in: SignIn) -> None:
    laptop, phone = signed_in("owner"), signed_in("owner")
    stolen = cookie(laptop)
    assert laptop.post("/sign-out").status_code == 303
    assert not is_signed_in(laptop)
    assert not is_signed_in(phone)
    assert not is_signed_in(replay(app, stolen))


def test_signing_out_is_not_a_link(owner: FlaskClient) -> None:
    assert owner.get("/sign-out").status_code == 405
    assert is_signed_in(owner)


def test_changing_the_password_ends_every_other_cookie(app: Flask, signed_in: SignIn) -> None:
    here, elsewhere = signed_in("owner"), signed_in("owner")
    stolen = cookie(here)
    answer = here.post("/change-password", data={"current_password": PASSWORD, "password": NEW_PASSWORD})
    assert answer.status_code == 303
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(replay(app, stolen))
    again = app.test_client()
    assert again.post("/sign-in", data=RIGHT).status_code == 422
    assert again.post("/sign-in", data=RIGHT | {"password": NEW_PASSWORD}).status_code == 303


def test_the_present_password_is_asked_for(app: Flask, owner: FlaskClient) -> None:
    answer = owner.post("/change-password", data={"current_password": "a guess", "password": NEW_PASSWORD})
    assert answer.status_code == 422
    assert app.test_client().post("/sign-in", data=RIGHT).status_code == 303


def test_guessing_the_present_password_is_throttled(
    owner: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "password", throttle.Limits(2, 9, 9))
    data = {"current_password": "a guess", "password": NEW_PASSWORD}
    assert [owner.post("/change-password", data=data).status_code for _ in range(3)] == [422, 422, 429]


def test_a_session_that_is_not_used_ends(app: Flask, owner: FlaskClient) -> None:
    with app.app_context():
        db.session.execute(update(StoredSession).values(expires_at=now() - timedelta(seconds=1)))
        db.session.commit()
    assert not is_signed_in(owner)


def test_a_session_in_use_lives_on_but_is_written_now_and_then_only(app: Flask, owner: FlaskClient) -> None:
    def expiry() -> object:
        return ask(app, lambda s: s.scalar(select(StoredSession.expires_at)))

    before = expiry()
    assert is_signed_in(owner)
    assert expiry() == before
    with app.app_context():
        db.session.execute(update(StoredSession).values(expires_at=now() + timedelta(hours=11)))
        db.session.commit()
    older = expiry()
    assert is_signed_in(owner)
    assert str(expiry()) > str(older)


def test_old_sessions_are_swept_when_somebody_signs_in(
    app: Flask, signed_in: SignIn, visitor: FlaskClient
) -> None:
    signed_in("owner")
    with app.app_context():
        db.session.execute(update(StoredSession).values(expires_at=now() - timedelta(days=1)))
        db.session.commit()
    visitor.post("/sign-in", data={"email": "colleague@example.org", "password": PASSWORD})
    assert ask(app, lambda s: s.scalar(select(func.count()).select_from(StoredSession))) == 1


def test_looking_at_the_sign_in_page_writes_nothing(app: Flask, visitor: FlaskClient) -> None:
    assert visitor.get("/sign-in").status_code == 200
    assert ask(app, lambda s: s.scalar(select(func.count()).select_from(StoredSession))) == 0


class TestThrottle:
    """Sign-in attempts are counted in the database."""

    def test_for_an_account_known_or_not(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(3, 50, 50))
        for email in ("owner@example.org", "nobody@example.org"):
            client = app.test_client()
            data = {"email": email, "password": "wrong"}
            codes = [client.post("/sign-in", data=data).status_code for _ in range(4)]
            assert codes == [422, 422, 422, 429]
        late = app.test_client().post("/sign-in", data=RIGHT)
        assert late.status_code == 429
        assert re.search(r"wait \d+ minutes?", late.text)
        assert (
            app.test_client().post("/sign-in", data=RIGHT | {"email": "colleague@example.org"}).status_code
            == 303
        )

    def test_for_an_address(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(50, 2, 50))
        for number in range(2):
            app.test_client().post("/sign-in", data={"email": f"n{number}@example.org", "password": "x"})
        assert app.test_client().post("/sign-in", data=RIGHT).status_code == 429
        other = {"REMOTE_ADDR": "192.0.2.9"}
        assert app.test_client().post("/sign-in", data=RIGHT, environ_base=other).status_code == 303

    def test_an_address_cannot_be_made_up(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(50, 2, 50))
        names = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP")
        codes = [
            app.test_client()
            .post(
                "/sign-in",
                data={"email": f"n{number}@example.org", "password": "x"},
                headers={name: f"for=192.0.2.{number}" if name == "Forwarded" else f"192.0.2.{number}"},
            )
            .status_code
            for number, name in enumerate(names)
        ]
        assert codes == [422, 422, 429, 429, 429, 429]

    @pytest.mark.parametrize(
        "spelt",
        [" OWNER@example.org", "Owner@Example.ORG\t", "owner@example.org\x00", "\r\nowner@example.org"],
    )
    def test_an_account_is_the_same_however_it_is_spelt(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch, spelt: str
    ) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(1, 50, 50))
        assert app.test_client().post("/sign-in", data=RIGHT | {"password": "wrong"}).status_code == 422
        assert app.test_client().post("/sign-in", data=RIGHT | {"email": spelt}).status_code == 429

    def test_guesses_made_at_once_are_all_counted(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(3, 50, 50))

        def guess(_number: int) -> int:
            return app.test_client().post("/sign-in", data=RIGHT | {"password": "wrong"}).status_code

        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(guess, range(12)))
        assert sorted(codes) == [422] * 3 + [429] * 9

    def test_for_all_together(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(50, 50, 3))
        codes = [
            app.test_client()
            .post(
                "/sign-in",
                data={"email": f"n{number}@example.org", "password": "x"},
                environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
            )
            .status_code
            for number in range(4)
        ]
        assert codes == [422, 422, 422, 429]

    def test_success_starts_the_account_afresh(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "sign-in", throttle.Limits(2, 50, 50))
        for _round in range(3):
            client = app.test_client()
            assert client.post("/sign-in", data=RIGHT | {"password": "wrong"}).status_code == 422
            assert client.post("/sign-in", data=RIGHT).status_code == 303
        counts = ask(app, lambda s: dict(s.execute(select(Attempts.scope, Attempts.count)).all()))
        assert sorted(counts.values()) == [3, 3]  # the wrong ones, for the address and for all

    def test_the_counts_name_nobody(self, app: Flask) -> None:
        app.test_client().post("/sign-in", data=RIGHT | {"password": "wrong"})
        scopes = ask(app, lambda s: list(s.scalars(select(Attempts.scope))))
        assert len(scopes) == 3
        assert not any("owner@" in scope or "127.0.0.1" in scope for scope in scopes)
