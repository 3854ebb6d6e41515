"""Remedies: each is one change of the plan, and can be undone."""

from __future__ import annotations

import html

import pytest

from planner.db import db
from planner.plans import queries
from planner.plans.plan import edit
from tests.cast import PASSWORD
from tests.plans.pages import HTMX, remedies


def test_a_remedy_is_one_change_and_can_be_undone(owner, bold, now):
    before = now()
    page = owner.get(f"/plans/{bold}")
    label = "Use the short form of “Three doors”, 16 min"
    fields = remedies(page)[label]
    answer = owner.post(f"/plans/{bold}/remedies", data=fields, headers=HTMX)
    assert answer.status_code == 200
    assert now() == edit(before, "b", minutes=16)
    assert label not in remedies(answer)
    owner.post(f"/plans/{bold}/undo", data={"revision": "2"})
    assert now() == before


@pytest.mark.parametrize(
    ("fields", "said", "steps"),
    [
        (
            {"kind": "move", "segment": "c", "before": "b"},
            "Moved “Tea” to an earlier place",
            ["a", "c", "b", "d"],
        ),
        ({"kind": "move", "segment": "b", "before": "d"}, "Moved “Three doors” to a later place", None),
        (
            {"kind": "settle", "after": "b", "minutes": "5"},
            "Added 5 quiet minutes after “Three doors”",
            None,
        ),
        (
            {"kind": "shorten", "segment": "b", "minutes": "14"},
            "“Three doors” now has its short form, 14 minutes",
            None,
        ),
        ({"kind": "drop", "segment": "b"}, "Left out “Three doors”. Undo brings it back", ["a", "c", "d"]),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_each_kind_of_remedy_says_what_was_done(owner, bold, now, fields, said, steps):
    answer = owner.post(f"/plans/{bold}/remedies", data=fields | {"revision": "1"}, follow_redirects=True)
    assert said in html.unescape(answer.text)
    if steps:
        assert [step.id for step in now().segments] == steps


def test_what_is_kept_of_an_action_has_no_typed_words_in_it(app, cast, owner, bold):
    owner.post(f"/plans/{bold}/remedies", data={"kind": "drop", "segment": "c", "revision": "1"})
    with app.app_context():
        record = queries.record(db.session, cast.owner, bold)
        assert "Tea" not in queries.revision(db.session, record, 2).action


def test_a_remedy_for_a_plan_that_changed_meanwhile_changes_nothing(owner, bold, now):
    owner.post(f"/plans/{bold}/segments/c/remove", data={"revision": "1"})
    before = now()
    late = {"kind": "shorten", "segment": "b", "minutes": "14", "revision": "1"}
    gone = {"kind": "drop", "segment": "c", "revision": "2"}
    for fields in (late, gone):
        answer = owner.post(f"/plans/{bold}/remedies", data=fields, headers=HTMX)
        assert answer.status_code == 409
        assert "This plan was changed elsewhere" in answer.text
    assert now() == before


@pytest.mark.parametrize(
    "fields",
    [{"kind": "cancel", "segment": "b"}, {"kind": "settle", "after": "b", "minutes": "999"}, {}],
)
def test_a_remedy_that_is_none_is_refused_in_words(owner, bold, now, fields):
    before = now()
    answer = owner.post(f"/plans/{bold}/remedies", data=fields | {"revision": "1"})
    assert answer.status_code == 422
    assert "Please choose one of the remedies." in answer.text
    assert now() == before


def test_a_stranger_sees_none_of_it(app, outsider, colleague, bold):
    for browser in (outsider, colleague):
        assert browser.get(f"/plans/{bold}/refit?minutes=35").status_code == 404
        assert browser.get(f"/plans/{bold}?swap=b").status_code == 404
        for path in ("remedies", "refit", "segments/b/swap/hand-in-hand"):
            assert browser.post(f"/plans/{bold}/{path}", data={"revision": "1"}).status_code == 404
    visitor = app.test_client()
    visitor.post("/sign-in", data={"email": "outsider@example.org", "password": PASSWORD})
    assert visitor.get(f"/plans/{bold}").status_code == 404
