"""The history of a plan: who changed what and when, two versions compared, one brought back, one named."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from planner.db import db
from planner.plans import operations, queries
from planner.plans import plan as verbs
from planner.plans.history import queries as history
from planner.plans.models import Revision
from planner.sealing import Keyring
from tests.builders import a_plan, a_segment
from tests.plans.pages import HTMX, text_of


@pytest.fixture
def plan(app, cast):
    """A plan of the owner's with four revisions, of which the third was undone before the fourth."""
    with app.app_context():
        first = a_plan(a_segment("s1", title="Soft start"), a_segment("s2", title="Talking"), hope="laugh")
        plan_id = operations.create(db.session, cast.owner, first).id
        _change(cast.owner, plan_id, lambda plan: verbs.resize(plan, "s1", 12))
        _change(cast.owner, plan_id, lambda plan: verbs.remove(plan, "s2"))
        operations.undo(db.session, cast.owner, plan_id, 3)
        _change(cast.owner, plan_id, lambda plan: verbs.edit(plan, "s2", words="Who begins?"))
        db.session.commit()
        return plan_id


def _change(who, plan_id, do):
    record = queries.record(db.session, who, plan_id)
    operations.change(db.session, who, plan_id, record.current, do, "")


def entries(answer):
    """The list of versions as it reads: by number, its text."""
    found = re.findall(r'<li id="version-(\d+)"(.*?)</li>\s*(?=<li id="version|</ol>)', answer.text, re.S)
    return {
        int(number): " ".join(html.unescape(re.sub(r"<[^>]+>", " ", rest)).split()) for number, rest in found
    }


def stands(app, cast, plan_id):
    with app.app_context():
        opened = queries.opened(db.session, cast.owner, plan_id)
        return opened.number, opened.plan


# The list


def test_every_revision_says_who_made_it_and_what_it_changed(plan, owner):
    shown = entries(owner.get(f"/plans/{plan}/history"))
    assert list(shown) == [4, 3, 2, 1]
    assert "Owner" in shown[4]
    assert "Wrote words to say for “Talking”" in shown[4]
    assert "stands now" in shown[4]
    assert "“Soft start” now takes 12 minutes instead of 10" in shown[2]
    assert "Began the plan “Second session”, 2 steps" in shown[1]


def test_what_was_undone_says_so_and_nothing_else_does(plan, owner):
    shown = entries(owner.get(f"/plans/{plan}/history"))
    assert [number for number, text in shown.items() if " undone " in text] == [3]
    assert owner.post(f"/plans/{plan}/undo", data={"revision": "4"}).status_code == 303
    shown = entries(owner.get(f"/plans/{plan}/history"))
    assert [number for number, text in shown.items() if " undone " in text] == [4, 3]
    assert [number for number, text in shown.items() if "stands now" in text] == [2]


def test_a_colleague_who_may_open_the_plan_reads_it_and_another_does_not(plan, owner, colleague):
    assert colleague.get(f"/plans/{plan}/history").status_code == 404
    owner.post(f"/plans/{plan}/sharing", data={"revision": "4", "shared": "1"})
    resized = colleague.post(f"/plans/{plan}/segments/s1/minutes", data={"minutes": "5", "revision": "4"})
    assert resized.status_code == 303
    assert "Colleague" in entries(colleague.get(f"/plans/{plan}/history"))[5]
    assert "Colleague" in entries(owner.get(f"/plans/{plan}/history"))[5]


def test_a_long_history_has_pages_and_opens_no_more_than_it_shows(app, cast, plan, owner, monkeypatch):
    with app.app_context():
        for minutes in range(20, 140):
            _change(cast.owner, plan, lambda plan, minutes=minutes: verbs.resize(plan, "s1", minutes))
        db.session.commit()
    opened = []
    real = Keyring.open
    monkeypatch.setattr(Keyring, "open", lambda self, *args: opened.append(1) or real(self, *args))
    with app.app_context():
        history.history(db.session, cast.owner, plan)
    assert len(opened) == history.PAGE + 1
    first = owner.get(f"/plans/{plan}/history")
    assert list(entries(first)) == list(range(124, 74, -1))
    assert "Page 1 of 3" in text_of(first)
    assert list(entries(owner.get(f"/plans/{plan}/history?page=3"))) == list(range(24, 0, -1))
    assert list(entries(owner.get(f"/plans/{plan}/history?page=99"))) == list(range(24, 0, -1))


def test_more_than_a_few_changes_are_folded(app, cast, plan, owner):
    with app.app_context():
        many = [a_segment(f"n{number}", title=f"New {number}") for number in range(9)]
        _change(cast.owner, plan, lambda plan: verbs.checked(verbs.replace(plan, segments=tuple(many))))
        db.session.commit()
    assert "7 more changes" in entries(owner.get(f"/plans/{plan}/history"))[5]


# One version, and two


def test_a_version_is_shown_as_it_stood(plan, owner):
    then = text_of(owner.get(f"/plans/{plan}/history/3"))
    assert "Soft start" in then
    assert "What changed with it Took out “Talking”, 10 minutes" in then
    assert "laugh" in then
    assert "Who begins?" not in then
    assert owner.get(f"/plans/{plan}/history/9").status_code == 404


