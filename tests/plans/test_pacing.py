"""Pacing: the curve, the house rules, and remedies that really mend."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given

from planner.plans.curve import RULES, breaches
from planner.plans.pacing import mends, pacing
from planner.plans.plan import MAX_SEGMENTS, BadPlan, checked
from planner.plans.remedies import Drop, Move, Settle, Shorten, Swap, apply
from planner.plans.timing import timing
from tests.builders import a_plan, a_segment
from tests.plans.sessions import DIGEST, Session, a_usual_session, an_exercise, from_exercise, known, sessions


def rules(plan) -> list[str]:
    return [breach.rule for breach in breaches(plan)]


def the(plan, rule, exercises=None):
    """The one breach of a rule."""
    (found,) = [breach for breach in pacing(plan, exercises or {}).breaches if breach.rule == rule]
    return found


def new_id():
    return "new"


# The curve


def test_the_curve_shows_each_step_with_its_minutes_and_leaves_home_out():
    plan = a_plan(
        a_segment("a", part="arrive", minutes=5, intensity=1),
        a_segment("b", minutes=20, intensity=2, mode="solo"),
        a_segment("h", part="home", minutes=10, intensity=4),
    )
    read = pacing(plan, {})
    assert [(p.segment, p.start, p.end, p.intensity, p.mode) for p in read.points] == [
        ("a", 0, 5, 1, ""),
        ("b", 5, 25, 2, "solo"),
    ]
    assert (read.peak, read.peak_segment, read.peak_minute) == (2, "b", 15)
    assert (read.minutes, read.latest_peak, read.calm_from) == (50, 32, 15)


def test_an_empty_plan_has_no_peak_and_breaks_no_rule():
    read = pacing(a_plan(), {})
    assert (read.points, read.peak, read.peak_minute, read.breaches) == ((), 0, None, ())
    unsaid = pacing(a_plan(a_segment(minutes=50)), {})
    assert (unsaid.peak, unsaid.peak_minute, unsaid.breaches) == (0, None, ())


def test_a_usual_session_keeps_every_rule():
    assert rules(a_usual_session(an_exercise(mode="side_by_side"))) == []


# The rules


def test_a_plan_longer_than_the_session_is_over():
    breach = the(a_plan(a_segment("a", minutes=45), a_segment("b", minutes=9)), "over")
    assert (breach.start, breach.end, breach.segments) == (50, 54, ("b",))
    assert (breach.found, breach.allowed) == (54, 50)


def test_the_peak_has_its_middle_before_sixty_five_per_cent_of_the_time():
    light = a_segment("light", part="warm_up", intensity=2)
    bold = a_segment("bold", minutes=10, intensity=3)
    calm = a_segment("calm", part="settle", minutes=10, intensity=1)
    assert rules(a_plan(replace(light, minutes=27), bold, calm)) == []
    breach = the(a_plan(replace(light, minutes=28), bold, calm), "late_peak")
    assert breach.segments == ("bold",)
    assert (breach.found, breach.allowed) == (33, 32)


def test_a_calm_peak_may_come_back_later_and_an_all_light_session_has_none():
    calm = a_plan(
        a_segment("core", minutes=20, intensity=2), a_segment("late", part="settle", minutes=30, intensity=2)
    )
    assert rules(calm) == []
    assert rules(a_plan(a_segment(part="close", minutes=50, intensity=1))) == []


def test_the_last_ten_minutes_are_calm():
    bold = a_segment("bold", minutes=20, intensity=4)
    assert "last_ten" not in rules(a_plan(bold, a_segment("calm", part="settle", minutes=10, intensity=2)))
    breach = the(a_plan(bold, a_segment("calm", part="settle", minutes=7, intensity=2)), "last_ten")
    assert (breach.start, breach.end, breach.segments, breach.found, breach.allowed) == (
        17,
        20,
        ("bold",),
        4,
        2,
    )


def test_face_to_face_at_a_bold_level_lasts_twenty_minutes_on_end_at_most():
    first = a_segment("a", minutes=11, intensity=3, mode="face_to_face")
    second = replace(first, id="b", intensity=4)
    rest = a_segment("r", part="settle", minutes=20, intensity=1)
    breach = the(a_plan(first, second, rest), "face_to_face")
    assert (breach.start, breach.end, breach.segments, breach.found) == (0, 22, ("a", "b"), 22)
    assert "face_to_face" not in rules(a_plan(first, replace(second, minutes=9), rest))
    apart = a_segment("s", minutes=1, intensity=3, mode="side_by_side")
    assert "face_to_face" not in rules(a_plan(first, apart, second, rest))
    assert "face_to_face" not in rules(a_plan(first, replace(second, intensity=2), rest))


def test_intensity_rises_one_step_at_a_time_and_may_fall_as_it_likes():
    levels = [1, 2, 3, 5, 1, 2]
    plan = a_plan(*(a_segment(f"s{i}", minutes=5, intensity=level) for i, level in enumerate(levels)))
    breach = the(plan, "jump")
    assert (breach.segments, breach.found, breach.allowed) == (("s2", "s3"), 5, 4)


def test_nothing_is_claimed_across_a_step_that_does_not_say_its_intensity():
    plan = a_plan(*(a_segment(f"s{i}", minutes=5, intensity=level) for i, level in enumerate([1, 0, 4])))
    assert "jump" not in rules(plan)


@pytest.mark.parametrize(
    ("length", "cores", "breached"), [(50, 2, True), (51, 2, False), (80, 3, True), (81, 9, False)]
)
def test_a_session_has_room_for_so_many_core_exercises(length, cores, breached):
    steps = [
        from_exercise(an_exercise(f"core-{i}", intensity=1, short=3, full=5), segment_id=f"s{i}")
        for i in range(cores)
    ]
    plan = a_plan(*steps, a_segment("free", minutes=1, intensity=1), length=length)
    assert ("core_count" in rules(plan)) is breached


def test_the_same_exercise_twice_is_one():
    main = an_exercise(intensity=1, short=3, full=5)
    plan = a_plan(from_exercise(main, segment_id="a"), from_exercise(main, segment_id="b"))
    assert rules(plan) == []


# Remedies, each as a counsellor would meet it


def test_a_late_peak_moves_before_the_long_light_step():
    bold, light = an_exercise("bold"), an_exercise("light", intensity=2, mode="side_by_side")
    plan = a_plan(
        a_segment("arrive", part="arrive", minutes=5, intensity=2),
        from_exercise(light, minutes=40),
        from_exercise(bold, minutes=20),
        a_segment("settle", part="settle", minutes=10, intensity=1),
        length=80,
    )
    breach = the(plan, "late_peak", known(bold, light))
    assert (breach.found, breach.allowed) == (55, 52)
    assert breach.remedies[0] == Move("bold", "light")
    mended = apply(plan, breach.remedies[0], new_id)
    assert [step.id for step in mended.segments] == ["arrive", "bold", "light", "settle"]
    assert rules(mended) == []


def test_a_bold_end_gets_a_settling_step_where_there_is_time():
    plan = a_plan(
        a_segment("warm", part="warm_up", minutes=10, intensity=2), a_segment("bold", minutes=20, intensity=3)
    )
    breach = the(plan, "last_ten")
    assert Settle("bold", 10) in breach.remedies
    mended = apply(plan, Settle("bold", 10), new_id)
    assert rules(mended) == []
    calm = mended.segment("new")
    assert (calm.part, calm.minutes, calm.intensity) == ("settle", 10, 1)
    assert calm.title
    assert calm.words


def test_no_settling_step_is_offered_that_would_not_fit():
    plan = a_plan(
        a_segment("warm", part="warm_up", minutes=25, intensity=2), a_segment("bold", minutes=20, intensity=3)
    )
    assert not any(isinstance(each, Settle) for each in the(plan, "last_ten").remedies)


def test_a_jump_is_mended_by_a_step_between_or_by_a_gentler_exercise():
    bold, between = (
        an_exercise("bold", intensity=3),
        an_exercise("between", intensity=2, parts=("warm_up", "core")),
    )
    plan = a_plan(
        a_segment("warm", part="warm_up", minutes=5, intensity=1),
        from_exercise(bold, minutes=10),
        from_exercise(between, minutes=8),
        a_segment("settle", part="settle", minutes=10, intensity=1),
        length=60,
    )
    breach = the(plan, "jump", known(bold, between))
    assert breach.remedies == (Move("between", "bold"), Swap("bold", "gentler", 2))
    assert [step.id for step in apply(plan, breach.remedies[0], new_id).segments][:3] == [
        "warm",
        "between",
        "bold",
    ]


def test_a_step_moves_only_into_parts_of_a_session_that_it_suits():
    bold, debrief = an_exercise("bold", intensity=3), an_exercise("debrief", intensity=2, parts=("settle",))
    plan = a_plan(
        a_segment("warm", part="warm_up", minutes=5, intensity=1),
        from_exercise(bold, minutes=10),
        from_exercise(debrief, "settle", minutes=12),
    )
    assert not any(isinstance(each, Move) for each in the(plan, "jump", known(bold, debrief)).remedies)


def test_a_long_talk_face_to_face_is_shortened_or_done_side_by_side():
    main = an_exercise(short=14, full=24)
    plan = a_usual_session(main)
    breach = the(plan, "face_to_face", known(main))
    assert breach.remedies == (Shorten("main", 14), Swap("main", "other_mode", 3))
    assert apply(plan, breach.remedies[0], new_id).segment("main").minutes == 14


def test_a_second_core_exercise_is_dropped_the_lighter_first():
    bold, light = an_exercise("bold", intensity=3), an_exercise("light", intensity=2)
    plan = a_plan(
        a_segment("warm", part="warm_up", minutes=5, intensity=2),
        from_exercise(light, minutes=10),
        from_exercise(bold, minutes=15),
        a_segment("settle", part="settle", minutes=15, intensity=1),
    )
    assert the(plan, "core_count").remedies == (Drop("light"), Drop("bold"))


def test_time_is_saved_by_a_short_form_before_anything_is_left_out():
    main = an_exercise(short=12, full=24, mode="side_by_side")
    plan = a_usual_session(main, length=45)
    breach = the(plan, "over", known(main))
    # Without the warm-up the main exercise would be a jump, so that is not offered.
    assert breach.remedies == (Shorten("main", 12), Drop("main"))
    assert rules(apply(plan, Shorten("main", 12), new_id)) == []


def test_a_wish_for_another_exercise_is_filled_in_before_it_is_applied():
    main, gentle = an_exercise(short=14, full=22), an_exercise("gentle", mode="side_by_side", intensity=2)
    plan = a_usual_session(main)
    wish = Swap("main", "other_mode", 3)
    with pytest.raises(BadPlan) as refused:
        apply(plan, wish, new_id)
    assert refused.value.where == "exercise"
    filled = replace(wish, exercise=gentle, digest=DIGEST)
    assert mends(plan, "face_to_face", filled)
    assert not mends(plan, "face_to_face", replace(wish, exercise=an_exercise("same"), digest=DIGEST))
    step = apply(plan, filled, new_id).segment("main")
    assert (step.title, step.minutes, step.part, step.mode) == ("gentle", 22, "core", "side_by_side")


def test_a_swap_keeps_the_note_of_the_counsellor():
    main, other = an_exercise(), an_exercise("other")
    plan = a_plan(from_exercise(main, segment_id="main", note="Ask about Sunday."))
    swapped = apply(plan, Swap("main", "gentler", 3, other, DIGEST), new_id)
    assert swapped.segment("main").note == "Ask about Sunday."


def test_a_remedy_for_a_step_that_is_gone_says_so():
    for remedy in (Move("gone", "s1"), Settle("gone", 5), Shorten("gone", 5), Drop("gone")):
        with pytest.raises(BadPlan, match="no longer"):
            apply(a_plan(a_segment()), remedy, new_id)


# Every session


def worse(before, after) -> bool:
    return any(after.count(rule) > before.count(rule) for rule in RULES)


@given(sessions())
def test_every_remedy_takes_its_breach_away_and_adds_none(session: Session):
    plan, numbers = session.plan, count()
    for breach in pacing(plan, session.exercises).breaches:
        for remedy in breach.remedies:
            if isinstance(remedy, Swap):
                mode = "solo" if remedy.wish == "other_mode" else plan.segment(remedy.segment).mode
                gentler = an_exercise("gentler", intensity=remedy.intensity, mode=mode)
                remedy = replace(remedy, exercise=gentler, digest=DIGEST)
            after = apply(plan, remedy, lambda: f"new-{next(numbers)}")
            assert checked(after) == after
            assert rules(after).count(breach.rule) < rules(plan).count(breach.rule)
            assert not worse(rules(plan), rules(after))
            if "over" not in rules(plan):
                assert timing(after).free >= 0


@given(sessions())
def test_a_remedy_changes_one_step_and_no_more(session: Session):
    plan = session.plan
    for breach in pacing(plan, session.exercises).breaches:
        for remedy in breach.remedies:
            if isinstance(remedy, Swap):
                continue
            after = apply(plan, remedy, new_id)
            was, now = {s.id: s for s in plan.segments}, {s.id: s for s in after.segments}
            touched = {name for name in was | now if was.get(name) != now.get(name)}
            assert len(touched) <= 1
            if not isinstance(remedy, Move):
                assert [name for name in was if name in now] == [name for name in now if name in was]


@given(sessions())
def test_the_curve_is_the_session_from_end_to_end(session: Session):
    read = pacing(session.plan, session.exercises)
    clock = 0
    for point in read.points:
        assert point.start == clock
        clock = point.end
    assert clock == timing(session.plan).used <= read.minutes
    assert all(breach.rule in RULES and breach.excess > 0 for breach in read.breaches)
    assert all(0 <= breach.start <= breach.end <= read.minutes for breach in read.breaches)
    assert all(session.plan.segment(name) for breach in read.breaches for name in breach.segments)


def test_a_plan_of_sixty_steps_takes_no_step_more():
    calm = [a_segment(f"s{i}", minutes=1, intensity=2) for i in range(MAX_SEGMENTS - 1)]
    bold = a_segment("bold", minutes=1, intensity=3)
    sixty = pacing(a_plan(*calm, bold, length=480), {}).breaches
    fewer = pacing(a_plan(*calm[1:], bold, length=480), {}).breaches
    assert not any(isinstance(each, Settle) for breach in sixty for each in breach.remedies)
    assert any(isinstance(each, Settle) for breach in fewer for each in breach.remedies)
