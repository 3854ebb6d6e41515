"""Every route of the planner with an object to try it on: for tests that must hold for all of them.

A new route with an object in its address fails the build until it says in OBJECTS what it reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from planner.accounts.models import Invitation
from planner.consulting import operations as consulting
from planner.consulting import queries as consulted
from planner.db import db, new_id, now
from planner.handouts.sheets.codes import code_of
from planner.library.finding import filters
from planner.library.finding.facets import Wanted
from planner.library.writing import drafts
from planner.library.writing.written import Written
from planner.packs import operations as packs
from planner.packs.choice import Choice, Making
from planner.packs.operations import Wanted as Sheet
from planner.plans import operations as plans
from planner.plans.plan import Plan, add
from planner.programmes import operations as programmes
from planner.programmes.outline import Outline, Stop
from planner.programmes.programme import Programme
from planner.programmes.programme import Session as Step
from planner.running import operations as running
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
    "consulting.ask": "plan",
    "consulting.close": "plan",
    "consulting.comment": "consulted plan",
    "consulting.delete": "consulted plan",
    "consulting.edit": "consulted plan",
    "consulting.preview": "plan",
    "consulting.save": "plan",
    "consulting.settle": "consulted plan",
    "consulting.show": "consulted plan",
    "diary.one": "plan",
    "exchange.one": "starter exercise",
    "handouts.choose": "plan",
    "handouts.choose_preview": "plan",
    "handouts.exercise": "starter exercise",
    "handouts.exercise_preview": "starter exercise",
    "handouts.run_sheet": "plan",
    "handouts.run_sheet_preview": "plan",
    "handouts.by_code": "code of an own exercise",
    "history.compared": "plan",
    "history.every": "plan",
    "history.name": "plan",
    "history.one": "plan",
    "history.restore": "plan",
    "history.unname": "plan",
    "landing.after": "plan",
    "landing.keep": "plan",
    "landing.open_session": "plan",
    "landing.plan_next": "plan",
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
    "packs.cancel": "pack",
    "packs.delete": "pack",
    "packs.download": "pack",
    "packs.show": "pack",
    "plans.adding": "plan",
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
    "running.begin": "plan",
    "running.fit": "plan",
    "running.note": "plan",
    "running.press": "plan",
    "running.send": "plan",
    "running.show": "plan",
    "programmes.add": "programme",
    "programmes.attach": "programme",
    "programmes.detach": "programme",
    "programmes.down": "programme",
    "programmes.into": "plan",
    "programmes.mend": "programme",
    "programmes.move": "programme",
    "programmes.move_step": "programme",
    "programmes.overview": "programme",
    "programmes.overview_preview": "programme",
    "programmes.plan_it": "programme",
    "programmes.preview": "programme",
    "programmes.publish": "programme",
    "programmes.put_back": "programme",
    "programmes.put_in_bin": "programme",
    "programmes.remove": "programme",
    "programmes.restore": "binned programme",
    "programmes.save_as": "programme",
    "programmes.save_head": "programme",
    "programmes.save_session": "programme",
    "programmes.show": "programme",
    "programmes.show_again": "withdrawn programme template",
    "programmes.template": "programme template",
    "programmes.undo": "programme",
    "programmes.up": "programme",
    "programmes.use": "programme template",
    "programmes.withdraw": "programme template",
    "sharing.preview": "plan",
    "sharing.publish": "plan",
    "sharing.put_back": "withdrawn template",
    "sharing.save_as": "plan",
    "sharing.show": "template",
    "sharing.use": "template",
    "sharing.withdraw": "template",
    "sheets.one": "starter exercise",
    "sheets.one_preview": "starter exercise",
    "versions.bring": "own exercise",
    "versions.changes": "own exercise",
    "versions.every": "own exercise",
    "versions.keep": "own exercise",
    "versions.one": "own exercise",
    "versions.original": "own exercise",
    "versions.restore": "own exercise",
    "wording.count": "plan",
    "wording.leave_in_plan": "plan",
    "wording.of_plan": "plan",
    "wording.use_instead": "plan",
    "writing.discard": "draft",
    "writing.draft": "draft",
    "writing.keep": "draft",
    "writing.publish": "draft",
}
# Links that are their own key: they are tested with the accounts, for use once and for expiry, and with the
# diary, for ending.
SECRET_LINKS = {"accounts.join", "accounts.reset", "diary.feed"}
NO_OBJECT = {"static"}

# A body that would be accepted from the right person, so that a refusal is about the person.
BODY = {
    "revision": "1",
    "title": "Taken over",
    "minutes": "9",
    "length": "50",
    "part": "settle",
    "weeks": "1",
    "role": "owner",
    "shared": "1",
    "in_handout": "1",
    "kind": "drop",
    "segment": "s1",
    "paper": "a4",
    "sheet": "together",
    "when_to_use": "Never",
    "plan": "new",
    "question": "Why?",
    "text": "Taken over",
    "mark": "0" * 64,
    "field": "title",
    "name": "Taken over",
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
        ids = {"segment_id": "s1", "slug": "hand-in-hand", "number": "1", "which": "map"}
        ids["plan"] = plans.create(session, cast.owner, plan).id
        running.begin(session, cast.owner, ids["plan"], now())
        ids["consulted plan"], ids["comment_id"] = _consultation(session, cast, plan)
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
        ids["code"] = code_of(own.digest)
        ids |= _programmes(session, cast)
        sheet = Sheet(Choice("plan", ids["plan"]), "Confidential sheet")
        ids["pack"] = packs.create(session, cast.owner, [sheet], Making()).id
        session.commit()
    return ids


def _programmes(session: Session, cast: Cast) -> dict[str, str]:
    """A programme with one session, one in the bin, and a template that is shown and one that is not."""
    value = Programme("Confidential programme", sessions=(Step("c1", "Confidential aim"),))
    ids = {"session_id": "c1", "programme": programmes.create(session, cast.owner, value).id}
    ids["binned programme"] = programmes.create(session, cast.owner, value).id
    programmes.put_in_bin(session, cast.owner, ids["binned programme"])
    outline = Outline("Confidential outline", stops=(Stop("An aim", "ordinary"),))
    ids["programme template"] = programmes.publish(session, cast.owner, outline, "Often").id
    ids["withdrawn programme template"] = programmes.publish(session, cast.owner, outline, "Often").id
    programmes.withdraw(session, cast.owner, ids["withdrawn programme template"])
    return ids


def _consultation(session: Session, cast: Cast, plan: Plan) -> tuple[str, str]:
    """A plan about which colleagues were asked, and a comment; it is closed, so that none of them sees it."""
    plan_id = plans.create(session, cast.owner, plan).id
    consulting.ask(session, cast.owner, plan_id, "Confidential question", "Confidential?")
    asked, shown = consulted.consultation(session, cast.owner, plan_id, ())
    made = consulting.comment(
        session, cast.owner, asked, shown, "Confidential comment", segment_id="s1", answers=""
    )
    consulting.close(session, cast.owner, plan_id)
    return plan_id, made.id


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
            name: sorted(repr(tuple(row)) for row in db.session.execute(text(f'SELECT * FROM "{name}"')))  # noqa: S608
            for name in names
        }


@contextmanager
def unchanged(app: Flask, but: tuple[str, ...] = COUNTED) -> Iterator[None]:
    before = contents(app, but)
    yield
    assert contents(app, but) == before, "a request that should change nothing changed the database"
