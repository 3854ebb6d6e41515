"""Plans in the order in which a counsellor needs them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from planner.plans.plan import Plan


class HasPlan(Protocol):
    @property
    def plan(self) -> Plan: ...


Line = TypeVar("Line", bound=HasPlan)

GROUPS = ("today", "this_week", "later", "undated", "earlier")


def by_date(lines: Iterable[Line], today: dt.date) -> dict[str, list[Line]]:
    """Group lines by their plan's date; groups without any are absent.

    What is to come stands soonest first, what has been latest first. The week ends with Sunday.
    """
    sunday = today + dt.timedelta(days=6 - today.weekday())
    groups: dict[str, list[Line]] = {name: [] for name in GROUPS}
    for line in lines:
        groups[_group(line.plan.date, today, sunday)].append(line)
    for name in ("today", "this_week", "later"):
        groups[name].sort(key=_when)
    groups["earlier"].sort(key=_when, reverse=True)
    return {name: found for name, found in groups.items() if found}


def _when(line: HasPlan) -> tuple[dt.date, dt.time]:
    """Plans without a time stand at the end of their day."""
    return line.plan.date or dt.date.min, line.plan.time or dt.time.max


def _group(date: dt.date | None, today: dt.date, sunday: dt.date) -> str:
    if date is None:
        return "undated"
    if date < today:
        return "earlier"
    if date == today:
        return "today"
    return "this_week" if date <= sunday else "later"
