"""What a revision changed is said completely, and only that, in words that people know."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plans import plan as verbs
from planner.plans.history.changes import Head, Swapped, changes
from planner.plans.history.comparing import compare
from planner.plans.history.words import sentence
from planner.plans.plan import BadPlan, Origin, Plan
from tests.builders import a_plan, a_segment, parts, plans, segments, texts, titles

TRAY = a_segment("a1f", title="A gift from the tray", minutes=15)
SOFT = a_segment("b2e", part="arrive", title="Soft start", minutes=15)
TALK = a_segment("c3d", title="Talking it over", minutes=10)
CLOSE = a_segment("d4c", part="close", title="Closing", minutes=5)
PLAN = a_plan(SOFT, TRAY, TALK, CLOSE)


def said(before: Plan, after: Plan) -> list[str]:
    return [sentence(each) for each in changes(before, after)]


@st.composite
def changed(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """A plan, and what some random operations make of it."""
    before = after = draw(plans)
    for number in range(draw(st.integers(0, 5))):
        ids = [step.id for step in after.segments]
        verb = draw(
            st.sampled_from(["add", "head", *["move", "remove", "resize", "edit", "step"] * bool(ids)])
        )
        at = draw(st.sampled_from(ids)) if ids else ""
        try:
            after = _operated(draw, after, verb, at, number)
        except BadPlan:
            continue
    return before, after


def _operated(draw: st.DrawFn, plan: Plan, verb: str, at: str, number: int) -> Plan:
    match verb:
        case "add":
            return verbs.add(
                plan, draw(segments(st.just(f"new{number}"))), draw(st.none() | st.integers(0, 3))
            )
        case "head":
            return verbs.describe(
                plan, title=draw(titles), hope=draw(texts), length=draw(st.integers(10, 90))
            )
        case "move":
            return verbs.move(plan, at, draw(parts), draw(st.none() | st.integers(0, 3)))
        case "remove":
            return verbs.remove(plan, at)
        case "resize":
            return verbs.resize(plan, at, draw(st.integers(1, 60)))
        case "step":
            return verbs.step(plan, at, draw(st.sampled_from([-1, 1])))
    return verbs.edit(plan, at, title=draw(titles), words=draw(texts), note=draw(texts))


@given(changed())
def test_only_a_plan_that_did_not_change_has_no_changes(pair):
    before, after = pair
    assert (changes(before, after) == ()) == (before == after)
    assert (changes(after, before) == ()) == (before == after)


@given(plans, plans)
def test_two_plans_that_have_nothing_in_common_differ_as_well(before, after):
    assert (changes(before, after) == ()) == (before == after)


@given(changed())
def test_every_change_of_a_step_names_it_and_none_shows_an_id_or_a_key(pair):
    for each in changes(*pair):
        if isinstance(each, Head):
            continue
        step, words = each.after if isinstance(each, Swapped) else each.segment, sentence(each)
        assert words.strip()
        assert step.title in words
        typed = "".join((step.title, *(one.title for plan in pair for one in plan.segments)))
        for word in ("warm_up", "face_to_face", "side_by_side", "new0", "in_handout"):
            assert word not in words or word in typed


@given(changed())
def test_a_comparison_shows_each_step_of_both_plans_once_and_in_order(pair):
    then, now = pair
    rows = [row for those in compare(then, now).rows.values() for row in those]
    assert [row.then.segment for row in rows if row.then] == list(then.segments)
    assert [row.now.segment for row in rows if row.now] == list(now.segments)
    both = [row for row in rows if row.then and row.now]
    assert all(row.then.segment.id == row.now.segment.id for row in both)
    assert all(row.kind in ("kept", "changed") for row in both)
    assert compare(then, now).count == len(changes(then, now))


def test_a_step_that_was_moved_up_is_said_to_stand_before_the_other():
    assert said(PLAN, verbs.step(PLAN, "c3d", -1)) == [
        "Moved “Talking it over” before “A gift from the tray”"
    ]


def test_of_several_steps_only_the_one_that_was_moved_is_named():
    plan = a_plan(*(a_segment(name, title=name.upper()) for name in ("a", "b", "c", "d")))
    assert said(plan, verbs.move(plan, "a", "core", 3)) == ["Moved “A” after “D”"]
    assert said(plan, verbs.move(plan, "d", "core", 1)) == ["Moved “D” before “B”"]


def test_a_step_that_goes_to_another_part_names_that_part():
    assert said(PLAN, verbs.move(PLAN, "a1f", "close", 0)) == [
        "Moved “A gift from the tray” to Close, before “Closing”"
    ]
    assert said(PLAN, verbs.move(PLAN, "a1f", "close")) == [
        "Moved “A gift from the tray” to Close, after “Closing”"
    ]
    assert said(PLAN, verbs.move(PLAN, "a1f", "settle")) == ["Moved “A gift from the tray” to Settle"]


@pytest.mark.parametrize(
    ("changed_fields", "words"),
    [
        ({"minutes": 12}, "“Soft start” now takes 12 minutes instead of 15"),
        ({"minutes": 1}, "“Soft start” now takes 1 minute instead of 15"),
        ({"title": "A soft start"}, "Renamed “Soft start” to “A soft start”"),
        ({"words": "Welcome."}, "Wrote words to say for “Soft start”"),
        ({"note": "Slowly."}, "Wrote a note on “Soft start”"),
        ({"areas": ("play",)}, "Areas of “Soft start”: added Play"),
        ({"fears": ("hurt",)}, "Fears that “Soft start” meets: added Being hurt"),
        ({"mode": "side_by_side"}, "“Soft start”: Side by side instead of –"),
        ({"intensity": 2}, "“Soft start”: intensity 2 instead of not said"),
        ({"in_handout": True}, "Put “Soft start” into the handout"),
    ],
)
def test_each_field_of_a_step_has_its_words(changed_fields, words):
    assert said(PLAN, verbs.edit(PLAN, "b2e", **changed_fields)) == [words]


def test_texts_that_change_or_go_say_so():
    written = verbs.edit(
        PLAN, "b2e", words="Welcome.", note="Slowly.", areas=("play", "self"), in_handout=True
    )
    assert said(written, verbs.edit(written, "b2e", words="Good morning.", note="Quickly.")) == [
        "Changed the words to say of “Soft start”",
        "Changed the note on “Soft start”",
    ]
    assert said(written, PLAN) == [
        "Areas of “Soft start”: took out Play, Self",
        "Took the words to say out of “Soft start”",
        "Took the note off “Soft start”",
        "Took “Soft start” out of the handout",
    ]
    assert said(written, verbs.edit(written, "b2e", areas=("self", "play"))) == [
        "Areas of “Soft start”: now Self, Play, in this order"
    ]


def test_another_exercise_is_one_change_and_its_minutes_another():
    doors = replace(TRAY, exercise=Origin("three-doors", "0" * 64), words="Open one.", intensity=3)
    swapped = replace(
        doors, title="Hand in hand", exercise=Origin("hand-in-hand", "1" * 64), words="Hold.", minutes=9
    )
    assert said(a_plan(doors), a_plan(swapped)) == [
        "Swapped “A gift from the tray” for “Hand in hand”",
        "“Hand in hand” now takes 9 minutes instead of 15",
    ]
    newer = replace(doors, exercise=Origin("three-doors", "2" * 64))
    assert said(a_plan(doors), a_plan(newer)) == [
        "“A gift from the tray” uses another version of its exercise"
    ]
    assert said(a_plan(TRAY), a_plan(doors)) == ["“A gift from the tray” comes from another exercise"]


def test_several_changes_are_said_the_head_first_and_then_along_the_session():
    after = verbs.remove(verbs.resize(verbs.describe(PLAN, length=80), "b2e", 10), "d4c")
    after = verbs.add(after, a_segment("e5b", part="settle", title="A quiet minute", minutes=1))
    assert said(PLAN, after) == [
        "The session lasts 80 minutes instead of 50 minutes",
        "“Soft start” now takes 10 minutes instead of 15",
        "Added “A quiet minute” to Settle, 1 minute",
        "Took out “Closing”, 5 minutes",
    ]


def test_the_head_in_words(app):
    first, later = dt.date(2026, 3, 1), dt.date(2026, 3, 8)
    dated = verbs.describe(
        PLAN, date=first, time=dt.time(0, 0), hope="laugh", areas=("play",), fears=("hurt",)
    )
    with app.app_context():
        assert said(PLAN, dated) == [
            "Wrote the hope",
            "Set the date to Sunday 1 March 2026",
            "It begins at 00:00",
            "Areas in focus: added Play",
            "Fears in focus: added Being hurt",
        ]
        assert said(dated, verbs.describe(dated, date=later, time=dt.time(14, 30), hope="smile")) == [
            "Changed the hope",
            "Moved the date from Sunday 1 March 2026 to Sunday 8 March 2026",
            "It begins at 14:30 instead of 00:00",
        ]
        assert said(dated, verbs.describe(PLAN, title="Third session")) == [
            "Renamed the plan from “Second session” to “Third session”",
            "Took the hope out",
            "Took the date out",
            "Took the time out",
            "Areas in focus: took out Play",
            "Fears in focus: took out Being hurt",
        ]


def test_a_comparison_shows_texts_word_by_word_and_moves_on_both_sides():
    then = verbs.edit(
        PLAN, "a1f", words="Take your time. Choose one thing.", areas=("play",), fears=("hurt",)
    )
    now = verbs.move(verbs.edit(then, "a1f", words="Take your time. Choose two things."), "c3d", "settle")
    found = compare(then, now)
    kinds = {part: [row.kind for row in rows] for part, rows in found.rows.items()}
    assert kinds == {"arrive": ["kept"], "core": ["changed", "left"], "settle": ["came"], "close": ["kept"]}
    (text,) = found.rows["core"][0].texts
    assert [line.kind for line in text.lines] == ["kept", "changed"]
    assert text.lines[1].text == "Choose two things."
    assert found.rows["settle"][0].other_part == "core"
    assert (found.areas, found.fears_gone, found.fears_come) == ((), (), ())
    later = verbs.remove(now, "a1f")
    assert compare(now, later).areas == (("play", 15, 0),)
    assert compare(now, later).fears_gone == ("hurt",)
    assert compare(later, now).fears_come == ("hurt",)


def test_spaces_alone_are_a_change_without_lines():
    then = verbs.edit(PLAN, "a1f", words="One. Two.")
    (text,) = compare(then, verbs.edit(PLAN, "a1f", words="One.\nTwo.")).rows["core"][0].texts
    assert text.lines == ()
