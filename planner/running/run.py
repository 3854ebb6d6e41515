"""One session as it is held: the plan as it was at the beginning, what can be put in, and what happened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.plans.exchange import from_json as plan_from
from planner.plans.exchange import to_json as plan_to
from planner.plans.plan import Plan, Segment
from planner.plans.timing import timing
from planner.running.events import MINUTE, Event, plain, read
from planner.running.replay import Course, Note, Seen, Stand, replay, seen

FORMAT = 1
# After this a run that nobody ended is taken to be over.
_FORGOTTEN = 3 * 60 * MINUTE


@dataclass(frozen=True)
class Run:
    """A run. `began` is in milliseconds of UTC. `events` stand in the order in which they arrived.

    `spare` holds steps outside the plan: the settling step for each step by its id in `calm`, and those that
    a shorter session always has.
    """

    plan: Plan
    began: int
    spare: tuple[Segment, ...] = ()
    calm: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    @cached_property
    def steps(self) -> tuple[Segment, ...]:
        """The plan's steps in the session, without practice at home."""
        return tuple(slot.segment for slot in timing(self.plan).slots)

    @cached_property
    def known(self) -> dict[str, Segment]:
        """Every step that can come up, by its id."""
        return {each.id: each for each in (*self.steps, *self.spare)}

    @cached_property
    def course(self) -> Course:
        def pairs(steps: tuple[Segment, ...]) -> tuple[tuple[str, int], ...]:
            return tuple((each.id, each.minutes) for each in steps)

        return Course(self.began, self.plan.length, pairs(self.steps), pairs(self.spare))

    @cached_property
    def stand(self) -> Stand:
        """Where it stands after everything that happened."""
        return replay(self.course, self.events)

    def seen(self, at: int) -> Seen:
        """What is left at a moment, in milliseconds of UTC."""
        return seen(self.stand, at)

    def is_forgotten(self, at: int) -> bool:
        """True long after its end, when nobody ended it."""
        return not self.stand.ended and at > max(self.stand.ends, self.stand.until) + _FORGOTTEN

    def settling(self) -> tuple[str, ...]:
        """Ids of steps to settle with, the nearest first: of the plan's rest, and one of the library."""
        stand = self.stand
        ids = [step for step, _ in stand.coming if is_calm(self.known[step])][:1]
        own = self.calm.get(stand.aside or stand.step, "")
        return tuple(dict.fromkeys(each for each in (*ids, own) if each and each != stand.step))


def is_calm(step: Segment) -> bool:
    """True for a step that settles: in that part, and no more than light."""
    return step.part == "settle" and step.intensity == 1


@dataclass(frozen=True)
class Outcome:
    """What became of a step: "done", "skipped", "stopped" for a settling one, or "left" out.

    `minutes` are those that it really took; `added` says that the plan did not have it.
    """

    step: Segment
    outcome: str
    minutes: int
    added: bool = False


def outcomes(run: Run) -> tuple[Outcome, ...]:
    """What became of the plan's steps in their order, then of what was put in. Of a run that has ended."""
    stand = run.stand
    last = {visit.step: visit.outcome for visit in stand.visits}
    took: dict[str, int] = {}
    for visit in stand.visits:
        took[visit.step] = took.get(visit.step, 0) + visit.ended - visit.began
    own = {step.id for step in run.steps}
    return tuple(
        Outcome(step, last.get(step.id, "left"), round(took.get(step.id, 0) / MINUTE), step.id not in own)
        for step in run.known.values()
        if step.id in own or step.id in last
    )


def minute_of(run: Run, note: Note) -> int:
    """The minute of the session at which something was noted, from 1."""
    return max(0, note.at - run.began) // MINUTE + 1


def with_events(run: Run, *events: Event) -> Run:
    """The run with these events too; those that it has already are left out."""
    have = {event.id for event in run.events}
    new = tuple({event.id: event for event in events if event.id not in have}.values())
    return replace(run, events=(*run.events, *new)) if new else run


def to_json(run: Run) -> str:
    """The run as JSON text."""
    data = {
        "format": FORMAT,
        "plan": plan_to(run.plan),
        "began": run.began,
        "spare": plan_to(Plan("Spare", segments=run.spare)),
        "calm": dict(run.calm),
        "events": [plain(event) for event in run.events],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Run:
    """Read what `to_json` wrote. Raises BadFile or BadEvent when it was another's work."""
    data = json.loads(text)
    return Run(
        plan=plan_from(data["plan"]),
        began=data["began"],
        spare=plan_from(data["spare"]).segments,
        calm=data["calm"],
        events=tuple(read(each) for each in data["events"]),
    )
