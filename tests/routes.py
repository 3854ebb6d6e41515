"""Every route of the planner with an object to try it on: for tests that must hold for all of them.

A new route with an object in its address fails the build until it says in OBJECTS what it reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from planner.accounts.models import Invitation
from planner.db import db, new_id, now
from planner.library.finding import filters
from planner.library.finding.facets import Wanted
from planner.library.writing import drafts
from planner.library.writing.written import Written
from planner.plans import operations as plans
from planner.plans.plan import Plan, add
from planner.sharing import operations as sharing
from planner.sharing.stripping import Keep, plan_for_template
from tests.builders import a_segment
from tests.cast import Cast
from tests.library.samples import little, write

# What stands in an address, and to whom it belongs: the owner's own, the practice's, or every member's.
OBJECTS = {
    "accounts.change_role": "member",
    "accounts.remove": "member",
    "accounts.reset_link": "member",
    "accounts.withdraw": "invitation",
    "exchange.one": "starter exercise",
    "handouts.choose": "plan",
    "handouts.choose_preview": "plan",
    "handouts.exercise": "starter exercise",
    "handouts.exercise_preview": "starter exercise",
    "handouts.run_sheet": "plan",
    "handouts.run_sheet_preview": "plan",
    "library.add": "starter exercise",
    "library.remove_filter": "saved filter",
    "library.show": "starter exercise",
    "library.star": "starter exercise",
    "library.unstar": "starter exercise",
    "own.adapt": "own exercise",
    "own.archive": "own exercise",
    "own.ask_to_archive": "own exercise",
    "own.bring_back": "own exercise",
    "own.change": "own exercise",
    "own.note": "own exercise",
    "own.remove": "own exercise",
    "own.share": "own exercise",
    "plans.add_before": "plan",
    "plans.add_exercise": "plan",
    "plans.add_free": "plan",
    "plans.down": "plan",
    "plans.duplicate": "plan",
    "plans.in_handout": "plan",
    "plans.mend": "plan",
    "plans.move": "plan",
    "plans.put_in_bin": "plan",
    "plans.redo": "plan",
    "plans.refit": "plan",
    "plans.refresh": "plan",
    "plans.remove": "plan",
    "plans.renew": "plan",
    "plans.resize": "plan",
    "plans.restore": "binned plan",
    "plans.save_head": "plan",
    "plans.save_segment": "plan",
    "plans.share": "plan",
    "plans.shelf": "plan",
    "plans.show": "plan",
    "plans.swap": "plan",
    "plans.take": "plan",
    "plans.undo": "plan",
    "plans.up": "plan",
    "sharing.preview": "plan",
    "sharing.publish": "plan",
    "sharing.put_back": "withdrawn template",
    "sharing.save_as": "plan",
    "sharing.show": "template",
    "sharing.use": "template",
    "sharing.withdraw": "template",
    "versions.bring": "own exercise",
    "versions.changes": "own exercise",
    "versions.every": "own exercise",
    "versions.keep": "own exercise",
    "versions.one": "own exercise",
    "versions.original": "own exercise",
    "versions.restore": "own exercise",
    "writing.discard": "draft",
    "writing.draft": "draft",
    "writing.keep": "draft",
    "writing.publish": "draft",
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
    "kind": "drop",
    "segment": "s1",
    "paper": "a4",
    "whose": "together",
    "when_to_use": "Never",
    "plan": "new",
}


def rules(app: Flask) -> list[Rule]:
    """The routes with an object in their address."""
    return [rule for rule in app.url_map.iter_rules() if rule.arguments]


def one_of_each(app: Flask, cast: Cast) -> dict[str, str]:
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
        draft = drafts.begin(session, cast.owner)
        ids["draft"] = drafts.keep(session, cast.owner, draft.id, Written(title="Confidential"), 1).id
        wanted = Wanted(q="Confidential")
        ids["saved filter"] = filters.save(session, cast.owner, "Confidential filter", wanted).id
        own = write(session, cast.owner, little("Confidential exercise"))
        ids["own exercise"], ids["digest"] = own.slug, own.digest
        session.commit()
    return ids


def address(app: Flask, rule: Rule, made: dict[str, str]) -> str:
    """The address of a rule for the object that the owner made."""
    values = {name: made[name] if name in made else made[OBJECTS[rule.endpoint]] for name in rule.arguments}
    if OBJECTS.get(rule.endpoint) == "own exercise":
        values["slug"] = made["own exercise"]
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def calls(app: Flask, made: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of every page, for the objects that the owner made."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in SECRET_LINKS | NO_OBJECT:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, address(app, rule, made)


COUNTED = ("stored_session", "attempts")  # tables that a refused request may write to


def contents(app: Flask, but: tuple[str, ...] = COUNTED) -> dict[str, list[str]]:
    """Every row of every table."""
    with app.app_context():
        names = [name for name in db.metadata.tables if name not in but]
        return {
            name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all()))  # noqa: S608
            for name in names
        }


@contextmanager
def unchanged(app: Flask, but: tuple[str, ...] = COUNTED) -> Iterator[None]:
    before = contents(app, but)
    yield
    assert contents(app, but) == before, "a request that should change nothing changed the database"
