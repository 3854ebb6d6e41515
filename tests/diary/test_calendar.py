"""A session stands in a calendar at the hour at which it is held, wherever that is, and says no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from planner.diary.calendar import YEARS, Appointment, feed, file

LONDON, TOKYO, SYDNEY = (ZoneInfo(name) for name in ("Europe/London", "Asia/Tokyo", "Australia/Sydney"))
MADE = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 1)
TUESDAY = Appointment("3f0c9a", dt.date(2026, 6, 2), dt.time(14, 30), 50, MADE, MADE)


def read(written: bytes) -> tuple[Calendar, list[Event]]:
    calendar = Calendar.from_ical(written)
    return calendar, list(calendar.walk("VEVENT"))


def only(each: Appointment, zone: ZoneInfo = LONDON) -> Event:
    (event,) = read(file([each], zone, "Session"))[1]
    return event


def span(event: Event) -> tuple[dt.datetime, dt.datetime]:
    """Beginning and end, in UTC."""
    return event["dtstart"].dt.astimezone(dt.UTC), event["dtend"].dt.astimezone(dt.UTC)


def utc(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=dt.UTC)


def test_a_session_has_its_hour_its_length_and_a_neutral_title():
    event = only(TUESDAY)
    assert event["summary"] == "Session"
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert event["dtstart"].dt.replace(tzinfo=None) == dt.datetime(2026, 6, 2, 14, 30)
    assert span(event) == (utc(2026, 6, 2, 13, 30), utc(2026, 6, 2, 14, 20))
    assert (event["transp"], event["class"]) == ("OPAQUE", "PRIVATE")
    assert set(event) == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY"),
        *("CLASS", "DTSTART", "DTEND", "TRANSP"),
    }


def test_without_a_time_it_is_there_all_day_and_keeps_nobody_from_anything():
    event = only(replace(TUESDAY, time=None))
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2026, 6, 2), dt.date(2026, 6, 3))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["transp"] == "TRANSPARENT"
    assert not read(file([replace(TUESDAY, time=None)], LONDON, "Session"))[0].walk("VTIMEZONE")


@pytest.mark.parametrize(
    ("zone", "date", "time", "begins"),
    [
        (LONDON, (2026, 3, 28), (10, 0), utc(2026, 3, 28, 10)),
        (LONDON, (2026, 3, 29), (10, 0), utc(2026, 3, 29, 9)),
        (LONDON, (2026, 10, 24), (10, 0), utc(2026, 10, 24, 9)),
        (LONDON, (2026, 10, 25), (10, 0), utc(2026, 10, 25, 10)),
        (TOKYO, (2026, 3, 29), (10, 0), utc(2026, 3, 29, 1)),
        (SYDNEY, (2026, 4, 4), (10, 0), utc(2026, 4, 3, 23)),
        (SYDNEY, (2026, 4, 5), (10, 0), utc(2026, 4, 5, 0)),
        # This hour is left out, and this one comes twice: the first is meant.
        (LONDON, (2026, 3, 29), (1, 30), utc(2026, 3, 29, 1, 30)),
        (LONDON, (2026, 10, 25), (1, 30), utc(2026, 10, 25, 0, 30)),
    ],
)
def test_it_begins_by_the_practices_clock_before_and_after_the_clocks_change(zone, date, time, begins):
    event = only(replace(TUESDAY, date=dt.date(*date), time=dt.time(*time)), zone)
    assert span(event) == (begins, begins + dt.timedelta(minutes=50))


def test_a_session_lasts_as_long_as_it_is_while_the_clocks_change():
    spring = replace(TUESDAY, date=dt.date(2026, 3, 29), time=dt.time(0, 30), length=90)
    assert only(spring)["dtend"].dt.replace(tzinfo=None) == dt.datetime(2026, 3, 29, 3, 0)
    autumn = replace(spring, date=dt.date(2026, 10, 25))
    assert span(only(autumn)) == (utc(2026, 10, 24, 23, 30), utc(2026, 10, 25, 1))


def test_an_evening_session_ends_on_the_next_day():
    event = only(replace(TUESDAY, time=dt.time(23, 30), length=80))
    assert event["dtend"].dt.replace(tzinfo=None) == dt.datetime(2026, 6, 3, 0, 50)


def test_the_zone_is_described_with_every_change_of_its_clocks():
    calendar, _events = read(file([TUESDAY, replace(TUESDAY, date=dt.date(2027, 1, 4))], LONDON, "Session"))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/London"
    (summer,) = zone.walk("DAYLIGHT")
    assert summer["dtstart"].dt == dt.datetime(2026, 3, 29, 1)
    assert [each.dt for each in summer["rdate"].dts] == [dt.datetime(2027, 3, 28, 1)]
    assert (summer["tzoffsetfrom"].td, summer["tzoffsetto"].td) == (dt.timedelta(0), dt.timedelta(hours=1))
    winter = next(each for each in zone.walk("STANDARD") if each["tzoffsetfrom"].td)
    assert winter["dtstart"].dt == dt.datetime(2026, 10, 25, 2)


def test_a_zone_whose_clocks_never_change_has_one_offset():
    (zone,) = read(file([TUESDAY], TOKYO, "Session"))[0].walk("VTIMEZONE")
    assert not zone.walk("DAYLIGHT")
    (always,) = zone.walk("STANDARD")
    assert always["tzoffsetto"].td == dt.timedelta(hours=9)


def test_a_changed_plan_is_the_same_event_in_a_newer_state():
    moved = replace(TUESDAY, time=dt.time(16), changed_at=MADE + dt.timedelta(days=3))
    before, after = only(TUESDAY), only(moved)
    assert before["uid"] == after["uid"] != only(replace(TUESDAY, plan_id="3f0c9b"))["uid"]
    assert before["sequence"] < after["sequence"]
    assert before["dtstamp"].dt < after["dtstamp"].dt
    assert TUESDAY.plan_id not in after["uid"]


def test_the_feed_has_what_is_to_come_and_the_last_ninety_days():
    days = {number: replace(TUESDAY, plan_id=str(number), date=TODAY + dt.timedelta(days=number))
            for number in (-91, -90, 0, 400)}  # fmt: skip
    calendar, events = read(feed(days.values(), LONDON, "Session", "Sessions", TODAY))
    assert [event["uid"] for event in events] == [days[number].uid for number in (-90, 0, 400)]
    assert calendar["x-wr-calname"] == "Sessions"
    assert calendar["refresh-interval"].dt == dt.timedelta(hours=1)


def test_a_feed_without_sessions_is_still_a_calendar():
    calendar, events = read(feed([], LONDON, "Session", "Sessions", TODAY))
    assert not events
    assert calendar.walk("VTIMEZONE")


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_a_date_that_is_a_slip_of_the_keyboard_is_left_out(year):
    assert read(file([replace(TUESDAY, date=dt.date(year, 6, 2))], LONDON, "Session"))[1] == []


ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/London", "Europe/Dublin", "Asia/Kathmandu", "America/Santiago",
                                 "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC")]
)  # fmt: skip


@given(
    zone=ZONES,
    date=st.dates(dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 12, 31)),
    time=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    length=st.integers(10, 480),
)
def test_whatever_the_day_and_the_zone_the_length_holds_and_lines_are_as_calendars_want_them(
    zone, date, time, length
):
    written = file([replace(TUESDAY, date=date, time=time, length=length)], zone, "Session")
    (event,) = read(written)[1]
    begins, ends = span(event)
    assert ends - begins == dt.timedelta(minutes=length)
    assert abs(begins - dt.datetime.combine(date, time, zone).astimezone(dt.UTC)) < dt.timedelta(minutes=1)
    assert written.endswith(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in written.split(b"\r\n"))


@given(zone=ZONES, year=st.integers(2000, 2060), hours=st.integers(0, 8783))
def test_the_description_of_a_zone_tells_the_offset_at_every_hour_of_the_year(zone, year, hours):
    """As a calendar reads it: the last change before a moment says what the clocks show."""
    moment = dt.datetime(year, 1, 1, tzinfo=zone).astimezone(dt.UTC) + dt.timedelta(hours=hours)
    there = moment.astimezone(zone)
    if there.year != year:
        return
    some = replace(TUESDAY, date=dt.date(year, 6, 2))
    (described,) = read(file([some], zone, "Session"))[0].walk("VTIMEZONE")
    changes = []
    for kind in (*described.walk("STANDARD"), *described.walk("DAYLIGHT")):
        offset = kind["tzoffsetfrom"].td
        more = kind.get("rdate")
        for onset in (kind["dtstart"].dt, *(each.dt for each in (more.dts if more else ()))):
            changes.append((onset - offset, kind["tzoffsetto"].td))
    latest = max(change for change in changes if change[0] <= moment.replace(tzinfo=None))
    assert latest[1] == there.utcoffset()
