"""The plan of the next session takes its place in the programme."""

from __future__ import annotations

from planner.db import db
from planner.plans import operations as plans
from planner.plans import queries as plan_queries
from planner.programmes import operations, queries
from planner.programmes.programme import Programme, Session
from tests.builders import a_plan


def a_programme(app, cast, *sessions):
    with app.app_context():
        ids = {name: plans.create(db.session, cast.owner, a_plan(title=name)).id for name in sessions if name}
        record = operations.create(
            db.session,
            cast.owner,
            Programme(
                "Closer again",
                sessions=tuple(Session(f"s{n}", plan_id=ids.get(name)) for n, name in enumerate(sessions)),
            ),
        )
        db.session.commit()
        return record.id, ids


def plan_ids(app, cast, programme_id):
    with app.app_context():
        sessions = queries.opened(db.session, cast.owner, programme_id).programme.sessions
    return [session.plan_id for session in sessions]


def made(answer):
    return answer.location.rsplit("/", 1)[1]


def test_the_next_plan_is_the_next_session_where_that_has_none(app, cast, owner):
    programme_id, ids = a_programme(app, cast, "First", "", "Third")
    following = made(owner.post(f"/plans/{ids['First']}/next"))
    assert plan_ids(app, cast, programme_id) == [ids["First"], following, ids["Third"]]
    with app.app_context():
        third = plan_queries.record(db.session, cast.owner, ids["Third"])
        assert third.follows_id == following


def test_where_the_next_session_has_a_plan_it_leads_there(app, cast, owner):
    programme_id, ids = a_programme(app, cast, "First", "Second")
    assert made(owner.post(f"/plans/{ids['First']}/next")) == ids["Second"]
    assert plan_ids(app, cast, programme_id) == [ids["First"], ids["Second"]]


def test_after_the_last_session_it_is_a_plan_by_itself(app, cast, owner):
    programme_id, ids = a_programme(app, cast, "Only")
    following = made(owner.post(f"/plans/{ids['Only']}/next"))
    assert plan_ids(app, cast, programme_id) == [ids["Only"]]
    with app.app_context():
        assert plan_queries.record(db.session, cast.owner, following).programme_id is None
