"""Another exercise in the same place."""

from __future__ import annotations

import html
import re

import pytest

from planner.db import db
from planner.library import queries as library
from planner.library.models import ExerciseUse
from planner.plans.pacing import mends, pacing
from planner.plans.plan import Origin, edit
from planner.plans.remedies import Swap
from planner.plans.shape import shape
from planner.plans.swaps import minutes_with, swaps
from tests.builders import a_plan, a_segment
from tests.plans.pages import from_library, text_of


def test_swapping_keeps_the_place_and_the_note(owner, app, cast, bold, now):
    shown = owner.get(f"/plans/{bold}?swap=b")
    assert "Instead of “Three doors”" in text_of(shown)
    slug = re.search(r"/segments/b/swap/([a-z0-9-]+)", shown.text)[1]
    answer = owner.post(
        f"/plans/{bold}/segments/b/swap/{slug}", data={"revision": "1"}, follow_redirects=True
    )
    step = now().segments[1]
    assert (step.id, step.part, step.note) == ("b", "core", "Slowly.")
    assert step.exercise.slug == slug
    assert f"Swapped “Three doors” for “{step.title}”" in html.unescape(answer.text)
    with app.app_context():
        used = library.record(db.session, cast.owner, slug)
        assert db.session.get(ExerciseUse, (cast.owner.id, used.id)) is not None
    owner.post(f"/plans/{bold}/undo", data={"revision": "2"})
    assert now().segments[1].title == "Three doors"


def test_what_is_offered_serves_the_same_purpose_and_goes_where_it_says(session, cast):
    plan = a_plan(from_library(cast.owner, "three-doors", "b"))
    old = library.record(session, cast.owner, "three-doors")
    found = swaps(session, cast.owner, plan, "b")
    assert found.choices
    for direction, choices in found.choices.items():
        for choice in choices:
            record = choice.record
            assert record.area == old.area
            assert "part:core" in record.tags.split()
            assert record.slug != "three-doors"
            if direction == "gentler":
                assert record.intensity < old.intensity
            if direction == "bolder":
                assert record.intensity > old.intensity
            if direction == "shorter":
                assert record.minutes_full < old.minutes_full
            if direction == "other_mode":
                assert record.mode != old.mode


def test_what_a_remark_leads_to_really_mends_it(session, cast):
    steps = (
        a_segment("a", part="arrive", minutes=10, intensity=2),
        a_segment("m", title="Tea", minutes=20, intensity=2),
        from_library(cast.owner, "three-doors", "b", part="core"),
    )
    plan = a_plan(*steps, length=80)
    rule = "last_ten"
    assert rule in {breach.rule for breach in pacing(plan, {}).breaches}
    found = swaps(session, cast.owner, plan, "b", rule)
    assert found.rule == rule
    for choice in found.choices["gentler"]:
        value = library.exercise(session, cast.owner, choice.record.slug)[1]
        assert mends(plan, rule, Swap("b", "gentler", 2, value, choice.record.digest, choice.minutes))
    everything = swaps(session, cast.owner, plan, "b")
    assert set(everything.choices) > {"gentler"}


def test_a_wish_that_nothing_meets_is_not_offered(session, cast):
    plan = a_plan(
        a_segment("a", part="arrive", minutes=20, intensity=2),
        from_library(cast.owner, "three-doors", "b"),
    )
    alone = edit(plan, "b", exercise=Origin("of-another-library", "0" * 64))

    def wishes(one):
        acts = [act for remark in shape(session, cast.owner, one).remarks for act in remark.acts]
        return [act for act in acts if act.swap]

    assert wishes(plan)
    assert not wishes(alone)
    assert swaps(session, cast.owner, alone, "b").known is False


@pytest.mark.parametrize(
    ("now_", "free", "short", "full", "then"),
    [
        (20, 0, 10, 18, 18),
        (20, 0, 10, 25, 10),
        (20, 5, 10, 25, 25),
        (12, 30, 10, 25, 10),
        (8, 0, 10, 25, 10),
    ],
)
def test_a_swapped_step_takes_the_form_nearest_to_its_time_that_fits(now_, free, short, full, then):
    plan = a_plan(a_segment("a", minutes=now_), length=now_ + free) if now_ + free >= 10 else None
    plan = plan or a_plan(a_segment("a", minutes=now_), a_segment("b", minutes=50 - now_))
    assert minutes_with(plan, plan.segment("a"), short, full) == then


def test_a_step_of_ones_own_has_nothing_to_swap(owner, bold, now):
    before = now()
    assert "Instead of" not in owner.get(f"/plans/{bold}?swap=c").text
    answer = owner.post(f"/plans/{bold}/segments/c/swap/hand-in-hand", data={"revision": "1"})
    assert answer.status_code == 409
    assert now() == before
