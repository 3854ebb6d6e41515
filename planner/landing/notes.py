"""What is noted after a session, as a value: how each step landed, ratings, what worked, and a note.

Nothing in it is needed: an empty one says that there was nothing to note.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask_babel import gettext as _

from planner.taxonomy import TAXONOMY
from planner.text import clean, one_line

FORMAT = 1
LANDED = ("well", "mixed", "not_now", "skipped")
TOP = 10
TITLE_LIMIT, SLUG_LIMIT, WORKED_LIMIT, NOTE_LIMIT = 120, 80, 600, 6000
# A plan's steps, and as many that are no longer in it.
MAX_STEPS = 120
# House rules: from here down a partner does not feel safe, and so much less closeness is a fall.
UNSAFE, FALL = 3, 2
# Below this nobody can say how an exercise lands.
ENOUGH = 5


class BadNotes(Exception):
    """Notes that cannot be kept. `where` names the field; the message is for the member."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True)
class Step:
    """How one step landed, as one of LANDED. `slug` is its exercise's, or nothing."""

    id: str
    title: str
    part: str
    slug: str = ""
    landed: str = ""

    @property
    def at_home(self) -> bool:
        return not TAXONOMY.parts[self.part].in_session


@dataclass(frozen=True)
class Pair:
    """A number from 0 to 10 for each partner; None was not asked."""

    a: int | None = None
    b: int | None = None


@dataclass(frozen=True)
class Notes:
    """`worked` is in the couple's own words, `note` in the counsellor's. Steps are those that were said."""

    steps: tuple[Step, ...] = ()
    closeness: Pair = Pair()
    safety: Pair = Pair()
    worked: str = ""
    note: str = ""

    def landed(self, step_id: str) -> str:
        """How a step landed; nothing when it was not said."""
        return next((step.landed for step in self.steps if step.id == step_id), "")


def checked(notes: Notes) -> Notes:
    """The notes with cleaned texts and without steps of which nothing is said. Raises BadNotes."""
    steps = tuple(_step(step) for step in notes.steps if step.landed)
    if len(steps) > MAX_STEPS:
        raise BadNotes("steps", _("There is room for %(most)d steps.", most=MAX_STEPS))
    if len({step.id for step in steps}) != len(steps):
        raise BadNotes("steps", _("Two steps have the same identity."))
    for name in ("closeness", "safety"):
        for partner, number in vars(getattr(notes, name)).items():
            if number is not None and (type(number) is not int or not 0 <= number <= TOP):
                raise BadNotes(f"{name}_{partner}", _("Please choose a number from 0 to 10."))
    return replace(
        notes,
        steps=steps,
        worked=_text("worked", notes.worked, WORKED_LIMIT),
        note=_text("note", notes.note, NOTE_LIMIT),
    )


def _step(step: Step) -> Step:
    if step.landed not in LANDED:
        raise BadNotes(f"landed-{step.id}", _("Please choose from the list."))
    if not step.id or step.part not in TAXONOMY.parts or len(step.slug) > SLUG_LIMIT:
        raise BadNotes("steps", _("A step needs an identity and a part."))
    return replace(step, title=one_line(step.title)[:TITLE_LIMIT])


def _text(where: str, value: str, limit: int) -> str:
    value = clean(value)
    if len(value) > limit:
        raise BadNotes(where, _("Please keep this under %(max)d characters.", max=limit))
    return value


# As text


def to_json(notes: Notes) -> str:
    """The notes as JSON text, keys in a fixed order."""
    return json.dumps({"format": FORMAT, **asdict(notes)}, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Notes:
    """Read what `to_json` wrote. Raises ValueError."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise ValueError("of another version of the planner")
        return checked(_from_data(data))
    except (ValueError, TypeError, KeyError, AttributeError, BadNotes) as error:
        raise ValueError("these are not notes that we can read") from error


def _from_data(data: dict[str, Any]) -> Notes:
    return Notes(
        steps=tuple(
            Step(**{name: str(each[name]) for name in Step.__annotations__}) for each in data["steps"]
        ),
        closeness=Pair(data["closeness"]["a"], data["closeness"]["b"]),
        safety=Pair(data["safety"]["a"], data["safety"]["b"]),
        worked=str(data["worked"]),
        note=str(data["note"]),
    )


# What it adds to the practice's figures


@dataclass(frozen=True)
class Counts:
    """How often an exercise landed in which way."""

    well: int = 0
    mixed: int = 0
    not_now: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        return self.well + self.mixed + self.not_now + self.skipped

    @property
    def enough(self) -> bool:
        """True when there are enough to say something."""
        return self.total >= ENOUGH


def contribution(notes: Notes | None) -> Counter[tuple[str, str]]:
    """How often these notes say of an exercise (by its slug) that it landed in this way."""
    steps = notes.steps if notes else ()
    return Counter((step.slug, step.landed) for step in steps if step.slug)


def difference(before: Notes | None, after: Notes | None) -> dict[tuple[str, str], int]:
    """What the counts grow by, or shrink, when `after` takes the place of `before`; in a fixed order."""
    old, new = contribution(before), contribution(after)
    grown = {each: new[each] - old[each] for each in sorted(old.keys() | new.keys())}
    return {each: by for each, by in grown.items() if by}


# What it tells the next session


@dataclass(frozen=True)
class Learned:
    """Steps by how they landed in the session, and how practice at home did."""

    worked: str
    well: tuple[Step, ...]
    mixed: tuple[Step, ...]
    not_now: tuple[Step, ...]
    skipped: tuple[Step, ...]
    at_home: tuple[Step, ...]
    closeness: Pair
    safety: Pair

    @property
    def rated(self) -> bool:
        return self.closeness != Pair() or self.safety != Pair()

    def __bool__(self) -> bool:
        return bool(self.worked or self.well or self.mixed or self.not_now or self.skipped or self.rated)


def learned(notes: Notes) -> Learned:
    """What the next session may begin from. The counsellor's note is no part of it."""
    by = {
        landed: tuple(step for step in notes.steps if step.landed == landed and not step.at_home)
        for landed in LANDED
    }
    at_home = tuple(step for step in notes.steps if step.at_home)
    return Learned(notes.worked, **by, at_home=at_home, closeness=notes.closeness, safety=notes.safety)


@dataclass(frozen=True)
class Concern:
    """Why to step down next time: a partner (a or b) did not feel safe, or felt less close than before.

    `before` is None for one who did not feel safe.
    """

    partner: str
    number: int
    before: int | None = None


def concerns(notes: Notes, before: Notes | None = None) -> tuple[Concern, ...]:
    """House rule: unsafe, or closeness that fell against the session before. A remark, never a verdict."""
    found = [
        Concern(partner, number)
        for partner, number in vars(notes.safety).items()
        if number is not None and number <= UNSAFE
    ]
    was = vars(before.closeness) if before else {}
    for partner, number in vars(notes.closeness).items():
        then = was.get(partner)
        if number is not None and then is not None and then - number >= FALL:
            found.append(Concern(partner, number, then))
    return tuple(found)
