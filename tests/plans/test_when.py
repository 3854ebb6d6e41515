"""Home lists what is near first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from planner.plans.plan import Plan
from planner.plans.when import GROUPS, by_date

WEDNESDAY = dt.date(2026, 3, 4)


@dataclass(frozen=True)
class Line:
    plan: Plan


def line(day: dt.date | None) -> Line:
    return Line(Plan("A session", date=day))


def test_a_week_ends_with_sunday():
    days = {
        name: [entry.plan.date for entry in found]
        for name, found in by_date(
            [line(WEDNESDAY + dt.timedelta(days=d)) for d in (-9, -1, 0, 4, 1, 5)] + [line(None)], WEDNESDAY
        ).items()
    }
    assert days == {
        "today": [WEDNESDAY],
        "this_week": [dt.date(2026, 3, 5), dt.date(2026, 3, 8)],
        "later": [dt.date(2026, 3, 9)],
        "undated": [None],
        "earlier": [dt.date(2026, 3, 3), dt.date(2026, 2, 23)],
    }


@given(st.lists(st.none() | st.dates()), st.dates(max_value=dt.date(9999, 12, 1)))
def test_no_plan_is_lost_between_the_groups(days, today):
    groups = by_date([line(day) for day in days], today)
    assert sum(len(found) for found in groups.values()) == len(days)
    assert set(groups) <= set(GROUPS)
