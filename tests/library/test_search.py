"""Search finds what people mean, best first, and nothing that is typed can break it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from planner.library import search
from planner.library.exercise import Exercise
from planner.library.starter import read_folder

BLANK = replace(read_folder()[0][0], title="Nothing here", summary="Nothing here.")


@pytest.fixture
def bare() -> Iterator[Session]:
    """A session on a database that holds an empty index and nothing else."""
    engine = create_engine("sqlite://")
    with Session(engine) as session:
        search.create(session.connection())
        yield session
    engine.dispose()


def put(
    session: Session, *titles: str, summary: str = "Nothing here.", purpose: str = "Nothing here."
) -> None:
    for title in titles:
        search.index(session, title, replace(BLANK, title=title, summary=summary, purpose=purpose))


def found(session: Session, query: str) -> list[str]:
    match = search.matches(query)
    assert match is not None
    return list(session.scalars(select(match.c.exercise_id).order_by(match.c.rank)))


def test_a_word_is_found_by_its_beginning(bare: Session) -> None:
    put(bare, "The closeness dial", "Quokka days")
    assert found(bare, "quok") == ["Quokka days"]
    assert found(bare, "quokkas") == []


def test_every_word_has_to_be_there_in_any_order(bare: Session) -> None:
    put(bare, "Quokka days", "Quokka nights")
    assert found(bare, "nig quok") == ["Quokka nights"]


@pytest.mark.parametrize(
    "query", ["quökka", "QUOKKA", "Quo\u0308kka", "ｑｕｏｋｋａ", "quokka’s", "“quokka”"]
)
def test_accents_capitals_and_quotes_make_no_difference(bare: Session, query: str) -> None:
    put(bare, "The quökka's day")
    assert found(bare, query) == ["The quökka's day"]


def test_a_title_counts_more_than_a_summary_and_a_summary_more_than_the_text(bare: Session) -> None:
    put(bare, "In the text", purpose="Quokka. " * 40)
    put(bare, "In the summary", summary="A quokka, once.")
    put(bare, "A quokka in the title")
    put(bare, *(f"Other {n}" for n in range(20)))
    assert found(bare, "quokka") == ["A quokka in the title", "In the summary", "In the text"]


TRAPS = [
    "c'est",
    "x-y",
    "AND",
    "OR NOT",
    "foo:bar",
    'a "b',
    "a*",
    "(",
    ")",
    "NEAR(a b)",
    "^a",
    "{a}",
    "a\x00b",
    "-a",
]


@pytest.mark.parametrize(
    "query", [*TRAPS, "title:a", "a" * 10_000, "a " * 5_000, "\ud800a", "ﷺ", "٣", "𝟛", "\u0345"]
)
def test_no_query_raises(bare: Session, query: str) -> None:
    put(bare, "C'est x-y and foo:bar")
    match = search.matches(query)
    if match is not None:
        bare.execute(select(match)).all()


def test_words_that_look_like_operators_are_words(bare: Session) -> None:
    put(bare, "C'est x-y and foo:bar", "Other")
    for query in ("c'est", "x-y", "and", "foo:bar", "AND foo"):
        assert "C'est x-y and foo:bar" in found(bare, query)


@pytest.mark.parametrize("query", ["", "   ", "(*)", '"', "\x00", "\ud800", "…"])
def test_a_query_without_words_asks_for_everything(query: str) -> None:
    assert search.matches(query) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text())
def test_whatever_is_typed_is_answered(bare: Session, query: str) -> None:
    match = search.matches(query)
    if match is not None:
        bare.execute(select(match)).all()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.sampled_from(read_folder()[0]), st.data())
def test_an_exercise_is_found_by_every_word_of_its_text(
    bare: Session, one: Exercise, data: st.DataObject
) -> None:
    words = search.fold(f"{one.title} {one.summary} {one.purpose} {one.source.technique}")
    search.forget(bare, [one.slug])
    search.index(bare, one.slug, one)
    assert one.slug in found(bare, data.draw(st.sampled_from(words)))


def test_what_is_forgotten_is_not_found(bare: Session) -> None:
    put(bare, "Quokka days")
    search.forget(bare, ["Quokka days"])
    assert found(bare, "quokka") == []
    assert search.indexed(bare) == set()


def test_the_index_can_be_removed_and_made_again(bare: Session) -> None:
    search.drop(bare.connection())
    search.create(bare.connection())
    search.create(bare.connection())
    assert search.indexed(bare) == set()


def test_the_tables_behind_the_index_are_known() -> None:
    assert all(
        search.is_ours(name) for name in ("exercise_search", "exercise_search_data", "exercise_search_idx")
    )
    assert not any(search.is_ours(name) for name in ("exercise", "exercise_version", "exercise_tag"))
