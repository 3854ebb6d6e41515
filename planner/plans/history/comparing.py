"""Two states of a plan beside each other: which step stands against which, and what differs in it.

Pure: two values in, rows out. `then` is the one on the left, `now` the one on the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.library.own.differences import Line, text_differences
from planner.plans.coverage import coverage
from planner.plans.history.changes import Head, changes, differing, in_place, is_swapped
from planner.plans.plan import PARTS, Plan, Segment
from planner.plans.timing import Timing, timing

KEPT, CHANGED, ADDED, REMOVED, LEFT, CAME = "kept", "changed", "added", "removed", "left", "came"


@dataclass(frozen=True)
class Fact:
    """A short field of the head that differs, with both values."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Text:
    """A text that differs, line by line. No lines: only spaces and the ends of lines do."""

    field: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Side:
    """A step on one side, and the minute at which it starts; None for practice at home."""

    segment: Segment
    start: int | None


@dataclass(frozen=True)
class Row:
    """What stands side by side: KEPT, CHANGED, ADDED, REMOVED, or moved: it LEFT here, it CAME here.

    `other_part` is the part that it went to or came from; `differs` has the fields of the step that differ,
    `texts` those of them that are read word by word.
    """

    kind: str
    then: Side | None
    now: Side | None
    other_part: str = ""
    swapped: bool = False
    differs: frozenset[str] = frozenset()
    texts: tuple[Text, ...] = ()

    @property
    def reads_alike(self) -> bool:
        """True when both sides look the same but for texts, which are shown word by word."""
        return not self.differs - {"words", "note", "exercise"}


@dataclass(frozen=True)
class Comparison:
    """Two plans compared. `rows` by part; parts that are empty on both sides are left out.

    `areas` are those whose minutes differ, each with its minutes before and after.
    """

    head: tuple[Fact, ...]
    hope: Text | None
    rows: dict[str, tuple[Row, ...]]
    then: Timing
    now: Timing
    areas: tuple[tuple[str, int, int], ...]
    fears_gone: tuple[str, ...]
    fears_come: tuple[str, ...]
    count: int


def compare(then: Plan, now: Plan) -> Comparison:
    """Lay two states of a plan beside each other."""
    every = changes(then, now)
    heads = [each for each in every if isinstance(each, Head)]
    hope = next((each for each in heads if each.field == "hope"), None)
    tends_then, tends_now = coverage(then), coverage(now)
    minutes = [
        (area, tends_then.minutes.get(area, 0), tends_now.minutes.get(area, 0))
        for area in dict.fromkeys((*tends_then.minutes, *tends_now.minutes))
    ]
    return Comparison(
        head=tuple(Fact(each.field, each.before, each.after) for each in heads if each is not hope),
        hope=_text("hope", hope.before, hope.after) if hope else None,
        rows=_rows(then, now),
        then=timing(then),
        now=timing(now),
        areas=tuple(row for row in minutes if row[1] != row[2]),
        fears_gone=tuple(fear for fear in tends_then.fears if fear not in tends_now.fears),
        fears_come=tuple(fear for fear in tends_now.fears if fear not in tends_then.fears),
        count=len(every),
    )


def _rows(then: Plan, now: Plan) -> dict[str, tuple[Row, ...]]:
    left, right = _sides(then), _sides(now)
    stayed = in_place(then, now)
    found = {part: tuple(_part(then.in_part(part), now.in_part(part), left, right, stayed)) for part in PARTS}
    return {part: rows for part, rows in found.items() if rows}


def _sides(plan: Plan) -> dict[str, Side]:
    starts = {slot.segment.id: slot.start for slot in timing(plan).slots}
    return {step.id: Side(step, starts.get(step.id)) for step in plan.segments}


def _part(
    old: tuple[Segment, ...],
    new: tuple[Segment, ...],
    left: dict[str, Side],
    right: dict[str, Side],
    stayed: frozenset[str],
) -> Iterator[Row]:
    """The rows of a part: between two steps that stayed, first what went and then what came."""
    coming = list(new)
    for step in old:
        if step.id not in stayed:
            yield _gone(left[step.id], right.get(step.id))
            continue
        while coming[0].id != step.id:
            yield _come(left.get(coming[0].id), right[coming.pop(0).id])
        yield _pair(KEPT, left[step.id], right[coming.pop(0).id])
    for step in coming:
        yield _come(left.get(step.id), right[step.id])


def _gone(then: Side, now: Side | None) -> Row:
    if now is None:
        return Row(REMOVED, then, None)
    return Row(LEFT, then, None, other_part=now.segment.part)


def _come(then: Side | None, now: Side) -> Row:
    if then is None:
        return Row(ADDED, None, now)
    return _pair(CAME, then, now)


def _pair(kind: str, then: Side, now: Side) -> Row:
    """One step on both sides. A moved one shows its earlier side where it stood."""
    before, after = then.segment, now.segment
    differ, swapped = differing(before, after), is_swapped(before, after)
    # The script of another exercise is another text altogether.
    told = [name for name in ("words", "note") if name in differ and not (swapped and name == "words")]
    return Row(
        CHANGED if differ and kind == KEPT else kind,
        None if kind == CAME else then,
        now,
        other_part=before.part if kind == CAME else "",
        swapped=swapped,
        differs=frozenset(differ),
        texts=tuple(_text(name, getattr(before, name), getattr(after, name)) for name in told),
    )


def _text(field: str, before: object, after: object) -> Text:
    return Text(field, text_differences(str(before), str(after)))
