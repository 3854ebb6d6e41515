"""Loading: the library becomes what the files say, and no text that a plan may hold is lost."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library import queries, search
from planner.library.exercise import Exercise
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseVersion, Favourite
from planner.library.operations import Loaded, digest_of, favourite, load, unfavourite
from planner.library.parse import parse
from planner.library.starter import FOLDER
from tests import shipped
from tests.cast import Cast

GOOD = shipped.sources()
FIRST, SOURCE = GOOD[0]
NOTHING = Loaded((), (), ())


def edited(source: str) -> tuple[Exercise, str]:
    """The first exercise with another summary."""
    text = source.replace(FIRST.summary.split()[0], "Quokkas", 1)
    return parse(text, f"{FIRST.slug}.md"), text


def size(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_every_file_is_listed_and_can_be_read(session: Session, cast: Cast) -> None:
    assert browsing.browse(session, cast.owner, Wanted()).total == len(GOOD)
    for one, source in GOOD:
        record, value = queries.exercise(session, cast.owner, one.slug)
        assert value == one
        assert record.digest == digest_of(source)


def test_loading_again_changes_nothing(session: Session) -> None:
    before = [size(session, model) for model in (ExerciseRecord, ExerciseVersion, ExerciseTag)]
    assert load(session, GOOD) == NOTHING
    assert [size(session, model) for model in (ExerciseRecord, ExerciseVersion, ExerciseTag)] == before
    assert len(search.indexed(session)) == len(GOOD)


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(session: Session, cast: Cast) -> None:
    changed, text = edited(SOURCE)
    assert load(session, [(changed, text), *GOOD[1:]]) == Loaded((), (FIRST.slug,), ())
    record, value = queries.exercise(session, cast.owner, FIRST.slug)
    assert (record.summary, value) == (changed.summary, changed)
    assert queries.version(session, cast.owner, FIRST.slug, digest_of(SOURCE)) == FIRST
    assert queries.version(session, cast.owner, FIRST.slug, digest_of(text)) == changed
    assert browsing.browse(session, cast.owner, Wanted(q="quokkas")).total == 1


def test_going_back_to_an_old_text_keeps_each_version_once(session: Session, cast: Cast) -> None:
    load(session, [edited(SOURCE), *GOOD[1:]])
    assert load(session, GOOD).changed == (FIRST.slug,)
    assert queries.exercise(session, cast.owner, FIRST.slug)[1] == FIRST
    assert browsing.browse(session, cast.owner, Wanted(q="quokkas")).total == 0
    assert size(session, ExerciseVersion) == len(GOOD) + 1


def test_an_exercise_that_no_longer_ships_is_not_listed_but_plans_can_open_it(
    session: Session, cast: Cast
) -> None:
    assert load(session, GOOD[1:]) == Loaded((), (), (FIRST.slug,))
    assert load(session, GOOD[1:]) == NOTHING
    assert browsing.browse(session, cast.owner, Wanted()).total == len(GOOD) - 1
    by_title = browsing.browse(session, cast.owner, Wanted(q=FIRST.title))
    assert FIRST.slug not in {row.record.slug for row in by_title.rows}
    record, value = queries.exercise(session, cast.owner, FIRST.slug)
    assert not record.listed
    assert value == queries.version(session, cast.owner, FIRST.slug, digest_of(SOURCE)) == FIRST
    assert load(session, GOOD).changed == (FIRST.slug,)
    assert browsing.browse(session, cast.owner, Wanted()).total == len(GOOD)


def test_changed_areas_fears_and_parts_replace_the_old_ones(session: Session) -> None:
    moved = replace(FIRST, builds_on=("hand-in-hand",), areas=("play",), fears=("failure",), parts=("close",))
    load(session, [(moved, SOURCE + "\n"), *GOOD[1:]])
    record = session.scalars(select(ExerciseRecord).where(ExerciseRecord.slug == FIRST.slug)).one()
    tags = select(ExerciseTag.facet, ExerciseTag.value).where(ExerciseTag.exercise_id == record.id)
    assert {tuple(row) for row in session.execute(tags)} == {
        ("area", "play"),
        ("builds_on", "hand-in-hand"),
        ("fear", "failure"),
        ("part", "close"),
        ("works", "online"),
    }
    assert record.tags == "area:play fear:failure part:close works:online"


def test_a_lost_index_is_filled_again(session: Session, cast: Cast) -> None:
    search.drop(session.connection())
    search.create(session.connection())
    load(session, GOOD)
    assert len(search.indexed(session)) == len(GOOD)
    assert browsing.browse(session, cast.owner, Wanted(q=FIRST.title)).rows[0].record.slug == FIRST.slug


def test_a_digest_is_that_of_the_file(session: Session, cast: Cast) -> None:
    raw = (FOLDER / f"{FIRST.slug}.md").read_bytes()
    assert queries.record(session, cast.owner, FIRST.slug).digest == hashlib.sha256(raw).hexdigest()


def test_a_star_is_seen_by_its_member_alone(session: Session, cast: Cast) -> None:
    favourite(session, cast.owner, FIRST.slug)
    favourite(session, cast.owner, FIRST.slug)
    assert size(session, Favourite) == 1
    starred = Wanted(starred=("yes",))
    mine = browsing.browse(session, cast.owner, starred)
    assert [(row.record.slug, row.starred) for row in mine.rows] == [(FIRST.slug, True)]
    assert mine.counts["starred"] == {"yes": 1}
    for other in (cast.colleague, cast.outsider):
        assert browsing.browse(session, other, starred).total == 0
        assert not any(row.starred for row in browsing.browse(session, other, Wanted()).rows)


def test_taking_a_star_away_leaves_a_colleagues(session: Session, cast: Cast) -> None:
    favourite(session, cast.owner, FIRST.slug)
    favourite(session, cast.colleague, FIRST.slug)
    unfavourite(session, cast.owner, FIRST.slug)
    unfavourite(session, cast.owner, FIRST.slug)
    assert browsing.browse(session, cast.owner, Wanted(starred=("yes",))).total == 0
    assert browsing.browse(session, cast.colleague, Wanted(starred=("yes",))).total == 1


def test_nothing_can_be_starred_that_is_not_there(session: Session, cast: Cast) -> None:
    for verb in (favourite, unfavourite):
        with pytest.raises(NotFound):
            verb(session, cast.owner, "no-such-exercise")
