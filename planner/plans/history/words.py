"""Changes in words, a sentence each, without anything that only a machine would say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from planner.plans.history.changes import Added, Change, Edited, Head, Moved, Removed, Swapped
from planner.plans.plan import Segment
from planner.taxonomy import TAXONOMY


def sentence(change: Change) -> str:
    """One change; of a step with the step's title."""
    match change:
        case Head():
            return _head(change)
        case Added(step):
            part = TAXONOMY.parts[step.part].name
            return ngettext(
                "Added “%(title)s” to %(part)s, %(num)s minute",
                "Added “%(title)s” to %(part)s, %(num)s minutes",
                step.minutes,
                title=step.title,
                part=part,
            )
        case Removed(step):
            return ngettext(
                "Took out “%(title)s”, %(num)s minute",
                "Took out “%(title)s”, %(num)s minutes",
                step.minutes,
                title=step.title,
            )
        case Moved():
            return _moved(change)
        case Swapped(before, after) if before.title != after.title:
            return _("Swapped “%(before)s” for “%(title)s”", before=before.title, title=after.title)
        case Swapped(before, after):
            return _("“%(title)s” comes from another exercise", title=after.title)
        case Edited():
            return _edited(change)


def value(field: str, held: object) -> str:
    """A value of a short field as people read it; a dash where nothing is said."""
    match field, held:
        case _field, dt.date() as date:
            return format_date(date, "EEEE d MMMM y")
        case _field, dt.time() as time:
            return time.strftime("%H:%M")
        case (("length" | "minutes"), int() as minutes):
            return ngettext("%(num)s minute", "%(num)s minutes", minutes)
        case "areas", tuple() as keys:
            return ", ".join(TAXONOMY.areas[key].name for key in keys) or "–"
        case "fears", tuple() as keys:
            return ", ".join(TAXONOMY.fears[key].name for key in keys) or "–"
        case "mode", str() as key if key:
            return TAXONOMY.modes[key].name
        case "intensity", int() as level:
            return str(level) if level else _("not said")
    return str(held) if held else "–"


# The head


def _head(change: Head) -> str:
    field, before, after = change.field, change.before, change.after
    was, now = value(field, before), value(field, after)
    match field:
        case "title":
            return _("Renamed the plan from “%(before)s” to “%(after)s”", before=was, after=now)
        case "hope":
            return _told(before, after, _("Wrote the hope"), _("Changed the hope"), _("Took the hope out"))
        case "date":
            if before and after:
                return _("Moved the date from %(before)s to %(after)s", before=was, after=now)
            return _("Set the date to %(after)s", after=now) if after else _("Took the date out")
        case "time":
            if before is not None and after is not None:
                return _("It begins at %(after)s instead of %(before)s", before=was, after=now)
            return _("It begins at %(after)s", after=now) if after is not None else _("Took the time out")
        case "length":
            return _("The session lasts %(after)s instead of %(before)s", before=was, after=now)
        case "areas":
            return _sets(_("Areas in focus"), field, before, after)
    return _sets(_("Fears in focus"), field, before, after)


def _told(before: object, after: object, written: str, changed: str, gone: str) -> str:
    if not before:
        return written
    return changed if after else gone


def _sets(label: str, field: str, before: object, after: object) -> str:
    """What came into a choice of several and what went; when only their order differs, that order."""
    come, gone = _without(after, before), _without(before, after)
    said = [_("added %(names)s", names=value(field, come))] if come else []
    said += [_("took out %(names)s", names=value(field, gone))] if gone else []
    if not said:
        return _("%(label)s: now %(names)s, in this order", label=label, names=value(field, after))
    return _("%(label)s: %(what)s", label=label, what="; ".join(said))


def _without(keys: object, others: object) -> tuple[str, ...]:
    if not isinstance(keys, Iterable) or not isinstance(others, Iterable):
        raise TypeError("a choice of several is a tuple of keys")
    left = set(others)
    return tuple(key for key in keys if key not in left)


# Steps


def _moved(change: Moved) -> str:
    step, here = change.segment, change.part_before == change.segment.part
    part = TAXONOMY.parts[step.part].name
    if change.next is not None:
        if here:
            return _("Moved “%(title)s” before “%(other)s”", title=step.title, other=change.next.title)
        return _(
            "Moved “%(title)s” to %(part)s, before “%(other)s”",
            title=step.title,
            part=part,
            other=change.next.title,
        )
    if change.last is not None and here:
        return _("Moved “%(title)s” after “%(other)s”", title=step.title, other=change.last.title)
    if change.last is not None:
        return _(
            "Moved “%(title)s” to %(part)s, after “%(other)s”",
            title=step.title,
            part=part,
            other=change.last.title,
        )
    return _("Moved “%(title)s” to %(part)s", title=step.title, part=part)


def _edited(change: Edited) -> str:
    step, before, after = change.segment, change.before, change.after
    title, was, now = step.title, value(change.field, before), value(change.field, after)
    match change.field:
        case "title":
            return _("Renamed “%(before)s” to “%(title)s”", before=was, title=title)
        case "minutes":
            return _minutes(step, before)
        case "words":
            return _told(
                before,
                after,
                _("Wrote words to say for “%(title)s”", title=title),
                _("Changed the words to say of “%(title)s”", title=title),
                _("Took the words to say out of “%(title)s”", title=title),
            )
        case "note":
            return _told(
                before,
                after,
                _("Wrote a note on “%(title)s”", title=title),
                _("Changed the note on “%(title)s”", title=title),
                _("Took the note off “%(title)s”", title=title),
            )
        case "areas":
            return _sets(_("Areas of “%(title)s”", title=title), change.field, before, after)
        case "fears":
            return _sets(_("Fears that “%(title)s” meets", title=title), change.field, before, after)
        case "mode":
            return _("“%(title)s”: %(after)s instead of %(before)s", title=title, before=was, after=now)
        case "intensity":
            return _(
                "“%(title)s”: intensity %(after)s instead of %(before)s", title=title, before=was, after=now
            )
        case "in_handout" if after:
            return _("Put “%(title)s” into the handout", title=title)
        case "in_handout":
            return _("Took “%(title)s” out of the handout", title=title)
    return _("“%(title)s” uses another version of its exercise", title=title)


def _minutes(step: Segment, before: object) -> str:
    return ngettext(
        "“%(title)s” now takes %(num)s minute instead of %(before)s",
        "“%(title)s” now takes %(num)s minutes instead of %(before)s",
        step.minutes,
        title=step.title,
        before=before,
    )
