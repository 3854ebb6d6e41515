"""A session of the owner's that has begun."""

from __future__ import annotations

import json

import pytest

from planner.db import db, new_id, now
from planner.plans import operations as plans
from planner.running import operations, queries
from planner.running.queries import milliseconds
from tests.builders import a_plan, a_segment
from tests.plans.pages import from_library


@pytest.fixture
def plan_id(app, cast):
    """A plan of fifty minutes with an exercise in it, which nobody has begun."""
    with app.app_context():
        plan = a_plan(
            a_segment("a", part="arrive", title="Arrive well", minutes=6, intensity=1, words="“Welcome.”"),
            from_library(cast.owner, "three-doors", "b", note="Slowly."),
            a_segment("c", part="settle", title="Come down", minutes=8, intensity=1),
            a_segment("d", part="close", title="Next step", minutes=6, intensity=1),
            a_segment("h", part="home", title="A walk", minutes=10),
        )
        record = plans.create(db.session, cast.owner, plan)
        db.session.commit()
        return record.id


@pytest.fixture
def run_id(app, cast, plan_id):
    """The run of it, which has begun."""
    with app.app_context():
        begun = operations.begin(db.session, cast.owner, plan_id, now()).id
        db.session.commit()
        return begun


@pytest.fixture
def begun(plan_id, run_id):
    """The plan whose session has begun."""
    assert run_id
    return plan_id


@pytest.fixture
def standing(app, cast, plan_id):
    """`standing()` is where the last run of the plan stands."""

    def read():
        with app.app_context():
            return queries.latest(db.session, cast.owner, plan_id).run.stand

    return read


@pytest.fixture
def sends(cast, plan_id, run_id):
    """`sends(client, event, …)` is what a screen does with a connection."""

    def send(client, *events, **fields):
        body = {"run": run_id, "member": cast.owner.id, "number": "1", "events": json.dumps(events)} | fields
        return client.post(f"/plans/{plan_id}/run/events", data=body)

    return send


@pytest.fixture
def event():
    """`event("next", "a")` is what a screen makes of a press."""

    def make(kind, step="", **values):
        return {"id": new_id(), "kind": kind, "at": milliseconds(now()), "step": step} | values

    return make
