"""A programme of the owner's with four sessions, of which three are planned."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from planner.db import db
from planner.plans import operations as plans
from planner.plans import queries as plan_queries
from planner.programmes import operations, queries
from planner.programmes.programme import Programme, Session
from tests.builders import a_plan, a_segment


@dataclass
class Course:
    """The programme under test: how it stands, and how its plans stand."""

    app: object
    owner: object
    id: str
    plans: tuple[str, ...]

    @property
    def address(self):
        return f"/programmes/{self.id}"

    def now(self):
        with self.app.app_context():
            return queries.opened(db.session, self.owner, self.id)

    def plan(self, place):
        """The plan that was made as number `place`, counted from 1, as it stands."""
        with self.app.app_context():
            return plan_queries.opened(db.session, self.owner, self.plans[place - 1])

    def at(self, place):
        return f"{self.plans[place - 1]}:{self.plan(place).number}"

    def titles(self, place):
        return [segment.title for segment in self.plan(place).plan.segments]

    def post(self, client, path, **data):
        """A form of the page as it stands now."""
        return client.post(self.address + path, data={"number": str(self.now().number)} | data)


SEGMENTS = (
    (
        a_segment("s1", part="arrive", title="Check-in", minutes=6, intensity=1),
        a_segment("s2", title="Tea together", minutes=20, intensity=1, areas=("play",), fears=("hurt",)),
    ),
    (
        a_segment("s1", part="arrive", title="Arrive again", minutes=6, intensity=1),
        a_segment(
            "s2", title="Small wishes", minutes=20, intensity=2, areas=("affection", "play"), note="Slowly."
        ),
    ),
    (a_segment("s1", title="Opening up", minutes=25, intensity=4, areas=("emotional",), fears=("hurt",)),),
)


@pytest.fixture
def course(app, cast):
    with app.app_context():
        made = [
            plans.create(db.session, cast.owner, a_plan(*steps, title=f"Confidential plan {place}")).id
            for place, steps in enumerate(SEGMENTS, start=1)
        ]
        sessions = (
            Session("a", "Arrive", plan_id=made[0]),
            Session("b", "Ask", plan_id=made[1]),
            Session("c", "Open up", plan_id=made[2]),
            Session("d", "Keep it going", "ending"),
        )
        record = operations.create(
            db.session, cast.owner, Programme("Confidential programme", sessions=sessions)
        )
        db.session.commit()
        return Course(app, cast.owner, record.id, tuple(made))
