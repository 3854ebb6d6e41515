"""Drafts: kept as they stand, seen by their author alone, and put into the library when they are ready."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.errors import NotAllowed, NotFound, Stale
from planner.library import queries
from planner.library.front_matter import Faulty
from planner.library.models import ExerciseDraft, ExerciseRecord
from planner.library.own import authoring
from planner.library.writing import drafts
from planner.library.writing.written import BLANK, SayRow, Sheet, StepRow, Written, from_exercise
from tests.cast import Cast
from tests.library.samples import little, write

READY = replace(
    BLANK,
    title="A short walk",
    summary="Both walk and each says one thing.",
    area="play",
    fears=("hurt",),
    purpose="Side by side, words come more easily.",
    steps=(StepRow("2", "", "counsellor", "Explain the walk."), StepRow("8", "3", "both", "Walk.")),
)
SLUG = "two-warm-cups-0a1b2c"


def ready(session: Session, cast: Cast, **changes: object) -> ExerciseDraft:
    draft = drafts.begin(session, cast.owner)
    return drafts.keep(session, cast.owner, draft.id, replace(READY, **changes), 1)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ExerciseDraft)) or 0


def test_a_blank_draft_has_what_most_exercises_have(session: Session, cast: Cast) -> None:
    written = drafts.written_in(drafts.begin(session, cast.owner))
    assert (written.parts, written.mode, written.audience, written.title) == (
        ("core",),
        "face_to_face",
        "couple",
        "",
    )
    assert len(written.steps) == 3


def test_beginning_twice_makes_one_until_something_was_written(session: Session, cast: Cast) -> None:
    first = drafts.begin(session, cast.owner)
    assert drafts.begin(session, cast.owner) is first
    assert drafts.begin(session, cast.colleague).id != first.id
    drafts.keep(session, cast.owner, first.id, READY, 1)
    assert drafts.begin(session, cast.owner).id != first.id


def test_a_draft_keeps_whatever_stands_in_the_form(session: Session, cast: Cast) -> None:
    draft = drafts.begin(session, cast.owner)
    odd = Written(title=" half a ti", steps=(StepRow("x", "", "a", "…"),), words=(SayRow("", "“"),))
    kept = drafts.keep(session, cast.owner, draft.id, odd, 1)
    assert drafts.written_in(kept) == odd
    assert kept.revision == 2
    assert drafts.keep(session, cast.owner, draft.id, odd, 2).revision == 2, "nothing changed"


def test_two_tabs_notice_each_other(session: Session, cast: Cast) -> None:
    draft = ready(session, cast)
    for base in (0, 1, 3):
        with pytest.raises(Stale):
            drafts.keep(session, cast.owner, draft.id, replace(READY, title="Other"), base)
    with pytest.raises(Stale):
        drafts.publish(session, cast.owner, draft.id, 1)
    assert drafts.written_in(drafts.opened(session, cast.owner, draft.id)).title == READY.title


def test_a_draft_is_its_authors_alone(session: Session, cast: Cast) -> None:
    draft = ready(session, cast)
    assert drafts.mine(session, cast.owner) == [draft]
    assert drafts.title_of(draft) == "A short walk"
    for who in (cast.colleague, cast.outsider):
        assert drafts.mine(session, who) == []
        for verb in (
            lambda who=who: drafts.opened(session, who, draft.id),
            lambda who=who: drafts.keep(session, who, draft.id, READY, 2),
            lambda who=who: drafts.discard(session, who, draft.id),
            lambda who=who: drafts.publish(session, who, draft.id, 2),
        ):
            with pytest.raises(NotFound):
                verb()


def test_a_ready_draft_becomes_a_private_exercise_and_is_gone(session: Session, cast: Cast) -> None:
    draft = ready(session, cast)
    assert drafts.check(session, cast.owner, draft, READY) == {}
    found = drafts.publish(session, cast.owner, draft.id, draft.revision)
    assert (found.title, found.shared, found.member_id) == ("A short walk", False, cast.owner.id)
    assert (found.minutes_short, found.minutes_full) == (5, 10)
    assert count(session) == 0
    with pytest.raises(NotFound):
        queries.record(session, cast.colleague, found.slug)


def test_it_can_be_shared_from_the_first_day(session: Session, cast: Cast) -> None:
    draft = ready(session, cast)
    found = drafts.publish(session, cast.owner, draft.id, draft.revision, shared=True)
    assert queries.record(session, cast.colleague, found.slug).shared


def test_what_is_not_ready_stays_a_draft(session: Session, cast: Cast) -> None:
    draft = ready(session, cast, purpose="")
    assert list(drafts.check(session, cast.owner, draft, drafts.written_in(draft))) == ["purpose"]
    with pytest.raises(Faulty):
        drafts.publish(session, cast.owner, draft.id, draft.revision)
    assert count(session) == 1


def test_a_discarded_draft_is_gone(session: Session, cast: Cast) -> None:
    drafts.discard(session, cast.owner, ready(session, cast).id)
    assert count(session) == 0


# Changing an exercise


def test_changing_an_exercise_makes_a_new_version_of_it(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    before = found.digest
    draft = drafts.edit(session, cast.owner, SLUG)
    assert drafts.edit(session, cast.owner, SLUG) is draft, "one draft of an exercise is enough"
    written = drafts.written_in(draft)
    assert written.title == "Two warm cups"
    kept = drafts.keep(session, cast.owner, draft.id, replace(written, title="Two hot cups"), 1)
    assert queries.record(session, cast.owner, SLUG).title == "Two warm cups"
    after = drafts.publish(session, cast.owner, draft.id, kept.revision, shared=True)
    assert (after.id, after.title, after.shared) == (found.id, "Two hot cups", False)
    assert after.digest != before
    assert count(session) == 0


def test_only_those_who_may_change_it_begin_a_draft_of_it(session: Session, cast: Cast) -> None:
    write(session, cast.owner, shared=True)
    with pytest.raises(NotAllowed):
        drafts.edit(session, cast.colleague, SLUG)
    with pytest.raises(NotFound):
        drafts.edit(session, cast.outsider, SLUG)
    with pytest.raises(NotAllowed):
        drafts.edit(session, cast.owner, "hand-in-hand")


def newer(session: Session, cast: Cast) -> ExerciseDraft:
    """The owner's draft of a colleague's exercise that got a newer version meanwhile."""
    found = write(session, cast.colleague, shared=True)
    draft = drafts.edit(session, cast.owner, SLUG)
    written = replace(drafts.written_in(draft), title="The owner’s cups")
    drafts.keep(session, cast.owner, draft.id, written, 1)
    authoring.revise(session, cast.colleague, SLUG, little("The colleague’s cups"), found.digest)
    return draft


def test_a_version_that_somebody_saved_meanwhile_is_noticed(session: Session, cast: Cast) -> None:
    draft = newer(session, cast)
    with pytest.raises(drafts.NewerVersion):
        drafts.publish(session, cast.owner, draft.id, 2)
    assert queries.record(session, cast.owner, SLUG).title == "The colleague’s cups"
    assert drafts.title_of(draft) == "The owner’s cups"


def test_one_may_follow_on_that_version(session: Session, cast: Cast) -> None:
    draft = newer(session, cast)
    drafts.follow(session, cast.owner, draft.id, queries.record(session, cast.owner, SLUG).digest)
    assert drafts.publish(session, cast.owner, draft.id, 2).title == "The owner’s cups"


def test_or_put_ones_own_beside_it(session: Session, cast: Cast) -> None:
    draft = newer(session, cast)
    drafts.set_apart(session, cast.owner, draft.id)
    found = drafts.publish(session, cast.owner, draft.id, 2)
    assert (found.title, found.origin_slug, found.member_id) == ("The owner’s cups", SLUG, cast.owner.id)
    assert queries.record(session, cast.owner, SLUG).title == "The colleague’s cups"


# Adapting


def test_an_adapted_exercise_knows_its_origin(session: Session, cast: Cast) -> None:
    original, exercise = queries.exercise(session, cast.owner, "touch-menu")
    draft = drafts.adapt(session, cast.owner, "touch-menu")
    assert drafts.adapt(session, cast.owner, "touch-menu") is draft
    written = drafts.written_in(draft)
    assert written.title == f"{exercise.title} (my version)"
    assert drafts.check(session, cast.owner, draft, written) == {}
    found = drafts.publish(session, cast.owner, draft.id, 1)
    assert (found.origin_slug, found.origin_digest) == ("touch-menu", original.digest)
    _found, mine = queries.exercise(session, cast.owner, found.slug)
    assert mine.builds_on == exercise.builds_on
    assert mine.handouts == exercise.handouts
    assert from_exercise(mine).steps == from_exercise(exercise).steps


def test_every_starter_exercise_can_be_adapted_as_it_is(session: Session, cast: Cast) -> None:
    for found in queries.named(session, cast.owner, tuple(f.slug for f in everything(session))):
        draft = drafts.adapt(session, cast.owner, found.slug)
        assert drafts.check(session, cast.owner, draft, drafts.written_in(draft)) == {}, found.slug


def everything(session: Session) -> list[ExerciseRecord]:
    return list(session.scalars(select(ExerciseRecord)))


def test_a_colleagues_private_exercise_is_nothing_to_adapt(session: Session, cast: Cast) -> None:
    write(session, cast.owner)
    with pytest.raises(NotFound):
        drafts.adapt(session, cast.colleague, SLUG)


# What comes before


def test_exercises_before_it_are_named_by_title_or_address(session: Session, cast: Cast) -> None:
    draft = ready(session, cast, intensity="5", builds_on=(" three DOORS ", "hand-in-hand", "Three doors"))
    assert drafts.check(session, cast.owner, draft, drafts.written_in(draft)) == {}
    found = drafts.publish(session, cast.owner, draft.id, draft.revision)
    _found, exercise = queries.exercise(session, cast.owner, found.slug)
    assert exercise.builds_on == ("three-doors", "hand-in-hand")
    again = drafts.written_in(drafts.edit(session, cast.owner, found.slug))
    assert again.builds_on == ("Three doors", "Hand in hand")


@pytest.mark.parametrize(
    ("title", "says"), [("No such exercise", "no exercise"), ("Touch without a goal", "bolder than this")]
)
def test_what_cannot_come_before_is_named(title: str, says: str, session: Session, cast: Cast) -> None:
    draft = ready(session, cast, builds_on=(title,), intensity="1")
    messages = drafts.check(session, cast.owner, draft, drafts.written_in(draft))
    assert list(messages) == ["builds_on"]
    assert says in messages["builds_on"]


def test_what_is_offered_is_no_bolder_and_not_itself(session: Session, cast: Cast) -> None:
    write(session, cast.owner)
    write(session, cast.colleague, little("A colleague’s secret"), slug="secret-0a1b2c")
    draft = drafts.edit(session, cast.owner, SLUG)
    offered = drafts.offered(session, cast.owner, draft, drafts.written_in(draft))
    records = {one.title: one for one in everything(session)}
    assert offered
    assert all(records[title].intensity <= 1 for title in offered)
    assert "Two warm cups" not in offered
    assert "A colleague’s secret" not in offered


def test_a_private_exercise_of_a_colleague_is_not_found_by_its_title(session: Session, cast: Cast) -> None:
    write(session, cast.colleague, little("A colleague’s secret"), slug="secret-0a1b2c")
    draft = ready(session, cast, builds_on=("A colleague’s secret",))
    assert "no exercise" in drafts.check(session, cast.owner, draft, drafts.written_in(draft))["builds_on"]


def test_sheets_go_along(session: Session, cast: Cast) -> None:
    draft = ready(session, cast, together=Sheet("Our walk", "Walk.\n[tick: How was it? | Good | Long]"))
    found = drafts.publish(session, cast.owner, draft.id, draft.revision)
    _found, exercise = queries.exercise(session, cast.owner, found.slug)
    assert [sheet.title for sheet in exercise.handouts] == ["Our walk"]
