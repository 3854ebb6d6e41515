"""The sheet for the end of a piece of work: what we keep doing. No certificate: there is nothing to pass."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import Exercises, Sheet, hope_of, sheets_of
from planner.plans.plan import Plan


@dataclass(frozen=True)
class Ending(Printed):
    """`tried` are the sheets of what the couple did; `hope` is in their words, and may be empty."""

    template: ClassVar[str] = "handouts/ending.html"
    file_name: ClassVar[str] = "what-we-keep-doing.pdf"
    tried: tuple[Sheet, ...]
    hope: str
    hope_lang: str

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.handout.title, each.lang) for each in self.tried)


def of_plan(
    plan: Plan,
    exercises: Exercises,
    chosen: Collection[str],
    options: Options,
    letterhead: Letterhead,
    hope: str | None = None,
) -> Ending:
    """The ending sheet, with the chosen segments as what can be kept; without any it is room to write."""
    tried = sheets_of(plan, exercises, chosen, "together", options)
    words, lang = hope_of(plan, hope, options)
    return Ending(tried, words[:1].upper() + words[1:], lang, options=options, letterhead=letterhead)
