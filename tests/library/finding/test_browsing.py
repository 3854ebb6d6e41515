"""Browsing: facets combine, counts match what is there, and a practice sees its own exercises only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library import queries, search
from planner.library.exercise import Exercise
from planner.library.finding import browsing
from planner.library.finding.asking import LATELY
from planner.library.finding.facets import FACETS, Facet, Wanted
from planner.library.ladders import ladder
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseUse
from planner.library.operations import favourite, load, used
from planner.library.own import authoring
from planner.library.parse import parse
from planner.library.search.words import fold
from planner.taxonomy import TAXONOMY
from tests import shipped
from tests.cast import Cast
from tests.library.finding.test_facets import some_of

EXERCISES = shipped.exercises()
# What counsellors of the practice wrote: who, like which starter exercise, and whether it works online.
SHIPPED = {one.slug: source for one, source in shipped.sources()}
OWN = {
    "mine-of-my-own": ("owner", "three-doors", True),
    "mine-not-online": ("owner", "hand-in-hand", False),
    "a-colleagues": ("colleague", "closeness-dial", False),
}
WRITTEN = {
    slug: SHIPPED[like] if online else re.sub(r"- \*\*Online:\*\*.*?(?=\n- )", "", SHIPPED[like], flags=re.S)
    for slug, (_, like, online) in OWN.items()
}
ALL = [*EXERCISES, *(parse(source, f"{slug}.md", complete=False) for slug, source in WRITTEN.items())]
STARRED = {one.slug for one in ALL[::5]}
USED, USED_LONG_AGO = {one.slug for one in ALL[::7]}, {one.slug for one in ALL[::14]}
WANTED = st.builds(Wanted, **{facet.key: some_of(facet) for facet in FACETS})


def furnish(session: Session, cast: Cast) -> None:
    """Own exercises, favourites and uses; what others wrote for themselves, like, or used must not count."""
    if session.scalar(select(ExerciseUse).limit(1)):
        return
    for slug, source in WRITTEN.items():
        writer = OWN[slug][0]
        authoring.create(session, getattr(cast, writer), slug, source, shared=writer == "colleague")
    authoring.create(session, cast.colleague, "kept-to-myself", SHIPPED["three-doors"])
    authoring.create(session, cast.outsider, "in-another-practice", SHIPPED["three-doors"], shared=True)
    for slug in STARRED:
        favourite(session, cast.owner, slug)
    for slug in USED:
        found = queries.record(session, cast.owner, slug)
        used(session, cast.owner, found)
        if slug in USED_LONG_AGO:
            use = session.get(ExerciseUse, (cast.owner.id, found.id))
            use.last_at -= LATELY
    for one in EXERCISES:
        if one.slug not in USED:
            used(session, cast.colleague, queries.record(session, cast.colleague, one.slug))


def has(one: Exercise, key: str, value: str) -> bool:
    """Whether an exercise has a value of a facet, read from the exercise itself."""
    match key:
        case "area":
            return value in one.areas
        case "fear":
            return value in one.fears
        case "part":
            return value in one.parts
        case "mode":
            return value == one.mode
        case "intensity":
            return int(value) == one.intensity
        case "minutes":
            return one.minutes.short <= int(value)
        case "audience":
            return value == one.audience
        case "without":
            return one.mode != "touch"
        case "evidence":
            return value == one.source.evidence
        case "works":
            return bool(one.variations["online"])
        case "whose":
            writer = OWN[one.slug][0] if one.slug in OWN else "starter"
            return value == {"owner": "mine", "colleague": "practice"}.get(writer, writer)
        case "unused":
            return one.slug not in USED or one.slug in USED_LONG_AGO
    return one.slug in STARRED


def every_page(session: Session, cast: Cast, wanted: Wanted) -> set[str]:
    first = browsing.browse(session, cast.owner, wanted)
    pages = [browsing.browse(session, cast.owner, wanted.on(number + 1)) for number in range(first.pages)]
    return {row.record.slug for page in pages for row in page.rows}


def fitting(wanted: Wanted, leaving_out: Facet | None = None) -> set[str]:
    return {
        one.slug
        for one in ALL
        if all(
            not wanted.values(facet) or any(has(one, facet.key, value) for value in wanted.values(facet))
            for facet in FACETS
            if facet is not leaving_out
        )
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(WANTED)
def test_rows_and_counts_are_those_of_the_files(session: Session, cast: Cast, wanted: Wanted) -> None:
    furnish(session, cast)
    found = browsing.browse(session, cast.owner, wanted)
    assert every_page(session, cast, wanted) == fitting(wanted)
    assert found.total == len(fitting(wanted))
    for facet in FACETS:
        fit = fitting(wanted, facet)
        others = [one for one in ALL if one.slug in fit]
        expected = {value: sum(has(one, facet.key, value) for one in others) for value in facet.values}
        assert found.counts[facet.key] == expected, facet.key


def test_lately_is_eight_weeks_before_the_moment_that_is_given(session: Session, cast: Cast) -> None:
    found = queries.record(session, cast.owner, "three-doors")
    used(session, cast.owner, found)
    then = session.get(ExerciseUse, (cast.owner.id, found.id)).last_at
    wanted = Wanted(q="three doors", unused=("lately",))
    for later, is_there in ((LATELY, False), (LATELY + dt.timedelta(seconds=1), True)):
        rows = browsing.browse(session, cast.owner, wanted, at=then + later).rows
        assert ("three-doors" in {row.record.slug for row in rows}) == is_there


def test_a_library_of_an_earlier_release_learns_which_exercises_work_online(
    session: Session, cast: Cast
) -> None:
    for record in session.scalars(select(ExerciseRecord)):
        record.tags = record.tags.replace(" works:online", "")
    session.execute(delete(ExerciseTag).where(ExerciseTag.facet == "works"))
    assert browsing.browse(session, cast.owner, Wanted(works=("online",))).total == 0
    load(session, shipped.sources())
    found = browsing.browse(session, cast.owner, Wanted(works=("online",)))
    assert found.total == found.counts["works"]["online"] == len(EXERCISES)


def test_exercises_whose_main_area_is_chosen_come_before_those_that_name_it_too(
    session: Session, cast: Cast
) -> None:
    wanted = Wanted(area=("play", "dream"))
    rows = [row.record for row in browsing.browse(session, cast.owner, wanted).rows]
    places = [row.area in wanted.area for row in rows]
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == 2
    for is_main in (True, False):
        titles = [row.title.lower() for row in rows if (row.area in wanted.area) == is_main]
        assert titles == sorted(titles)


def test_words_and_facets_combine(session: Session, cast: Cast) -> None:
    words = browsing.browse(session, cast.owner, Wanted(q="touch"))
    both = browsing.browse(session, cast.owner, Wanted(q="touch", mode=("touch",)))
    assert 0 < both.total < words.total
    assert both.total == words.counts["mode"]["touch"]
    assert {row.record.mode for row in both.rows} == {"touch"}


def test_the_best_match_comes_first_and_without_words_titles_are_in_order(
    session: Session, cast: Cast
) -> None:
    for one in EXERCISES:
        rows = browsing.browse(session, cast.owner, Wanted(q=one.title)).rows
        assert rows[0].record.slug == one.slug
    titles = [fold(row.record.title) for row in browsing.browse(session, cast.owner, Wanted()).rows]
    assert titles == sorted(titles)


def test_when_nothing_fits_it_says_what_to_give_up(session: Session, cast: Cast) -> None:
    wanted = Wanted(q="quokkaquokka", area=("self",))
    found = browsing.browse(session, cast.owner, wanted)
    assert (found.total, found.rows) == (0, ())
    assert [(one.facet, one.wanted.q) for one in found.loosen] == [(None, "")]
    assert found.loosen[0].total == browsing.browse(session, cast.owner, Wanted(area=("self",))).total


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(WANTED)
def test_each_way_out_of_nothing_leads_to_as_many_as_it_says(
    session: Session, cast: Cast, wanted: Wanted
) -> None:
    found = browsing.browse(session, cast.owner, wanted)
    assert not (found.total and found.loosen)
    for one in found.loosen:
        assert one.total == browsing.browse(session, cast.owner, one.wanted).total > 0


def many(session: Session, number: int, practice_id: str | None = None) -> None:
    """Copies of the first exercise's row, as if there were so many more."""
    model = session.scalars(select(ExerciseRecord).order_by(ExerciseRecord.slug)).first()
    assert model is not None
    columns = {c.key: getattr(model, c.key) for c in ExerciseRecord.__table__.columns if c.key != "id"}
    for n in range(number):
        copy = columns | {"slug": f"copy-{n}", "title": f"Copy {n:03}", "practice_id": practice_id}
        record = ExerciseRecord(**copy)
        session.add(record)
        session.flush()
        session.add(ExerciseTag(exercise_id=record.id, facet="area", value=model.area))
        search.index(session, record, replace(EXERCISES[0], title=record.title))
    session.flush()


