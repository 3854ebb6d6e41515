"""What the builder shows of the session before: what worked, what to be careful with, what to ask after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.landing import queries
from planner.landing.following import is_gentler, opening, opens_with, peak
from planner.landing.notes import Concern, Learned, Step, concerns, learned
from planner.plans.plan import Plan
from planner.plans.queries import Opened
from planner.taxonomy import TAXONOMY
from planner.who import Asker


@dataclass(frozen=True)
class LastTime:
    """The session before. `learned` is None until something was noted of it.

    `at_home` is the practice that was given, each with how it landed, if that was said. `opening` are words
    to begin with, which the plan has already when `is_opened`. `peak` is how bold that session became, and
    `is_gentler` says that this plan stays below it.
    """

    plan_id: str
    title: str
    date: dt.date | None
    learned: Learned | None
    concerns: tuple[Concern, ...]
    at_home: tuple[Step, ...]
    opening: str
    is_opened: bool
    peak: int
    is_gentler: bool


def last_time(session: Session, asker: Asker, opened: Opened) -> LastTime | None:
    """What is known of the session before this plan's; None when the asker knows of none."""
    before = queries.before(session, asker, opened)
    if before is None:
        return None
    notes = queries.notes(session, asker, before.id)
    found = learned(notes) if notes else None
    words = opening(found) if found else ""
    was = peak(before.plan, [step.id for step in found.skipped] if found else [])
    return LastTime(
        plan_id=before.id,
        title=before.plan.title,
        date=before.plan.date,
        learned=found or None,
        concerns=concerned(session, asker, before),
        at_home=_at_home(before.plan, found),
        opening=words,
        is_opened=bool(words) and opens_with(opened.plan, words),
        peak=was,
        is_gentler=is_gentler(opened.plan, was),
    )


def concerned(session: Session, asker: Asker, opened: Opened) -> tuple[Concern, ...]:
    """What was noted of a plan's session that speaks for stepping down in the next one."""
    notes = queries.notes(session, asker, opened.id)
    if notes is None:
        return ()
    before = queries.before(session, asker, opened)
    return concerns(notes, queries.notes(session, asker, before.id) if before else None)


def _at_home(plan: Plan, found: Learned | None) -> tuple[Step, ...]:
    said = {step.id: step for step in found.at_home} if found is not None else {}
    given = [step for step in plan.segments if not TAXONOMY.parts[step.part].in_session]
    return tuple(said.get(step.id, Step(step.id, step.title, step.part)) for step in given)
