"""Sessions as an iCalendar file (RFC 5545), with nothing in it but when they are."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from planner.diary.zones import described

# How far back the feed goes, and how often calendars are asked to look for what is new.
PAST = dt.timedelta(days=90)
REFRESH = dt.timedelta(hours=1)
# Beyond these a date is a slip of the keyboard, and clocks are not known.
YEARS = range(1970, 2200)
_OURS = uuid.UUID("5b1f4a52-0d2c-4a53-8f0e-6d1b9c5e7a10")


@dataclass(frozen=True)
class Appointment:
    """A session as a calendar sees it: when it begins by the practice's clock, and its length in minutes.

    Without a time it is there all day. `made_at` and `changed_at` are of its plan.
    """

    plan_id: str
    date: dt.date
    time: dt.time | None
    length: int
    made_at: dt.datetime
    changed_at: dt.datetime

    @property
    def uid(self) -> str:
        """The same for ever, and nothing that leads back to the plan's address."""
        return str(uuid.uuid5(_OURS, self.plan_id))

    @property
    def sequence(self) -> int:
        """Grows with every change, also with an undo, after which an earlier revision is current again."""
        return max(0, int((self.changed_at - self.made_at).total_seconds()))


def file(appointments: Iterable[Appointment], zone: ZoneInfo, title: str) -> bytes:
    """The appointments as a file to be opened once. `title` stands over each of them."""
    some = _sorted(appointments)
    return _written(_calendar(some, zone, title, {each.date.year for each in some if each.time}))


def feed(appointments: Iterable[Appointment], zone: ZoneInfo, title: str, name: str, today: dt.date) -> bytes:
    """The appointments from 90 days before `today` on, as a calendar with a name that is fetched again."""
    some = _sorted(each for each in appointments if each.date >= today - PAST)
    # The zone stands there whatever comes: some take a calendar with nothing in it for a broken one.
    calendar = _calendar(some, zone, title, {today.year, *(each.date.year for each in some)})
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return _written(calendar)


def _sorted(appointments: Iterable[Appointment]) -> list[Appointment]:
    """In the order of time, without those of which calendars could make nothing."""
    known = [each for each in appointments if each.date.year in YEARS]
    return sorted(known, key=lambda each: (each.date, each.time or dt.time.min, each.uid))


def _calendar(some: list[Appointment], zone: ZoneInfo, title: str, years: Collection[int]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Reconnect//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if years:
        calendar.add_component(described(zone, years))
    for each in some:
        calendar.add_component(_event(each, zone, title))
    return calendar


def _event(each: Appointment, zone: ZoneInfo, title: str) -> Event:
    """No address, no description: whoever looks after the calendar sees them all."""
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.changed_at)
    event.add("last-modified", each.changed_at)
    event.add("sequence", each.sequence)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    if each.time is None:
        event.add("dtstart", each.date)
        event.add("dtend", each.date + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return event
    # Where clocks go forward some times do not exist; by way of UTC they become the hour that follows.
    begin = dt.datetime.combine(each.date, each.time, zone).astimezone(dt.UTC)
    event.add("dtstart", begin.astimezone(zone))
    event.add("dtend", _end(begin + dt.timedelta(minutes=each.length), zone))
    event.add("transp", "OPAQUE")
    return event


def _end(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """By the practice's clock; in the hour that it shows twice, in UTC the second time, to be told apart."""
    there = moment.astimezone(zone)
    return moment if there.fold else there


def _written(calendar: Calendar) -> bytes:
    # In the order of adding: some calendars want the zone before what stands in it.
    written: bytes = calendar.to_ical(sorted=False)
    return written
