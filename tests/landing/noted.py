"""Notes after a session for tests: plain ones, and every one that Hypothesis can think of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from planner.landing.notes import LANDED, Notes, Pair, Step, checked
from planner.taxonomy import TAXONOMY
from tests.builders import texts, titles


def a_step(step_id: str = "s1", landed: str = "well", **changes: Any) -> Step:
    return Step(**{"id": step_id, "title": f"Step {step_id}", "part": "core", "landed": landed} | changes)


numbers = st.none() | st.integers(0, 10)
pairs = st.builds(Pair, numbers, numbers)
steps = st.builds(
    Step,
    id=st.text("abcdef0123456789", min_size=1, max_size=8),
    title=titles,
    part=st.sampled_from(list(TAXONOMY.parts)),
    slug=st.sampled_from(["", "hand-in-hand", "three-doors"]),
    landed=st.sampled_from(["", *LANDED]),
)
notes = st.builds(
    Notes,
    steps=st.lists(steps, unique_by=lambda step: step.id, max_size=8).map(tuple),
    closeness=pairs,
    safety=pairs,
    worked=texts,
    note=texts,
).map(checked)
