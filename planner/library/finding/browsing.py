"""Browsing the library: what was wanted, counted and listed a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.db import now
from planner.library import search
from planner.library.finding.asking import Reader, kinds
from planner.library.finding.facets import FACETS, Counted, Facet, Wanted, cells, count
from planner.library.models import ExerciseRecord
from planner.library.search.index import Asked
from planner.library.search.words import Term
from planner.who import Asker

PAGE = 50
# More than this are counted only when asked: the first page must not wait for a hundred thousand.
AT_ONCE = 300


@dataclass(frozen=True)
class Found:
    """A line of the library."""

    record: ExerciseRecord
    starred: bool


@dataclass(frozen=True)
class Loosened:
    """What there would be without one of the things asked for. `facet` None stands for the words.

    With `more` there are more than `total`.
    """

    facet: Facet | None
    wanted: Wanted
    total: int
    more: bool = False


@dataclass(frozen=True)
class Browse:
    """One page of what was wanted.

    `counts[facet][value]` is how many a value would find beside what is chosen in the other facets; None when
    there are too many to count at once. With `more` there are more than `total`. `terms` is what the words
    were taken to ask for, and `meant` the words of these rows that mistyped ones were taken for.
    """

    wanted: Wanted
    rows: tuple[Found, ...]
    total: int
    counts: dict[str, dict[str, int]] | None
    loosen: tuple[Loosened, ...] = ()
    cells: dict[str, dict[str, int]] | None = None
    more: bool = False
    terms: tuple[Term, ...] = ()
    meant: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; with `more`, at least."""
        return max(1, -(-self.total // PAGE)) + self.more


def browse(
    session: Session, asker: Asker, wanted: Wanted, *, count_all: bool = False, at: datetime | None = None
) -> Browse:
    """The page of the library that `wanted` asks for; a page past the last one is the last one.

    More than AT_ONCE matches are counted only for the map, and with `count_all`. `at` is the moment that
    “lately” looks back from, now if it is not said.
    """
    reader = Reader(asker, at or now())
    asked = search.understand(session, wanted.q, reader.among())
    found = None
    if count_all or wanted.view == "map" or not _number(session, asked, reader.among())[1]:
        found = kinds(session, reader, asked)
    if wanted.view == "map" and found is not None:
        counted = count(found, wanted)
        loosen = () if counted.total else _loosen(session, reader, wanted, asked)
        return Browse(
            wanted, (), counted.total, counted.values, loosen, cells=cells(found, wanted), terms=asked.terms
        )
    return _listed(session, reader, wanted, asked, count(found, wanted) if found is not None else None)


def first(
    session: Session, asker: Asker, wanted: Wanted, number: int, *, at: datetime | None = None
) -> tuple[tuple[Found, ...], tuple[Term, ...]]:
    """The best `number` of what `wanted` asks for, in order and uncounted; and what its words ask for."""
    reader = Reader(asker, at or now())
    asked = search.understand(session, wanted.q, reader.among())
    ids = search.best(session, asked, reader.among(wanted), number)
    return _rows(session, reader, ids), asked.terms


def _listed(
    session: Session, reader: Reader, wanted: Wanted, asked: Asked, counted: Counted | None
) -> Browse:
    # One more than the page shows whether there is another.
    needed = wanted.page * PAGE + 1
    ids = search.best(session, asked, reader.among(wanted), needed, reader.first(wanted))
    more = counted is None and len(ids) == needed
    total = counted.total if counted else len(ids) - more
    page = min(wanted.page, max(1, -(-total // PAGE)))
    shown = ids[(page - 1) * PAGE : page * PAGE]
    return Browse(
        replace(wanted, page=page),
        _rows(session, reader, shown),
        total,
        counted.values if counted else None,
        loosen=() if total else _loosen(session, reader, wanted, asked),
        more=more,
        terms=asked.terms,
        meant=search.corrections(session, asked, shown),
    )


# Counting


def _number(session: Session, asked: Asked, among: search.Among) -> tuple[int, bool]:
    """How many fit; at most AT_ONCE, and whether there are more."""
    some, _places = search.matches(session, asked, among, ExerciseRecord.id)
    found = session.scalar(select(func.count()).select_from(some.limit(AT_ONCE + 1).subquery())) or 0
    return min(found, AT_ONCE), found > AT_ONCE


def _loosen(session: Session, reader: Reader, wanted: Wanted, asked: Asked) -> tuple[Loosened, ...]:
    """After finding nothing: what giving up one thing would bring, most first."""
    ways: list[tuple[Facet | None, Wanted, Asked]] = [
        (facet, wanted.loosened(facet), asked) for facet in FACETS if wanted.values(facet)
    ]
    if asked.terms:
        ways.append((None, replace(wanted, q="", page=1), Asked()))
    found = [
        Loosened(facet, looser, *_number(session, kept, reader.among(looser))) for facet, looser, kept in ways
    ]
    return tuple(sorted((one for one in found if one.total), key=lambda one: -one.total))


# Rows


def _rows(session: Session, reader: Reader, ids: Sequence[str]) -> tuple[Found, ...]:
    """The rows with these ids, in the same order."""
    query = select(ExerciseRecord, reader.starred()).where(ExerciseRecord.id.in_(ids))
    found = {record.id: Found(record, bool(star)) for record, star in session.execute(query)}
    return tuple(found[exercise_id] for exercise_id in ids if exercise_id in found)
