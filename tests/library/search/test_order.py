"""The best comes first."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from planner.library import search
from planner.library.models import ExerciseRecord
from planner.library.search.words import fold
from tests.library.search.putting import found, put


def test_a_whole_title_comes_first_then_title_summary_and_text(bare: Session) -> None:
    put(bare, "A text", purpose="Quokka. " * 40 + "Days.")
    put(bare, "Days", summary="A quokka, once.")
    put(bare, "Below", summary="Quokka days.")
    put(bare, "A day of quokka, days and nights", "Quokka days", "Days, quokka days")
    put(bare, *(f"Other {n}" for n in range(20)))
    assert found(bare, "Quokka days") == [
        "Quokka days",
        "A day of quokka, days and nights",
        "Days, quokka days",
        "Below",
        "Days",
        "A text",
    ]


def test_what_goes_first_goes_first_among_those_that_fit_as_well(bare: Session) -> None:
    put(bare, "Quokka a", "Quokka b", "Quokka c", "Quokka")
    put(bare, "Day a", "Day b", summary="A quokka.")
    here, first = search.Among(), (ExerciseRecord.title.in_(["Quokka b", "Day b"]),)
    asked = search.understand(bare, "quokka", here)
    for number in range(8):
        ids = search.best(bare, asked, here, number, first)
        titles = [bare.get_one(ExerciseRecord, each).title for each in ids]
        assert titles == ["Quokka", "Quokka b", "Quokka a", "Quokka c", "Day b", "Day a"][:number]


def test_titles_are_in_order_whatever_the_order_of_writing(bare: Session) -> None:
    titles = [f"Quokka {a}{b}" for a in "mzagt" for b in "éb yA"]
    put(bare, *titles)
    assert found(bare, "quokka") == found(bare, "") == sorted(titles, key=fold)


@pytest.mark.parametrize("step", [1, -1])
def test_there_is_always_room_between_two_titles(bare: Session, step: int) -> None:
    """Every one goes just behind, or just before, the one written last: the narrowest place."""
    titles = [f"Quokka {n:03}" for n in range(1, 81)]
    put(bare, "Quokka 000", "Quokka 999", *titles[::step])
    assert found(bare, "quokka", 100) == ["Quokka 000", *titles, "Quokka 999"]
    assert found(bare, "040") == ["Quokka 040"]


def test_a_page_is_the_beginning_of_a_longer_one(bare: Session) -> None:
    put(bare, *(f"Quokka {n}" for n in range(7)))
    put(bare, *(f"Day {n}" for n in range(7)), summary="A quokka.")
    whole = found(bare, "quokka")
    assert len(whole) == 14
    assert all(found(bare, "quokka", n) == whole[:n] for n in range(15))
