"""What comes in as files is what went out; all of it comes in, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.library import queries, search
from planner.library.exchange import exporting, importing
from planner.library.exchange.archive import File, pack, read_upload
from planner.library.exchange.importing import NEW, SAME, VERSION, Brought, bring, fingerprint, relinked
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.front_matter import Faulty
from planner.library.models import ExerciseRecord, ExerciseVersion
from planner.library.operations import load
from planner.library.own import authoring
from planner.library.parse import parse
from planner.library.search import indexing
from planner.library.starter import FOLDER
from planner.who import Asker
from tests import shipped
from tests.cast import Cast
from tests.library.samples import SHEET, little, write

STARTERS = shipped.sources()


def a_file(name: str, title: str, *builds_on: str, intensity: int = 1, **parts: str) -> File:
    front = f"builds_on: [{', '.join(builds_on)}]\n" if builds_on else ""
    text = little(title, front=front, **parts).replace("intensity: 1", f"intensity: {intensity}")
    return File(name, text)


def outcome(brought: Brought) -> list[tuple[str, str]]:
    return [(item.name, item.what) for item in brought.items]


def texts(session: Session, who: Asker, choice: str = exporting.MINE) -> list[str]:
    """The exercises of a choice, without what differs between two libraries: their own names."""
    files = exporting.files_of(session, who, choice)
    return sorted(
        repr(replace(parse(file.text, file.name, complete=False), slug="x", builds_on=())) for file in files
    )


def refusal(session: Session, who: Asker, *files: File) -> list[str]:
    with pytest.raises(Faulty) as caught:
        bring(session, who, list(files))
    session.rollback()
    return [str(fault) for fault in caught.value.faults]


def number(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ExerciseVersion)) or 0


# What becomes of a file


def test_a_new_file_becomes_an_exercise_of_ones_own(session: Session, cast: Cast) -> None:
    (item,) = bring(session, cast.owner, [a_file("Two Cups.md", "Two warm cups")]).items
    assert (item.what, item.title, item.notices) == (NEW, "Two warm cups", ())
    found = queries.record(session, cast.owner, item.slug)
    assert found.slug.startswith("two-warm-cups-")
    assert (found.member_id, found.shared) == (cast.owner.id, False)
    assert browsing.browse(session, cast.owner, Wanted(q="warm cups")).rows[0].record.id == found.id


def test_what_is_new_can_be_shared_with_the_practice(session: Session, cast: Cast) -> None:
    item = bring(session, cast.owner, [a_file("a.md", "Two warm cups")], shared=True).items[0]
    assert queries.record(session, cast.colleague, item.slug).shared


def test_a_file_of_ones_own_exercise_becomes_its_new_version(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner, shared=True)
    before = found.digest
    changed = File(f"{found.slug}.md", little("Three warm cups"))
    (item,) = bring(session, cast.owner, [changed]).items
    assert (item.what, item.slug, item.base) == (VERSION, found.slug, before)
    assert queries.exercise(session, cast.owner, found.slug)[1].title == "Three warm cups"
    assert len(queries.versions(session, found)) == 2
    assert found.shared, "who may see it does not change"


def test_a_numbered_download_is_still_the_same_exercise(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    changed = File(f"{found.slug} (2).md", little("Three warm cups"))
    assert outcome(bring(session, cast.owner, [changed])) == [(changed.name, VERSION)]


def test_the_same_text_again_changes_nothing(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    before = number(session)
    starter = STARTERS[0]
    files = [
        File(f"{found.slug}.md", little()),
        File("under-another-name.md", little()),
        File(f"{starter[0].slug}.md", starter[1]),
    ]
    brought = bring(session, cast.owner, files)
    assert [item.what for item in brought.items] == [SAME] * 3
    assert brought.changes == 0
    assert number(session) == before


def test_a_changed_starter_exercise_becomes_ones_own_version_of_it(session: Session, cast: Cast) -> None:
    name = "three-doors"
    text = (FOLDER / f"{name}.md").read_text().replace("title: ", "title: My ", 1)
    (item,) = bring(session, cast.owner, [File(f"{name}.md", text)]).items
    found = queries.record(session, cast.owner, item.slug)
    assert item.what == NEW
    assert found.origin_slug == name
    assert "your own version" in item.notices[0]
    assert queries.exercise(session, cast.owner, name)[1].title == "Three doors"
    again = bring(session, cast.owner, [File(f"{name}.md", text)])
    assert [(item.what, item.slug) for item in again.items] == [(SAME, found.slug)]


def test_an_earlier_text_of_what_ships_is_no_change_of_it(session: Session, cast: Cast) -> None:
    exercise, source = STARTERS[0]
    newer = source.replace(exercise.summary, "Something better.") + "\n"
    load(session, [(parse(newer, f"{exercise.slug}.md"), newer), *STARTERS[1:]])
    brought = bring(session, cast.owner, [File(f"{exercise.slug}.md", source)])
    assert outcome(brought) == [(f"{exercise.slug}.md", SAME)]


def test_an_earlier_text_of_ones_own_is_pointed_out(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    authoring.revise(session, cast.owner, found.slug, little("Three warm cups"), found.digest)
    (item,) = bring(session, cast.owner, [File(f"{found.slug}.md", little())]).items
    assert item.what == VERSION
    assert "An earlier version of it" in item.notices[0]
    assert len(queries.versions(session, found)) == 2


def test_a_colleague_s_private_exercise_is_neither_changed_nor_given_away(
    session: Session, cast: Cast
) -> None:
    found = write(session, cast.colleague)
    (item,) = bring(session, cast.owner, [File(f"{found.slug}.md", little("Mine now"))]).items
    assert (item.what, item.notices, item.base) == (NEW, (), "")
    assert item.slug != found.slug
    assert queries.exercise(session, cast.colleague, found.slug)[1].title == "Two warm cups"


def test_an_archived_exercise_of_ones_own_comes_back(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    authoring.archive(session, cast.owner, found.slug)
    (item,) = bring(session, cast.owner, [File(f"{found.slug}.md", little())]).items
    assert item.what == VERSION
    assert "archived" in item.notices[0]
    assert found.listed


def test_a_title_that_is_there_already_is_pointed_out(session: Session, cast: Cast) -> None:
    items = bring(session, cast.owner, [a_file("a.md", "Three doors")]).items
    assert items[0].notices == ("Your library already has an exercise with this title.",)


# Links between exercises


def test_links_among_the_files_follow_their_new_names(session: Session, cast: Cast) -> None:
    files = [a_file("bold.md", "Bold", "gentle", "three-doors", intensity=3), a_file("gentle.md", "Gentle")]
    bold, gentle = bring(session, cast.owner, files).items
    value = queries.exercise(session, cast.owner, bold.slug)[1]
    assert value.builds_on == (gentle.slug, "three-doors")
    assert [one.slug for one in queries.next_steps(session, cast.owner, gentle.slug)] == [bold.slug]


def test_a_link_that_leads_nowhere_is_left_out_and_told(session: Session, cast: Cast) -> None:
    private = write(session, cast.colleague)
    (item,) = bring(session, cast.owner, [a_file("a.md", "One", "elsewhere", private.slug)]).items
    assert queries.exercise(session, cast.owner, item.slug)[1].builds_on == ()
    assert len(item.notices) == 2
    assert "“elsewhere”" in item.notices[0]


def test_circles_and_bolder_forerunners_are_faults(session: Session, cast: Cast) -> None:
    said = refusal(
        session, cast.owner, a_file("a.md", "A", "b"), a_file("b.md", "B", "a"), a_file("c.md", "C")
    )
    assert [line.split(": ")[0] for line in said] == ["a.md:11", "b.md:11"]
    said = refusal(session, cast.owner, a_file("a.md", "A", "b"), a_file("b.md", "B", intensity=2))
    assert said == ["a.md:11: It builds on “b”, which is bolder than itself."]


def test_a_circle_by_way_of_the_library_is_a_fault(session: Session, cast: Cast) -> None:
    first = write(session, cast.owner)
    slug = first.slug
    second = authoring.create(
        session, cast.owner, "second-0a1b2c", little("Second", front=f"builds_on: [{slug}]\n")
    )
    session.commit()
    said = refusal(session, cast.owner, a_file(f"{slug}.md", "First", second.slug), a_file("z.md", "Z", slug))
    assert len(said) == 1
    assert said[0].startswith(f"{slug}.md:11: ")


@pytest.mark.parametrize(
    "field",
    [
        "builds_on: [one, two]",
        "builds_on: [one,\n  two]  # both",
        "builds_on:\n  - one\n  - two",
        "builds_on:\n- one\n- two\n",
        '"builds_on": ["one", two]',
    ],
)
def test_a_link_is_changed_and_nothing_else(field: str) -> None:
    for text in (
        little(front=f"{field}\nmechanism: It warms.\n"),
        little(front=f"mechanism: It warms.\n{field}\n"),
    ):
        before = parse(text, "x.md", complete=False)
        for slugs in ((), ("three",), ("12", "on", "three-b")):
            changed = relinked(text, slugs)
            assert parse(changed, "x.md", complete=False) == replace(before, builds_on=slugs)
            assert changed.split("## Purpose")[1] == text.split("## Purpose")[1]


# All or nothing


def test_every_fault_of_every_file_is_named_and_nothing_is_written(session: Session, cast: Cast) -> None:
    before = number(session)
    good = a_file("good.md", "Good")
    bad = File("folder/bad.md", good.text.replace("mode: side_by_side", "mode: sideways"))
    worse = File(
        "worse.md", good.text.replace("1. (2 min", "1. (9 min").replace("intensity: 1", "intensity: 7")
    )
    said = refusal(session, cast.owner, good, bad, worse)
    assert {line.split(": ")[0] for line in said} == {"folder/bad.md:7", "worse.md:8", "worse.md:16"}
    assert number(session) == before


def test_faults_carry_the_name_that_the_file_came_with(session: Session, cast: Cast) -> None:
    assert refusal(session, cast.owner, File("Öd name.md", "no"))[0].startswith("Öd name.md:1: ")


# There and back


def test_what_is_exported_comes_in_equal_in_another_practice(session: Session, cast: Cast) -> None:
    write(session, cast.owner, little(more=SHEET), shared=True)
    write(
        session,
        cast.owner,
        little("A second", front="builds_on: [two-warm-cups-0a1b2c]\n"),
        slug="a-second-0a1b2c",
    )
    write(session, cast.colleague, little("Theirs"), shared=True, slug="theirs-0a1b2c")
    adapted = (FOLDER / "three-doors.md").read_text().replace("title: ", "title: My ", 1)
    write(session, cast.owner, adapted, slug="my-three-doors-0a1b2c")
    mine = texts(session, cast.owner)
    assert len(mine) == 3
    data = pack(exporting.files_of(session, cast.owner, exporting.MINE))
    brought = bring(session, cast.outsider, read_upload("mine.zip", data))
    assert {item.what for item in brought.items} == {NEW}
    assert texts(session, cast.outsider) == mine
    by_title = {item.title: item.slug for item in brought.items}
    second = queries.exercise(session, cast.outsider, by_title["A second"])[1]
    assert second.builds_on == (by_title["Two warm cups"],)


def test_the_whole_library_comes_back_as_the_same(session: Session, cast: Cast) -> None:
    write(session, cast.owner)
    files = exporting.files_of(session, cast.owner, exporting.EVERYTHING)
    assert len(files) == len(STARTERS) + 1
    brought = bring(session, cast.owner, read_upload("all.zip", pack(files)))
    assert brought.changes == 0
    elsewhere = bring(session, cast.outsider, read_upload("all.zip", pack(files)))
    assert [item.what for item in elsewhere.items if item.what != SAME] == [NEW]


def test_each_choice_holds_what_it_says(session: Session, cast: Cast) -> None:
    write(session, cast.owner, slug="private-0a1b2c")
    write(session, cast.owner, little("Shared"), shared=True, slug="shared-0a1b2c")
    gone = write(session, cast.owner, little("Gone"), shared=True, slug="gone-0a1b2c")
    authoring.archive(session, cast.owner, gone.slug)
    write(session, cast.colleague, little("Theirs"), shared=True, slug="theirs-0a1b2c")
    write(session, cast.colleague, little("Hidden"), slug="hidden-0a1b2c")
    write(session, cast.outsider, little("Outside"), shared=True, slug="outside-0a1b2c")

    def names(who: Asker, choice: str) -> set[str]:
        found = {file.name.removesuffix("-0a1b2c.md") for file in exporting.files_of(session, who, choice)}
        return {name for name in found if not name.endswith(".md")}

    assert names(cast.owner, exporting.MINE) == {"private", "shared"}
    assert names(cast.owner, exporting.PRACTICE) == {"shared", "theirs"}
    assert names(cast.owner, exporting.EVERYTHING) == {"private", "shared", "theirs"}
    assert names(cast.outsider, exporting.EVERYTHING) == {"outside"}
    for who in (cast.owner, cast.colleague, cast.outsider):
        counted = exporting.counted(session, who)
        for choice in exporting.CHOICES:
            assert counted[choice] == len(exporting.files_of(session, who, choice))


def test_a_look_and_the_import_after_it_have_the_same_fingerprint(session: Session, cast: Cast) -> None:
    files = [a_file("a.md", "One"), a_file("b.md", "Two", "a")]
    looked = fingerprint(files, bring(session, cast.owner, files))
    session.rollback()
    assert fingerprint(files, bring(session, cast.owner, files)) == looked
    session.rollback()
    other = [a_file("a.md", "One "), files[1]]
    assert fingerprint(other, bring(session, cast.owner, other)) != looked
    session.rollback()
    write(session, cast.owner, little("Two"))
    assert fingerprint(files, bring(session, cast.owner, files)) != looked, "the title is taken by now"


# The index


def test_the_index_is_made_anew_for_ones_own_exercises_too(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    everything = search.indexed(session)
    for renew in (indexing.reindex, indexing.index_missing):
        search.drop(session.connection())
        search.create(session.connection())
        assert renew(session) == len(everything)
        assert search.indexed(session) == everything
        rows = browsing.browse(session, cast.owner, Wanted(q="warm cups")).rows
        assert rows[0].record.id == found.id
    assert indexing.index_missing(session) == 0


def test_what_is_archived_stays_out_of_the_index(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    authoring.archive(session, cast.owner, found.slug)
    indexing.reindex(session)
    indexing.index_missing(session)
    assert found.id not in search.indexed(session)


# Links in any order


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.integers(0, 7), st.lists(st.integers(0, 9), max_size=3, unique=True), min_size=1, max_size=8
    )
)
def test_forerunners_always_come_in_first(links: dict[int, list[int]]) -> None:
    files = [
        a_file(f"e{n}.md", f"E{n}", *(f"e{before}" for before in befores if before < n))
        for n, befores in links.items()
    ]
    read = [importing._Read(file, stem, one, None, NEW, stem) for file, stem, one in importing._parsed(files)]
    ordered = [one.stem for one in importing._forerunners_first(read)]
    assert sorted(ordered) == sorted(one.stem for one in read)
    for one in read:
        for before in one.exercise.builds_on:
            assert before not in ordered or ordered.index(before) < ordered.index(one.stem)


def test_the_rows_of_another_practice_are_never_touched(session: Session, cast: Cast) -> None:
    write(session, cast.outsider, shared=True)
    rows = select(ExerciseRecord.digest).where(ExerciseRecord.practice_id == cast.outsider.practice_id)
    before = session.scalars(rows).all()
    bring(session, cast.owner, [File("two-warm-cups-0a1b2c.md", little("Taken over"))])
    assert session.scalars(rows).all() == before
