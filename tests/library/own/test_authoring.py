"""A counsellor's own exercises: who may write, see, share, archive and delete them, and what plans keep."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.errors import NotAllowed, NotFound, RuleBroken, Stale
from planner.library import operations, queries
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.front_matter import Faulty
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseVersion, Favourite
from planner.library.own import authoring, notes
from planner.library.own.authoring import Origin
from planner.library.own.standing import own, readable, standing
from planner.who import Asker
from tests import shipped
from tests.cast import Cast
from tests.library.samples import SHEET, little, write

GOOD = shipped.sources()


def finds(session: Session, who: Asker, words: str = "warm cups") -> bool:
    return any(row.record.practice_id for row in browsing.browse(session, who, Wanted(q=words)).rows)


# Writing


def test_a_new_exercise_is_private_and_found_by_its_author_alone(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    assert (found.shared, found.listed, found.member_id) == (False, True, cast.owner.id)
    record, value = queries.exercise(session, cast.owner, found.slug)
    assert (record.title, value.title, value.handouts) == ("Two warm cups", "Two warm cups", ())
    assert finds(session, cast.owner)
    for other in (cast.colleague, cast.outsider):
        assert not finds(session, other)
        with pytest.raises(NotFound):
            queries.record(session, other, found.slug)


def test_a_shared_exercise_is_the_practices_and_nobody_elses(session: Session, cast: Cast) -> None:
    found = write(session, cast.colleague, shared=True)
    assert finds(session, cast.owner)
    assert not finds(session, cast.outsider)
    assert authoring.may_edit(cast.colleague, found)
    assert authoring.may_edit(cast.owner, found), "an owner looks after what the practice shares"
    assert not authoring.may_edit(cast.outsider, found)


def test_a_counsellor_does_not_change_what_a_colleague_wrote(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner, shared=True)
    with pytest.raises(NotAllowed):
        authoring.revise(session, cast.colleague, found.slug, little("Mine now"), found.digest)
    with pytest.raises(NotAllowed):
        authoring.archive(session, cast.colleague, found.slug)
    with pytest.raises(NotFound):
        authoring.revise(session, cast.outsider, found.slug, little("Mine now"), found.digest)


def test_nobody_changes_a_starter_exercise(session: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        authoring.revise(session, cast.owner, "three-doors", little(), "")


@pytest.mark.parametrize("title", ["Two warm cups", "Über uns", "–", "a" * 300, "../../etc"])
def test_an_address_is_made_of_the_title_and_never_taken(title: str) -> None:
    one, other = authoring.named(title), authoring.named(title)
    assert one != other
    assert set(one) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(one) <= 70


def test_what_cannot_be_read_is_not_kept(session: Session, cast: Cast) -> None:
    with pytest.raises(Faulty):
        write(session, cast.owner, "no exercise")
    assert not finds(session, cast.owner, "")


# What it builds on


def test_it_may_build_on_what_its_author_sees_and_nothing_bolder(session: Session, cast: Cast) -> None:
    good = write(session, cast.owner, little(front="builds_on: [laugh-again]\n"))
    bolder = "builds_on: [three-doors]\n"
    hidden = write(session, cast.colleague, slug="hidden-0a1b2c")
    for front in (bolder, "builds_on: [never-was]\n", f"builds_on: [{hidden.slug}]\n"):
        with pytest.raises(Faulty) as failed:
            authoring.revise(session, cast.owner, good.slug, little(front=front), good.digest)
        assert failed.value.faults[0].line == 11


def test_exercises_cannot_build_on_each_other_in_a_circle(session: Session, cast: Cast) -> None:
    first = write(session, cast.owner, slug="first-0a1b2c")
    second = write(session, cast.owner, little(front=f"builds_on: [{first.slug}]\n"), slug="second-0a1b2c")
    with pytest.raises(Faulty):
        authoring.revise(
            session, cast.owner, first.slug, little(front=f"builds_on: [{second.slug}]\n"), first.digest
        )


# Versions


def test_a_new_version_stands_and_the_old_one_stays(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner, little("Quokka cups"))
    old = found.digest
    authoring.revise(session, cast.owner, found.slug, little("Two cold cups"), old)
    assert queries.exercise(session, cast.owner, found.slug)[1].title == "Two cold cups"
    assert queries.version(session, cast.owner, found.slug, old).title == "Quokka cups"
    assert [one.member_id for one in queries.versions(session, found)] == [cast.owner.id] * 2
    assert finds(session, cast.owner, "cold cups")
    assert not finds(session, cast.owner, "quokka")


def test_a_version_that_is_written_over_is_noticed(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    old = found.digest
    authoring.revise(session, cast.owner, found.slug, little("Two cold cups"), old)
    with pytest.raises(Stale):
        authoring.revise(session, cast.owner, found.slug, little("Three cups"), old)
    with pytest.raises(Stale):
        authoring.restore(session, cast.owner, found.slug, old, old)


def test_an_older_version_can_be_brought_back(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    old = found.digest
    authoring.revise(session, cast.owner, found.slug, little("Two cold cups"), old)
    authoring.restore(session, cast.owner, found.slug, old, found.digest)
    assert (found.digest, found.title) == (old, "Two warm cups")
    assert len(queries.versions(session, found)) == 2


def test_colleagues_read_the_versions_that_were_shared(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    private = found.digest
    authoring.revise(session, cast.owner, found.slug, little("Two cold cups"), private)
    authoring.share(session, cast.owner, found.slug, True)
    assert [one.digest for one in readable(session, cast.colleague, found)] == [found.digest]
    assert {one.digest for one in readable(session, cast.owner, found)} == {found.digest, private}


# Sharing, and taking it back


def test_a_colleagues_plan_keeps_its_version_when_the_exercise_is_private_again(
    session: Session, cast: Cast
) -> None:
    found = write(session, cast.owner, shared=True)
    taken = found.digest
    authoring.share(session, cast.owner, found.slug, False)
    authoring.revise(session, cast.owner, found.slug, little("Secret cups"), taken)
    assert queries.version(session, cast.colleague, found.slug, taken).title == "Two warm cups"
    for who, digest in ((cast.colleague, found.digest), (cast.outsider, taken)):
        with pytest.raises(NotFound):
            queries.version(session, who, found.slug, digest)
    with pytest.raises(NotFound):
        queries.record(session, cast.colleague, found.slug)


def test_only_the_author_shares_or_makes_private(session: Session, cast: Cast) -> None:
    found = write(session, cast.colleague, shared=True)
    with pytest.raises(NotAllowed):
        authoring.share(session, cast.owner, found.slug, False)
    assert found.shared


# Archiving and deleting


def test_an_archived_exercise_leaves_the_lists_and_comes_back(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    authoring.archive(session, cast.owner, found.slug)
    assert not finds(session, cast.owner)
    assert queries.exercise(session, cast.owner, found.slug)[1].title == "Two warm cups"
    assert own(session, cast.owner).archived == (found,)
    authoring.bring_back(session, cast.owner, found.slug)
    assert finds(session, cast.owner)
    assert own(session, cast.owner).private == (found,)


def test_what_nothing_uses_can_be_deleted_for_good(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    operations.favourite(session, cast.owner, found.slug)
    notes.write(session, cast.owner, found.slug, "Try it with tea.", "")
    authoring.remove(session, cast.owner, found.slug)
    assert not finds(session, cast.owner)
    for table in (ExerciseVersion, ExerciseTag, Favourite):
        count = select(func.count()).select_from(table).where(table.exercise_id == found.id)
        assert session.scalar(count) == 0
    assert session.scalar(select(func.count()).where(ExerciseRecord.practice_id.is_not(None))) == 0


def use_it(session: Session, cast: Cast, found: ExerciseRecord) -> None:
    operations.used(session, cast.colleague, found)


def build_on_it(session: Session, cast: Cast, found: ExerciseRecord) -> None:
    write(session, cast.colleague, little(front=f"builds_on: [{found.slug}]\n"), slug="other-0a1b2c")


def adapt_it(session: Session, cast: Cast, found: ExerciseRecord) -> None:
    origin = Origin(found.slug, found.digest)
    authoring.create(session, cast.colleague, "other-0a1b2c", little("Other cups"), origin=origin)


def note_it(session: Session, cast: Cast, found: ExerciseRecord) -> None:
    notes.write(session, cast.colleague, found.slug, "Good on rainy days.", "")


@pytest.mark.parametrize("rely", [use_it, build_on_it, adapt_it, note_it])
def test_what_something_relies_on_is_archived_and_not_deleted(session: Session, cast: Cast, rely) -> None:
    found = write(session, cast.owner, shared=True)
    rely(session, cast, found)
    with pytest.raises(RuleBroken):
        authoring.remove(session, cast.owner, found.slug)
    authoring.archive(session, cast.owner, found.slug)
    assert not found.listed


def test_an_owner_archives_what_a_colleague_shared_and_does_not_delete_it(
    session: Session, cast: Cast
) -> None:
    found = write(session, cast.colleague, shared=True)
    with pytest.raises(NotAllowed):
        authoring.remove(session, cast.owner, found.slug)
    authoring.archive(session, cast.owner, found.slug)
    assert own(session, cast.colleague).archived == (found,)


# What it was adapted from


@pytest.fixture
def adapted(session: Session, cast: Cast) -> ExerciseRecord:
    """The owner's own version of “Three doors”."""
    original = queries.record(session, cast.owner, "three-doors")
    origin = Origin(original.slug, original.digest)
    return authoring.create(session, cast.owner, "my-doors-0a1b2c", little("My doors"), origin=origin)


