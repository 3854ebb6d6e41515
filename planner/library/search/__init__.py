"""Full-text search over the library: text is folded here, so that every database finds the same.

Both the index and a query are made of folded words only; a query can therefore hold nothing that the
search engine would take for an operator. What may be seen is not known here: whoever asks says it with a
condition on `ExerciseRecord`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, not_, select, true
from sqlalchemy.orm import Session

from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord
from planner.library.plaintext import client_text, counsellor_text
from planner.library.search import marks
from planner.library.search.index import BREAK, MAX_TEXT, TABLE, Asked, Entry, Hits, Index, Tier, words
from planner.library.search.postgres import PostgresIndex
from planner.library.search.sqlite import SqliteIndex
from planner.library.search.words import Term, fits, fold, is_forgiven, is_one_apart, read, shortened
from planner.taxonomy import TAXONOMY

Conditions = tuple[ColumnElement[bool], ...]
# So many results are put in order one by one.
_FEW = 500
_INDEXES: dict[str, Index] = {"sqlite": SqliteIndex(), "postgresql": PostgresIndex()}


def _index(session: Session) -> Index:
    return _INDEXES[session.get_bind().dialect.name]


# The index


def create(connection: Connection) -> None:
    """Make the index, empty; the next load of the library fills it."""
    _INDEXES[connection.dialect.name].create(connection)


def drop(connection: Connection) -> None:
    """Remove the index and the tables behind it."""
    _INDEXES[connection.dialect.name].drop(connection)


def is_ours(name: str) -> bool:
    """True for the index and the tables that the database keeps behind it: migrations leave these alone."""
    return name == TABLE or name.startswith(f"{TABLE}_")


def indexed(session: Session) -> set[str]:
    """The ids of all exercises in the index."""
    return _index(session).indexed(session)


def index(session: Session, record: ExerciseRecord, exercise: Exercise) -> None:
    """Put an exercise into the index, in place of what stood there of it before."""
    _index(session).put(session, entry(record, exercise))


def forget(session: Session, exercise_ids: Iterable[str]) -> None:
    """Take exercises out of the index."""
    _index(session).forget(session, list(exercise_ids))


def fill(session: Session, entries: Sequence[Entry]) -> None:
    """Write many entries at once into an index that is empty."""
    _index(session).fill(session, entries)


def reindex(session: Session, exercises: Iterable[tuple[ExerciseRecord, Exercise]]) -> int:
    """Make the index anew from these exercises with their rows. Returns how many there are."""
    entries = [entry(record, exercise) for record, exercise in exercises]
    drop(session.connection())
    create(session.connection())
    fill(session, entries)
    return len(entries)


def entry(record: ExerciseRecord, exercise: Exercise) -> Entry:
    """An exercise as the index holds it."""
    return Entry(
        record.id,
        marks=" ".join(marks.of(record)),
        title=" ".join(fold(exercise.title)),
        summary=" ".join(fold(exercise.summary)),
        body=f" {BREAK} ".join(" ".join(fold(text)) for text in _body(exercise))[:MAX_TEXT],
    )


def _body(exercise: Exercise) -> list[str]:
    return [
        *(TAXONOMY.areas[key].name for key in exercise.areas),
        *(TAXONOMY.fears[key].name for key in exercise.fears),
        TAXONOMY.modes[exercise.mode].name,
        exercise.source.technique,
        *exercise.materials,
        *counsellor_text(exercise).split("\n"),
        *client_text(exercise).split("\n"),
    ]


# Searching


@dataclass(frozen=True)
class Among:
    """Where to search: conditions on `ExerciseRecord`, and marks that whatever meets them carries."""

    conditions: Conditions = ()
    narrowed: marks.Narrowed = ()

    def and_also(self, *conditions: ColumnElement[bool]) -> Among:
        return replace(self, conditions=(*self.conditions, *conditions))


def understand(session: Session, query: str, seen: Among) -> Asked:
    """What `query` asks for. A long word that begins no word of what is `seen` is taken for words like it."""
    here = _index(session)
    terms = tuple(
        replace(term, instead=_alike(session, term.words[0]))
        if is_forgiven(term) and not _stands(session, term, seen)
        else term
        for term in read(query)
    )
    return here.asked(session, terms)


def matches(
    session: Session, asked: Asked, among: Among, *columns: Any, tier: Tier = Tier.ANYWHERE
) -> tuple[Select[Any], Hits]:
    """`columns` of the rows that fit `asked` at least as well as `tier` says, unordered; and their places."""
    hits = _index(session).hits(asked, among.narrowed, tier)
    query = select(*columns).join(hits.table, hits.exercise_id == ExerciseRecord.id)
    # The conditions are taken as one, or SQLite would gather a practice's rows first and sort them then.
    return query.where(and_(true(), *among.conditions).is_(True)), hits


def best(session: Session, asked: Asked, among: Among, number: int, first: Conditions = ()) -> list[str]:
    """The ids of the first `number` exercises that fit: best tier, then what meets `first`, then title."""

    def of(tier: Tier) -> list[str]:
        found = _by_title(session, asked, among.and_also(*first), tier, number)
        if first and len(found) < number:
            rest = among.and_also(not_(and_(*first)))
            found += _by_title(session, asked, rest, tier, number - len(found))
        return found

    anywhere = of(Tier.ANYWHERE)
    if not asked.terms:
        return anywhere
    if len(anywhere) < number and len(anywhere) <= _FEW:
        return _ranked(session, asked, anywhere)
    better: dict[str, None] = {}
    for tier in (Tier.WHOLE_TITLE, Tier.IN_TITLE, Tier.IN_SUMMARY):
        # Whatever fits a better tier fits this one too, and stands in the list already.
        better |= dict.fromkeys(of(tier))
        if len(better) >= number:
            break
    return list(better | dict.fromkeys(anywhere))[:number]


def _by_title(session: Session, asked: Asked, among: Among, tier: Tier, number: int) -> list[str]:
    """The first ids by title of all that fit at least as well as `tier` says."""
    query, hits = matches(session, asked, among, ExerciseRecord.id, tier=tier)
    return list(session.scalars(query.order_by(*hits.order).limit(number)))


def _ranked(session: Session, asked: Asked, ids: list[str]) -> list[str]:
    """The same ids, which come by title, with the best tier first: few are told apart without the index."""
    columns = (ExerciseRecord.id, ExerciseRecord.title, ExerciseRecord.summary)
    rows = session.execute(select(*columns).where(ExerciseRecord.id.in_(ids)))
    tiers = {exercise_id: _tier(asked, title, summary) for exercise_id, title, summary in rows}
    return sorted(ids, key=lambda exercise_id: tiers[exercise_id])


def _tier(asked: Asked, title: str, summary: str) -> Tier:
    words = fold(title)
    if asked.is_title(words):
        return Tier.WHOLE_TITLE
    if fits(asked.terms, words):
        return Tier.IN_TITLE
    return Tier.IN_SUMMARY if fits(asked.terms, [*words, BREAK, *fold(summary)]) else Tier.ANYWHERE


def corrections(session: Session, asked: Asked, shown: Sequence[str]) -> tuple[str, ...]:
    """The words that mistyped ones were taken for, as far as they stand in the exercises `shown`."""
    here = Among((ExerciseRecord.id.in_(shown),))
    meant = sorted({word for term in asked.terms for word in term.instead})
    return tuple(word for word in meant if _stands(session, Term((word,), exact=True), here))


def _stands(session: Session, term: Term, seen: Among) -> bool:
    asked = _index(session).asked(session, (term,))
    query, _hits = matches(session, asked, seen, ExerciseRecord.id)
    return session.scalar(query.limit(1)) is not None


def _alike(session: Session, typed: str) -> tuple[str, ...]:
    """The words of the vocabulary that are one mistake away, in order."""
    near = select(words.c.word).where(words.c.fragment.in_(sorted(shortened(typed)))).distinct()
    return tuple(sorted(word for word in session.scalars(near) if is_one_apart(typed, word)))
