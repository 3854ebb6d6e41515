"""The search index in PostgreSQL: a row for each exercise, its words as `tsvector` under GIN indexes.

Words are folded already, so no dictionary of the database has a say in what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Text,
    cast,
    column,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy import table as table_of
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR, insert
from sqlalchemy.orm import Session

from planner.library.search.index import BREAK, TABLE, WORDS, Asked, Entry, Hits, Tier, new_words, words
from planner.library.search.marks import Narrowed
from planner.library.search.words import Term

# The text and the words that each tier looks at.
_LISTS = {Tier.IN_TITLE: "title", Tier.IN_SUMMARY: "brief", Tier.ANYWHERE: "everything"}

_search = table_of(
    TABLE,
    column("exercise_id", String),
    column("title_order", String),
    *(column(name, String) for name in _LISTS.values()),
    *(column(f"{name}_words", TSVECTOR) for name in _LISTS.values()),
)


class PostgresIndex:
    def create(self, connection: Connection) -> None:
        columns = ", ".join(f"{name} text NOT NULL" for name in _LISTS.values())
        vectors = ", ".join(f"{name}_words tsvector NOT NULL" for name in _LISTS.values())
        run = connection.exec_driver_sql
        run(
            f"CREATE TABLE IF NOT EXISTS {TABLE} (exercise_id varchar(20) PRIMARY KEY,"
            f' title_order text COLLATE "C" NOT NULL, {columns}, {vectors})'
        )
        run(f"CREATE INDEX IF NOT EXISTS {TABLE}_order ON {TABLE} (title_order, exercise_id)")
        for name in _LISTS.values():
            run(f"CREATE INDEX IF NOT EXISTS {TABLE}_{name} ON {TABLE} USING gin ({name}_words)")
        run(
            f'CREATE TABLE IF NOT EXISTS {WORDS} (fragment text COLLATE "C", word text COLLATE "C",'
            " PRIMARY KEY (fragment, word))"
        )

    def drop(self, connection: Connection) -> None:
        for name in (TABLE, WORDS):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")

    def indexed(self, session: Session) -> set[str]:
        return set(session.scalars(select(_search.c.exercise_id)))

    def put(self, session: Session, entry: Entry) -> None:
        self.forget(session, [entry.exercise_id])
        self.fill(session, [entry])

    def fill(self, session: Session, entries: Sequence[Entry]) -> None:
        for entry in entries:
            session.execute(insert(_search).values(_row(entry)))
            _learn(session, entry.words)

    def forget(self, session: Session, exercise_ids: Sequence[str]) -> None:
        session.execute(delete(_search).where(_search.c.exercise_id.in_(exercise_ids)))

    def asked(self, session: Session, terms: tuple[Term, ...]) -> Asked:
        del session  # the other index asks the vocabulary
        return Asked(terms, " & ".join(map(_asked, terms)))

    def hits(self, asked: Asked, narrowed: Narrowed, tier: Tier) -> Hits:
        """All that fits `asked`. PostgreSQL combines indexes by itself and needs no marks for it."""
        del narrowed
        if not asked.terms:
            return _hits()
        if tier is Tier.WHOLE_TITLE:
            return _hits(_search.c.title_order == asked.title)
        name = _LISTS[tier]
        return _hits(
            _search.c[f"{name}_words"].op("@@")(cast(literal(asked.text), TSQUERY)),
            # A vector keeps few places of a word, so whether words are neighbours is read in the text.
            *(
                literal(" ").concat(_search.c[name]).concat(" ").like(f"% {' '.join(term.words)} %")
                for term in asked.terms
                if len(term.words) > 1
            ),
        )


def _learn(session: Session, found: set[str]) -> None:
    """Add words to the vocabulary: one statement, however many there are."""
    rows = new_words(session, found)
    if rows:
        columns = [_array(row[name] for row in rows) for name in ("fragment", "word")]
        new = select(func.unnest(columns[0]), func.unnest(columns[1]))
        session.execute(insert(words).from_select(["fragment", "word"], new).on_conflict_do_nothing())


def _asked(term: Term) -> str:
    """A term in the language of `tsquery`. Every word stands in quotes, so none is an operator."""
    if term.exact:
        return " & ".join(f"'{word}'" for word in term.words)
    return "(" + " | ".join(f"'{word}':*" for word in term.beginnings) + ")"


def _hits(*conditions: ColumnElement[bool]) -> Hits:
    found = select(_search.c.exercise_id, _search.c.title_order).where(*conditions).subquery("found")
    return Hits(found, found.c.exercise_id, (found.c.title_order, found.c.exercise_id))


def _row(entry: Entry) -> dict[str, object]:
    brief = f"{entry.title} {BREAK} {entry.summary}"
    texts = {"title": entry.title, "brief": brief, "everything": f"{brief} {BREAK} {entry.body}"}
    vectors = {f"{name}_words": _vector(text) for name, text in texts.items()}
    return {"exercise_id": entry.exercise_id, "title_order": entry.order, **texts, **vectors}


def _vector(text: str) -> ColumnElement[str]:
    return func.array_to_tsvector(_array(sorted(set(text.split()) - {BREAK})))


def _array(texts: Iterable[str]) -> ColumnElement[Any]:
    return cast(literal(list(texts), ARRAY(Text)), ARRAY(Text))