def test_a_long_list_comes_in_pages(session: Session, cast: Cast) -> None:
    many(session, 80)
    total = len(EXERCISES) + 80
    number = -(-total // browsing.PAGE)
    pages = [browsing.browse(session, cast.owner, Wanted(page=n + 1)) for n in range(number)]
    assert {page.pages for page in pages} == {number}
    slugs = [row.record.slug for page in pages for row in page.rows]
    assert len(slugs) == len(set(slugs)) == total
    assert browsing.browse(session, cast.owner, Wanted(page=9999)).wanted.page == number


def test_a_practice_sees_its_own_exercises_and_nobody_elses(session: Session, cast: Cast) -> None:
    many(session, 2, cast.owner.practice_id)
    for asker, total in ((cast.owner, 2), (cast.colleague, 2), (cast.outsider, 0)):
        found = browsing.browse(session, asker, replace(Wanted(), page=1))
        assert found.total == len(EXERCISES) + total
    assert queries.record(session, cast.colleague, "copy-0").title == "Copy 000"
    with pytest.raises(NotFound):
        queries.record(session, cast.outsider, "copy-0")


def test_what_is_not_there_is_not_found(session: Session, cast: Cast) -> None:
    for slug in ("no-such-exercise", "", "a\x00b", "x" * 5000):
        with pytest.raises(NotFound):
            queries.exercise(session, cast.owner, slug)
    with pytest.raises(NotFound):
        queries.version(session, cast.owner, EXERCISES[0].slug, "0" * 64)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(WANTED)
def test_the_map_counts_each_area_with_each_fear_of_what_fits(
    session: Session, cast: Cast, wanted: Wanted
) -> None:
    furnish(session, cast)
    found = browsing.browse(session, cast.owner, wanted.seen_as("map"))
    fit = [one for one in ALL if one.slug in fitting(wanted)]
    assert found.rows == ()
    assert found.cells == {
        area: {fear: sum(area in one.areas and fear in one.fears for one in fit) for fear in TAXONOMY.fears}
        for area in TAXONOMY.areas
    }


def test_what_is_alike_serves_the_same_purpose_in_the_direction_it_says(session: Session, cast: Cast) -> None:
    by_slug = {one.slug: one for one in EXERCISES}
    some_found = 0
    for one in EXERCISES:
        record = queries.record(session, cast.owner, one.slug)
        near = queries.alike(session, cast.owner, record)
        for found in (*near.gentler, *near.bolder, *near.shorter, *near.other_mode):
            other = by_slug[found.slug]
            assert other.area == one.area
            assert set(other.fears) & set(one.fears)
            assert other.slug != one.slug
            some_found += 1
        assert all(found.intensity < one.intensity for found in near.gentler)
        assert all(found.intensity > one.intensity for found in near.bolder)
        assert all(found.minutes_full < one.minutes.full for found in near.shorter)
        assert all(found.mode != one.mode for found in near.other_mode)
    assert some_found > len(EXERCISES)


@pytest.mark.parametrize("fear", TAXONOMY.fears)
def test_the_ladder_in_the_database_is_that_of_the_files(session: Session, cast: Cast, fear: str) -> None:
    here = queries.ladder(session, cast.owner, fear)
    files = ladder(EXERCISES, fear)
    assert [(rung.exercise.slug, set(rung.after)) for rung in here] == [
        (rung.exercise.slug, set(rung.after)) for rung in files
    ]


def test_before_and_after_are_two_sides_of_one_link(session: Session, cast: Cast) -> None:
    for one in EXERCISES:
        for slug in one.builds_on:
            after = queries.next_steps(session, cast.owner, slug)
            assert one.slug in {record.slug for record in after}
        before = queries.named(session, cast.owner, one.builds_on)
        assert {record.slug for record in before} == set(one.builds_on)
