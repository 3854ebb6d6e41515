"""Many people at one planner: every change is kept or refused, and none is lost or fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient

from planner.db import db
from planner.plans import queries
from tests.accounts.people import cookie, replay
from tests.cast import Cast


def begin(browser: FlaskClient) -> str:
    data = {"title": "Together", "length": "50", "start": "empty"}
    return browser.post("/plans/new", data=data).location.removeprefix("/plans/")


def steps(app: Flask, cast: Cast, plan: str) -> list[str]:
    with app.app_context():
        return sorted(s.title for s in queries.opened(db.session, cast.owner, plan).plan.segments)


def current(app: Flask, cast: Cast, plan: str) -> int:
    with app.app_context():
        return queries.record(db.session, cast.owner, plan).current


def test_no_change_to_one_plan_is_lost(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    """Whoever is refused looks again and sends again, as a person would."""
    plan, token = begin(owner), cookie(owner)

    def add(name: str) -> list[int]:
        browser, codes = replay(app, token), []
        while 303 not in codes and len(codes) < 200:
            step = {"title": name, "minutes": "1", "part": "core", "revision": current(app, cast, plan)}
            codes.append(browser.post(f"/plans/{plan}/segments", data=step).status_code)
        return codes

    names = [f"step {number:02}" for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        answers = [code for codes in pool.map(add, names) for code in codes]
    assert set(answers) <= {303, 409}
    assert steps(app, cast, plan) == names


def test_writers_of_different_plans_wait_for_each_other_and_none_fails(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    plans, token = [begin(owner) for _ in range(20)], cookie(owner)

    def add(plan: str) -> set[int]:
        browser = replay(app, token)
        step = {"title": "x", "minutes": "1", "part": "core"}
        return {
            browser.post(f"/plans/{plan}/segments", data=step | {"revision": number}).status_code
            for number in range(1, 5)
        }

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(add, plans)) == [{303}] * 20
    assert all(steps(app, cast, plan) == ["x"] * 4 for plan in plans)
