"""A plan written out and read back is the same plan; anything else is refused in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plans.exchange import BadFile, from_json, to_json
from tests.builders import a_plan, a_segment, plans


@given(plans)
def test_written_and_read_back_it_is_the_same_plan(plan):
    assert from_json(to_json(plan)) == plan


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_other_text_is_refused(text):
    with pytest.raises(BadFile):
        from_json(text)


def test_a_plan_of_an_unknown_format_is_refused():
    data = json.loads(to_json(a_plan())) | {"format": 99}
    with pytest.raises(BadFile, match="another version"):
        from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("name", "value"),
    [("minutes", 0), ("minutes", "10"), ("part", "nowhere"), ("title", None), ("areas", [7])],
)
def test_a_plan_that_breaks_a_rule_is_refused(name, value):
    data = json.loads(to_json(a_plan(a_segment())))
    data["segments"][0][name] = value
    with pytest.raises(BadFile):
        from_json(json.dumps(data))