def test_two_versions_are_compared_whichever_was_chosen_first(plan, owner):
    for address in ("v=1&v=4", "v=4&v=1"):
        shown = text_of(owner.get(f"/plans/{plan}/history/compare?{address}"))
        assert "2 changes" in shown
        assert "Steps take 20 of 50 minutes, then 22 of 50." in shown
        assert "put in: Who begins?" in shown
        assert shown.index("10 minutes") < shown.index("12 minutes")
    same = text_of(owner.get(f"/plans/{plan}/history/compare?v=2&v=4"))
    assert "1 change" in same


@pytest.mark.parametrize("address", ["", "?v=1", "?v=1&v=1", "?v=1&v=2&v=3", "?v=x&v=²"])
def test_anything_but_two_versions_is_asked_for_again(plan, owner, address):
    answer = owner.get(f"/plans/{plan}/history/compare{address}")
    assert answer.status_code == 422
    assert "Please tick the two versions that you want to compare." in text_of(answer)
    assert list(entries(answer)) == [4, 3, 2, 1]


def test_versions_that_are_not_there_are_not_compared(plan, owner):
    assert owner.get(f"/plans/{plan}/history/compare?v=1&v=99").status_code == 404


# Bringing one back


def test_a_version_that_is_brought_back_stands_on_top_and_undo_takes_it_away_again(app, cast, plan, owner):
    before = stands(app, cast, plan)[1]
    answer = owner.post(f"/plans/{plan}/history/1/restore", data={"revision": "4"}, follow_redirects=True)
    assert "The plan reads again as on" in answer.text
    number, now = stands(app, cast, plan)
    assert (number, [step.minutes for step in now.segments]) == (5, [10, 10])
    shown = entries(owner.get(f"/plans/{plan}/history"))
    assert "Brought an earlier version back" in shown[5]
    assert "Took the words to say out of “Talking”" in shown[5]
    owner.post(f"/plans/{plan}/undo", data={"revision": "5"})
    assert stands(app, cast, plan) == (4, before)


def test_over_a_change_that_one_has_not_seen_nothing_is_brought_back(app, cast, plan, owner):
    answer = owner.post(f"/plans/{plan}/history/1/restore", data={"revision": "3"})
    assert answer.status_code == 409
    assert "The plan was changed meanwhile" in answer.text
    assert 'name="revision" value="4"' in answer.text, "pressing again brings it back after all"
    assert stands(app, cast, plan)[0] == 4


def test_what_stands_already_is_not_written_again(app, cast, plan, owner):
    answer = owner.post(f"/plans/{plan}/history/4/restore", data={"revision": "4"}, follow_redirects=True)
    assert "The plan reads like that already." in answer.text
    assert stands(app, cast, plan)[0] == 4


# Names


def test_a_version_is_named_renamed_listed_alone_and_its_name_taken_away(plan, owner):
    named = owner.post(f"/plans/{plan}/history/2/name", data={"name": " Before Tuesday’s  talk "})
    assert named.status_code == 303
    assert "This version is called “Before Tuesday’s talk”." in owner.get(named.location).text
    assert "Before Tuesday’s talk" in entries(owner.get(f"/plans/{plan}/history"))[2]
    again = {"name": "As agreed", "was": "Before Tuesday’s talk"}
    answer = owner.post(f"/plans/{plan}/history/2/name", data=again, headers=HTMX)
    assert answer.status_code == 200
    assert "As agreed" in answer.text
    assert list(entries(owner.get(f"/plans/{plan}/history?named=1"))) == [2]
    assert "As agreed · " in owner.get(f"/plans/{plan}/history/compare?v=1&v=4").text
    owner.post(f"/plans/{plan}/history/2/unname", headers=HTMX)
    assert entries(owner.get(f"/plans/{plan}/history?named=1")) == {}
    assert "No version has a name yet." in owner.get(f"/plans/{plan}/history?named=1").text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("name", "why"), [(" ", "Please give it a name."), ("x" * 81, "under 80 characters")]
)
def test_a_name_that_does_not_do_stays_in_its_field(plan, owner, name, why, headers):
    answer = owner.post(f"/plans/{plan}/history/2/name", data={"name": name}, headers=headers)
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{name.strip()}"' in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_name_that_somebody_else_gave_meanwhile_is_not_written_over(plan, owner, headers):
    owner.post(f"/plans/{plan}/history/2/name", data={"name": "Theirs"})
    answer = owner.post(f"/plans/{plan}/history/2/name", data={"name": "Mine", "was": ""}, headers=headers)
    assert answer.status_code == 409
    assert "It was named “Theirs” meanwhile." in answer.text
    assert 'value="Mine"' in answer.text
    assert 'name="was" value="Theirs"' in answer.text


def test_no_name_can_be_read_in_the_files_of_the_database(app, plan, owner):
    owner.post(f"/plans/{plan}/history/2/name", data={"name": "Zwieback"})
    assert "Zwieback" in owner.get(f"/plans/{plan}/history").text
    folder = Path(app.extensions["settings"].folder)
    for file in folder.glob("planner.db*"):
        assert b"Zwieback" not in file.read_bytes(), file.name


def test_a_revision_keeps_no_word_that_was_typed_when_one_is_brought_back(app, plan, owner):
    owner.post(f"/plans/{plan}/history/1/restore", data={"revision": "4"})
    with app.app_context():
        actions = db.session.scalars(select(Revision.action).where(Revision.plan_id == plan)).all()
    assert set(actions) == {"", "brought back 1"}
