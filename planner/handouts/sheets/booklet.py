"""A booklet: a title page, what is in it with page numbers, and the sheets for both of each exercise.

Sheets for one partner alone are never in it, as both read a booklet.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Exercises, NothingToPrint, Sheet, of_exercise, sheets_of
from planner.library.exercise import Exercise
from planner.plans.plan import Plan

# Exercises in one booklet, and characters of its title.
MOST, TITLE_LIMIT = 40, 80
# So many are listed on the title page; a longer list has a page of its own.
ON_FRONT = 8


@dataclass(frozen=True)
class Booklet(Printed):
    """`called` is the counsellor's own title, "" for ours. It may name a couple, so nothing of it is kept."""

    template: ClassVar[str] = "handouts/booklet.html"
    file_name: ClassVar[str] = "booklet.pdf"
    sheets: tuple[Sheet, ...]
    called: str = ""

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.handout.title, each.lang) for each in self.sheets)

    @property
    def listed_apart(self) -> bool:
        """True when the contents have a page of their own."""
        return len(self.sheets) > (ON_FRONT // 2 if self.options.pages_each > 1 else ON_FRONT)

    @property
    def keep(self) -> bool:
        return not self.called and super().keep


def of_exercises(
    chosen: Sequence[tuple[Exercise, str]], called: str, options: Options, letterhead: Letterhead
) -> Booklet:
    """The booklet of these exercises, each with the digest of its version, in this order.

    Those without a sheet for both are left out. Raises NothingToPrint when all are.
    """
    sheets: list[Sheet] = []
    for exercise, digest in chosen:
        if exercise.handout("together"):
            sheets += of_exercise(exercise, "together", options, letterhead, digest).sheets
    if not sheets:
        raise NothingToPrint
    return Booklet(tuple(sheets), called, options=options, letterhead=letterhead)


def of_plan(
    plan: Plan, exercises: Exercises, chosen: Collection[str], options: Options, letterhead: Letterhead
) -> Booklet:
    """The booklet of the chosen segments of a plan. Raises NothingToPrint."""
    sheets = sheets_of(plan, exercises, chosen, "together", options)
    if not sheets:
        raise NothingToPrint
    return Booklet(sheets, options=options, letterhead=letterhead)
