"""A time zone as calendars want it: every change of its clocks in the years that matter, written out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _STEP = dt.timedelta(days=1), dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Clock:
    """What the clocks show from a moment on: the offset before and after it, a name, and if it is summer."""

    before: dt.timedelta
    after: dt.timedelta
    name: str
    summer: bool


def described(zone: ZoneInfo, years: Collection[int]) -> Timezone:
    """The zone with all that its clocks do in these years. What they do in others is not said."""
    changes: dict[Clock, list[dt.datetime]] = defaultdict(list)
    for year in sorted(set(years)):
        for clock, moment in _in_year(zone, year):
            # The hour of a change is read off a clock that has not been changed yet.
            changes[clock].append((moment + clock.before).replace(tzinfo=None))
    found = Timezone()
    found.add("tzid", zone.key)
    for clock, (first, *others) in changes.items():
        kind = TimezoneDaylight() if clock.summer else TimezoneStandard()
        kind.add("dtstart", first)
        if others:
            kind.add("rdate", others)
        kind.TZOFFSETFROM, kind.TZOFFSETTO = clock.before, clock.after
        kind.add("tzname", clock.name)
        found.add_component(kind)
    return found


def _in_year(zone: ZoneInfo, year: int) -> Iterator[tuple[Clock, dt.datetime]]:
    """What the clocks show when the year begins, and each change in it, with its moment in UTC."""
    begin, end = (_new_year(zone, each) for each in (year, year + 1))
    shown = _clock(zone, begin, begin)
    yield shown, begin
    day = begin
    while day < end:
        following = min(day + _DAY, end)
        if _offset(zone, following) != shown.after:
            moment = _moment(zone, day, shown.after)
            shown = _clock(zone, moment - _STEP, moment)
            if moment < end:
                yield shown, moment
        day = following


def _new_year(zone: ZoneInfo, year: int) -> dt.datetime:
    return dt.datetime(year, 1, 1, tzinfo=zone).astimezone(dt.UTC)


def _moment(zone: ZoneInfo, day: dt.datetime, offset: dt.timedelta) -> dt.datetime:
    """When, in the day from `day` on, the clocks no longer have this offset."""
    moment = day
    while _offset(zone, moment) == offset:
        moment += _STEP
    return moment


def _clock(zone: ZoneInfo, before: dt.datetime, moment: dt.datetime) -> Clock:
    there = moment.astimezone(zone)
    summer = (there.dst() or dt.timedelta()) > dt.timedelta()
    return Clock(_offset(zone, before), _offset(zone, moment), there.tzname() or zone.key, summer)


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta()
