"""Rows of steps and of words to say: adding, removing and moving them, as the buttons beside them ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from planner.library.writing.written import ROWS, StepRow, Written

# How many one can add. What was imported may have more, and keeps them.
MOST = {"steps": 20, "words": 12}
_ASKED = re.compile(r"(?P<rows>steps|words)-(?P<verb>add|remove|up|down)(?:-(?P<place>[0-9]{1,2}))?")


@dataclass(frozen=True)
class Done:
    """What a button did: in which rows, which verb, and the place (from 0) where one goes on."""

    written: Written
    rows: str = ""
    verb: str = ""
    place: int = 0


def changed(written: Written, asked: str) -> Done:
    """What a button asks for: "steps-add", "words-remove-2", "steps-up-1". Anything else does nothing."""
    match = _ASKED.fullmatch(asked)
    if match is None:
        return Done(written)
    name, verb, place = match["rows"], match["verb"], int(match["place"] or 0)
    before: list[Any] = list(getattr(written, name))
    after, goes_on = _do(before, ROWS[name], verb, place, MOST[name])
    rows: dict[str, Any] = {name: tuple(after)}
    return Done(replace(written, **rows), name, verb, goes_on)


def _do(rows: list[Any], kind: Any, verb: str, place: int, most: int) -> tuple[list[Any], int]:
    if verb == "add":
        return (rows if len(rows) >= most else [*rows, _next(rows, kind)]), min(len(rows), most - 1)
    if place >= len(rows):
        return rows, 0
    if verb == "remove":
        return rows[:place] + rows[place + 1 :], min(place, max(len(rows) - 2, 0))
    goal = max(place - 1, 0) if verb == "up" else min(place + 1, len(rows) - 1)
    moved = [row for at, row in enumerate(rows) if at != place]
    return [*moved[:goal], rows[place], *moved[goal:]], goal


def _next(rows: list[Any], kind: Any) -> Any:
    """A new row; after a step of A's it is B's turn, and the other way round."""
    turn = {"a": "b", "b": "a"}
    if kind is StepRow and rows:
        return StepRow(speaker=turn.get(rows[-1].speaker, "both"))
    return kind()
