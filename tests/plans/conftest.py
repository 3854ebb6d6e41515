"""A plan that is bold at its end."""

from __future__ import annotations

import pytest

from planner.db import db
from planner.plans import operations, queries
from tests.builders import a_plan, a_segment
from tests.plans.pages import from_library


@pytest.fixture
def bold(app, cast):
    """A plan of fifty minutes of the owner's that ends with a bold exercise, which has a note."""
    with app.app_context():
        plan = a_plan(
            a_segment("a", part="arrive", title="Arrive well", minutes=6, intensity=1),
            from_library(cast.owner, "three-doors", "b", note="Slowly."),
            a_segment("c", title="Tea", minutes=12, intensity=1),
            a_segment("d", part="close", title="Next step", minutes=4, intensity=1),
        )
        record = operations.create(db.session, cast.owner, plan)
        db.session.commit()
        return record.id


@pytest.fixture
def now(app, cast, bold):
    """The plan as it stands."""

    def read():
        with app.app_context():
            return queries.opened(db.session, cast.owner, bold).plan

    return read
