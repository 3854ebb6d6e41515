"""A session of the owner's that has been held, and the plan of the next one."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.db import db
from planner.landing import operations as landing
from planner.landing import queries
from planner.plans import operations
from tests.builders import a_plan, a_segment
from tests.plans.pages import from_library


@pytest.fixture
def held(app, cast):
    """The id of a plan of fifty minutes whose core is an exercise (s2), with one to practise at home (s4)."""
    with app.app_context():
        plan = a_plan(
            a_segment("s1", part="arrive", title="Arrive well", minutes=6, intensity=1),
            from_library(cast.owner, "three-doors", "s2"),
            a_segment("s3", part="close", title="Next step", minutes=4, intensity=1),
            from_library(cast.owner, "thanks-that-names-you", "s4", "home"),
            hope="laugh once",
            areas=("play",),
            fears=("rejection",),
            date=dt.date(2031, 5, 6),
            time=dt.time(18, 30),
        )
        record = operations.create(db.session, cast.owner, plan)
        db.session.commit()
        return record.id


@pytest.fixture
def after(held):
    """The address of the page after that session."""
    return f"/plans/{held}/after"


@pytest.fixture
def kept(app, cast, held):
    """What is kept of that session."""

    def read():
        with app.app_context():
            return queries.notes(db.session, cast.owner, held)

    return read


@pytest.fixture
def counts(app, cast):
    """How an exercise landed in the owner's practice, as that practice or another sees it."""

    def read(slug="three-doors", who=cast.owner):
        with app.app_context():
            return queries.landings(db.session, who).get(slug)

    return read


@pytest.fixture
def save(app, cast, held):
    """Keep notes on that session as the owner."""

    def do(notes, base=0, plan_id=held):
        with app.app_context():
            number = landing.save(db.session, cast.owner, plan_id, notes, base).number
            db.session.commit()
            return number

    return do
