"""Sessions that run, and everything that could happen in them, for tests that try it all."""

from __future__ import annotations

from hypothesis import strategies as st

from planner.running.events import MINUTE, Event
from planner.running.replay import Course, replay

BEGAN = 1_700_000_000_000
STEPS = (("arrive", 6), ("warm", 7), ("core", 22), ("settle", 8), ("close", 7))
SPARE = (("calm", 5), ("settle-spare", 3))
COURSE = Course(BEGAN, 50, STEPS, SPARE)
IDS = [step for step, _ in (*STEPS, *SPARE)]

PRESSED = ("next", "next", "next", "skip", "more", "flooded", "back", "refit")
moments = st.integers(BEGAN, BEGAN + 90 * MINUTE)
ids = st.sampled_from([*IDS, "", "gone"])
coming = st.lists(st.tuples(ids, st.integers(1, 30)), max_size=6).map(tuple)


def press(kind, minute, step="", *, n=0, key="", **values):
    """An event at a minute of the session."""
    at = BEGAN + round(minute * MINUTE)
    key = key or f"{kind}{minute}{step}".encode().hex()[:40].ljust(8, "0")
    return Event(key, kind, at, n, step, **values)


@st.composite
def events(draw):
    """What could arrive: presses that fit and presses that do not, notes, and things taken back."""
    kinds = st.sampled_from([*PRESSED, "note", "undo"])
    number = draw(st.integers(0, 14))
    made = []
    for each in range(number):
        kind = draw(kinds) if each < number - 1 else draw(st.sampled_from(["next", "end", "undo"]))
        to = draw(ids)
        if kind == "undo" and made:
            to = draw(st.sampled_from(made)).id
        made.append(
            Event(
                f"{each:08x}",
                kind,
                draw(moments),
                draw(st.integers(0, 3)),
                draw(ids),
                to,
                draw(st.integers(0, 40)),
                draw(st.integers(0, 12)),
                "A line" if kind == "note" else "",
                draw(coming) if kind == "refit" else (),
            )
        )
    return made


@st.composite
def likely(draw):
    """A run in which most presses are of the step that is on the screen."""
    made, at = [], BEGAN
    for each in range(draw(st.integers(1, 12))):
        at += draw(st.integers(1, 9 * MINUTE))
        stand = replay(COURSE, made)
        kind = draw(st.sampled_from([*PRESSED, "note", "undo", "end"]))
        to = stand.last if kind == "undo" else draw(st.sampled_from(["calm", "settle"]))
        left = tuple(stand.coming[draw(st.integers(0, 3)) :])
        made.append(
            Event(
                f"{each:08x}",
                kind,
                at,
                each,
                stand.step,
                to if kind in ("undo", "flooded") else "",
                draw(st.integers(1, 30)),
                draw(st.integers(0, 5)),
                "A line" if kind == "note" else "",
                left if kind == "refit" else (),
            )
        )
    return made
