"""Nobody reaches what is not theirs: one test for every address with an object in it.

A new route fails the build until it says below what its objects are, and who may not reach them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text

from planner.accounts.models import Invitation, Member
from planner.db import db, new_id, now
from planner.plans import operations as plans
from planner.plans.plan import Plan, add
from planner.sharing import operations as sharing
from planner.sharing.stripping import Keep, plan_for_template
from tests.builders import a_segment
from tests.cast import Cast

# What stands in an address, and to whom it belongs: the owner's own, the practice's, or every member's.
OBJECTS = {
    "accounts.change_role": "member",
    "accounts.remove": "member",
    "accounts.reset_link": "member",
    "accounts.withdraw": "invitation",
    "handouts.choose": "plan",
    "handouts.choose_preview": "plan",
    "handouts.exercise": "starter exercise",
    "handouts.exercise_preview": "starter exercise",
    "handouts.run_sheet": "plan",
    "handouts.run_sheet_preview": "plan",
    "library.add": "starter exercise",
    "library.show": "starter exercise",
    "library.star": "starter exercise",
    "library.unstar": "starter exercise",
    "plans.add_exercise": "plan",
    "plans.add_free": "plan",
    "plans.down": "plan",
    "plans.duplicate": "plan",
    "plans.in_handout": "plan",
    "plans.move": "plan",
    "plans.put_in_bin": "plan",
    "plans.redo": "plan",
    "plans.refresh": "plan",
    "plans.remove": "plan",
    "plans.resize": "plan",
    "plans.restore": "binned plan",
    "plans.save_head": "plan",
    "plans.save_segment": "plan",
    "plans.share": "plan",
    "plans.shelf": "plan",
    "plans.show": "plan",
    "plans.undo": "plan",
    "plans.up": "plan",
    "sharing.preview": "plan",
    "sharing.publish": "plan",
    "sharing.put_back": "withdrawn template",
    "sharing.save_as": "plan",
    "sharing.show": "template",
    "sharing.use": "template",
    "sharing.withdraw": "template",
}
# Links that are their own key: they are tested with the accounts, for use once and for expiry.
SECRET_LINKS = {"accounts.join", "accounts.reset"}
NO_OBJECT = {"static"}

# A body that would be accepted from the right person, so that a refusal is about the person.
BODY = {
    "revision": "1",
    "title": "Taken over",
    "minutes": "9",
    "length": "50",
    "part": "settle",
    "role": "owner",
    "shared": "1",
    "in_handout": "1",
    "paper": "a4",
    "whose": "together",
    "when_to_use": "Never",
    "plan": "new",
}


def rules(app: Flask) -> list:
    return [rule for rule in app.url_map.iter_rules() if rule.arguments]


@pytest.fixture
def made(app: Flask, cast: Cast) -> dict[str, str]:
    """One object of each kind, made by the owner, and what their addresses need."""
    with app.app_context():
        session = db.session
        plan = add(Plan("Confidential plan"), a_segment("s1", title="Confidential step"))
        shown = plan_for_template(plan, Keep())
        ids = {"segment_id": "s1", "slug": "hand-in-hand"}
        ids["plan"] = plans.create(session, cast.owner, plan).id
        ids["binned plan"] = plans.create(session, cast.owner, plan).id
        plans.put_in_bin(session, cast.owner, ids["binned plan"])
        ids["template"] = sharing.publish(session, cast.owner, shown, "Often").id
        ids["withdrawn template"] = sharing.publish(session, cast.owner, shown, "Often").id
        sharing.withdraw(session, cast.owner, ids["withdrawn template"])
        invitation = Invitation(
            practice_id=cast.owner.practice_id,
            email="new@example.org",
            token_hash=new_id(),
            made_by_id=cast.owner.id,
            expires_at=now() + dt.timedelta(days=1),
        )
        session.add(invitation)
        session.flush()
        ids["invitation"] = invitation.id
        ids["member"] = cast.colleague.id
        session.commit()
    return ids


def address(app: Flask, rule, made: dict[str, str]) -> str:
    """The address of a rule for the object that the owner made."""
    kind = OBJECTS[rule.endpoint]
    values = {}
    for name in rule.arguments:
        values[name] = made[name] if name in made else made[kind]
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def contents(app: Flask) -> dict[str, list]:
    """Every row of every table, but for sessions and sign-in attempts."""
    with app.app_context():
        names = [n for n in db.metadata.tables if n not in ("stored_session", "attempts")]
        return {
            name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all()))  # noqa: S608
            for name in names
        }


@contextmanager
def unchanged(app: Flask) -> Iterator[None]:
    before = contents(app)
    yield
    assert contents(app) == before, "a refused request changed the database"


def each_call(app: Flask, made: dict[str, str], *, but: tuple[str, ...] = ()):
    for rule in rules(app):
        if rule.endpoint in SECRET_LINKS | NO_OBJECT or OBJECTS.get(rule.endpoint) in but:
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", method, address(app, rule, made)


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
