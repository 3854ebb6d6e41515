"""What the search indexes of both databases have in common: an entry's words, and the vocabulary.

Three lists of words are kept of every exercise, from its title alone to everything: a query is asked of one
after the other, and an exercise stands where it is found first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, FromClause, String, column, select
from sqlalchemy import table as table_of
from sqlalchemy.orm import Session

from planner.library.search.marks import Narrowed
from planner.library.search.words import Term, can_be_meant, shortened

TABLE = "exercise_search"
WORDS = f"{TABLE}_word"
MAX_TITLE, MAX_TEXT = 200, 200_000
# A word that nobody can ask for, between two texts: no phrase begins in one and ends in the next.
BREAK = "¶"
_MANY = 500

# Each word of the library by itself and by what is left of it without one letter: a mistyped word has one
# of these in common with the word that was meant. Words stay when their exercise goes, and then find nothing.
words = table_of(WORDS, column("fragment", String), column("word", String))


class Tier(IntEnum):
    """How well an exercise fits, best first: its whole title, and where all the words stand."""

    WHOLE_TITLE = 0
    IN_TITLE = 1
    IN_SUMMARY = 2  # or some of them in the title
    ANYWHERE = 3


def _order(title: list[str]) -> str:
    return " ".join(title)[:MAX_TITLE]


@dataclass(frozen=True)
class Entry:
    """An exercise as the index holds it: folded words with single spaces, and BREAK between two texts.

    `marks` are words too, that nobody can type: see `planner.library.search.marks`.
    """

    exercise_id: str
    title: str
    summary: str
    body: str
    marks: str

    @property
    def order(self) -> str:
        """What titles are compared and sorted by."""
        return _order(self.title.split())

    @property
    def words(self) -> set[str]:
        return set(f"{self.title} {self.summary} {self.body}".split()) - {BREAK}


@dataclass(frozen=True)
class Hits:
    """What was found: a table to join, the column of exercise ids in it, and the columns of its order."""

    table: FromClause
    exercise_id: ColumnElement[str]
    order: tuple[ColumnElement[Any], ...]


@dataclass(frozen=True)
class Asked:
    """What a query asks for, and the same in the database's own language; both empty without words."""

    terms: tuple[Term, ...] = ()
    text: str = ""

    @property
    def title(self) -> str:
        """All that was typed, as a title is compared."""
        return _order([word for term in self.terms for word in term.words])

    def is_title(self, title: list[str]) -> bool:
        """Whether it is the whole of a title with these words."""
        return self.title == _order(title)


class Index(Protocol):
    """What each database has to offer."""

    def create(self, connection: Connection) -> None: ...
    def drop(self, connection: Connection) -> None: ...
    def indexed(self, session: Session) -> set[str]: ...
    def put(self, session: Session, entry: Entry) -> None: ...
    def fill(self, session: Session, entries: Sequence[Entry]) -> None: ...
    def forget(self, session: Session, exercise_ids: Sequence[str]) -> None: ...
    def asked(self, session: Session, terms: tuple[Term, ...]) -> Asked: ...
    def hits(self, asked: Asked, narrowed: Narrowed, tier: Tier) -> Hits: ...


def new_words(session: Session, found: Iterable[str]) -> list[dict[str, str]]:
    """The vocabulary's rows for words that it lacks; in order, so that no two writers block each other."""
    wanted, known = sorted(set(found)), set[str]()
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        here = select(words.c.word).where(words.c.fragment == words.c.word, words.c.word.in_(some))
        known |= set(session.scalars(here))
    return [
        {"fragment": fragment, "word": word}
        for word in wanted
        if word not in known
        for fragment in sorted(shortened(word) if can_be_meant(word) else {word})
    ]
