"""What templates ask: the remarks on a field, on a plan, and how many somebody left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import g
from flask_security import current_user
from wtforms import Field

from planner.accounts.access import asker
from planner.db import db
from planner.library.front_matter import Faulty
from planner.library.parse import parse
from planner.library.starter import FOLDER
from planner.plans.plan import Plan
from planner.wording import queries
from planner.wording.findings import Remark, checked, findings
from planner.wording.forms import LIMIT
from planner.wording.marks import Left
from planner.wording.shown import Shown, shown


@dataclass(frozen=True)
class Beside:
    """The remarks on one field. Not `read` yet: the page has so much text that a script asks for it."""

    remarks: tuple[Shown, ...] = ()
    read: bool = True


# Characters that are checked for a page before it is shown, beside those that are known from before.
_AT_ONCE = 2000


def are_on() -> bool:
    """True for a member who has not told the remarks to be quiet."""
    return bool(current_user and current_user.is_authenticated and current_user.wording_remarks)


def remarks_on(field: Field) -> Beside | None:
    """The remarks on a field of a form; None for fields that are not looked at, and when they are off."""
    if "data-wording" not in (field.render_kw or {}) or not are_on():
        return None
    text = field.data or ""
    spent = g.get("wording_spent", 0)
    if text and spent > _AT_ONCE:
        return Beside(read=False)
    known = checked.cache_info().misses
    found = on_text(text)
    g.wording_spent = spent + len(text) * (checked.cache_info().misses != known)
    return Beside(found)


def on_text(text: str) -> tuple[Shown, ...]:
    """The remarks on a text, or on its beginning when it is too long to be looked at."""
    if not are_on():
        return ()
    return shown(text, checked(text[:LIMIT]), left())


def remarks_of(plan: Plan) -> tuple[Remark, ...]:
    """The open remarks on a plan; none when they are off."""
    if not are_on():
        return ()
    clean = {text for step in plan.segments if step.exercise for text in _shipped(step.exercise.slug)}
    return findings(plan, left(), clean)


def left() -> Left:
    """What the asker left, read once in a request."""
    if "wording_left" not in g:
        g.wording_left = queries.left(db.session, asker())
    found: Left = g.wording_left
    return found


def left_count() -> int:
    """How many remarks the asker left."""
    return len(left().marks)


@cache
def _shipped(slug: str) -> frozenset[str]:
    """Title and words to say of an exercise that ships: they were checked before. Nothing for any other."""
    if slug not in _slugs():
        return frozenset()
    try:
        exercise = parse((FOLDER / f"{slug}.md").read_text(encoding="utf-8"), f"{slug}.md")
    except Faulty:
        return frozenset()
    return frozenset((exercise.title, exercise.script))


@cache
def _slugs() -> frozenset[str]:
    return frozenset(path.stem for path in FOLDER.glob("*.md"))
