"""What each facet asks of a row of the library, and what a row has to say to each facet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from planner.library import search
from planner.library.finding.facets import FACETS, Facet, Kind, Wanted, fits
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseUse, Favourite
from planner.library.queries import visible
from planner.library.search import marks
from planner.library.search.index import Asked
from planner.who import Asker

# Facets whose values stand with an exercise as tags.
_TAGS = ("area", "fear", "part", "works")
# What was put into a plan within this time was used lately.
LATELY = timedelta(weeks=8)


@dataclass(frozen=True)
class Reader:
    """Who looks into the library, and when: what “mine”, “favourites” and “lately” mean."""

    asker: Asker
    at: datetime

    def shown(self) -> tuple[ColumnElement[bool], ...]:
        """What must hold of every row in this reader's library."""
        return visible(self.asker), ExerciseRecord.listed.is_(True)

    def among(self, wanted: Wanted | None = None) -> search.Among:
        """Where to search: this reader's library, or what of it passes every facet of `wanted`."""
        wanted = wanted or Wanted()
        asked = [(facet, wanted.values(facet)) for facet in FACETS if wanted.values(facet)]
        passing = tuple(self._passes(facet, values) for facet, values in asked)
        return search.Among((*self.shown(), *passing), marks.passing(self.asker, wanted))

    def first(self, wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
        """What stands before the rest: with areas chosen, exercises whose main area is one of them."""
        return (ExerciseRecord.area.in_(wanted.area),) if wanted.area else ()

    def starred(self) -> ColumnElement[bool]:
        """Whether a row carries the reader's star."""
        return ExerciseRecord.id.in_(
            select(Favourite.exercise_id).where(Favourite.member_id == self.asker.id)
        )

    def unused(self) -> ColumnElement[bool]:
        """Whether the reader put a row's exercise into no plan lately."""
        return ExerciseRecord.id.not_in(self._used_lately())

    def _used_lately(self) -> Select[str]:
        return select(ExerciseUse.exercise_id).where(
            ExerciseUse.member_id == self.asker.id, ExerciseUse.last_at >= self.at - LATELY
        )

    def whose(self) -> ColumnElement[str]:
        """The value of the facet `whose` that a row has; each has exactly one."""
        return case(
            (ExerciseRecord.practice_id.is_(None), "starter"),
            (ExerciseRecord.member_id == self.asker.id, "mine"),
            else_="practice",
        )

    def _passes(self, facet: Facet, values: tuple[str, ...]) -> ColumnElement[bool]:
        if facet.key in _TAGS:
            # Asked row by row, so that a page is full before the whole library was looked through.
            return exists().where(
                ExerciseTag.exercise_id == ExerciseRecord.id,
                ExerciseTag.facet == facet.key,
                ExerciseTag.value.in_(values),
            )
        conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
            "minutes": lambda: ExerciseRecord.minutes_short <= max(int(value) for value in values),
            "intensity": lambda: ExerciseRecord.intensity.in_([int(value) for value in values]),
            "without": lambda: ExerciseRecord.mode != "touch",
            "mode": lambda: ExerciseRecord.mode.in_(values),
            "audience": lambda: ExerciseRecord.audience.in_(values),
            "starred": self.starred,
            "unused": self.unused,
            "whose": lambda: self.whose().in_(values),
            "evidence": lambda: ExerciseRecord.evidence.in_(values),
        }
        return conditions[facet.key]()


def kinds(session: Session, reader: Reader, asked: Asked) -> list[Kind]:
    """Everything in the reader's library that fits the words, grouped by what facets ask about."""
    columns = (
        ExerciseRecord.tags,
        ExerciseRecord.minutes_short,
        ExerciseRecord.intensity,
        ExerciseRecord.mode,
        ExerciseRecord.audience,
        ExerciseRecord.evidence,
        reader.starred().label("starred"),
        reader.unused().label("unused"),
        reader.whose().label("whose"),
    )
    each = select(*columns).where(*reader.shown())
    if asked.terms:
        each, _places = search.matches(session, asked, reader.among(), *columns)
    # Grouped from outside: PostgreSQL takes two equal questions with parameters for different ones.
    rows = each.subquery()
    grouped = select(*rows.c, func.count()).group_by(*rows.c)
    found = []
    for tags, minutes, level, mode, audience, evidence, starred, unused, whose, number in session.execute(
        grouped
    ):
        one = {
            "minutes": fits(minutes),
            "intensity": (str(level),),
            "without": ("touch",) if mode != "touch" else (),
            "mode": (mode,),
            "audience": (audience,),
            "evidence": (evidence,),
            "starred": ("yes",) if starred else (),
            "unused": ("lately",) if unused else (),
            "whose": (whose,),
        } | _untagged(tags)
        found.append(Kind(tuple(one[facet.key] for facet in FACETS), number))
    return found


@lru_cache(maxsize=4096)
def _untagged(tags: str) -> dict[str, tuple[str, ...]]:
    """The values of each tag facet, from the text in which a row keeps them."""
    pairs = [tag.split(":") for tag in tags.split()]
    return {facet: tuple(value for key, value in pairs if key == facet) for facet in _TAGS}
