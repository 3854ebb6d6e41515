"""Keeping what was noted: nothing is lost, counts stay in step, and nothing can be read on the disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.db import db
from planner.errors import NotFound, Stale
from planner.landing import operations, queries
from planner.landing.notes import Counts, Notes
from planner.plans import operations as plans
from tests.accounts.people import cookie, replay
from tests.builders import a_plan
from tests.landing.noted import a_step

SECRET = "Zwieback"
DOORS = a_step("s2", slug="three-doors")


def test_a_second_saving_takes_the_place_of_the_first(save, kept):
    assert save(Notes((DOORS,), worked="Tea.")) == 1
    assert save(Notes(worked="Tea and time."), 1) == 2
    assert kept() == Notes(worked="Tea and time.")


def test_what_is_no_different_is_not_saved_again_whatever_it_was_written_over(save):
    assert save(Notes(worked="Tea.")) == save(Notes(worked=" Tea. "), 0) == 1


@pytest.mark.parametrize("base", [0, 2])
def test_notes_that_somebody_else_changed_are_not_written_over(save, kept, base):
    save(Notes(worked="Tea."))
    with pytest.raises(Stale):
        save(Notes(worked="Coffee."), base)
    assert kept() == Notes(worked="Tea.")


def test_saving_nothing_is_kept_too(save, kept):
    assert save(Notes()) == 1
    assert kept() == Notes()


def test_strangers_have_no_notes(app, cast, held, save):
    save(Notes(worked="Tea."))
    with app.app_context():
        for stranger in (cast.colleague, cast.outsider):
            with pytest.raises(NotFound):
                queries.notes(db.session, stranger, held)
            with pytest.raises(NotFound):
                operations.save(db.session, stranger, held, Notes(), 1)
            assert queries.noted(db.session, cast.outsider, [held]) == set()
        assert queries.noted(db.session, cast.owner, [held, "other"]) == {held}


def test_nothing_that_was_noted_can_be_read_in_the_files_of_the_database(app, owner, after):
    data = {"worked": SECRET, "note": SECRET, "landed-s2": "not_now", "number": "0"}
    assert owner.post(after, data=data).status_code == 303
    assert SECRET in owner.get(after).text
    for file in Path(app.extensions["settings"].folder).glob("planner.db*"):
        assert SECRET.encode() not in file.read_bytes(), file.name


# Counts


def test_counts_follow_what_is_noted(save, counts):
    save(Notes((DOORS,)))
    assert counts() == Counts(well=1)
    save(Notes((a_step("s2", "mixed", slug="three-doors"),)), 1)
    assert counts() == Counts(mixed=1)
    save(Notes(), 2)
    assert counts() is None


def test_counts_are_the_practices_and_nobody_elses(cast, save, counts):
    save(Notes((DOORS,)))
    assert counts(who=cast.colleague) == Counts(well=1)
    assert counts(who=cast.outsider) is None


def test_a_count_that_went_astray_never_falls_below_nothing(app, cast, save, counts):
    save(Notes((DOORS,)))
    with app.app_context():
        operations._count(db.session, cast.owner.practice_id, "three-doors", "well", -5)
        db.session.commit()
    save(Notes(), 1)
    assert counts() is None
    save(Notes((DOORS,)), 2)
    assert counts() == Counts(well=1)


def test_of_many_who_note_at_once_every_one_counts(app, cast):
    with app.app_context():
        made = [plans.create(db.session, cast.owner, a_plan()).id for _ in range(12)]
        db.session.commit()

    def note(plan_id):
        for number, landed in enumerate(("well", "mixed", "well")):
            with app.app_context():
                step = a_step("s2", landed, slug="three-doors")
                operations.save(db.session, cast.owner, plan_id, Notes((step,)), number)
                db.session.commit()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(note, made))
    with app.app_context():
        assert queries.landings(db.session, cast.owner) == {"three-doors": Counts(well=12)}


def test_of_many_who_save_the_same_notes_first_one_wins(app, owner, after, kept, counts):
    token = cookie(owner)

    def note(landed):
        data = {"landed-s2": landed, "worked": landed, "number": "0"}
        return replay(app, token).post(after, data=data).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(note, ("well", "mixed", "not_now", "skipped")))
    assert codes == [303, 409, 409, 409]
    assert counts() == Counts(**{kept().worked: 1})
