"""The page after a session, the next plan, and what is shown of it elsewhere."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from planner.db import db, now
from planner.landing.notes import Concern, Notes, Pair
from planner.plans import operations as plans
from planner.plans import queries
from planner.running import operations as running
from planner.running.events import MINUTE, Event
from tests.builders import a_plan, a_segment
from tests.landing.noted import a_step
from tests.plans.pages import HTMX, text_of

LANDED = {"landed-s1": "well", "landed-s2": "not_now", "number": "0"}


def chosen(answer):
    """What is chosen on the page: by the name of the field, its value."""
    found = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", answer.text)
    values = (dict(re.findall(r'(\w+)="([^"]*)"', each)) | {"on": " checked" in each} for each in found)
    return {each["name"]: each["value"] for each in values if each["on"] and each["value"]}


def opened(app, cast, plan_id):
    with app.app_context():
        return queries.opened(db.session, cast.owner, plan_id)


# Noting


def test_a_press_on_each_step_is_all_it_takes(owner, after, kept):
    assert chosen(owner.get(after)) == {}
    answer = owner.post(after, data=LANDED)
    assert answer.status_code == 303
    assert [(step.id, step.slug, step.landed) for step in kept().steps] == [
        ("s1", "", "well"),
        ("s2", "three-doors", "not_now"),
    ]
    page = owner.get(answer.location)
    assert chosen(page) == {"landed-s1": "well", "landed-s2": "not_now"}
    assert "Saved" in text_of(page)


def test_a_choice_can_be_taken_back(owner, after, kept, counts):
    owner.post(after, data=LANDED)
    owner.post(after, data={"landed-s1": "", "landed-s2": "", "number": "1"})
    assert kept() == Notes()
    assert counts() is None


def test_a_little_is_kept_after_each_choice_without_the_page(owner, after, kept):
    answer = owner.post(after, data=LANDED, headers=HTMX)
    assert answer.status_code == 200
    assert '<div id="landing-kept">' in answer.text
    assert 'name="number" value="1"' in answer.text
    assert "<form" not in answer.text
    assert owner.post(after, data=LANDED | {"number": "1", "worked": "Tea."}, headers=HTMX).status_code == 200
    assert kept().worked == "Tea."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_too_long_is_refused_and_stays_on_the_page(owner, after, kept, headers):
    data = LANDED | {"worked": "w" * 601, "note": "n" * 6001, "closeness_a": "7"}
    answer = owner.post(after, data=data, headers=headers)
    assert answer.status_code == 422
    assert kept() is None
    assert 'id="worked-error"' in answer.text
    assert "under 600 characters" in answer.text
    assert "under 6000 characters" in answer.text
    if not headers:
        assert "w" * 601 in answer.text
        assert "n" * 6001 in answer.text
        assert chosen(answer) == {"landed-s1": "well", "landed-s2": "not_now", "closeness_a": "7"}


@pytest.mark.parametrize("field", ["landed-s2", "closeness_b", "safety_a"])
def test_a_choice_that_there_is_not_is_refused(owner, after, kept, field):
    assert owner.post(after, data=LANDED | {field: "splendid"}).status_code == 422
    assert kept() is None


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_of_two_tabs_the_later_one_sees_both_and_chooses(owner, after, kept, headers):
    owner.post(after, data=LANDED | {"worked": "We laughed.", "safety_a": "9"})
    mine = {"landed-s1": "mixed", "landed-s2": "not_now", "worked": "We slowed down.", "number": "0"}
    answer = owner.post(after, data=mine, headers=headers)
    assert answer.status_code == 409
    said = text_of(answer)
    assert "Arrive well Kept now Went well Here Mixed" in said
    assert "Safety, partner A Kept now 9 Here (empty)" in said
    assert "We laughed." in said
    assert "We slowed down." in said
    assert "Three doors" not in said or not headers  # both say the same of it
    assert kept().worked == "We laughed."
    assert owner.post(after, data=mine | {"instead_of": "1"}, headers=headers).status_code < 400
    assert kept().worked == "We slowed down."


def test_while_both_stand_there_typing_on_changes_nothing_on_the_page(owner, after):
    owner.post(after, data=LANDED)
    data = {"worked": "More", "number": "0"}
    first = owner.post(after, data=data, headers=HTMX)
    assert "HX-Reswap" not in first.headers
    again = owner.post(after, data=data | {"shown": "1"}, headers=HTMX)
    assert (again.status_code, again.headers["HX-Reswap"]) == (409, "none")


def test_a_step_that_was_removed_meanwhile_can_still_be_noted(owner, held, after, kept):
    assert owner.post(f"/plans/{held}/segments/s2/remove", data={"revision": "1"}).status_code == 303
    owner.post(after, data=LANDED | {"plan": "1"})
    assert [step.id for step in kept().steps] == ["s1", "s2"]
    assert "no longer in the plan" in text_of(owner.get(after))
    owner.post(after, data={"landed-s1": "well", "number": "1"})
    assert "no longer in the plan" not in text_of(owner.get(after))


def test_low_safety_and_falling_closeness_are_said_calmly(owner, after, held):
    said = text_of(owner.post(after, data=LANDED | {"safety_b": "3"}, headers=HTMX))
    assert "B said 3 of 10 for safety. The house rule is to step down next time" in said
    following = owner.post(f"/plans/{held}/next").location
    owner.post(after, data={"closeness_a": "8", "safety_b": "8", "number": "1"})
    said = text_of(owner.post(f"{following}/after", data={"closeness_a": "6"}, headers=HTMX))
    assert "A’s closeness went from 8 to 6. The house rule" in said
    assert "house rule" not in text_of(owner.post(after, data={"closeness_a": "6", "number": "2"}))


def test_colleagues_see_it_with_the_plan_and_not_without(owner, colleague, held, after):
    owner.post(after, data=LANDED)
    assert colleague.get(after).status_code == 404
    owner.post(f"/plans/{held}/sharing", data={"shared": "1", "revision": "1"})
    assert chosen(colleague.get(after))["landed-s1"] == "well"
    assert colleague.post(after, data={"worked": "Seen", "number": "1"}).status_code == 303


def test_nothing_of_it_is_printed(owner, held, after):
    owner.post(after, data=LANDED | {"worked": "Zwieback", "note": "Zwieback", "safety_a": "2"})
    for page in ("run-sheet/preview", "handouts/preview", "template", "template/preview"):
        answer = owner.get(f"/plans/{held}/{page}")
        assert answer.status_code in (200, 405)
        assert "Zwieback" not in answer.text


# What the screen in the room knows


def test_what_was_skipped_in_the_room_is_chosen_already(owner, app, cast, held, after, kept):
    with app.app_context():
        run = running.begin(db.session, cast.owner, held, now())
        began = run.run.began
        events = [
            Event("a" * 8, "next", began + 6 * MINUTE, 1, step="s1"),
            Event("b" * 8, "note", began + 7 * MINUTE, 2, step="s2", text="They smiled at the third door"),
            Event("c" * 8, "skip", began + 8 * MINUTE, 3, step="s2"),
            Event("d" * 8, "end", began + 9 * MINUTE, 4, step="s3"),
        ]
        running.add(db.session, cast.owner, held, run.id, events, now() + dt.timedelta(minutes=9))
        db.session.commit()
    page = owner.get(after)
    assert chosen(page) == {"landed-s2": "skipped"}
    assert "minute 8 They smiled at the third door" in text_of(page)
    assert kept() is None
    owner.post(after, data={"landed-s2": "", "number": "0"})
    assert chosen(owner.get(after)) == {}


# The next session


def test_the_next_plan_takes_over_what_is_the_couples(owner, app, cast, held):
    answer = owner.post(f"/plans/{held}/next")
    assert answer.status_code == 303
    made = opened(app, cast, answer.location.removeprefix("/plans/"))
    assert made.record.follows_id == held
    assert made.plan.title == "Third session"
    assert (made.plan.hope, made.plan.areas, made.plan.fears) == ("laugh once", ("play",), ("rejection",))
    assert made.plan.date == dt.date(2031, 5, 13)
    assert made.plan.time == dt.time(18, 30)
    again = owner.post(f"/plans/{held}/next")
    assert again.location == answer.location
    assert "planned already" in owner.get(again.location).text
    assert "Go to the next session" in owner.get(f"/plans/{held}/after").text


def test_a_next_plan_in_the_bin_is_planned_anew(owner, held):
    first = owner.post(f"/plans/{held}/next").location
    owner.post(f"{first}/bin")
    assert owner.post(f"/plans/{held}/next").location != first


def test_the_next_plan_shows_last_time(owner, held, save):
    steps = (a_step("s2", title="Three doors"), a_step("s3", "not_now", title="Next step"))
    save(Notes(steps, Pair(7, 6), Pair(8, 3), worked="We slowed down."))
    page = text_of(owner.get(owner.post(f"/plans/{held}/next").location))
    for words in (
        "Last time Tue 6 May, Second session",
        "We slowed down.",
        "Went well Three doors",
        "Not now Next step",
        "closeness: A 7, B 6 safety: A 8, B 3",
        "Practice at home, to ask after Thanks that names you",
        "B said 3 of 10 for safety.",
        "‘We slowed down’. What of it have you noticed since?”",
    ):
        assert words in page, words
    assert "Last time" not in text_of(owner.get(f"/plans/{held}"))


def test_how_practice_at_home_went_is_told_once_it_is_noted(owner, held, after):
    owner.post(after, data={"landed-s4": "mixed", "number": "0"})
    page = text_of(owner.get(owner.post(f"/plans/{held}/next").location))
    assert "Thanks that names you (mixed)" in page


def test_one_press_opens_the_session_with_it_and_undo_takes_it_back(owner, app, cast, held, save):
    save(Notes(worked="We slowed down."))
    page = owner.post(f"/plans/{held}/next").location
    answer = owner.post(f"{page}/opening", data={"revision": "1"}, headers=HTMX)
    assert "The session opens with what worked last time" in text_of(answer)
    plan_id = page.removeprefix("/plans/")
    words = opened(app, cast, plan_id).plan.segments[0].words.split("\n\n")
    assert (
        words[1]
        == "“Last time you told me what worked: ‘We slowed down’. What of it have you noticed since?”"
    )
    assert len(words) == 3
    assert 'id="open-with"' not in answer.text
    assert "Nothing to change" in text_of(owner.post(f"{page}/opening", data={"revision": "2"}, headers=HTMX))
    owner.post(f"{page}/undo", data={"revision": "2"})
    assert len(opened(app, cast, plan_id).plan.segments[0].words.split("\n\n")) == 2


def test_opening_a_plan_that_follows_none_changes_nothing(owner, app, cast, held):
    owner.post(f"/plans/{held}/opening", data={"revision": "1"})
    assert opened(app, cast, held).number == 1


def test_a_colleague_sees_nothing_of_a_session_before_that_is_not_open_to_them(owner, colleague, held, save):
    save(Notes(worked="We slowed down."))
    page = owner.post(f"/plans/{held}/next").location
    owner.post(f"{page}/sharing", data={"shared": "1", "revision": "1"})
    shown = colleague.get(page)
    assert shown.status_code == 200
    assert "We slowed down" not in shown.text
    assert "Last time" not in shown.text


def test_a_bold_session_says_how_far_to_step_down_and_when_that_is_done(owner, app, cast, held, save):
    save(Notes(safety=Pair(2)))
    page = owner.post(f"/plans/{held}/next").location
    assert "intensity 2 at most" in text_of(owner.get(page))
    with app.app_context():
        gentle = a_plan(a_segment("a", part="arrive", intensity=1), a_segment("b", intensity=2))
        plans.change(db.session, cast.owner, page.removeprefix("/plans/"), 1, lambda _plan: gentle, "Gentler")
        db.session.commit()
    shown = text_of(owner.get(page))
    assert "This plan steps down from last time" in shown
    assert "Find gentle exercises" not in shown
    assert Concern("a", 2).before is None


# Elsewhere


def test_home_asks_for_two_weeks_until_something_is_saved(app, cast, owner):
    today = now().date()
    with app.app_context():
        made = {
            days: plans.create(
                db.session, cast.owner, a_plan(title=f"Days {days}", date=today - dt.timedelta(days=days))
            ).id
            for days in (-2, 3, 20)
        }
        db.session.commit()
    links = re.findall(r'href="/plans/(\w+)/after"', owner.get("/").text)
    assert links == [made[3]]
    owner.post(f"/plans/{made[3]}/after", data={"number": "0"})
    assert "/after" not in owner.get("/").text


def test_home_does_not_ask_after_a_colleagues_session(app, cast, owner, colleague):
    yesterday = now().date() - dt.timedelta(days=1)
    with app.app_context():
        record = plans.create(db.session, cast.owner, a_plan(date=yesterday))
        plans.share(db.session, cast.owner, record.id, True)
        db.session.commit()
    assert "/after" in owner.get("/").text
    assert "/after" not in colleague.get("/").text


def note_often(app, cast, save, times):
    with app.app_context():
        ids = [plans.create(db.session, cast.owner, a_plan()).id for _ in range(times)]
        db.session.commit()
    for place, plan_id in enumerate(ids):
        landed = ("well", "well", "mixed", "well", "not_now", "skipped")[place % 6]
        save(Notes((a_step("s2", landed, slug="three-doors"),)), 0, plan_id)


def test_an_exercise_says_how_it_landed_in_the_practice(app, cast, owner, colleague, outsider, held, save):
    assert "How it landed" not in owner.get("/library/three-doors").text
    note_often(app, cast, save, 1)
    assert "noted 1 time so far, too few to say much" in text_of(owner.get("/library/three-doors"))
    note_often(app, cast, save, 5)
    for browser in (owner, colleague):
        page = text_of(browser.get("/library/three-doors"))
        assert html.unescape("went well 4 · mixed 1 · not now 1") in page
    assert "How it landed" not in outsider.get("/library/three-doors").text
    shelf = text_of(owner.get(f"/plans/{held}/shelf?q=three+doors", headers=HTMX))
    assert "went well 4 of 6 times" in shelf
