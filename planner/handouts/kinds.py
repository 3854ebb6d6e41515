"""Every kind of paper that a plan can become, by the key that forms and the command line use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets import booklet, cards, document, ending, home, runsheet
from planner.handouts.sheets.document import WHOSE, Exercises
from planner.plans.plan import Plan

# For clients, in the order in which they are offered; then the counsellor's own.
FOR_CLIENTS = (*WHOSE, "booklet", "home", "cards", "ending")
KINDS = (*FOR_CLIENTS, "run-sheet")
NOTHING_TO_FILL_IN = ("cards",)


def of_plan(
    kind: str,
    plan: Plan,
    exercises: Exercises,
    chosen: Collection[str],
    options: Options,
    letterhead: Letterhead,
    hope: str | None = None,
) -> Printed:
    """What `kind` makes of the segments whose ids are `chosen`; a run sheet is of the whole plan.

    `hope` is in the clients' words; None takes the plan's. Raises NothingToPrint.
    """
    if kind == "run-sheet":
        # The counsellor's own paper is in the language of the screen.
        return runsheet.of_plan(plan, exercises, replace(options, lang="en"), letterhead)
    if kind == "booklet":
        return booklet.of_plan(plan, exercises, chosen, options, letterhead)
    if kind == "home":
        return home.of_plan(plan, exercises, chosen, options, letterhead)
    if kind == "cards":
        return cards.of_plan(plan, exercises, chosen, options, letterhead)
    if kind == "ending":
        return ending.of_plan(plan, exercises, chosen, options, letterhead, hope)
    return document.of_plan(plan, exercises, chosen, kind, options, letterhead, hope)
