"""The search index in SQLite: a full-text table for each list of words, with rows that stand in title order.

A full-text table gives its rows by their number. The numbers are in the order of titles, so the first page
of a hundred thousand matches is read off its beginning, and nothing has to be sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    TableClause,
    column,
    delete,
    insert,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy import table as table_of
from sqlalchemy.orm import Session

from planner.library.search.index import TABLE, WORDS, Asked, Entry, Hits, Tier, new_words, words
from planner.library.search.marks import Narrowed
from planner.library.search.words import Term

PLACES = f"{TABLE}_place"
_TEXTS = ("marks", "title", "summary", "body")


def _list(name: str, width: int) -> TableClause[Any]:
    return table_of(f"{TABLE}_{name}", column("rowid", Integer), *(column(c, String) for c in _TEXTS[:width]))


# The table that each tier looks at.
LISTS = {
    Tier.IN_TITLE: _list("title", 2),
    Tier.IN_SUMMARY: _list("brief", 3),
    Tier.ANYWHERE: _list("all", 4),
}
# Room between two neighbours. A small number keeps the full-text tables small.
GAP = 1024
_AROUND = 16
# Beginnings up to this length are indexed; longer ones are turned into the words that begin so, if they are
# not too many.
_SHORT, _MANY = 3, 400
# Bytes of words in memory: as usual, and when the whole index is written.
_SMALL, _LARGE = 2**20, 2**26

_places = table_of(
    PLACES, column("place", Integer), column("exercise_id", String), column("title_order", String)
)


class SqliteIndex:
    def create(self, connection: Connection) -> None:
        run = connection.exec_driver_sql
        for each in LISTS.values():
            run(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {each.name} USING fts5({', '.join(_texts(each))}, "
                f"tokenize='ascii', prefix='{' '.join(str(n + 1) for n in range(_SHORT))}')"
            )
        run(
            f"CREATE TABLE IF NOT EXISTS {PLACES} (place INTEGER PRIMARY KEY,"
            " exercise_id VARCHAR(20) NOT NULL UNIQUE, title_order TEXT NOT NULL)"
        )
        run(f"CREATE INDEX IF NOT EXISTS {PLACES}_order ON {PLACES} (title_order, exercise_id)")
        run(
            f"CREATE TABLE IF NOT EXISTS {WORDS} (fragment TEXT, word TEXT, PRIMARY KEY (fragment, word))"
            " WITHOUT ROWID"
        )

    def drop(self, connection: Connection) -> None:
        for name in (*(each.name for each in LISTS.values()), PLACES, WORDS):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")

    def indexed(self, session: Session) -> set[str]:
        return set(session.scalars(select(_places.c.exercise_id)))

    def put(self, session: Session, entry: Entry) -> None:
        self.forget(session, [entry.exercise_id])
        before, after = _neighbours(session, entry)
        if before is not None and after is not None and after - before < 2:
            _make_room(session, before, after)
            before, after = _neighbours(session, entry)
        _write(session, [(_between(before, after), entry)])
        _learn(session, entry.words)

    def fill(self, session: Session, entries: Sequence[Entry]) -> None:
        """Write entries into an empty index, each with the same room around it."""
        ordered = sorted(entries, key=lambda entry: (entry.order, entry.exercise_id))
        self._hold(session, _LARGE)
        _write(session, ((number * GAP, entry) for number, entry in enumerate(ordered, start=1)))
        self._hold(session, _SMALL)
        _learn(session, {word for entry in ordered for word in entry.words})

    def _hold(self, session: Session, size: int) -> None:
        """How many bytes of words are held in memory before they are written."""
        for each in LISTS.values():
            settings = table_of(each.name, column(each.name), column("rank"))
            session.execute(insert(settings), {each.name: "hashsize", "rank": size})

    def forget(self, session: Session, exercise_ids: Sequence[str]) -> None:
        places = session.scalars(select(_places.c.place).where(_places.c.exercise_id.in_(exercise_ids)))
        _remove(session, list(places))

    def asked(self, session: Session, terms: tuple[Term, ...]) -> Asked:
        return Asked(terms, " AND ".join(_asked(session, term) for term in terms))

    def hits(self, asked: Asked, narrowed: Narrowed, tier: Tier) -> Hits:
        if asked.terms and tier is Tier.WHOLE_TITLE:
            named = select(_places).where(_places.c.title_order == asked.title).subquery("found")
            return Hits(named, named.c.exercise_id, (named.c.place,))
        # Without words any list will do, and the first one is the smallest.
        each = LISTS[tier if asked.terms else Tier.IN_TITLE]
        marks = ["(" + " OR ".join(f'"{mark}"' for mark in some) + ")" for some in narrowed]
        wanted = " AND ".join([*marks, asked.text] if asked.terms else marks)
        if not wanted:
            return Hits(_places, _places.c.exercise_id, (_places.c.place,))
        found = (
            select(each.c.rowid.label("place"), _places.c.exercise_id)
            .join(_places, _places.c.place == each.c.rowid)
            .where(literal_column(each.name).op("MATCH")(wanted))
            .subquery("found")
        )
        return Hits(found, found.c.exercise_id, (found.c.place,))


# Asking


def _asked(session: Session, term: Term) -> str:
    """A term in the language of the full-text tables. Every word stands in quotes, so none is an operator."""
    if term.exact:
        return f'"{" ".join(term.words)}"'
    return "(" + " OR ".join(_beginning(session, word) for word in term.beginnings) + ")"


def _beginning(session: Session, start: str) -> str:
    """All words that begin so. A long beginning has no index of its own, but its few words have."""
    if len(start) > _SHORT:
        query = select(words.c.word).where(
            words.c.fragment == words.c.word, words.c.fragment >= start, words.c.fragment < _after(start)
        )
        found = list(session.scalars(query.limit(_MANY + 1)))
        if 0 < len(found) <= _MANY:
            return " OR ".join(f'"{word}"' for word in found)
    return f'"{start}"*'


def _after(start: str) -> str:
    """The first text after all those that begin with `start`."""
    return start + "\U0010ffff"


def _learn(session: Session, found: set[str]) -> None:
    """Add words to the vocabulary."""
    rows = new_words(session, found)
    if rows:
        session.execute(insert(words), rows)


# Places


def _neighbours(session: Session, entry: Entry) -> tuple[int | None, int | None]:
    """The places between which an entry belongs; None at either end."""
    key = tuple_(_places.c.title_order, _places.c.exercise_id)
    own = (entry.order, entry.exercise_id)
    before = (
        select(_places.c.place)
        .where(key < own)
        .order_by(_places.c.title_order.desc(), _places.c.exercise_id.desc())
    )
    after = select(_places.c.place).where(key > own).order_by(_places.c.title_order, _places.c.exercise_id)
    return session.scalar(before.limit(1)), session.scalar(after.limit(1))


def _between(before: int | None, after: int | None) -> int:
    if before is None:
        return after - GAP if after is not None else 0
    return before + GAP if after is None else (before + after) // 2


def _make_room(session: Session, before: int, after: int) -> None:
    """Spread the entries around two neighbours that stand too close; further around until there is room."""
    reach = _AROUND
    while True:
        left = _along(session, _places.c.place <= before, _places.c.place.desc(), reach)
        right = _along(session, _places.c.place >= after, _places.c.place, reach)
        moved = [*reversed(left[:reach]), *right[:reach]]
        first = left[reach] if len(left) > reach else moved[0] - GAP * len(moved)
        last = right[reach] if len(right) > reach else moved[-1] + GAP * len(moved)
        step = (last - first) // (len(moved) + 1)
        if step > 2:
            break
        reach *= 2
    entries = [_read(session, place) for place in moved]
    _remove(session, moved)
    _write(session, ((first + step * number, entry) for number, entry in enumerate(entries, start=1)))


def _along(session: Session, where: ColumnElement[bool], order: ColumnElement[Any], reach: int) -> list[int]:
    return list(session.scalars(select(_places.c.place).where(where).order_by(order).limit(reach + 1)))


# Rows


def _texts(each: TableClause[Any]) -> tuple[str, ...]:
    """The columns of a list that hold words."""
    return tuple(name for name in each.c.keys() if name in _TEXTS)  # noqa: SIM118 columns, not a dictionary


def _read(session: Session, place: int) -> Entry:
    everything = LISTS[Tier.ANYWHERE]
    texts = select(*(everything.c[name] for name in _TEXTS)).where(everything.c.rowid == place)
    exercise_id = session.scalar(select(_places.c.exercise_id).where(_places.c.place == place))
    return Entry(str(exercise_id), **session.execute(texts).mappings().one())


def _write(session: Session, placed: Iterable[tuple[int, Entry]]) -> None:
    placed = iter(placed)
    while some := list(islice(placed, _MANY)):
        session.execute(
            insert(_places),
            [
                {"place": place, "exercise_id": entry.exercise_id, "title_order": entry.order}
                for place, entry in some
            ],
        )
        for each in LISTS.values():
            session.execute(
                insert(each),
                [
                    {"rowid": place, **{name: getattr(entry, name) for name in _texts(each)}}
                    for place, entry in some
                ],
            )


def _remove(session: Session, places: Sequence[int]) -> None:
    for each in LISTS.values():
        for place in places:
            session.execute(delete(each).where(each.c.rowid == place))
    session.execute(delete(_places).where(_places.c.place.in_(places)))
