"""What the screen in the room knows of a session: steps skipped or put in, and lines noted there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.plans.plan import Segment
from planner.running import queries as running
from planner.running.run import minute_of, outcomes
from planner.who import Asker


@dataclass(frozen=True)
class Line:
    """Something that was noted in the room, and the minute of the session, from 1."""

    minute: int
    text: str


@dataclass(frozen=True)
class InRoom:
    """A session that was held with the planner. `steps` are those that came up, `added` the ids of those that
    the plan did not have, and `skipped` of those that were skipped or left out."""

    steps: tuple[Segment, ...] = ()
    added: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()


def in_room(session: Session, asker: Asker, plan_id: str) -> InRoom:
    """The last such session of a plan; an empty one when there was none. Raises NotFound."""
    held = running.latest(session, asker, plan_id)
    if held is None:
        return InRoom()
    run = held.run
    lines = tuple(Line(minute_of(run, note), note.text) for note in run.stand.notes)
    if not run.stand.ended:
        return InRoom(lines=lines)
    found = outcomes(run)
    return InRoom(
        steps=tuple(each.step for each in found if each.added or each.outcome != "left"),
        added=frozenset(each.step.id for each in found if each.added),
        skipped=frozenset(each.step.id for each in found if each.outcome in ("skipped", "left")),
        lines=lines,
    )
