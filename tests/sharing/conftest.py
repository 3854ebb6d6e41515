"""What every test of sharing needs: the starters in the database, and a plan full of private things."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from planner.db import db
from planner.plans.plan import Origin, Plan, Segment
from planner.sharing.operations import load_starters

PRIVATE = Plan(
    title="Tuesday, third time",
    hope="have asked for one small thing.",
    date=dt.date(2031, 5, 6),
    length=50,
    areas=("affection",),
    fears=("rejection",),
    segments=(
        Segment(
            id="secret-step-a",
            part="arrive",
            title="Check-in",
            minutes=6,
            areas=("emotional",),
            intensity=1,
            words="“From 0 to 10, how are you?”",
            note="A looked away when money came up.",
        ),
        Segment(
            id="secret-step-b",
            part="core",
            title="Small wishes",
            minutes=20,
            areas=("affection", "play"),
            fears=("rejection",),
            mode="side_by_side",
            intensity=2,
            exercise=Origin("small-kindness-list", "0" * 64),
            words="“Five small things.”",
            note="B has more to lose here.",
            in_handout=True,
        ),
    ),
)


@pytest.fixture
def starters(app: Flask) -> None:
    """The starter templates, loaded as at a start."""
    with app.app_context():
        assert load_starters(db.session()) == []
        db.session.commit()
