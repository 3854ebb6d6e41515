"""Where `next=` and mailed links may lead."""

from __future__ import annotations

import pytest
from flask import Flask

from planner.accounts.links import by_mail, local_path
from planner.config import Settings


@pytest.mark.parametrize("path", ["/", "/plans/abc", "/library?area=self&q=a+b", "/practice#members"])
def test_a_path_of_this_planner_is_followed(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
    ],
)
def test_anything_else_is_not(address: str | None) -> None:
    assert local_path(address) is None


def test_a_mailed_link_does_not_believe_the_name_that_a_stranger_sent(app: Flask) -> None:
    with app.test_request_context(base_url="http://evil.example"):
        assert by_mail(Settings(), "accounts.reset", token="t") == "http://127.0.0.1:5000/reset/t"
    with app.test_request_context(base_url="http://localhost:8000"):
        assert by_mail(Settings(), "accounts.reset", token="t") == "http://localhost:8000/reset/t"
