"""Plans and segments for tests, plain ones and every one that Hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from planner.plans.plan import Origin, Plan, Segment, checked
from planner.taxonomy import TAXONOMY


def a_segment(segment_id: str = "s1", **changes: Any) -> Segment:
    return replace(Segment(segment_id, "core", f"Step {segment_id}", 10), **changes)


def a_plan(*segments: Segment, **changes: Any) -> Plan:
    return checked(replace(Plan("Second session"), segments=segments, **changes))


texts = st.text(max_size=40)
titles = st.text(min_size=1, max_size=40).filter(lambda text: any(c.isalnum() for c in text))
some_areas = st.lists(st.sampled_from(list(TAXONOMY.areas)), unique=True, max_size=3).map(tuple)
some_fears = st.lists(st.sampled_from(list(TAXONOMY.fears)), unique=True, max_size=3).map(tuple)
parts = st.sampled_from(list(TAXONOMY.parts))


def segments(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Segment]:
    return st.builds(
        Segment,
        id=ids,
        part=parts,
        title=titles,
        minutes=st.integers(1, 240),
        areas=some_areas,
        fears=some_fears,
        mode=st.sampled_from(["", *TAXONOMY.modes]),
        intensity=st.integers(0, 5),
        exercise=st.none() | st.builds(Origin, st.just("hand-in-hand"), st.just("0" * 64)),
        words=texts,
        note=texts,
        in_handout=st.booleans(),
    )


plans = st.builds(
    Plan,
    title=titles,
    hope=texts,
    date=st.none() | st.dates(),
    length=st.integers(10, 480),
    areas=some_areas,
    fears=some_fears,
    segments=st.lists(
        segments(st.text("abcdef0123456789", min_size=1, max_size=8)), unique_by=lambda s: s.id, max_size=8
    ).map(tuple),
).map(checked)
