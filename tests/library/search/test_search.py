"""Search finds words and phrases as people mean them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.library.search.putting import found, put


def test_a_word_is_found_by_its_beginning(bare: Session) -> None:
    put(bare, "The closeness dial", "Quokka days")
    for query in ("q", "qu", "quo", "quok", "quokka"):
        assert found(bare, query) == ["Quokka days"]
    assert found(bare, "quokkadays") == found(bare, "uokka d x") == []


def test_every_word_has_to_be_there_in_any_order(bare: Session) -> None:
    put(bare, "Quokka days", "Quokka nights")
    assert found(bare, "nig quok") == ["Quokka nights"]


@pytest.mark.parametrize(
    "query", ["quökka", "QUOKKA", "Quo\u0308kka", "ｑｕｏｋｋａ", "quokka’s", "“quokka”", "«quökka»"]
)
def test_accents_capitals_and_quotes_make_no_difference(bare: Session, query: str) -> None:
    put(bare, "The quökka's day")
    assert found(bare, query) == ["The quökka's day"]


@pytest.mark.parametrize("text", ["Ωμέγα", "ДОБРО", "愛情", "שלום", "한국", "½ cup", "ﬁne", "𞤀𞤁"])
def test_every_script_is_words(bare: Session, text: str) -> None:
    put(bare, f"The {text} day")
    assert found(bare, text) == found(bare, text[:1]) == [f"The {text} day"]


@pytest.mark.parametrize("query", ['"side of me"', "“side of me”", "„side of me“", '"SIDE, of: Mé"'])
def test_a_phrase_is_words_in_order_and_adjacent_the_last_one_whole(bare: Session, query: str) -> None:
    put(bare, "A side of me to meet", "A side of my day", "Me, of a side", "A side of the me")
    put(bare, "In the text", purpose="It shows a side of me.")
    put(bare, "In two places", summary="On this side", purpose="of me.")
    assert found(bare, query) == ["A side of me to meet", "In the text"]
    assert found(bare, '"side of m"') == []
    assert found(bare, f"mee {query}") == ["A side of me to meet"]


def test_a_word_in_quotes_is_that_word_whole(bare: Session) -> None:
    put(bare, "Touch", "Touching")
    assert found(bare, "touch") == ["Touch", "Touching"]
    assert found(bare, '"touch"') == ["Touch"]


def test_a_quote_that_is_still_open_makes_no_phrase(bare: Session) -> None:
    put(bare, "A side of me to meet")
    assert found(bare, '"of sid') == found(bare, '"side of me" "mee') == ["A side of me to meet"]


def test_a_phrase_late_in_a_long_text_is_found(bare: Session) -> None:
    filler = " ".join(f"w{n} and" for n in range(9_000))
    put(bare, "Long", purpose=f"{filler} and quokka and wombat")
    put(bare, "Other", purpose=f"{filler} and wombat and quokka")
    assert found(bare, '"and quokka and wombat"') == ["Long"]
