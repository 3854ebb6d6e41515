"""A plan about which the owner asks the colleague."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from planner.db import db
from planner.plans import operations
from tests.builders import a_plan, a_segment

ASKED = {"title": "A session about asking", "question": "Is the core too much?\nOr too little?"}


@pytest.fixture
def plan(app, cast):
    """The owner's, with everything in it that is of a couple; nobody was asked about it yet."""
    with app.app_context():
        value = a_plan(
            a_segment("s1", part="arrive", title="Soft start", words="Welcome.", note="Told in private."),
            a_segment("s2", title="Talking", areas=("play",), fears=("hurt",), intensity=2, mode="solo"),
            title="The third with the Millers",
            hope="laugh about the blue sofa",
            date=dt.date(2031, 5, 17),
            time=dt.time(14, 35),
        )
        plan_id = operations.create(db.session, cast.owner, value).id
        db.session.commit()
        return plan_id


@pytest.fixture
def asked(plan, owner):
    """The same, open to colleagues."""
    assert owner.post(f"/plans/{plan}/consultation", data=ASKED).status_code == 303
    return plan


def comment_ids(answer) -> list[str]:
    """The comments on a page, from top to bottom."""
    return re.findall(r'<div id="comment-(\w+)"', answer.text)


def say(browser, plan_id, text, **where):
    """Send a comment, and return its id as it stands last on the page among new ones."""
    before = comment_ids(browser.get(f"/consultations/{plan_id}"))
    answer = browser.post(f"/consultations/{plan_id}/comments", data={"text": text, **where})
    assert answer.status_code == 303, answer.text
    (new,) = set(comment_ids(browser.get(f"/consultations/{plan_id}"))) - set(before)
    return new
