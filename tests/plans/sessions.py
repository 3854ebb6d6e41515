"""Sessions with exercises for tests of pacing, talk, load and refit: plain ones and every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from planner.library.exercise import Exercise, Minutes, Step
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Origin, Plan, Segment, checked
from planner.taxonomy import TAXONOMY
from tests import shipped
from tests.builders import a_plan, a_segment
from tests.library.samples import BARE

SPEAKERS = list(TAXONOMY.speakers)
SESSION_PARTS = tuple(part.key for part in TAXONOMY.session_parts)
DIGEST = "0" * 64
STARTERS = shipped.exercises()


@dataclass(frozen=True)
class Session:
    """A plan, the exercises that it uses, and others to swap in."""

    plan: Plan
    exercises: dict[Origin, Exercise]
    alternatives: dict[str, tuple[tuple[Exercise, str], ...]]


def an_exercise(slug: str = "an-exercise", *, short: int = 12, full: int = 20, **changes: Any) -> Exercise:
    """An exercise whose steps are one of the counsellor's and one of each partner's, unless told."""
    steps = (
        Step(full - 2 * (full // 3), short - 2 * (short // 3), "counsellor", "Say how it goes."),
        Step(full // 3, short // 3, "a", "A tells."),
        Step(full // 3, short // 3, "b", "B tells."),
    )
    given = {"steps": steps, "parts": ("core",), "intensity": 3, "mode": "face_to_face"} | changes
    return replace(BARE, slug=slug, title=slug.replace("-", " "), minutes=Minutes(short, full), **given)


def from_exercise(exercise: Exercise, part: str = "core", segment_id: str = "", **changes: Any) -> Segment:
    return replace(segment_from(exercise, DIGEST, part, segment_id or exercise.slug), **changes)


def known(*exercises: Exercise) -> dict[Origin, Exercise]:
    return {Origin(each.slug, DIGEST): each for each in exercises}


def a_usual_session(exercise: Exercise, **changes: Any) -> Plan:
    """Fifty minutes in five parts with one core exercise of 22 minutes."""
    return a_plan(
        a_segment("arrive", part="arrive", minutes=6, intensity=1),
        a_segment("warm", part="warm_up", minutes=7, intensity=2),
        from_exercise(exercise, segment_id="main", minutes=22),
        a_segment("settle", part="settle", minutes=8, intensity=1),
        a_segment("close", part="close", minutes=7, intensity=1),
        **changes,
    )


@st.composite
def exercises(draw: st.DrawFn, slug: str) -> Exercise:
    """Any exercise of up to 40 minutes; its short form may be as long as its full one."""
    pairs = draw(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 10)), min_size=1, max_size=4))
    steps = tuple(
        Step(full, min(short, full), draw(st.sampled_from(SPEAKERS)), "Do it.") for full, short in pairs
    )
    steps = (replace(steps[0], short=max(1, steps[0].short)), *steps[1:])
    return an_exercise(
        slug,
        short=sum(step.short for step in steps),
        full=sum(step.minutes for step in steps),
        steps=steps,
        parts=tuple(draw(st.sets(st.sampled_from(list(TAXONOMY.parts)), min_size=1))),
        intensity=draw(st.integers(1, 5)),
        mode=draw(st.sampled_from(list(TAXONOMY.modes))),
        materials=tuple(
            draw(st.lists(st.sampled_from(["a timer", "A timer", "two pens", "a cup"]), max_size=3))
        ),
        at_home=replace(BARE.at_home, dose=draw(st.sampled_from([each.at_home.dose for each in STARTERS]))),
    )


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session of up to nine steps, some with an exercise, some whose exercise cannot be found."""
    library: dict[Origin, Exercise] = {}
    steps: list[Segment] = []
    alternatives: dict[str, tuple[tuple[Exercise, str], ...]] = {}
    for number in range(draw(st.integers(0, 9))):
        part = draw(st.sampled_from(list(TAXONOMY.parts)))
        kind = draw(st.sampled_from(["free", "free", "exercise", "exercise", "gone"]))
        segment = a_segment(
            f"s{number}",
            part=part,
            minutes=draw(st.integers(1, 30)),
            intensity=draw(st.integers(0, 5)),
            mode=draw(st.sampled_from(["", *TAXONOMY.modes])),
        )
        if kind == "gone":
            segment = replace(segment, exercise=Origin("gone", DIGEST))
        if kind == "exercise":
            exercise = draw(exercises(f"exercise-{number}"))
            library |= known(exercise)
            minutes = draw(st.sampled_from([exercise.minutes.short, exercise.minutes.full, segment.minutes]))
            segment = from_exercise(exercise, part, segment.id, minutes=minutes)
            if draw(st.booleans()):
                other = draw(exercises(f"other-{number}"))
                alternatives[segment.id] = ((other, DIGEST),)
        steps.append(segment)
    plan = Plan("A session", length=draw(st.integers(10, 120)), segments=tuple(steps))
    return Session(checked(plan), library, alternatives)
