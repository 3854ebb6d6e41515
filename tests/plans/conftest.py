"""A plan that is bold at its end."""

from __future__ import annotations

import pytest

from tests.builders import a_plan, a_segment
from tests.plans.pages import from_library, keep, stands


@pytest.fixture
def bold(app, cast):
    """A plan of fifty minutes of the owner's that ends with a bold exercise, which has a note."""
    with app.app_context():
        main = from_library(cast.owner, "three-doors", "b", note="Slowly.")
    plan = a_plan(
        a_segment("a", part="arrive", title="Arrive well", minutes=6, intensity=1),
        main,
        a_segment("c", title="Tea", minutes=12, intensity=1),
        a_segment("d", part="close", title="Next step", minutes=4, intensity=1),
    )
    return keep(app, cast.owner, plan)


@pytest.fixture
def now(app, cast, bold):
    """The plan as it stands."""
    return lambda: stands(app, cast.owner, bold).plan
