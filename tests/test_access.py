"""Nobody reaches what is not theirs: one test for every address with an object in it.

A new route fails the build until it says in tests/routes.py what its objects are, and who may not reach them.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from planner.accounts.models import Member
from planner.db import db
from planner.plans import operations as plans
from tests.routes import BODY, NO_OBJECT, OBJECTS, SECRET_LINKS, calls, rules, unchanged


def each_call(
    app: Flask, made: dict[str, str], *, but: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, str]]:
    """Name, method and path of every call with an object in its address."""
    for endpoint, method, path in calls(app, made):
        if endpoint in OBJECTS and OBJECTS[endpoint] not in but:
            yield f"{method} {endpoint}", method, path


def test_every_address_with_an_object_in_it_is_tested_here(app):
    known = set(OBJECTS) | SECRET_LINKS | NO_OBJECT
    endpoints = {rule.endpoint for rule in rules(app)}
    assert endpoints - known == set(), "a new route: say in OBJECTS what it reaches"
    assert known - endpoints == set(), "a route that is gone"


def test_without_signing_in_nothing_is_reached(app, made):
    browser = app.test_client()
    with unchanged(app):
        for name, method, path in each_call(app, made):
            answer = browser.open(path, method=method, data=BODY if method == "POST" else None)
            assert answer.status_code in (302, 401), f"{name} answered {answer.status_code}"
            if answer.status_code == 302:
                assert "/sign-in" in answer.location, name
            assert "Confidential" not in answer.get_data(as_text=True), name


def test_a_member_of_another_practice_finds_nothing(app, made, outsider):
    with unchanged(app):
        for name, method, path in each_call(app, made, but=("starter exercise",)):
            answer = outsider.open(path, method=method, data=BODY if method == "POST" else None)
            assert answer.status_code == 404, f"{name} answered {answer.status_code}"
            assert "Confidential" not in answer.get_data(as_text=True), name


def test_a_colleague_finds_nothing_of_a_plan_that_was_not_opened_to_them(app, made, colleague):
    others = ("starter exercise", "template", "member", "invitation", "withdrawn template")
    others += ("programme template", "withdrawn programme template")
    with unchanged(app):
        for name, method, path in each_call(app, made, but=others):
            answer = colleague.open(path, method=method, data=BODY if method == "POST" else None)
            assert answer.status_code == 404, f"{name} answered {answer.status_code}"


def test_a_counsellor_does_not_manage_members_or_withdraw_what_an_owner_made(app, made, colleague):
    with unchanged(app):
        for name, method, path in each_call(app, made):
            endpoint_kinds = ("/members/", "/invitations/")
            if any(kind in path for kind in endpoint_kinds) or path.endswith(("/withdraw", "/put-back")):
                answer = colleague.open(path, method=method, data=BODY if method == "POST" else None)
                assert answer.status_code in (403, 404), f"{name} answered {answer.status_code}"


def test_a_member_who_was_removed_reaches_nothing_from_the_next_request_on(app, made, cast, colleague):
    with app.app_context():
        plans.share(db.session, cast.owner, made["plan"], True)
        db.session.commit()
    assert colleague.get(f"/plans/{made['plan']}").status_code == 200
    with app.app_context():
        member = db.session.get(Member, cast.colleague.id)
        member.active = False
        db.session.commit()
    with unchanged(app):
        for name, method, path in each_call(app, made):
            answer = colleague.open(path, method=method, data=BODY if method == "POST" else None)
            assert answer.status_code in (302, 401), f"{name} answered {answer.status_code}"
            assert "Confidential" not in answer.get_data(as_text=True), name