def upgrade(session: Session) -> str:
    """The library as a newer release ships it: “Three doors” has another summary. Returns its digest."""
    texts = {one.slug: (one, text) for one, text in GOOD}
    doors, text = texts["three-doors"]
    texts["three-doors"] = (doors, text.replace("Partners take turns", "Both take turns", 1))
    operations.load(session, texts.values())
    return operations.digest_of(texts["three-doors"][1])


def test_an_adapted_exercise_knows_its_origin(session: Session, cast: Cast, adapted: ExerciseRecord) -> None:
    seen = standing(session, cast.owner, adapted, {cast.owner.id: "Owner"})
    assert (seen.author, seen.mine, seen.editable, seen.adapted) == ("Owner", True, True, True)
    assert seen.original is not None
    assert seen.original.title == "Three doors"
    assert seen.changed_at is None


def test_after_an_upgrade_it_says_that_the_original_changed(
    session: Session, cast: Cast, adapted: ExerciseRecord
) -> None:
    now = upgrade(session)
    assert standing(session, cast.owner, adapted, {}).changed_at is not None
    with pytest.raises(Stale):
        authoring.keep_as_it_is(session, cast.owner, adapted.slug, adapted.origin_digest or "")
    authoring.keep_as_it_is(session, cast.owner, adapted.slug, now)
    assert standing(session, cast.owner, adapted, {}).changed_at is None


