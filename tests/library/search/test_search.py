"""Search finds what people mean, best first, the same on both databases, and nothing typed can break it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.orm import Session

from planner.accounts.models import COUNSELLOR, Member, Practice
from planner.db import Base, new_id
from planner.library import operations, search
from planner.library.exercise import Exercise
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.models import ExerciseRecord
from planner.library.search.words import MAX_WORDS, fold
from planner.library.starter import read_folder
from planner.who import Asker
from tests.postgres import database

EXERCISES = read_folder()[0]
# An exercise without words of its own, so that only what a test writes can be found.
BLANK = replace(
    EXERCISES[0],
    summary="Nothing here.",
    purpose="Nothing here.",
    materials=(),
    steps=(),
    words=(),
    watch_for="",
    debrief=(),
    goes_badly="",
    variations={},
    handouts=(),
    at_home=replace(EXERCISES[0].at_home, dose="", cue="", easy=""),
    source=replace(EXERCISES[0].source, technique=""),
)
WHATEVER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@contextmanager
def tables(engine: Engine) -> Iterator[Engine]:
    """All tables and an empty index."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        search.create(connection)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def on_postgres(postgres: URL) -> Iterator[Engine]:
    with database(postgres, "search") as address, tables(create_engine(address)) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on a database with an empty library; nothing stays of what is written."""
    if request.param == "postgresql":
        with Session(request.getfixturevalue("on_postgres")) as session:
            yield session
            session.rollback()
    else:
        with tables(create_engine("sqlite://")) as engine, Session(engine) as session:
            yield session


def put(
    session: Session, *titles: str, summary: str = "", purpose: str = "", member: Member | None = None
) -> None:
    for title in titles:
        one = replace(BLANK, title=title, summary=summary or "Nothing.", purpose=purpose or "Nothing.")
        record = ExerciseRecord(id=new_id(), slug=new_id(), shared=True)
        if member:
            record.practice_id, record.member_id = member.practice_id, member.id
        operations.write(session, record, one, f"{title}\n{summary}\n{purpose}")


def found(session: Session, query: str, number: int = 50) -> list[str]:
    """The titles that a query finds, in order."""
    ids = search.best(session, search.understand(session, query, search.Among()), search.Among(), number)
    return [session.get_one(ExerciseRecord, each).title for each in ids]


# Words


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


# Phrases


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


# Typing mistakes


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


# Order


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


# Whatever is typed

TRAPS = ["c'est", "x-y", "AND", "OR NOT", "foo:bar", 'a "b', "a*", "(", ")", "NEAR(a b)", "^a", "{a}", "-a"]
TRAPS += [
    "a\x00b",
    "title:a",
    "a" * 10_000,
    "a " * 5_000,
    "\ud800a",
    "ﷺ",
    "٣",
    "𝟛",
    "\u0345",
    '"' * 9,
    '"" a ""',
]
TRAPS += ["'", "''", "a'b:*", "a & b", "!a", "a <-> b", "a | b", "\\", "a\\'b", "%", "_", "a%b", ":a", "a\nb"]
TRAPS += ['"a\x00b c"', "“a’b”", '"a' * 3_000, "\U0010ffff", "zzzzz" * 100, "ﷺ" * 200, "é" * 5_000]


@pytest.mark.parametrize("query", TRAPS)
def test_no_query_raises(bare: Session, query: str) -> None:
    put(bare, "C'est x-y and foo:bar")
    found(bare, query)


def test_words_that_look_like_operators_are_words(bare: Session) -> None:
    put(bare, "C'est x-y and foo:bar", "Other")
    for query in ("c'est", "x-y", "and", "foo:bar", "AND foo", '"x-y AND"'):
        assert found(bare, query) == ["C'est x-y and foo:bar"]


@pytest.mark.parametrize("query", ["", "   ", "(*)", '"', "\x00", "\ud800", "…", '""', '" "', "“…”"])
def test_a_query_without_words_asks_for_everything(bare: Session, query: str) -> None:
    put(bare, "One", "Two")
    assert found(bare, query) == ["One", "Two"]


@settings(WHATEVER, max_examples=100)
@given(
    st.text() | st.lists(st.sampled_from([*"\"“” *'", "quokka", "quoka", "q", "ﷺ"]), max_size=30).map("".join)
)
def test_whatever_is_typed_is_answered(bare: Session, query: str) -> None:
    if not search.indexed(bare):
        put(bare, "Quokka days")
    found(bare, query)


@settings(WHATEVER, max_examples=60)
@given(st.text(max_size=60).filter(fold))
def test_whatever_is_a_title_is_found_by_all_of_it(bare: Session, title: str) -> None:
    title = "".join(c for c in title if c not in '"“”„«»\x00' and not "\ud800" <= c <= "\udfff")
    if fold(title) and len(fold(title)) <= MAX_WORDS:
        with bare.begin_nested() as point:
            put(bare, title)
            assert title in found(bare, title)
            point.rollback()


# The index


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


# Both databases


@pytest.fixture(scope="module")
def both(postgres: URL) -> Iterator[tuple[Session, Session]]:
    """The whole library in each database."""
    with (
        tables(create_engine("sqlite://")) as one,
        database(postgres, "whole") as address,
        tables(create_engine(address)) as other,
        Session(one) as here,
        Session(other) as there,
    ):
        for session in (here, there):
            operations.load(session, [(exercise, exercise.slug) for exercise in EXERCISES])
        yield here, there


def texts_of(one: Exercise) -> list[str]:
    return fold(f"{one.title} {one.summary} {one.purpose} {one.watch_for}")


@st.composite
def typed(draw: st.DrawFn) -> str:
    """Words of an exercise, some cut short or mistyped, some as a phrase."""
    words = texts_of(draw(st.sampled_from(EXERCISES)))
    at, size = draw(st.integers(0, len(words) - 1)), draw(st.integers(1, 4))
    some = words[at : at + size]
    match draw(st.integers(0, 3)):
        case 0:
            return f'"{" ".join(some)}"'
        case 1:
            return " ".join(word[: draw(st.integers(1, 6))] for word in some)
        case 2:
            word = draw(st.sampled_from(some))
            place = draw(st.integers(0, len(word)))
            return word[:place] + draw(st.sampled_from("aeinorst")) + word[place + draw(st.integers(0, 1)) :]
    return " ".join(some)


@settings(WHATEVER, max_examples=80)
@given(typed())
def test_both_databases_find_the_same_in_the_same_order(both: tuple[Session, Session], query: str) -> None:
    here, there = both
    assert found(here, query, 200) == found(there, query, 200)


@settings(WHATEVER, max_examples=30)
@given(st.sampled_from(EXERCISES), st.data())
def test_an_exercise_is_found_by_every_word_and_its_title_finds_it_first(
    both: tuple[Session, Session], one: Exercise, data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(texts_of(one)))
    for session in both:
        assert one.title in found(session, word, 200)
        assert found(session, one.title)[0] == one.title
