"""Short exercises that ask little: what can be done at once when something was too much."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.library.light import Light
from planner.library.models import ExerciseRecord
from planner.library.queries import visible
from planner.who import Asker

# The lightest intensity, and the longest that it may take.
LIGHTEST, MINUTES = 1, 10
_LOOKED_AT = 200


def light_ones(session: Session, asker: Asker) -> tuple[Light, ...]:
    """Exercises for a couple at the lightest intensity, without touch, in ten minutes or less; by title."""
    query = (
        select(ExerciseRecord)
        .where(
            visible(asker),
            ExerciseRecord.listed,
            ExerciseRecord.intensity == LIGHTEST,
            ExerciseRecord.minutes_short <= MINUTES,
            ExerciseRecord.mode != "touch",
            ExerciseRecord.audience != "one",
        )
        .order_by(ExerciseRecord.title, ExerciseRecord.id)
        .limit(_LOOKED_AT)
    )
    return tuple(_light(row) for row in session.scalars(query))


def _light(row: ExerciseRecord) -> Light:
    tags = row.tags.split()
    return Light(
        row.slug,
        row.digest,
        row.title,
        tuple(tag.removeprefix("area:") for tag in tags if tag.startswith("area:")),
        row.mode,
        row.minutes_full if row.minutes_full <= MINUTES else row.minutes_short,
        "part:settle" in tags,
    )
