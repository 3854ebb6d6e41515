"""The plan of the next session: what it takes over, and how it may open with what worked last time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import replace

from flask_babel import gettext as _

from planner.landing.notes import Learned
from planner.plans.plan import TITLE_LIMIT, Plan, Segment, add, checked, edit
from planner.plans.start import laid_out
from planner.taxonomy import TAXONOMY
from planner.text import has_words, one_line

ARRIVE = "arrive"
WEEK = dt.timedelta(days=7)
# House: as long as a look back at what worked takes when nothing else is there to arrive with.
MINUTES = 5
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_ORDINAL = re.compile(rf"({'|'.join(_ORDINALS[:-1])}) session\b", re.I)
_NUMBER = re.compile(r"(?<![\d.,/:-])(\d{1,2})(\)?)$")


def following(plan: Plan, today: dt.date, new_id: Callable[[], str]) -> Plan:
    """The next session of a couple: length, hope and focus stay, and the five parts are laid out anew."""
    start = laid_out(next_title(plan.title), plan.length, new_id)
    return checked(
        replace(
            start,
            hope=plan.hope,
            date=next_date(plan.date, today),
            time=plan.time,
            areas=plan.areas,
            fears=plan.fears,
        )
    )


def next_date(date: dt.date | None, today: dt.date) -> dt.date | None:
    """A week later; where that has passed already, the next such day of the week. None stays open."""
    if date is None or date > dt.date.max - 2 * WEEK:
        return None
    if date + WEEK >= today:
        return date + WEEK
    return today + (date - today) % WEEK


def next_title(title: str) -> str:
    """“Session 3” becomes “Session 4”, “Third session: asking” “Fourth session”, and others get a number."""
    ordinal = _ORDINAL.match(title)
    if ordinal:
        word = _ORDINALS[_ORDINALS.index(ordinal[1].lower()) + 1]
        return (word.capitalize() if title[0].isupper() else word) + title[len(ordinal[1]) : ordinal.end()]
    counted = _NUMBER.sub(lambda found: f"{int(found[1]) + 1}{found[2]}", title)
    if counted == title:
        counted = f"{title[: TITLE_LIMIT - 4]} (2)"
    return counted if len(counted) <= TITLE_LIMIT else title


# Opening


def opening(learned: Learned) -> str:
    """Words to open the next session with, from what worked; nothing when nothing is known to have."""
    said = "’, ‘".join(filter(has_words, (_bare(line) for line in learned.worked.split("\n"))))
    if said:
        return _(
            "“Last time you told me what worked: ‘%(worked)s’. What of it have you noticed since?”",
            worked=said,
        )
    core = next((step for step in reversed(learned.well) if step.part == "core"), None)
    if core:
        return _(
            "“Last time, ‘%(title)s’ went well for you both. What of it have you noticed since?”",
            title=core.title,
        )
    return ""


def _bare(line: str) -> str:
    """Without quotation marks around the whole, and without a full stop that would stand twice."""
    line = one_line(line)
    if len(line) > 1 and line[0] in '“"‘' and line[-1] in '”"’' and not set(line[1:-1]) & set('“”"‘'):
        line = line[1:-1]
    return line.strip(".;, ").replace("“", "‘").replace("”", "’")


def opens_with(plan: Plan, words: str) -> bool:
    """True when a step of arriving has these words already."""
    return any(words in step.words for step in plan.in_part(ARRIVE))


def open_with(plan: Plan, words: str, new_id: str) -> Plan:
    """Put words after the welcome of the first step of arriving; without such a step, into a new one.

    Raises BadPlan.
    """
    if not words or opens_with(plan, words):
        return plan
    first = next(iter(plan.in_part(ARRIVE)), None)
    if first is None:
        step = Segment(new_id, ARRIVE, _("What has gone well since"), MINUTES, intensity=1, words=words)
        return add(plan, step, 0)
    welcome, *others = first.words.split("\n\n") if first.words else [""]
    return edit(plan, first.id, words="\n\n".join(filter(None, (welcome, words, *others))))


# How bold it was


def peak(plan: Plan, skipped: Collection[str] = ()) -> int:
    """The strongest intensity in a session without the steps (by id) that were skipped; 0: none is said."""
    return max((step.intensity for step in _held(plan) if step.id not in skipped), default=0)


def is_gentler(plan: Plan, than: int) -> bool:
    """True when a session stays below an intensity, and says of each step how strong it is."""
    return all(0 < step.intensity < than for step in _held(plan))


def _held(plan: Plan) -> list[Segment]:
    return [step for step in plan.segments if TAXONOMY.parts[step.part].in_session]


def is_due(plan: Plan, now: dt.datetime, days: int = 14) -> bool:
    """True when a session is over since `days` days at most, by the practice's clock.

    Of a plan without a time it is known on the day after.
    """
    if plan.date is None:
        return False
    if plan.date == now.date():
        if plan.time is None:
            return False
        begins = dt.datetime.combine(plan.date, plan.time, now.tzinfo)
        return begins + dt.timedelta(minutes=plan.length) <= now
    return 0 < (now.date() - plan.date).days <= days