def test_a_version_that_took_the_changes_in_has_seen_them(
    session: Session, cast: Cast, adapted: ExerciseRecord
) -> None:
    now = upgrade(session)
    authoring.revise(session, cast.owner, adapted.slug, little("My own doors"), adapted.digest, seen=now)
    assert standing(session, cast.owner, adapted, {}).changed_at is None


def test_only_who_may_change_it_hears_of_the_original(
    session: Session, cast: Cast, adapted: ExerciseRecord
) -> None:
    authoring.share(session, cast.owner, adapted.slug, True)
    upgrade(session)
    assert standing(session, cast.colleague, adapted, {}).changed_at is None


def test_an_original_that_is_private_again_is_not_named(session: Session, cast: Cast) -> None:
    original = write(session, cast.colleague, shared=True)
    origin = Origin(original.slug, original.digest)
    mine = authoring.create(session, cast.owner, "mine-0a1b2c", little("My cups"), origin=origin)
    authoring.share(session, cast.colleague, original.slug, False)
    seen = standing(session, cast.owner, mine, {})
    assert (seen.adapted, seen.original, seen.changed_at) == (True, None, None)
    with pytest.raises(NotFound):
        authoring.keep_as_it_is(session, cast.owner, mine.slug, original.digest)


def test_an_own_exercise_may_have_a_sheet(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner, little(more=SHEET))
    sheet = queries.exercise(session, cast.owner, found.slug)[1].handout("together")
    assert sheet is not None
    assert sheet.title == "Two warm cups"
