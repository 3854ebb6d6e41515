"""One typing mistake is forgiven, and what a word was taken for is named."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import COUNSELLOR, Member, Practice
from planner.library import search
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.models import ExerciseRecord
from planner.who import Asker
from tests.library.search.putting import found, put


@pytest.mark.parametrize(
    "typed", ["conection", "connnection", "connextion", "connetcion", "Cönection", "conection day"]
)
def test_one_mistake_in_a_long_word_is_forgiven(bare: Session, typed: str) -> None:
    put(bare, "Connection days", "Correction days")
    assert found(bare, typed) == ["Connection days"]


@pytest.mark.parametrize("typed", ["qokk", "nigt", "conetion", "“conection”", "conection2", "2027"])
def test_no_more_than_that_is_forgiven(bare: Session, typed: str) -> None:
    """Not in short words, not two mistakes, not in a phrase, not in a number."""
    put(bare, "Connection days", "Quokka nights", "Year 2026")
    assert found(bare, typed) == []


def test_a_word_that_is_there_is_taken_as_it_is(bare: Session) -> None:
    put(bare, "Share", "Shape", "Shard")
    assert found(bare, "share") == ["Share"]
    assert found(bare, "shark") == ["Shard", "Share"]


def test_a_forgiven_word_is_a_beginning_too(bare: Session) -> None:
    put(bare, "Connections", "A connection")
    assert found(bare, "conection") == ["A connection", "Connections"]


def test_a_word_of_the_gone_is_not_in_the_way(bare: Session) -> None:
    put(bare, "Quokkas", "Quokkaz")
    search.forget(bare, [r.id for r in bare.query(ExerciseRecord).filter_by(title="Quokkaz")])
    assert found(bare, "quokkaz") == ["Quokkas"]


def somebody(session: Session, name: str) -> tuple[Member, Asker]:
    practice = Practice(name=name)
    session.add(practice)
    session.flush()
    member = Member(
        practice_id=practice.id, name=name, email=f"{name}@example.org", password="x", role=COUNSELLOR
    )
    session.add(member)
    session.flush()
    return member, Asker(member.id, practice.id, name)


def test_words_of_another_practice_are_neither_found_nor_named_nor_in_the_way(bare: Session) -> None:
    (theirs, them), (_mine, me) = somebody(bare, "them"), somebody(bare, "me")
    put(bare, "Quokkas", "Conection", member=theirs)
    put(bare, "Connection")
    asked = Wanted(q="quokkaz")
    assert [row.record.title for row in browsing.browse(bare, them, asked).rows] == ["Quokkas"]
    assert browsing.browse(bare, them, asked).meant == ("quokkas",)
    nothing = browsing.browse(bare, me, asked)
    assert (nothing.rows, nothing.meant) == ((), ())
    mine = browsing.browse(bare, me, Wanted(q="conection"))
    assert ([row.record.title for row in mine.rows], mine.meant) == (["Connection"], ("connection",))


def test_what_a_word_was_taken_for_is_named_where_it_stands(bare: Session) -> None:
    put(bare, "Days", purpose="Of connection.")
    assert browsing.browse(bare, somebody(bare, "me")[1], Wanted(q="conection")).meant == ("connection",)
