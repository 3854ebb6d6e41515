"""Sessions in a counsellor's own calendar: a file for one, and a secret address for all."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace

import pytest
from icalendar import Calendar

from planner.db import db
from planner.diary.models import CalendarFeed
from planner.plans import operations
from tests.builders import a_plan
from tests.plans.pages import keep

SOON = dt.date.today() + dt.timedelta(days=3)
HALF_TWO = dt.time(14, 30)


def a_session(**changes):
    said = {"title": "R and L, fourth time", "hope": "They ask for one small thing.", "date": SOON}
    return a_plan(**said | changes)


@pytest.fixture
def plan(app, cast):
    return keep(app, cast.owner, a_session(time=HALF_TWO))


def address(page):
    """The path of the address that a page shows."""
    return re.search(r'value="https?://[^/"]+(/calendar/[^"]+\.ics)"', html.unescape(page.text))[1]


@pytest.fixture
def feed(owner, plan):
    assert plan
    return address(owner.post("/calendar"))


def events(answer):
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


# A file for one session


def test_a_plan_with_a_date_offers_a_file_for_the_calendar(owner, plan):
    assert f"/plans/{plan}/session.ics" in owner.get(f"/plans/{plan}").text
    answer = owner.get(f"/plans/{plan}/session.ics")
    (event,) = events(answer)
    assert event["dtstart"].dt.replace(tzinfo=None) == dt.datetime.combine(SOON, HALF_TWO)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="session.ics"'


def test_nothing_in_the_file_tells_of_the_couple_or_leads_to_the_plan(owner, plan):
    written = owner.get(f"/plans/{plan}/session.ics").text
    for private in ("R and L", "small thing", plan, "http", "Owner", "owner@"):
        assert private not in written


def test_without_a_date_one_is_shown_where_to_write_it(app, cast, owner):
    undated = keep(app, cast.owner, a_plan())
    assert "session.ics" not in owner.get(f"/plans/{undated}").text
    answer = owner.get(f"/plans/{undated}/session.ics")
    assert (answer.status_code, answer.location) == (302, f"/plans/{undated}?edit=head")


def test_a_colleague_has_a_file_of_a_plan_that_was_opened_to_them(app, cast, plan, colleague):
    assert colleague.get(f"/plans/{plan}/session.ics").status_code == 404
    with app.app_context():
        operations.share(db.session, cast.owner, plan, True)
        db.session.commit()
    assert len(events(colleague.get(f"/plans/{plan}/session.ics"))) == 1


# The address


def test_the_address_shows_ones_own_dated_plans_to_whoever_has_it(app, cast, feed):
    keep(app, cast.owner, a_plan())
    keep(app, cast.owner, a_plan(date=dt.date.today() - dt.timedelta(days=120)))
    binned, opened = keep(app, cast.owner, a_session()), keep(app, cast.colleague, a_session())
    with app.app_context():
        operations.put_in_bin(db.session, cast.owner, binned)
        operations.share(db.session, cast.colleague, opened, True)
        db.session.commit()
    answer = app.test_client().get(feed)
    (event,) = events(answer)
    assert event["summary"] == "Session"
    assert "R and L" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_the_calendar_follows_the_plan(app, cast, feed, plan):
    reader = app.test_client()
    (before,) = events(reader.get(feed))
    with app.app_context():
        later = {"date": SOON + dt.timedelta(days=7)}
        operations.change(db.session, cast.owner, plan, 1, lambda _plan: a_session(**later), "Moved")
        db.session.commit()
    (after,) = events(reader.get(feed))
    assert after["uid"] == before["uid"]
    assert after["sequence"] >= before["sequence"]
    assert after["dtstart"].dt == SOON + dt.timedelta(days=7)


def test_the_address_is_shown_once_and_only_its_hash_is_kept(app, owner, feed):
    token = feed.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in owner.get("/calendar").text
    with app.app_context():
        kept = db.session.query(CalendarFeed).one()
        assert token not in repr(vars(kept))


def test_a_new_address_ends_the_old_one(app, owner, feed):
    new = address(owner.post("/calendar"))
    reader = app.test_client()
    assert reader.get(feed).status_code == 404
    assert len(events(reader.get(new))) == 1


def test_an_ended_address_and_one_that_never_was_say_nothing(app, owner, feed):
    owner.post("/calendar/end")
    assert "Make an address" in owner.get("/calendar").text
    for path in (feed, "/calendar/never.ics", "/calendar/%00.ics", f"/calendar/{'x' * 900}.ics"):
        answer = app.test_client().get(path)
        assert (answer.status_code, answer.data) == (404, b""), path


def test_the_address_of_a_member_who_was_removed_ends_for_good(app, cast, owner, colleague):
    keep(app, cast.colleague, a_session())
    path = address(colleague.post("/calendar"))
    reader = app.test_client()
    assert len(events(reader.get(path))) == 1
    owner.post(f"/members/{cast.colleague.id}/remove")
    assert reader.get(path).status_code == 404
    with app.app_context():
        assert db.session.query(CalendarFeed).all() == []


def test_whoever_leaves_takes_no_address_along(app, colleague):
    path = address(colleague.post("/calendar"))
    colleague.post("/account/leave")
    assert app.test_client().get(path).status_code == 404


def test_everybody_has_an_address_of_their_own(app, colleague, feed):
    colleague.post("/calendar")
    colleague.post("/calendar/end")
    assert app.test_client().get(feed).status_code == 200


def test_the_page_says_who_will_see_the_times(owner):
    page = owner.get("/calendar").text
    assert "that company sees them" in page
    assert "without signing in" in page
    assert "/calendar" in owner.get("/account").text


@pytest.mark.parametrize("zone", ["europe/london", "UTC", "Asia/Tokyo"])
def test_the_zone_of_the_settings_is_the_one_of_the_calendar(app, monkeypatch, owner, plan, zone):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], time_zone=zone))
    (event,) = events(owner.get(f"/plans/{plan}/session.ics"))
    assert event["dtstart"].dt.replace(tzinfo=None) == dt.datetime.combine(SOON, HALF_TWO)
