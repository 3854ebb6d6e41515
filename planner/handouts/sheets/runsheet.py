"""The counsellor's own sheet for a session: times, words to say, notes, and what to take care of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Exercises
from planner.library.exercise import AtHome
from planner.plans.plan import Origin, Plan, Segment
from planner.plans.timing import Slot, timing
from planner.taxonomy import TAXONOMY, Part, Term


@dataclass(frozen=True)
class Entry:
    """One segment: `start` and `end` in minutes of the session, None for practice at home.

    At home `at_home` is what one gives them, and `words` are those of the segment, unless they are still the
    script of the exercise, which was said in the session. What to take care of stands at the first segment of
    an exercise only. `goes_badly` is Markdown.
    """

    segment: Segment
    words: str
    start: int | None = None
    end: int | None = None
    materials: tuple[str, ...] = ()
    cautions: tuple[Term, ...] = ()
    goes_badly: str = ""
    at_home: AtHome | None = None


@dataclass(frozen=True)
class Stretch:
    """A part of the session with its segments; empty parts are left out."""

    part: Part
    entries: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        return sum(entry.segment.minutes for entry in self.entries)


@dataclass(frozen=True)
class RunSheet(Printed):
    """The whole sheet. Only the counsellor's: it shows notes and the plan's title."""

    template: ClassVar[str] = "handouts/runsheet.html"
    file_name: ClassVar[str] = "run-sheet.pdf"
    own: ClassVar[bool] = True
    plan: Plan
    stretches: tuple[Stretch, ...]
    used: int
    free: int

    @property
    def materials(self) -> tuple[str, ...]:
        """What to have ready, each thing once, in the order in which it is needed."""
        things = [
            thing for stretch in self.stretches for entry in stretch.entries for thing in entry.materials
        ]
        return tuple({thing.casefold(): thing for thing in reversed(things)}.values())[::-1]


def of_plan(plan: Plan, exercises: Exercises, options: Options, letterhead: Letterhead) -> RunSheet:
    """The run sheet of a plan. An exercise that cannot be found leaves its cautions out."""
    laid = timing(plan)
    slots = {slot.segment.id: slot for slot in laid.slots}
    first: dict[Origin, str] = {}
    for segment in plan.segments:
        if segment.exercise:
            first.setdefault(segment.exercise, segment.id)
    stretches = []
    for part in TAXONOMY.parts.values():
        entries = tuple(
            _entry(each, slots.get(each.id), exercises, each.id in first.values())
            for each in plan.in_part(part.key)
        )
        if entries:
            stretches.append(Stretch(part, entries))
    return RunSheet(plan, tuple(stretches), laid.used, laid.free, options=options, letterhead=letterhead)


def _entry(segment: Segment, slot: Slot | None, exercises: Exercises, first: bool) -> Entry:
    exercise = exercises.get(segment.exercise) if segment.exercise else None
    entry = Entry(segment, segment.words, slot.start if slot else None, slot.end if slot else None)
    if exercise is None:
        return entry
    if slot is None:
        own = segment.words if segment.words.strip() != exercise.script.strip() else ""
        entry = replace(entry, words=own, at_home=exercise.at_home)
    if not first:
        return entry
    return replace(
        entry,
        materials=exercise.materials,
        cautions=tuple(TAXONOMY.cautions[key] for key in exercise.cautions),
        goes_badly=exercise.goes_badly,
    )
