"""What the operations on a plan promise, whatever is done in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from planner.plans import plan as verbs
from planner.plans.plan import BadPlan, Plan, clean
from planner.taxonomy import TAXONOMY
from tests.builders import a_plan, a_segment, parts, plans, segments

ORDER = list(TAXONOMY.parts)


class AnySequenceOfChanges(RuleBasedStateMachine):
    """Add, move, edit, resize, duplicate and remove in any order; the list of states is what undo walks."""

    ids = Bundle("ids")

    @initialize()
    def start(self) -> None:
        self.states = [Plan("A session")]
        self.count = 0

    @property
    def plan(self) -> Plan:
        return self.states[-1]

    def go(self, plan: Plan) -> None:
        self.states.append(plan)

    def has(self, segment_id: str) -> bool:
        return any(segment.id == segment_id for segment in self.plan.segments)

    @rule(target=ids, segment=segments(st.just("")), position=st.none() | st.integers(-2, 9))
    def add(self, segment, position):
        self.count += 1
        name = f"s{self.count}"
        if len(self.plan.segments) < verbs.MAX_SEGMENTS:
            self.go(verbs.add(self.plan, verbs.replace(segment, id=name), position))
        return name

    @rule(segment_id=ids, part=parts, position=st.none() | st.integers(-2, 9))
    def move(self, segment_id, part, position):
        if self.has(segment_id):
            before = self.plan.segment(segment_id)
            self.go(verbs.move(self.plan, segment_id, part, position))
            assert self.plan.segment(segment_id) == verbs.replace(before, part=part)

    @rule(segment_id=ids, by=st.sampled_from([-1, 1]))
    def step(self, segment_id, by):
        if self.has(segment_id):
            self.go(verbs.step(self.plan, segment_id, by))

    @rule(segment_id=ids, minutes=st.integers(1, 240))
    def resize(self, segment_id, minutes):
        if self.has(segment_id):
            self.go(verbs.resize(self.plan, segment_id, minutes))
            assert self.plan.segment(segment_id).minutes == minutes

    @rule(segment_id=ids)
    def duplicate(self, segment_id):
        self.count += 1
        if self.has(segment_id) and len(self.plan.segments) < verbs.MAX_SEGMENTS:
            self.go(verbs.duplicate(self.plan, segment_id, f"s{self.count}"))

    @rule(segment_id=ids)
    def remove(self, segment_id):
        if self.has(segment_id):
            self.go(verbs.remove(self.plan, segment_id))
            assert not self.has(segment_id)

    @invariant()
    def identities_are_unique(self):
        ids = [segment.id for segment in self.plan.segments]
        assert len(set(ids)) == len(ids)

    @invariant()
    def segments_stand_in_the_order_of_the_parts(self):
        places = [ORDER.index(segment.part) for segment in self.plan.segments]
        assert places == sorted(places)

    @invariant()
    def the_plan_is_always_one_that_could_be_saved(self):
        assert verbs.checked(self.plan) == self.plan

    def teardown(self):
        # Values never change: walking all the way back ends at the very start.
        if hasattr(self, "states"):
            assert self.states[0] == Plan("A session")


TestAnySequenceOfChanges = AnySequenceOfChanges.TestCase


def test_steps_move_over_the_edge_into_the_next_part():
    plan = a_plan(a_segment("a", part="arrive"), a_segment("b", part="warm_up"))
    assert verbs.step(plan, "a", +1).segment("a").part == "warm_up"
    assert [s.id for s in verbs.step(plan, "a", +1).segments] == ["a", "b"]
    assert verbs.step(plan, "b", -1).segment("b").part == "arrive"
    assert [s.id for s in verbs.step(plan, "b", -1).segments] == ["a", "b"]


def test_at_either_end_a_step_stays_where_it_is():
    plan = a_plan(a_segment("a", part="arrive"), a_segment("z", part="home"))
    assert verbs.step(plan, "a", -1) == plan
    assert verbs.step(plan, "z", +1) == plan


@given(plans)
def test_up_and_then_down_is_where_it_was(plan):
    for segment in plan.segments:
        there = verbs.step(plan, segment.id, -1)
        if there != plan:
            assert verbs.step(there, segment.id, +1) == plan


@given(plans)
def test_a_copy_stands_right_below_and_differs_in_identity_only(plan):
    for segment in plan.segments:
        ids = [s.id for s in verbs.duplicate(plan, segment.id, "new").segments]
        assert ids.index("new") == ids.index(segment.id) + 1
        assert verbs.duplicate(plan, segment.id, "new").segment("new") == verbs.replace(segment, id="new")


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": 241}),
        ("minutes", {"minutes": True}),
        ("part", {"part": "elsewhere"}),
        ("mode", {"mode": "upside_down"}),
        ("intensity", {"intensity": 6}),
        ("title", {"title": " \n "}),
        ("title", {"title": "x" * 121}),
        ("words", {"words": "x" * 6001}),
        ("note", {"note": "x" * 6001}),
        ("areas", {"areas": ("money",)}),
        ("fears", {"fears": ("spiders",)}),
    ],
)
def test_what_does_not_fit_is_refused_and_named(where, changes):
    with pytest.raises(BadPlan) as refused:
        verbs.edit(a_plan(a_segment()), "s1", **changes)
    assert refused.value.where == where
    assert str(refused.value)


def test_a_plan_has_a_title_and_a_length_and_room_for_sixty_steps():
    for bad in ({"title": ""}, {"length": 9}, {"length": 481}):
        with pytest.raises(BadPlan):
            verbs.describe(Plan("A session"), **bad)
    full = a_plan(*(a_segment(f"s{i}") for i in range(60)))
    with pytest.raises(BadPlan, match="60"):
        verbs.add(full, a_segment("one-more"))


def test_a_step_that_is_gone_is_said_to_be_gone():
    with pytest.raises(BadPlan, match="no longer"):
        verbs.remove(a_plan(), "s1")


@given(st.text())
def test_stored_text_holds_nothing_that_a_database_or_a_printer_chokes_on(text):
    kept = clean(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert "\r" not in kept
    assert clean(kept) == kept


def test_a_segment_keeps_its_main_area_first():
    plan = a_plan(a_segment(areas=("play", "self")))
    assert plan.segment("s1").areas == ("play", "self")
