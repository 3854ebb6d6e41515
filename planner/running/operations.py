"""Running a session: it begins, and what happens is added to it. Never commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from planner.db import new_id
from planner.errors import RuleBroken
from planner.library import held
from planner.library.calming import light_ones
from planner.library.light import Light, nearest
from planner.plans import queries as plans
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Plan
from planner.plans.remedies import settling
from planner.plans.timing import timing
from planner.running import queries
from planner.running.events import MAX_EVENTS, Event, believed
from planner.running.models import SessionRun
from planner.running.queries import Held, milliseconds
from planner.running.run import Run, from_json, to_json, with_events
from planner.running.shorter import spare_for
from planner.who import Asker

# What a shorter session is given when its plan has no such step: part and minutes.
_ALWAYS = (("settle", 3), ("close", 2))


def begin(session: Session, asker: Asker, plan_id: str, at: datetime) -> Held:
    """Begin the session of a plan, or go on with the one that is under way.

    Raises NotFound, and RuleBroken when the plan has no step in the session.
    """
    record = plans.record(session, asker, plan_id)
    session.refresh(record, with_for_update=True)  # of two that press at once, one begins it
    last = queries.latest(session, asker, plan_id)
    if last is not None and queries.is_open(last):
        return last
    plan = plans.opened(session, asker, plan_id).plan
    if not timing(plan).slots:
        raise RuleBroken("There is no step in this session yet. Add one to the plan, then begin.")
    row = SessionRun(
        id=new_id(), practice_id=asker.practice_id, plan_id=plan_id, member_id=asker.id, started_at=at
    )
    run = _prepared(session, asker, plan, milliseconds(at))
    row.seal_text(to_json(run), session.info["keyring"])
    session.add(row)
    session.flush()
    return Held(row, run)


def _prepared(session: Session, asker: Asker, plan: Plan, began: int) -> Run:
    """A run with everything in it that may be needed later, so that nothing has to be fetched then."""
    among = light_ones(session, asker)
    near = {}
    for step in (slot.segment for slot in timing(plan).slots):
        slug = step.exercise.slug if step.exercise else ""
        near[step.id] = nearest(slug, step.areas, step.mode, among)
    lights = dict.fromkeys(light for light in near.values() if light is not None)
    found = held.exercises(session, asker, [(light.slug, light.digest) for light in lights])
    spare = [settling(spare_for(part), part, minutes, part) for part, minutes in _ALWAYS]
    for light in lights:
        exercise = found[light.slug, light.digest]
        step = segment_from(exercise, light.digest, "settle", _key(light))
        spare.append(replace(step, minutes=light.minutes))
    calm = {step: _key(light) for step, light in near.items() if light is not None}
    return Run(plan, began, tuple(spare), calm)


def _key(light: Light) -> str:
    return f"calm-{light.slug}"


def add(
    session: Session, asker: Asker, plan_id: str, run_id: str, events: Iterable[Event], at: datetime
) -> Held:
    """Add what happened. What is there already, by its identity, is left alone. Raises NotFound."""
    row = queries.one(session, asker, plan_id, run_id)
    session.refresh(row, with_for_update=True)
    before = from_json(row.text)
    room = MAX_EVENTS - len(before.events)
    have = {event.id for event in before.events}
    new = [event for event in events if event.id not in have][:room]
    received = milliseconds(at)
    run = with_events(before, *(believed(event, before.began, received) for event in new))
    if run is not before:
        row.seal_text(to_json(run), session.info["keyring"])
        row.number = len(run.events) + 1
        row.ended_at = at if run.stand.ended else None
    return Held(row, run)
