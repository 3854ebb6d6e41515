"""Which client sheets there are in which language: of the library, and of the asker's plans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.handouts.options import Options
from planner.handouts.sheets.document import printable, sheets_of
from planner.handouts.words.languages import LANGUAGES
from planner.library import held
from planner.library.editions import EASY, ENGLISH, HERE, NONE, standing
from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord, ExerciseVersion
from planner.library.queries import parsed, visible
from planner.plans import queries as plans
from planner.plans.plan import Plan
from planner.who import Asker

# Every language but English, then easy English: the columns.
KEYS = (*(key for key in LANGUAGES if key != ENGLISH), EASY)
PLANS = 40


@dataclass(frozen=True)
class Row:
    """An exercise with sheets, and how its text stands to the English one in each of KEYS."""

    record: ExerciseRecord
    standings: dict[str, str]

    @property
    def spoken(self) -> bool:
        """True when there is or was a text of it in another language than English."""
        return any(standing != NONE for key, standing in self.standings.items() if key != EASY)


@dataclass(frozen=True)
class PlanRow:
    """A plan, how many sheets for both it has, and how many of them print in each language but English."""

    id: str
    title: str
    sheets: int
    counts: dict[str, int]


def exercises(session: Session, asker: Asker) -> list[Row]:
    """The exercises that the asker may see and that have a client sheet, by title."""
    found = session.execute(
        select(ExerciseRecord, ExerciseVersion.source)
        .join(ExerciseVersion, ExerciseVersion.exercise_id == ExerciseRecord.id)
        .where(visible(asker), ExerciseRecord.listed, ExerciseVersion.digest == ExerciseRecord.digest)
        .order_by(ExerciseRecord.title, ExerciseRecord.id)
    )
    rows = []
    for record, source in found:
        exercise = parsed(record, source)
        if exercise.handouts:
            rows.append(Row(record, {key: standing(exercise, key) for key in KEYS}))
    return rows


def totals(rows: Collection[Row]) -> dict[str, int]:
    """How many exercises there are in each of KEYS."""
    return {key: sum(row.standings[key] == HERE for row in rows) for key in KEYS}


def of_plans(session: Session, asker: Asker) -> list[PlanRow]:
    """The asker's last plans with something to print, the last changed first."""
    listed = plans.listed(session, asker)[:PLANS]
    wanted = {
        (segment.exercise.slug, segment.exercise.digest)
        for one in listed
        for segment in one.plan.segments
        if segment.exercise
    }
    texts = held.exercises(session, asker, wanted)
    rows = []
    for one in listed:
        langs = {key: _languages(one.plan, texts, key) for key in KEYS if key != EASY}
        sheets = len(next(iter(langs.values())))
        if sheets:
            counts = {key: found.count(key) for key, found in langs.items()}
            rows.append(PlanRow(one.id, one.plan.title, sheets, counts))
    return rows


def _languages(plan: Plan, texts: dict[held.Version, Exercise], key: str) -> list[str]:
    """The language of each sheet that is marked, or of each there is when none is."""
    origins = {
        segment.exercise: texts[place]
        for segment in plan.segments
        if segment.exercise and (place := (segment.exercise.slug, segment.exercise.digest)) in texts
    }
    steps = printable(plan)
    chosen = [segment.id for segment in steps if segment.in_handout] or [segment.id for segment in steps]
    return [sheet.lang for sheet in sheets_of(plan, origins, chosen, "together", Options(lang=key))]
