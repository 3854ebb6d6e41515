"""Less time: what is proposed is shown before it is taken."""

from __future__ import annotations

import re

import pytest

from tests.plans.pages import text_of


def offered(answer):
    """The proposals on the page: what each would send."""
    forms = re.findall(r'<form method="post" action="[^"]*/refit">.*?</form>', answer.text, re.S)
    return [dict(re.findall(r'name="(?!csrf)([^"]*)" value="([^"]*)"', form)) for form in forms]


def test_less_time_is_shown_before_it_is_taken(owner, bold, now):
    before = now()
    page = owner.get(f"/plans/{bold}/refit?minutes=35")
    assert "Nothing has changed yet." in page.text
    assert now() == before
    for fields in offered(page):
        assert fields["minutes"] == "35"
    answer = owner.post(f"/plans/{bold}/refit", data=offered(page)[0], follow_redirects=True)
    assert re.search(r"The session now takes \d+ minutes. Undo brings the longer one back", answer.text)
    after = now()
    assert sum(step.minutes for step in after.segments) <= 35
    assert after.length == 35
    owner.post(f"/plans/{bold}/undo", data={"revision": "2"})
    assert now() == before


def test_each_proposal_says_what_becomes_of_every_step(owner, bold):
    said = text_of(owner.get(f"/plans/{bold}/refit?minutes=35"))
    for word in ("Three doors", "Next step", "stays", "→"):
        assert word in said


def test_what_fits_already_says_so(owner, bold):
    said = text_of(owner.get(f"/plans/{bold}/refit?minutes=60"))
    assert "It fits as it is" in said
    assert "The steps take 46 of your 60 minutes" in said


def test_too_little_time_is_said_kindly_with_the_least(owner, bold):
    said = text_of(owner.get(f"/plans/{bold}/refit?minutes=2"))
    assert "2 minutes are too little for this session" in said
    assert re.search(r"To arrive, settle and close takes \d minutes at least", said)


@pytest.mark.parametrize("minutes", ["", "0", "481", "²", "half an hour"])
def test_minutes_that_are_none_are_named_and_kept(owner, bold, minutes):
    answer = owner.get(f"/plans/{bold}/refit", query_string={"minutes": minutes})
    assert answer.status_code == 422
    assert 'id="minutes-error"' in answer.text
    assert f'value="{minutes}"' in answer.text


def test_the_page_can_be_opened_before_any_minutes_are_named(owner, bold):
    answer = owner.get(f"/plans/{bold}/refit")
    assert answer.status_code == 200
    assert "error" not in answer.text.split("<main")[1]


def test_a_proposal_for_a_plan_that_changed_meanwhile_changes_nothing(owner, bold, now):
    fields = offered(owner.get(f"/plans/{bold}/refit?minutes=35"))[0]
    owner.post(f"/plans/{bold}/segments/c/up", data={"revision": "1"})
    before = now()
    answer = owner.post(f"/plans/{bold}/refit", data=fields)
    assert answer.status_code == 409
    assert "This plan was changed elsewhere" in answer.text
    assert now() == before


def test_a_proposal_that_is_not_there_any_more_shows_those_that_are(owner, bold, now):
    before = now()
    answer = owner.post(f"/plans/{bold}/refit", data={"minutes": "35", "mark": "x", "revision": "1"})
    assert answer.status_code == 409
    assert "These proposals have changed" in answer.text
    assert offered(answer)
    assert now() == before
