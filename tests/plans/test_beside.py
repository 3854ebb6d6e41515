"""Planning with the library beside the plan: which form is added, where, and what one can look for."""

from __future__ import annotations

import pytest

from planner.plans import plan as verbs
from planner.plans.plan import Origin, Plan
from tests.builders import a_segment
from tests.plans.pages import HTMX, keep, stands


@pytest.fixture
def plan_id(app, cast):
    """A plan of the owner's with 12 of 50 minutes free, and a fear in focus."""
    plan = verbs.add(Plan("Second session", fears=("abandonment",)), a_segment("a", minutes=38))
    return keep(app, cast.owner, plan)


@pytest.fixture
def now(app, cast, plan_id):
    """The plan as it stands."""
    return lambda: stands(app, cast.owner, plan_id).plan


def add(client, plan_id, slug, **data):
    return client.post(
        f"/plans/{plan_id}/exercises/{slug}", data={"revision": "1"} | data, headers=HTMX
    ).get_data(as_text=True)


def shelf(client, plan_id, query):
    return client.get(f"/plans/{plan_id}/shelf?{query}", headers=HTMX).get_data(as_text=True)


def test_when_only_the_short_form_fits_it_is_the_short_one(owner, plan_id, now):
    page = add(owner, plan_id, "pause-with-a-return", part="core")
    assert now().segments[-1].minutes == 12
    assert "in its short form" in page


def test_the_full_form_is_added_when_it_fits(owner, plan_id, now):
    page = add(owner, plan_id, "hand-in-hand", part="core")
    assert now().segments[-1].minutes == 8
    assert "short form" not in page


@pytest.mark.parametrize(("length", "minutes"), [("full", 18), ("short", 12)])
def test_the_counsellor_may_choose_the_form(owner, plan_id, now, length, minutes):
    add(owner, plan_id, "pause-with-a-return", part="core", length=length)
    assert now().segments[-1].minutes == minutes


def test_an_exercise_goes_where_it_is_put(owner, plan_id, now):
    add(owner, plan_id, "hand-in-hand", part="core", position="0")
    assert [step.title for step in now().segments] == ["Hand in hand", "Step a"]


@pytest.mark.parametrize("wrong", [{"part": "elsewhere"}, {"position": "²"}, {"length": "endless"}])
def test_a_place_that_is_none_is_refused(owner, plan_id, now, wrong):
    before = now()
    assert "Please choose where it goes." in add(owner, plan_id, "hand-in-hand", **wrong)
    assert now() == before


def test_one_can_look_for_exercises_without_touch(owner, plan_id):
    assert 'id="add-hand-in-hand"' in shelf(owner, plan_id, "fear=abandonment")
    found = shelf(owner, plan_id, "fear=abandonment&mode=no_touch")
    assert 'id="add-hand-in-hand"' not in found
    assert 'id="add-pause-with-a-return"' in found


def test_one_can_look_for_what_the_plan_has_in_focus(owner, plan_id):
    found = shelf(owner, plan_id, "fear=focus")
    assert 'id="add-pause-with-a-return"' in found
    assert 'id="add-three-doors"' not in found


def test_an_exercise_is_read_beside_the_plan_and_the_search_is_kept(owner, plan_id):
    page = shelf(owner, plan_id, "read=hand-in-hand&q=hand")
    assert "If it goes badly" in page
    assert f"/plans/{plan_id}/shelf?q=hand" in page
    whole = owner.get(f"/plans/{plan_id}?read=hand-in-hand").get_data(as_text=True)
    assert "If it goes badly" in whole
    assert 'id="timeline"' in whole


def test_an_exercise_that_is_gone_shows_the_list(owner, plan_id):
    assert 'id="shelf-form"' in shelf(owner, plan_id, "read=never-was")


def test_a_step_that_is_edited_says_how_long_its_exercise_takes(owner, plan_id, now):
    add(owner, plan_id, "pause-with-a-return")
    step = now().segments[-1]
    assert isinstance(step.exercise, Origin)
    page = owner.get(f"/plans/{plan_id}/workspace?edit={step.id}", headers=HTMX).get_data(as_text=True)
    assert "12 in its short form, 18 in full." in page
