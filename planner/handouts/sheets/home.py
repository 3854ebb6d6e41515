"""Practice at home on one sheet: how much, the plan to try, the easier way, and a week to write in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from babel import Locale

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Exercises, NothingToPrint, Sheet, printable, sheet_of
from planner.handouts.words.languages import LANGUAGES
from planner.plans.plan import Plan
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True)
class Practice:
    """One thing to practise. `in_week` is False where no box may invite counting: touch is never tracked."""

    sheet: Sheet
    in_week: bool


@dataclass(frozen=True)
class HomePlanner(Printed):
    """The whole sheet."""

    template: ClassVar[str] = "handouts/home.html"
    file_name: ClassVar[str] = "practice-at-home.pdf"
    practices: tuple[Practice, ...]

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.sheet.handout.title, each.sheet.lang) for each in self.practices)

    @property
    def days(self) -> tuple[str, ...]:
        """Short names of the seven days in the language of the sheet, Monday first."""
        names = Locale.parse(LANGUAGES[self.options.lang].locale).days["stand-alone"]["abbreviated"]
        # Arabic has no short names; without the article the full ones fit their column.
        return tuple(names[day].removeprefix("ال") for day in range(7))

    @property
    def rows(self) -> tuple[Practice, ...]:
        """What has a row in the week."""
        return tuple(each for each in self.practices if each.in_week)


def of_plan(
    plan: Plan, exercises: Exercises, chosen: Collection[str], options: Options, letterhead: Letterhead
) -> HomePlanner:
    """The planner for the chosen segments that are practice at home. Raises NothingToPrint."""
    practices = tuple(
        Practice(sheet, not sheet.opt_in)
        for segment in printable(plan)
        if segment.id in chosen and not TAXONOMY.parts[segment.part].in_session
        if (sheet := sheet_of(segment, exercises, "together", options)) is not None
    )
    if not practices:
        raise NothingToPrint
    return HomePlanner(practices, options=options, letterhead=letterhead)
