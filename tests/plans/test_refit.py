"""A plan for less time: proposals that fit, keep what matters, and say what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.plans.curve import loud_minutes
from planner.plans.plan import PARTS, Origin, Plan, checked
from planner.plans.refit import KINDS, MOST, Refit, from_now, refit
from planner.plans.timing import timing
from tests.builders import a_plan, a_segment
from tests.plans.sessions import DIGEST, Session, a_usual_session, an_exercise, from_exercise, known, sessions

MAIN = an_exercise("main", short=14, full=22, mode="side_by_side")


def kinds(proposal) -> dict[str, str]:
    return {change.segment: change.kind for change in proposal.changes}


def minutes(proposal) -> dict[str, int]:
    return {change.segment: change.after for change in proposal.changes}


def swaps(segment_id, *exercises):
    return {segment_id: tuple((each, DIGEST) for each in exercises)}


# As a counsellor meets it


def test_a_plan_that_fits_stays_as_it_is():
    plan = a_usual_session(MAIN)
    found = refit(plan, 50, known(MAIN))
    assert [proposal.plan for proposal in found.proposals] == [plan]
    assert found.proposals[0].kind == "unchanged"
    assert set(kinds(found.proposals[0]).values()) == {"kept"}


def test_forty_minutes_want_the_short_form_and_nothing_else():
    found = refit(a_usual_session(MAIN), 42, known(MAIN))
    best = found.proposals[0]
    assert best.kind == "shorter"
    assert kinds(best) == {
        "arrive": "kept",
        "warm": "kept",
        "main": "short",
        "settle": "kept",
        "close": "kept",
    }
    assert (best.minutes, best.plan.length) == (42, 42)
    assert best.breaches == ()


def test_a_little_less_time_is_taken_from_the_free_steps_in_proportion():
    best = refit(a_usual_session(MAIN), 46, known(MAIN)).proposals[0]
    assert kinds(best)["main"] == "kept"
    assert minutes(best)["main"] == 22
    assert best.minutes == 46
    trimmed = [change for change in best.changes if change.kind == "trimmed"]
    assert all(change.after >= 2 * change.before / 3 for change in trimmed)


def test_the_peak_in_full_costs_another_step():
    found = refit(a_usual_session(MAIN), 40, known(MAIN))
    fewer = next(proposal for proposal in found.proposals if proposal.kind == "fewer")
    assert (minutes(fewer)["main"], kinds(fewer)["warm"]) == (22, "dropped")
    assert fewer.minutes <= 40
    # From the check-in straight to level 3 is a jump, and it is said.
    assert fewer.breaches == ("jump",)


def test_ten_calm_minutes_stay_after_a_bold_exercise():
    for proposal in refit(a_usual_session(MAIN), 30, known(MAIN)).proposals:
        if kinds(proposal)["main"] != "dropped":
            assert minutes(proposal)["settle"] + minutes(proposal)["close"] >= 10


def test_a_shorter_exercise_is_swapped_in_for_the_core():
    brief = an_exercise("brief", short=6, full=9, intensity=2, mode="side_by_side")
    found = refit(a_usual_session(MAIN), 30, known(MAIN, brief), swaps("main", brief))
    swap = next(proposal for proposal in found.proposals if proposal.kind == "swapped")
    step = swap.plan.segment("main")
    assert (step.title, step.exercise) == ("brief", Origin("brief", DIGEST))
    change = next(change for change in swap.changes if change.segment == "main")
    assert (change.title, change.title_after, change.before, change.after) == (
        "main",
        "brief",
        22,
        step.minutes,
    )
    assert swap.minutes <= 30


@pytest.mark.parametrize(
    "unfit",
    [
        an_exercise("bolder", short=6, full=9, intensity=4),
        an_exercise("as-long", short=14, full=16, intensity=2),
        an_exercise("to-close", short=5, full=8, intensity=1, parts=("close",)),
    ],
)
def test_an_exercise_that_is_bolder_or_no_shorter_or_for_another_part_is_not_swapped_in(unfit):
    found = refit(a_usual_session(MAIN), 30, known(MAIN), swaps("main", unfit))
    assert found.proposals
    assert all(proposal.kind != "swapped" for proposal in found.proposals)


def test_the_second_core_step_goes_before_the_peak():
    light = an_exercise("light", short=10, full=15, intensity=2, mode="side_by_side")
    plan = a_plan(
        a_segment("arrive", part="arrive", minutes=8, intensity=2),
        from_exercise(light),
        from_exercise(MAIN),
        a_segment("settle", part="settle", minutes=10, intensity=1),
        a_segment("close", part="close", minutes=10, intensity=1),
        length=80,
    )
    best = refit(plan, 34, known(light, MAIN)).proposals[0]
    assert kinds(best)["light"] == "dropped"
    assert kinds(best)["main"] in ("kept", "short")


def test_a_plan_that_never_settled_does_so_when_it_is_made_to_fit():
    plan = a_plan(a_segment("talk", minutes=40), a_segment("more", minutes=30))
    best = refit(plan, 45, {}).proposals[0]
    added = [change for change in best.changes if change.kind == "added"]
    assert [(best.plan.segment(change.segment).part, change.after) for change in added] == [
        ("settle", 3),
        ("close", 2),
    ]
    assert all(best.plan.segment(change.segment).title for change in added)


def test_an_exercise_to_settle_gives_way_to_a_few_quiet_minutes_when_it_must():
    calm = an_exercise("calm", short=8, full=12, intensity=1, parts=("settle",))
    plan = a_plan(
        from_exercise(MAIN), from_exercise(calm, "settle"), a_segment("end", part="close", minutes=5)
    )
    (only,) = refit(plan, 6, known(MAIN, calm)).proposals
    assert minutes(only) == {"main": 0, "calm": 3, "end": 2}
    assert only.plan.segment("calm").exercise is None


def test_exercises_are_short_before_free_steps_are_squeezed():
    calm = an_exercise("calm", short=5, full=8, intensity=1, parts=("settle",))
    plan = a_plan(
        a_segment("arrive", part="arrive", minutes=6),
        from_exercise(calm, "settle"),
        a_segment("close", part="close", minutes=7),
    )
    best = refit(plan, 12, known(calm)).proposals[0]
    assert minutes(best) == {"arrive": 3, "calm": 5, "close": 4}


def test_when_there_is_no_time_to_arrive_settle_and_close_nothing_is_offered():
    found = refit(a_usual_session(MAIN), 6, known(MAIN))
    assert found == Refit((), least=7)
    assert found.too_short
    assert refit(a_usual_session(MAIN), 7, known(MAIN)).proposals


def test_practice_at_home_takes_no_time_and_stays():
    plan = a_usual_session(MAIN)
    plan = a_plan(*plan.segments, a_segment("home", part="home", minutes=15))
    for proposal in refit(plan, 30, known(MAIN)).proposals:
        assert proposal.plan.segment("home") == plan.segment("home")
        assert "home" not in kinds(proposal)


def test_an_exercise_that_cannot_be_found_is_kept_as_it_is_or_dropped():
    plan = a_usual_session(MAIN)
    for proposal in refit(plan, 42, {}).proposals:
        assert kinds(proposal)["main"] in ("kept", "dropped")


# In the room


def test_twelve_minutes_left_are_for_what_is_still_to_come():
    plan = a_usual_session(MAIN)
    done = frozenset({"arrive", "warm", "main"})
    best = from_now(plan, 12, done, known(MAIN)).proposals[0]
    assert kinds(best) == {"settle": "trimmed", "close": "trimmed"}
    assert best.minutes == 12
    assert best.plan.length == 50
    assert best.plan.segments[:3] == plan.segments[:3]


def test_late_in_a_session_the_core_is_left_out_before_the_settling():
    best = from_now(a_usual_session(MAIN), 8, frozenset({"arrive", "warm"}), known(MAIN)).proposals[0]
    assert kinds(best)["main"] == "dropped"
    assert best.minutes <= 8
    assert minutes(best)["settle"] >= 3
    assert minutes(best)["close"] >= 2


def test_what_was_settled_already_is_not_settled_again():
    plan = a_usual_session(MAIN)
    done = frozenset({"arrive", "warm", "main", "settle"})
    best = from_now(plan, 3, done, known(MAIN)).proposals[0]
    assert minutes(best) == {"close": 3}


# Every session


def all_proposals(session: Session, limit: int, done: frozenset[str] = frozenset()):
    if done:
        return from_now(session.plan, limit, done, session.exercises, session.alternatives)
    return refit(session.plan, limit, session.exercises, session.alternatives)


def check_each(session: Session, limit: int, done: frozenset[str]) -> Refit:
    """What every proposal keeps to, whatever the plan and however little time there is."""
    plan = session.plan
    found = all_proposals(session, limit, done)
    coming = frozenset(slot.segment.id for slot in timing(plan).slots) - done
    before = {segment.id: segment for segment in plan.segments}
    assert len(found.proposals) <= MOST
    assert len({proposal.plan for proposal in found.proposals}) == len(found.proposals)
    for proposal in found.proposals:
        made = proposal.plan
        assert checked(made) == made
        assert proposal.kind in KINDS
        after = {segment.id: segment for segment in made.segments}
        new = {slot.segment.id for slot in timing(made).slots} - done
        # Never over time.
        assert proposal.minutes == sum(after[name].minutes for name in new) <= limit
        # What is done, and practice at home, are not touched; the order stays.
        assert all(after[name] == before[name] for name in before if name not in coming)
        assert [name for name in before if name in after] == [name for name in after if name in before]
        # No bolder, and the end no less calm.
        assert all(after[name].intensity <= (before[name].intensity or 2) for name in new & before.keys())
        assert loud_minutes(made, frozenset(new)) <= loud_minutes(plan, coming)
        check_changes(proposal, before, after, coming)
    return found


def check_changes(proposal, before, after, coming):
    assert {change.segment for change in proposal.changes} == coming | (after.keys() - before.keys())
    for change in proposal.changes:
        was, now = before.get(change.segment), after.get(change.segment)
        assert change.before == (was.minutes if was else 0)
        assert change.after == (now.minutes if now else 0)
        assert (change.kind == "added") == (was is None)
        assert (change.kind == "dropped") == (now is None)
        assert (change.kind == "kept") == (was == now)
        if change.kind == "trimmed":
            assert was.exercise is None
            assert min(2, change.before) <= change.after < change.before


@given(sessions(), st.integers(0, 120))
def test_a_proposal_is_never_over_time_and_keeps_what_matters(session, limit):
    found = check_each(session, limit, frozenset())
    used = timing(session.plan).used
    if used <= limit:
        assert [proposal.plan for proposal in found.proposals] == [session.plan]
        return
    if limit >= 7:
        assert found.proposals
    assert found.too_short == (limit < found.least)
    for proposal in found.proposals:
        ends_well(session.plan, proposal.plan)


def ends_well(before: Plan, after: Plan):
    """It settles for three minutes and closes for two, if it was not shorter before."""
    for part, least in (("settle", 3), ("close", 2)):
        shortest = min([least, *(step.minutes for step in before.in_part(part))])
        assert max(step.minutes for step in after.in_part(part)) >= shortest
    assert bool(after.in_part("arrive")) == bool(before.in_part("arrive"))


@given(sessions(), st.integers(0, 60), st.data())
def test_in_the_room_what_is_done_stays_and_the_rest_fits(session, limit, data):
    here = [slot.segment.id for slot in timing(session.plan).slots]
    done = frozenset(here[: data.draw(st.integers(0, len(here)))])
    assume(done)
    found = check_each(session, limit, done)
    assert found.too_short == (limit < found.least)


@given(sessions(), st.integers(7, 120))
def test_a_proposal_that_is_taken_fits_the_next_time(session, limit):
    for proposal in all_proposals(session, limit).proposals:
        again = refit(proposal.plan, limit, session.exercises, session.alternatives)
        assert [each.plan for each in again.proposals] == [proposal.plan]


@given(sessions(), st.integers(7, 120))
def test_the_same_question_has_the_same_answer(session, limit):
    assert all_proposals(session, limit) == all_proposals(session, limit)


@given(sessions(), st.integers(7, 120))
def test_the_peak_stays_where_any_proposal_keeps_it(session, limit):
    """The best proposal drops the peak only when all do."""
    levels = {slot.segment.id: slot.segment.intensity for slot in timing(session.plan).slots}
    top = {name for name, level in levels.items() if level == max(levels.values())}
    assume(len(top) == 1)
    (peak,) = top
    dropped = [kinds(proposal)[peak] == "dropped" for proposal in all_proposals(session, limit).proposals]
    assert dropped == sorted(dropped)


def test_the_order_of_parts_is_the_order_of_a_session():
    plan = a_usual_session(MAIN)
    for limit in range(7, 50):
        for proposal in refit(plan, limit, known(MAIN)).proposals:
            places = [PARTS.index(step.part) for step in proposal.plan.segments]
            assert places == sorted(places)
            assert replace(proposal.plan, segments=(), length=50) == replace(plan, segments=())
