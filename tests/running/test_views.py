"""Running a session without a script, and what its screen sends when it has one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from planner.db import db, new_id
from planner.plans import operations as plans
from planner.plans import queries as plan_queries
from planner.plans.plan import Plan, edit
from planner.running import queries
from tests.plans.pages import HTMX, text_of


def presses(owner, plan_id, kind, step="", **values):
    data = {"id": new_id(), "kind": kind, "step": step} | values
    return owner.post(f"/plans/{plan_id}/run/press", data=data)


def shown(owner, plan_id):
    """The title of the step that fills the screen."""
    page = owner.get(f"/plans/{plan_id}/run").text
    card = r'<article class="run-card" data-card="[^"]*" data-area="[^"]*" >'
    found = re.search(card + r".*?<h1[^>]*>(.*?)</h1>", page, re.S)
    return found[1] if found else ""


def test_a_session_begins_from_the_plan_and_is_gone_on_with_from_there_and_from_home(owner, plan_id):
    assert "Begin the session" in owner.get(f"/plans/{plan_id}").text
    assert "Begin now" in owner.get(f"/plans/{plan_id}/run").text
    begun = owner.post(f"/plans/{plan_id}/run")
    assert begun.location == f"/plans/{plan_id}/run"
    assert shown(owner, plan_id) == "Arrive well"
    assert "Go on with the session" in owner.get(f"/plans/{plan_id}").text
    assert "A session is under way: Second session" in text_of(owner.get("/"))


def test_beginning_twice_is_beginning_once(owner, plan_id, app, cast):
    for _ in range(2):
        owner.post(f"/plans/{plan_id}/run")
    with app.app_context():
        assert len(queries.under_way(db.session, cast.owner)) == 1


def test_a_plan_without_a_step_cannot_be_run(owner, app, cast):
    with app.app_context():
        empty = plans.create(db.session, cast.owner, Plan("Still empty")).id
        db.session.commit()
    assert "Begin the session" not in owner.get(f"/plans/{empty}").text
    refused = owner.post(f"/plans/{empty}/run")
    assert refused.status_code == 422
    assert "There is no step in this session yet" in refused.text


def test_every_press_works_without_a_script(owner, begun, standing):
    presses(owner, begun, "next", "a")
    assert shown(owner, begun) == "Three doors"
    presses(owner, begun, "more", "b", minutes="5")
    assert standing().until - standing().since == 29 * 60_000
    presses(owner, begun, "flooded", "b", to="c")
    assert shown(owner, begun) == "Come down"
    presses(owner, begun, "back", "c")
    assert shown(owner, begun) == "Three doors"
    presses(owner, begun, "undo", to=standing().last)
    assert shown(owner, begun) == "Come down"
    presses(owner, begun, "skip", "c")
    assert shown(owner, begun) == "Next step"
    ended = presses(owner, begun, "end", "d")
    assert ended.location == f"/plans/{begun}/after"
    assert [(visit.step, visit.outcome) for visit in standing().visits] == [
        ("a", "done"),
        ("b", "stopped"),
        ("c", "skipped"),
        ("d", "done"),
    ]


def test_a_press_that_was_sent_twice_counts_once(owner, begun, standing):
    for _ in range(2):
        presses(owner, begun, "more", "a", minutes="5", id="ab" * 10)
    assert standing().until - standing().since == 11 * 60_000


def test_what_is_no_button_is_refused(owner, begun, standing):
    before = standing()
    for odd in ({"kind": "note"}, {"kind": "begin"}, {"minutes": "²"}, {"id": "x"}, {"coming": "[[[["}):
        assert presses(owner, begun, **{"kind": "next", "step": "a"} | odd).status_code == 422
    assert standing() == before


def test_a_session_that_was_ended_too_soon_goes_on(owner, begun, standing):
    presses(owner, begun, "next", "a")
    presses(owner, begun, "end", "b")
    page = text_of(owner.get(f"/plans/{begun}/run"))
    assert "The session is over" in page
    assert "Come down left out" in page
    assert "Back to the session" in owner.get(f"/plans/{begun}").text
    presses(owner, begun, "undo", to=standing().last)
    assert shown(owner, begun) == "Three doors"
    assert "A session is under way" in owner.get("/").text


def test_the_run_keeps_the_plan_as_it_was_when_it_began(owner, begun, app, cast):
    with app.app_context():
        number = plan_queries.opened(db.session, cast.owner, begun).number
        plans.change(
            db.session, cast.owner, begun, number, lambda plan: edit(plan, "a", title="Later", minutes=20), ""
        )
        db.session.commit()
    assert shown(owner, begun) == "Arrive well"


def test_running_a_session_leaves_its_plan_alone(owner, begun, app, cast):
    with app.app_context():
        before = plan_queries.opened(db.session, cast.owner, begun).number
    presses(owner, begun, "refit", "a", minutes="12", now="2", coming=json.dumps([["c", 5], ["d", 5]]))
    presses(owner, begun, "end", "a")
    with app.app_context():
        assert plan_queries.opened(db.session, cast.owner, begun).number == before


def test_everything_that_may_be_needed_is_on_the_page_from_the_beginning(owner, begun):
    page = text_of(owner.get(f"/plans/{begun}/run"))
    for words in ("Come down", "Next step", "Set out the three rounds", "end the turn in the middle"):
        assert words in page
    assert "From the library" in page
    assert "A walk" not in page


def test_a_note_waits_for_after_the_session(owner, begun, standing):
    owner.post(f"/plans/{begun}/run/note", data={"text": "She  laughed\nfirst. "})
    assert [note.text for note in standing().notes] == ["She laughed first."]
    assert "Minute 1: She laughed first." in text_of(owner.get(f"/plans/{begun}/run"))


@pytest.mark.parametrize("text", ["", " ", "x" * 301])
def test_a_note_that_cannot_be_kept_is_given_back(owner, begun, text):
    refused = owner.post(f"/plans/{begun}/run/note", data={"text": text})
    assert refused.status_code == 422
    assert "Please look at this again" in refused.text
    assert f'value="{text.strip()}"' in refused.text


def test_fewer_minutes_are_looked_at_before_one_is_taken(owner, begun, standing):
    fit = owner.get(f"/plans/{begun}/run/fit?minutes=25")
    assert fit.status_code == 200
    assert "Take this one" in fit.text
    before = standing()
    coming = json.loads(re.search(r'name="coming" value="([^"]*)"', fit.text)[1].replace("&#34;", '"'))
    now = re.search(r'name="now" value="([0-9]+)"', fit.text)[1]
    assert standing() == before
    presses(owner, begun, "refit", "a", minutes="25", now=now, coming=json.dumps(coming))
    after = standing()
    assert int(now) + sum(minutes for _, minutes in after.coming) <= 25
    assert {"c", "d"} <= {step for step, _ in after.coming}
    assert after.ends < before.ends


def test_a_number_that_is_none_is_refused_beside_the_field(owner, begun):
    for text in ("", "0", "many", "481"):
        assert owner.get(f"/plans/{begun}/run/fit?minutes={text}").status_code == 422
    part = owner.get(f"/plans/{begun}/run/fit?minutes=0", headers=HTMX)
    assert part.text.strip().startswith('<div id="fit">')


# What a screen sends


def test_what_a_screen_sends_late_counts_at_its_own_time(owner, sends, event, standing):
    first, second = event("next", "a"), event("note", "b", text="Both smiled.")
    assert sends(owner, second).status_code == 200
    answer = sends(owner, first, second)
    assert answer.json["number"] == 3
    assert {each["id"] for each in answer.json["events"]} == {first["id"], second["id"]}
    assert standing().step == "b"
    assert standing().since == first["at"]


def test_two_screens_hear_of_each_other(owner, sends, event):
    sends(owner, event("next", "a"))
    answer = sends(owner, event("more", "b", minutes=5), number="2")
    assert [each["kind"] for each in answer.json["events"]] == ["more"]
    assert len(sends(owner, number="1").json["events"]) == 2


def test_one_event_that_cannot_be_read_does_not_hold_back_the_others(owner, sends, event, standing):
    odd = ({"kind": "next"}, ["odd"], event("dance"), event("next", "a", at="soon"))
    answer = sends(owner, *odd, event("next", "a"))
    assert answer.status_code == 200
    assert standing().step == "b"


@pytest.mark.parametrize("text", ["", "{", "5", "null", "[" * 5000])
def test_what_is_no_list_at_all_is_refused(owner, sends, text):
    assert sends(owner, events=text).status_code == 422


def test_nothing_is_taken_from_one_member_in_the_name_of_another(
    colleague, app, cast, plan_id, sends, event, standing
):
    with app.app_context():
        plans.share(db.session, cast.owner, plan_id, True)
        db.session.commit()
    assert sends(colleague, event("next", "a")).status_code == 409
    assert standing().step == "a"
    assert sends(colleague, event("next", "a"), member=cast.colleague.id).status_code == 200
    assert standing().step == "b"


def test_a_colleague_runs_a_plan_only_when_it_is_open_to_them(colleague, app, cast, begun):
    assert colleague.get(f"/plans/{begun}/run").status_code == 404
    with app.app_context():
        plans.share(db.session, cast.owner, begun, True)
        db.session.commit()
    assert colleague.get(f"/plans/{begun}/run").status_code == 200


def test_a_run_of_another_plan_is_not_there(owner, sends, event):
    assert sends(owner, event("next", "a"), run="0" * 20).status_code == 404


def test_no_word_of_a_session_can_be_read_in_the_files_of_the_database(owner, plan_id, app, sends, event):
    sends(owner, event("note", "a", text="Zwieback"))
    owner.post(f"/plans/{plan_id}/run/note", data={"text": "Zwieback again"})
    for file in Path(app.extensions["settings"].folder).glob("planner.db*"):
        assert b"Zwieback" not in file.read_bytes(), file.name
