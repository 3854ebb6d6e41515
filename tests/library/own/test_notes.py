"""Private notes on exercises: one's own, sealed, and seen by nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from planner.errors import NotFound, Stale
from planner.library import queries
from planner.library.models import ExerciseRecord
from planner.library.own import notes
from planner.sealing import SealBroken
from tests.cast import Cast
from tests.library.samples import write

WORDS = "Leave the timer in the drawer for this one."


@pytest.fixture
def doors(session: Session, cast: Cast) -> ExerciseRecord:
    return queries.record(session, cast.owner, "three-doors")


def test_a_note_is_for_its_writer_alone(session: Session, cast: Cast, doors: ExerciseRecord) -> None:
    notes.write(session, cast.owner, doors.slug, WORDS, "")
    kept = notes.note(session, cast.owner, doors)
    assert kept is not None
    assert kept.text == WORDS
    assert notes.noted(session, cast.owner, [doors]) == {doors.id}
    for other in (cast.colleague, cast.outsider):
        assert notes.note(session, other, doors) is None
        assert notes.noted(session, other, [doors]) == set()


def test_a_note_is_sealed_for_its_own_place(session: Session, cast: Cast, doors: ExerciseRecord) -> None:
    mine = notes.write(session, cast.owner, doors.slug, WORDS, "")
    theirs = notes.write(session, cast.colleague, doors.slug, "Something else.", "")
    assert mine is not None
    assert theirs is not None
    assert WORDS.encode() not in mine.body
    theirs.body = mine.body
    with pytest.raises(SealBroken):
        _ = theirs.text


def test_an_empty_note_is_taken_away(session: Session, cast: Cast, doors: ExerciseRecord) -> None:
    kept = notes.write(session, cast.owner, doors.slug, WORDS, "")
    assert notes.write(session, cast.owner, doors.slug, "", notes.mark_of(kept)) is None
    assert notes.note(session, cast.owner, doors) is None
    assert notes.write(session, cast.owner, doors.slug, "", "") is None


def test_what_was_written_in_another_tab_is_not_written_over(
    session: Session, cast: Cast, doors: ExerciseRecord
) -> None:
    first = notes.mark_of(notes.write(session, cast.owner, doors.slug, WORDS, ""))
    second = notes.mark_of(notes.write(session, cast.owner, doors.slug, "Better.", first))
    assert first != second
    for text in ("Worse.", ""):
        with pytest.raises(Stale):
            notes.write(session, cast.owner, doors.slug, text, first)
    assert notes.write(session, cast.owner, doors.slug, "Better.", first) is not None, "nothing to lose"


def test_there_is_no_note_on_what_one_cannot_see(session: Session, cast: Cast) -> None:
    hidden = write(session, cast.colleague)
    with pytest.raises(NotFound):
        notes.write(session, cast.owner, hidden.slug, WORDS, "")
