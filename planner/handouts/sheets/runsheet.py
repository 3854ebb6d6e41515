"""The counsellor's own sheet for a session: times, words to say, notes, and what to take care of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import WHOSE, Exercises
from planner.handouts.sheets.easy import sentences
from planner.handouts.sheets.materials import merged
from planner.library.exercise import AtHome, Exercise, Steps
from planner.plans.plan import Origin, Plan, Segment
from planner.plans.timing import Slot, timing
from planner.taxonomy import TAXONOMY, Part, Term

# Letters that read well from a lap; those that clients' sheets may be set in are for clients.
_OWN_DESIGNS = ("standard", "large", "ink-saver")
# A step in short is its first sentence, or more when that has fewer letters than this.
_SHORT = 24
_THEY = re.compile(r"they\b\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One segment: `start` and `end` in minutes of the session, None for practice at home.

    At home `at_home` is what one gives them, and `words` are those of the segment, unless they are still the
    script of the exercise, which was said in the session. The `steps` of the client's sheet in short, what to
    take care of and `goes_badly` stand at the first segment of an exercise only; they are Markdown.
    """

    segment: Segment
    words: str
    start: int | None = None
    end: int | None = None
    steps: tuple[str, ...] = ()
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
        return merged(
            thing for stretch in self.stretches for entry in stretch.entries for thing in entry.materials
        )

    @property
    def hope(self) -> tuple[str, bool]:
        """The hope, without a first "they", and whether it goes on from "By the end of this session they"."""
        words = self.plan.hope.strip()
        rest = _THEY.sub("", words, count=1) if _THEY.match(words) else words
        return rest, rest != words or words[:1].islower()


def of_plan(plan: Plan, exercises: Exercises, options: Options, letterhead: Letterhead) -> RunSheet:
    """The run sheet of a plan. An exercise that cannot be found leaves its cautions out.

    Designs that change the letters are for clients: this has the usual ones.
    """
    if options.design not in _OWN_DESIGNS:
        options = replace(options, design="standard")
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
        steps=_steps(exercise) if slot else (),
        materials=exercise.materials,
        cautions=tuple(TAXONOMY.cautions[key] for key in exercise.cautions),
        goes_badly=exercise.goes_badly,
    )


def _steps(exercise: Exercise) -> tuple[str, ...]:
    """The steps of the first sheet that has some, in short."""
    sheets = [sheet for whose in WHOSE if (sheet := exercise.handout(whose))]
    for sheet in sheets:
        steps = [item for block in sheet.blocks if isinstance(block, Steps) for item in block.items]
        if steps:
            return tuple(map(_in_short, steps))
    return ()


def _in_short(step: str) -> str:
    short = ""
    for sentence in sentences(step):
        short = f"{short} {sentence}".strip()
        if len(short) >= _SHORT:
            break
    return short
