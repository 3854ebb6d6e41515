"""What a programme tends, session by session."""

from __future__ import annotations

from hypothesis import given

from planner.plans.coverage import coverage
from planner.programmes.cover import cover
from planner.programmes.programme import Programme, Session
from planner.taxonomy import TAXONOMY
from tests.builders import a_plan, a_segment
from tests.programmes.strategies import planned


def test_minutes_stand_under_their_session_and_what_is_not_tended_is_named():
    programme = Programme(
        "P",
        areas=("play", "sexual"),
        fears=("failure",),
        sessions=(Session("a", plan_id="p"), Session("b"), Session("c", plan_id="q")),
    )
    plans = {
        "p": a_plan(a_segment(minutes=12, areas=("play", "dream"), fears=("hurt",))),
        "q": a_plan(a_segment(minutes=7, areas=("self",), fears=("hurt", "rejection"))),
    }
    found = cover(programme, plans)
    areas = {row.key: [(cell.minutes, cell.also) for cell in row.cells] for row in found.areas}
    assert areas["play"] == [(12, False), (0, False), (0, False)]
    assert areas["dream"] == [(0, True), (0, False), (0, False)]
    fears = {row.key: [cell.minutes for cell in row.cells] for row in found.fears}
    assert fears["hurt"] == [12, 0, 7]
    assert found.untended_areas == ("emotional", "conflict", "affection", "sexual")
    assert found.untended_fears == ("failure", "abandonment", "engulfment")
    assert (found.missing_areas, found.missing_fears) == (("sexual",), ("failure",))
    assert (found.planned, found.top) == (2, 12)


@given(planned())
def test_each_session_counts_as_on_its_own_page(made):
    programme, plans = made
    found = cover(programme, plans)
    for place, session in enumerate(programme.sessions):
        plan = plans.get(session.plan_id or "")
        minutes = {row.key: row.cells[place].minutes for row in found.areas if row.cells[place].minutes}
        assert minutes == (coverage(plan).minutes if plan else {})
    assert len(found.areas) == len(TAXONOMY.areas)
    assert all(len(row.cells) == len(programme.sessions) for row in (*found.areas, *found.fears))
