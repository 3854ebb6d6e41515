"""Adding by typing: a few letters find an exercise, or become a step of one's own."""

from __future__ import annotations

import html
import re

import pytest

from planner.plans.adding import Free, free
from tests.builders import a_plan, a_segment
from tests.plans.pages import HTMX, keep, stands, text_of


@pytest.fixture
def plan(app, cast):
    return keep(app, cast.owner, a_plan(a_segment("s1", title="Tea")))


def offered(answer):
    """The titles of a list, in order."""
    assert answer.status_code == 200
    return [html.unescape(each) for each in re.findall(r'class="offer-title">(.*?)</span>', answer.text)]


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("Tea", Free("Tea", 5)),
        ("Tea, 10 min", Free("Tea", 10, said=True)),
        ("Tea 3 minutes", Free("Tea", 3, said=True)),
        ("Tea 12m", Free("Tea", 12, said=True)),
        ("Tea 10", Free("Tea 10", 5)),
        ("Level 2 again", Free("Level 2 again", 5)),
        ("Tea, 0 min", Free("Tea, 0 min", 5)),
        ("Tea, 999 min", Free("Tea, 999 min", 5)),
        ("10 min", Free("10 min", 5)),
        ("", None),
    ],
)
def test_what_is_typed_becomes_a_step_and_may_say_its_minutes(typed, step):
    assert free(typed) == step


def test_letters_find_exercises_with_their_minutes_intensity_and_area(owner, plan):
    answer = owner.get(f"/plans/{plan}/add?q=three+do", headers=HTMX)
    assert offered(answer)[0] == "Three doors"
    assert offered(answer)[-1] == "Add “three do” as a step of my own"
    shown = text_of(answer)
    assert "16–24 min" in shown
    assert "Emotional" in shown
    assert "Intensity 3 of 5" in answer.text


def test_a_slip_is_forgiven(owner, plan):
    assert offered(owner.get(f"/plans/{plan}/add?q=thre+doors", headers=HTMX))[0] == "Three doors"


@pytest.mark.parametrize("typed", ["Welcome", "Welcome, 4 min", "Three doors, 4 min", "zzqx"])
def test_a_step_of_ones_own_comes_first_when_it_is_likelier_to_be_meant(owner, plan, typed):
    title = typed.removesuffix(", 4 min")
    answer = owner.get(f"/plans/{plan}/add", query_string={"q": typed}, headers=HTMX)
    assert offered(answer)[0] == f"Add “{title}” as a step of my own"


def test_before_anything_is_typed_there_is_what_suits_the_part(owner, plan):
    arriving, closing = (
        offered(owner.get(f"/plans/{plan}/add?part={part}", headers=HTMX)) for part in ("arrive", "close")
    )
    assert len(arriving) == len(closing) == 7
    assert arriving != closing


def test_without_a_script_a_page_does_the_same(app, cast, owner, plan):
    assert f"/plans/{plan}/add?part=settle" in owner.get(f"/plans/{plan}").text
    page = owner.get(f"/plans/{plan}/add?part=settle&q=breathing,+3+min")
    assert "Add to Settle" in page.text
    form = re.search(r'action="([^"]*/segments)".*?</form>', page.text, re.S)
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    answer = owner.post(form[1], data=values)
    assert answer.status_code == 303
    step = stands(app, cast.owner, plan).plan.segments[-1]
    assert (step.part, step.title, step.minutes) == ("settle", "breathing", 3)


def test_an_odd_part_is_the_core(owner, plan):
    assert "Add to Core" in owner.get(f"/plans/{plan}/add?part=nowhere").text
