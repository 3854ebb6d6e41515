"""A template holds nothing of a couple, and no more than its maker chose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.plans.exchange import from_json, to_json
from planner.plans.plan import Plan
from planner.sharing.stripping import Keep, about, plan_for_template
from tests.builders import plans
from tests.sharing.conftest import PRIVATE

keeps = st.builds(Keep, words=st.booleans(), hope=st.booleans(), focus=st.booleans(), notes=st.booleans())


def test_notes_and_date_stay_behind_unless_someone_chooses_the_notes() -> None:
    stripped = plan_for_template(PRIVATE, Keep())
    assert stripped.date is None
    assert [segment.note for segment in stripped.segments] == ["", ""]
    assert stripped.hope == PRIVATE.hope
    assert stripped.segments[0].words == PRIVATE.segments[0].words


def test_each_choice_takes_exactly_its_own_thing_away() -> None:
    bare = plan_for_template(PRIVATE, Keep(words=False, hope=False, focus=False), "Small wishes, shared")
    assert bare.title == "Small wishes, shared"
    assert (bare.hope, bare.areas, bare.fears) == ("", (), ())
    assert all(segment.words == "" for segment in bare.segments)
    with_notes = plan_for_template(PRIVATE, Keep(notes=True))
    assert [segment.note for segment in with_notes.segments] == [s.note for s in PRIVATE.segments]


@given(plans, keeps)
def test_whatever_the_plan_the_date_never_goes_along_and_the_rest_only_when_kept(
    plan: Plan, keep: Keep
) -> None:
    stripped = plan_for_template(plan, keep)
    assert stripped.date is None
    if not keep.notes:
        assert not any(segment.note for segment in stripped.segments)
    if not keep.words:
        assert not any(segment.words for segment in stripped.segments)
    if not keep.hope:
        assert stripped.hope == ""
    if not keep.focus:
        assert stripped.areas == stripped.fears == ()


@given(plans, keeps)
def test_the_session_itself_is_unchanged(plan: Plan, keep: Keep) -> None:
    stripped = plan_for_template(plan, keep)
    assert stripped.length == plan.length
    for before, after in zip(plan.segments, stripped.segments, strict=True):
        for name in (
            "part",
            "title",
            "minutes",
            "areas",
            "fears",
            "mode",
            "intensity",
            "exercise",
            "in_handout",
        ):
            assert getattr(before, name) == getattr(after, name)


@given(plans, keeps)
def test_steps_get_identities_of_their_own_and_stripping_again_changes_nothing(
    plan: Plan, keep: Keep
) -> None:
    stripped = plan_for_template(plan, keep)
    assert [segment.id for segment in stripped.segments] == [f"s{n + 1}" for n in range(len(plan.segments))]
    assert plan_for_template(stripped, keep) == stripped
    assert from_json(to_json(stripped)) == stripped


def test_a_template_is_found_by_its_focus_and_without_one_by_its_contents() -> None:
    assert about(PRIVATE) == {"area": ("affection",), "fear": ("rejection",)}
    without = plan_for_template(PRIVATE, Keep(focus=False))
    assert about(without) == {"area": ("emotional", "affection"), "fear": ("rejection",)}
