"""Full-text search over the library: text is folded here, so that every database finds the same.

Both the index and a query are made of folded words only; a query can therefore hold nothing that the
search engine would take for an operator.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlalchemy import (
    Connection,
    Float,
    String,
    Subquery,
    column,
    delete,
    insert,
    literal_column,
    select,
)
from sqlalchemy import table as table_of
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from planner.library.exercise import Exercise
from planner.library.plaintext import client_text, counsellor_text
from planner.taxonomy import TAXONOMY

TABLE = "exercise_search"
MAX_WORDS, MAX_WORD = 16, 48

_search = table_of(
    TABLE,
    column("exercise_id", String),
    column("title", String),
    column("summary", String),
    column("body", String),
)
# Frequencies level off in BM25, so only large steps keep a title above a text that repeats the word.
_RANK = f"bm25({TABLE}, 0, 1000, 100, 1)"


def create(connection: Connection) -> None:
    """Make the index, empty; the next load of the library fills it."""
    connection.execute(
        sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5("
            "exercise_id UNINDEXED, title, summary, body, "
            "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')"
        )
    )


def drop(connection: Connection) -> None:
    """Remove the index and the tables behind it."""
    connection.execute(sql(f"DROP TABLE IF EXISTS {TABLE}"))


def is_ours(name: str) -> bool:
    """True for the index and the tables that the database keeps behind it: migrations leave these alone."""
    return name == TABLE or name.startswith(f"{TABLE}_")


def fold(text: str) -> list[str]:
    """The words of a text in small letters and without accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in bare).split()


def words(query: str) -> list[str]:
    """What is searched for: a bounded number of folded words."""
    return [word[:MAX_WORD] for word in fold(query[:2000])[:MAX_WORDS]]


def matches(query: str) -> Subquery | None:
    """A table of `exercise_id` and `rank` (lowest is best) in which every word begins some word.

    None when `query` holds no words, which asks for everything.
    """
    wanted = words(query)
    if not wanted:
        return None
    phrase = " ".join(f'"{word}"*' for word in wanted)
    return (
        select(_search.c.exercise_id, literal_column(_RANK, Float).label("rank"))
        .where(literal_column(TABLE).op("MATCH")(phrase))
        .subquery("match")
    )


def indexed(session: Session) -> set[str]:
    """The ids of all exercises in the index."""
    return set(session.scalars(select(_search.c.exercise_id)))


def index(session: Session, exercise_id: str, exercise: Exercise) -> None:
    """Put an exercise into the index. One that is there already has to be forgotten first."""
    session.execute(
        insert(_search).values(
            exercise_id=exercise_id,
            title=" ".join(fold(exercise.title)),
            summary=" ".join(fold(exercise.summary)),
            body=" ".join(fold(_body(exercise))),
        )
    )


def forget(session: Session, exercise_ids: Iterable[str]) -> None:
    """Take exercises out of the index."""
    session.execute(delete(_search).where(_search.c.exercise_id.in_(list(exercise_ids))))


def _body(exercise: Exercise) -> str:
    named = [
        *(TAXONOMY.areas[key].name for key in exercise.areas),
        *(TAXONOMY.fears[key].name for key in exercise.fears),
        TAXONOMY.modes[exercise.mode].name,
        exercise.source.technique,
        *exercise.materials,
    ]
    return "\n".join([*named, counsellor_text(exercise), client_text(exercise)])
