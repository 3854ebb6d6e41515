"""What holds for every address there is: form tokens, headers, and that reading changes nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.web.headers import POLICY
from tests.routes import BODY, calls, contents, unchanged

TYPED = "typed somewhere else"
FROM_ANOTHER_SITE = {"Sec-Fetch-Site": "cross-site"}
VISITORS_FORMS = ("/sign-in", "/forgotten", "/join/x", "/reset/x", "/sign-out")


def forms(app: Flask, made: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, path) for name, method, path in calls(app, made) if method == "POST"]


def test_every_unsafe_method_is_a_post(app: Flask, made: dict[str, str]) -> None:
    assert {method for _, method, _ in calls(app, made)} == {"GET", "POST"}


def test_no_form_is_taken_without_its_token(owner: FlaskClient, made: dict[str, str], strict: Flask) -> None:
    with unchanged(strict):
        for name, path in forms(strict, made):
            assert owner.post(path, data=BODY).status_code == 400, name
            wrong = owner.post(path, data=BODY | {"csrf_token": "x"}, headers={"X-CSRFToken": "x"})
            assert wrong.status_code == 400, name
    assert owner.get("/account").status_code == 200


def test_the_token_of_another_browser_is_no_use(
    owner: FlaskClient, made: dict[str, str], strict: Flask
) -> None:
    token = strict.test_client().get("/token").text
    with unchanged(strict):
        for name, path in forms(strict, made):
            assert owner.post(path, data=BODY | {"csrf_token": token}).status_code == 400, name


@pytest.mark.parametrize("path", VISITORS_FORMS)
def test_nor_is_a_visitors_form(path: str, strict: Flask) -> None:
    assert strict.test_client().post(path, data=BODY).status_code == 400


@pytest.mark.parametrize(
    "headers", [FROM_ANOTHER_SITE, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}]
)
def test_what_another_site_sends_is_never_offered_to_be_sent_again(
    headers: dict[str, str], owner: FlaskClient, made: dict[str, str], strict: Flask
) -> None:
    for browser in (owner, strict.test_client()):
        for name, path in forms(strict, made):
            answer = browser.post(path, data=BODY | {"title": TYPED, "name": TYPED}, headers=headers)
            assert answer.status_code in (400, 401), name
            assert TYPED not in answer.text, name


def test_looking_changes_nothing(app: Flask, made: dict[str, str], owner: FlaskClient) -> None:
    visitor = app.test_client()
    for browser in (owner, visitor):
        for name, method, path in calls(app, made):
            if method == "GET":
                before = contents(app, but=())
                browser.get(path)
                browser.head(path)
                assert contents(app, but=()) == before, name


def is_guarded(headers: object) -> bool:
    """The whole policy stands on an answer, and nobody keeps the answer."""
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
    wanted = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return all(headers.get(name) == value for name, value in wanted.items())  # type: ignore[attr-defined]


def test_every_answer_is_guarded_and_kept_by_nobody(
    app: Flask, made: dict[str, str], owner: FlaskClient
) -> None:
    visitor = app.test_client()
    for name, method, path in calls(app, made):
        if path != "/sign-out":  # it would end what the others need
            for browser in (visitor, owner):
                answer = browser.open(path, method=method, data=BODY if method == "POST" else None)
                assert is_guarded(answer.headers), f"{method} {name} answered {answer.status_code}"


def test_a_pdf_is_guarded_too(made: dict[str, str], owner: FlaskClient) -> None:
    pdf = owner.post(f"/plans/{made['plan']}/run-sheet", data={"paper": "a4", "design": "standard"})
    assert pdf.mimetype == "application/pdf"
    assert is_guarded(pdf.headers)


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/static/../planner/config.py", 404),
        ("GET", "/static/%2e%2e/planner/config.py", 404),
        ("POST", "/library", 405),
        ("TRACE", "/account", 405),
        ("POST", "/account", 413),
    ],
)
def test_so_are_failures(method: str, path: str, code: int, owner: FlaskClient) -> None:
    answer = owner.open(path, method=method, data={"name": "x" * 600_000} if code == 413 else None)
    assert answer.status_code == code
    assert is_guarded(answer.headers)


def test_nothing_in_the_policy_is_unsafe() -> None:
    assert "unsafe" not in str(POLICY)
    assert "*" not in str(POLICY)
    assert POLICY["default-src"] == POLICY["base-uri"] == "'none'"


def test_static_files_are_kept_and_set_no_cookie(owner: FlaskClient) -> None:
    with owner.get("/static/css/base.css") as file:
        assert "max-age" in file.headers["Cache-Control"]
        assert "Set-Cookie" not in file.headers
        assert "default-src 'none'" in file.headers["Content-Security-Policy"]


def test_no_other_site_may_read_the_form_token(owner: FlaskClient) -> None:
    answer = owner.get("/token", headers={"Origin": "http://evil.example"})
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control-")]  # noqa: SIM118
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
