"""From an exercise of the library to a segment of a plan."""

from __future__ import annotations

from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Segment


def segment_from(exercise: Exercise, digest: str, part: str, segment_id: str, short: bool = False) -> Segment:
    """A segment that holds what a plan needs of an exercise, in its full or its short form.

    `digest` names the version of the text, so that the plan can open it as it was.
    """
    return Segment(
        id=segment_id,
        part=part,
        title=exercise.title,
        minutes=exercise.minutes.short if short else exercise.minutes.full,
        areas=exercise.areas,
        fears=exercise.fears,
        mode=exercise.mode,
        intensity=exercise.intensity,
        exercise=Origin(exercise.slug, digest),
        words=exercise.script,
        in_handout=exercise.handout("together") is not None,
    )
