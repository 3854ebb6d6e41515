"""The index follows the texts."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from planner.library import operations, search
from planner.library.models import ExerciseRecord
from tests.library.search.putting import BLANK, EXERCISES, found, put


def test_what_is_forgotten_is_not_found(bare: Session) -> None:
    put(bare, "Quokka days", "Quokka nights")
    search.forget(bare, [r.id for r in bare.query(ExerciseRecord).filter_by(title="Quokka days")])
    assert found(bare, "quokka") == ["Quokka nights"]
    assert len(search.indexed(bare)) == 1


def test_a_change_takes_the_place_of_what_was_there(bare: Session) -> None:
    put(bare, "Quokka days", "Quokka")
    record = bare.query(ExerciseRecord).filter_by(title="Quokka days").one()
    operations.write(bare, record, replace(BLANK, title="Wombat days"), "Wombat")
    assert (found(bare, "quokka"), found(bare, "wombat")) == (["Quokka"], ["Wombat days"])
    assert len(search.indexed(bare)) == 2


def test_the_index_can_be_made_again_from_the_texts(bare: Session) -> None:
    loaded = [(one, f"---\n{one.slug}") for one in EXERCISES[:5]]
    operations.load(bare, loaded)
    texts = [(r, one) for one, _ in loaded for r in bare.query(ExerciseRecord).filter_by(slug=one.slug)]
    before = [found(bare, query) for query in ("", "partner", "the", "hnds", "a")]
    assert search.reindex(bare, reversed(texts)) == 5
    assert [found(bare, query) for query in ("", "partner", "the", "hnds", "a")] == before
    put(bare, "Quokka")
    assert found(bare, "quokka") == ["Quokka"]


def test_the_index_can_be_removed_and_made_again(bare: Session) -> None:
    search.drop(bare.connection())
    search.create(bare.connection())
    search.create(bare.connection())
    assert search.indexed(bare) == set()


def test_the_tables_behind_the_index_are_known() -> None:
    names = ("exercise_search", "exercise_search_all_data", "exercise_search_word", "exercise_search_place")
    assert all(search.is_ours(name) for name in names)
    assert not any(search.is_ours(name) for name in ("exercise", "exercise_version", "exercise_tag"))
