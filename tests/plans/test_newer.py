"""What the library says on a plan's steps: a newer version to be taken, and what usually comes before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from planner.db import db
from planner.library import held
from planner.library import operations as library_operations
from planner.library import queries as library
from planner.library.exercise import Exercise, Minutes, Say
from planner.library.models import ExerciseUse
from planner.library.own import authoring
from planner.plans import newer, operations, queries
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Origin, Plan, Segment, add, edit
from tests import shipped
from tests.builders import a_plan, a_segment
from tests.cast import Cast
from tests.library.samples import SHEET, little, write

HTMX = {"HX-Request": "true"}
GOOD = {one.slug: one for one, _source in shipped.sources()}
OLD = GOOD["three-doors"]
NEW = replace(
    OLD,
    title="Three open doors",
    areas=("emotional", "self"),
    fears=("hurt",),
    intensity=2,
    mode="side_by_side",
    minutes=Minutes(17, 25),
    words=(Say("To begin", "“Come in.”"),),
)


def from_old(**changes: object) -> Plan:
    """A plan with one step from the old version, in full, and what the counsellor changed in it."""
    step = segment_from(OLD, "old", "core", "s1")
    return a_plan(a_segment("a", part="arrive"), replace(step, **changes))


def renewed(plan: Plan) -> Segment:
    return newer.renewed(plan, "s1", OLD, NEW, "new").segment("s1")


# Taking a newer version


def test_a_step_that_nobody_touched_becomes_what_the_new_version_says() -> None:
    assert renewed(from_old()) == replace(segment_from(NEW, "new", "core", "s1"), in_handout=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Our own title"},
        {"words": "“My own words.”"},
        {"areas": ("play",)},
        {"fears": ()},
        {"intensity": 1},
        {"minutes": 19},
        {"note": "Slowly."},
        {"in_handout": False},
        {"part": "close"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_the_counsellor_changed_stays(changes: dict[str, object]) -> None:
    step = renewed(from_old(**changes))
    for name, value in changes.items():
        assert getattr(step, name) == value
    assert step.exercise == Origin("three-doors", "new")
    if "title" not in changes:
        assert step.title == "Three open doors"


def test_a_step_in_the_short_form_stays_in_the_short_form() -> None:
    assert renewed(from_old(minutes=OLD.minutes.short)).minutes == 17


def test_the_other_steps_and_the_order_stay() -> None:
    before = from_old()
    after = newer.renewed(before, "s1", OLD, NEW, "new")
    assert [step.id for step in after.segments] == ["a", "s1"]
    assert after.segments[0] == before.segments[0]


# Where what usually comes before is put


def place(part: str, exercise: Exercise) -> tuple[str, int | None]:
    plan = a_plan(a_segment("a", part=part), a_segment("b", part=part), a_segment("c", part="warm_up"))
    return newer.place_before(plan, "b", exercise)


def test_it_is_put_right_before_the_step_when_it_suits_that_part() -> None:
    assert place("core", replace(OLD, parts=("core", "warm_up"))) == ("core", 1)


def test_it_is_put_into_an_earlier_part_when_it_suits_that_better() -> None:
    assert place("core", replace(OLD, parts=("arrive", "warm_up", "close"))) == ("warm_up", None)


def test_it_is_put_beside_the_step_when_it_suits_no_earlier_part() -> None:
    assert place("core", replace(OLD, parts=("home",))) == ("core", 1)


# With a library


@pytest.fixture
def asked(session: Session) -> Iterator[list[str]]:
    """The statements that the database was asked from now on."""
    found: list[str] = []
    engine = session.get_bind()

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def plan_of(session: Session, cast: Cast, *slugs: str) -> Plan:
    """A plan with one step of each exercise as it stands, in its first part and in this order."""
    plan = Plan("Second session", length=200)
    for place_, slug in enumerate(slugs):
        record, value = library.exercise(session, cast.owner, slug)
        plan = add(plan, segment_from(value, record.digest, "core", f"s{place_}"))
    return plan


def test_a_plan_hears_of_a_newer_version_of_what_it_holds(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    plan = plan_of(session, cast, found.slug, "three-doors")
    assert newer.of_steps(session, cast.owner, plan)["newer"] == {}
    authoring.revise(session, cast.owner, found.slug, little("Two cold cups"), found.digest)
    assert newer.of_steps(session, cast.owner, plan)["newer"] == {"s0": found}


def test_nothing_is_said_of_a_version_that_the_library_never_had(session: Session, cast: Cast) -> None:
    plan = edit(plan_of(session, cast, "three-doors"), "s0", exercise=Origin("three-doors", "0" * 64))
    assert newer.of_steps(session, cast.owner, plan)["newer"] == {}


def test_nothing_is_said_of_what_is_private_by_now(session: Session, cast: Cast) -> None:
    found = write(session, cast.colleague, shared=True)
    plan = plan_of(session, cast, found.slug)
    authoring.share(session, cast.colleague, found.slug, False)
    authoring.revise(session, cast.colleague, found.slug, little("Secret cups"), found.digest)
    assert newer.of_steps(session, cast.owner, plan)["newer"] == {}


def test_sixty_steps_ask_no_more_than_one(session: Session, cast: Cast, asked: list[str]) -> None:
    one, many = plan_of(session, cast, "three-doors"), plan_of(session, cast, *list(GOOD)[:50])
    asked.clear()
    newer.of_steps(session, cast.owner, one)
    few = len(asked)
    asked.clear()
    newer.of_steps(session, cast.owner, many)
    assert 0 < len(asked) <= few <= 3


def test_a_step_says_what_usually_comes_before_when_none_of_it_does(session: Session, cast: Cast) -> None:
    alone = plan_of(session, cast, "three-doors")
    said = newer.of_steps(session, cast.owner, alone)["before"]
    assert [one.slug for one in said["s0"]] == list(OLD.builds_on)
    later = plan_of(session, cast, "three-doors", *OLD.builds_on)
    assert "s0" in newer.of_steps(session, cast.owner, later)["before"]
    there = plan_of(session, cast, *OLD.builds_on, "three-doors")
    assert f"s{len(OLD.builds_on)}" not in newer.of_steps(session, cast.owner, there)["before"]


def test_a_version_of_ones_own_counts_as_what_it_was_made_from(session: Session, cast: Cast) -> None:
    original = library.record(session, cast.owner, OLD.builds_on[0])
    origin = authoring.Origin(original.slug, original.digest)
    mine = authoring.create(session, cast.owner, "mine-0a1b2c", little(), origin=origin)
    plan = plan_of(session, cast, mine.slug, "three-doors")
    assert newer.of_steps(session, cast.owner, plan)["before"] == {}


def test_an_archived_exercise_is_not_offered(session: Session, cast: Cast) -> None:
    first = write(session, cast.owner, slug="first-0a1b2c")
    second = write(session, cast.owner, little(front=f"builds_on: [{first.slug}]\n"), slug="second-0a1b2c")
    plan = plan_of(session, cast, second.slug)
    assert "s0" in newer.of_steps(session, cast.owner, plan)["before"]
    authoring.archive(session, cast.owner, first.slug)
    assert newer.of_steps(session, cast.owner, plan)["before"] == {}


def test_what_is_being_read_says_what_usually_comes_before_it(session: Session, cast: Cast) -> None:
    def said(plan: Plan) -> list[str]:
        return [one.slug for one in newer.before_reading(session, cast.owner, plan, "three-doors")]

    assert said(Plan("Empty")) == list(OLD.builds_on)
    assert said(plan_of(session, cast, *OLD.builds_on)) == []
    assert said(plan_of(session, cast, "three-doors", *OLD.builds_on)) == list(OLD.builds_on)


def test_private_exercises_of_a_plan_are_known_before_it_is_published(session: Session, cast: Cast) -> None:
    found = write(session, cast.owner)
    held_now = [(found.slug, found.digest), ("three-doors", "x")]
    assert held.kept_private(session, cast.owner, held_now) == [found]
    assert held.kept_private(session, cast.colleague, held_now) == []
    authoring.share(session, cast.owner, found.slug, True)
    authoring.share(session, cast.owner, found.slug, False)
    assert held.kept_private(session, cast.owner, held_now) == [], "its colleagues can open this version"


# In the builder


@pytest.fixture
def plan_id(app: Flask, cast: Cast) -> str:
    """A plan of the owner's with an exercise of their own that has a newer version by now."""
    with app.app_context():
        found = write(db.session, cast.owner, little(more=SHEET))
        value = library.exercise(db.session, cast.owner, found.slug)[1]
        plan = add(Plan("Second session"), segment_from(value, found.digest, "core", "s1"))
        record = operations.create(db.session, cast.owner, edit(plan, "s1", note="Slowly."))
        authoring.revise(db.session, cast.owner, found.slug, little("Two cold cups"), found.digest)
        db.session.commit()
        return record.id


def steps(app: Flask, cast: Cast, plan_id: str) -> tuple[Segment, ...]:
    with app.app_context():
        return queries.opened(db.session, cast.owner, plan_id).plan.segments


def page(client: FlaskClient, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def test_the_step_says_so_and_shows_what_changed(owner: FlaskClient, plan_id: str) -> None:
    assert "There is a newer version of this exercise." in page(owner, f"/plans/{plan_id}")
    beside = page(owner, f"/plans/{plan_id}?changed=s1")
    assert "What changed in “Two warm cups”" in beside
    assert "<del>" in beside
    assert "Sheet for both" in beside


def test_the_newer_version_is_taken_and_undone(
    app: Flask, cast: Cast, owner: FlaskClient, plan_id: str
) -> None:
    before = steps(app, cast, plan_id)
    answer = owner.post(f"/plans/{plan_id}/segments/s1/renew", data={"revision": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert "now uses the newer version" in answer.get_data(as_text=True)
    assert "There is a newer version" not in answer.get_data(as_text=True)
    (step,) = steps(app, cast, plan_id)
    assert (step.title, step.note) == ("Two cold cups", "Slowly.")
    owner.post(f"/plans/{plan_id}/undo", data={"revision": "2"}, headers=HTMX)
    assert steps(app, cast, plan_id) == before
    assert "There is a newer version" in page(owner, f"/plans/{plan_id}")


def test_a_stale_plan_takes_nothing(app: Flask, cast: Cast, owner: FlaskClient, plan_id: str) -> None:
    before = steps(app, cast, plan_id)
    for segment in ("s1", "gone"):
        answer = owner.post(f"/plans/{plan_id}/segments/{segment}/renew", data={"revision": "7"})
        assert answer.status_code == 409
    assert steps(app, cast, plan_id) == before


def test_a_step_that_is_up_to_date_has_nothing_to_compare(owner: FlaskClient, plan_id: str) -> None:
    assert 'id="shelf-form"' in page(owner, f"/plans/{plan_id}?changed=never")


def test_an_older_version_leads_to_its_own_page(
    app: Flask, cast: Cast, owner: FlaskClient, plan_id: str
) -> None:
    origin = steps(app, cast, plan_id)[0].exercise
    assert origin is not None
    beside = page(owner, f"/plans/{plan_id}?read={origin.slug}&version={origin.digest}")
    assert f"/library/{origin.slug}/versions/{origin.digest}" in beside
    assert "The exercise has changed since." in page(
        owner, f"/library/{origin.slug}/versions/{origin.digest}"
    )


def test_what_usually_comes_before_is_added_with_one_click(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        plan = add(Plan("Second session", length=90), segment_from(OLD, "d", "core", "s1"))
        plan_id = operations.create(db.session, cast.owner, plan).id
        db.session.commit()
    first = GOOD[OLD.builds_on[0]]
    assert f"Usually after: {first.title}" in page(owner, f"/plans/{plan_id}")
    address = f"/plans/{plan_id}/segments/s1/before/{first.slug}"
    answer = owner.post(address, data={"revision": "1"}, headers=HTMX)
    assert "Usually after: " not in answer.get_data(as_text=True).split('id="step-s1"')[1]
    found = steps(app, cast, plan_id)
    titles = [step.title for step in found]
    assert titles.index(first.title) < titles.index(OLD.title)
    owner.post(f"/plans/{plan_id}/undo", data={"revision": "2"}, headers=HTMX)
    assert [step.title for step in steps(app, cast, plan_id)] == [OLD.title]


def test_reading_an_exercise_offers_what_usually_comes_first(owner: FlaskClient, plan_id: str) -> None:
    beside = page(owner, f"/plans/{plan_id}?read=three-doors")
    assert f"Usually after: {GOOD[OLD.builds_on[0]].title}" in beside
    assert "Add it first" in beside


def test_putting_an_exercise_into_a_plan_is_remembered(
    app: Flask, cast: Cast, owner: FlaskClient, colleague: FlaskClient, plan_id: str
) -> None:
    owner.post(f"/plans/{plan_id}/exercises/hand-in-hand", data={"revision": "1"}, headers=HTMX)
    colleague.post("/library/laugh-again/plan", data={"plan": "new", "part": "core", "length": "full"})
    # One that was refused was not put into a plan.
    owner.post(f"/plans/{plan_id}/exercises/three-doors", data={"revision": "9"}, headers=HTMX)
    with app.app_context():
        uses = {(use.member_id, use.exercise_id) for use in db.session.query(ExerciseUse)}
        slugs = {slug: library.record(db.session, cast.owner, slug).id for slug in GOOD}
    assert uses == {(cast.owner.id, slugs["hand-in-hand"]), (cast.colleague.id, slugs["laugh-again"])}


# On paper


def test_a_plan_prints_the_version_that_it_holds_whatever_becomes_of_the_exercise(
    app: Flask, cast: Cast, owner: FlaskClient, colleague: FlaskClient
) -> None:
    with app.app_context():
        found = write(db.session, cast.owner, little(more=SHEET), shared=True)
        slug, digest = found.slug, found.digest
        value = library.exercise(db.session, cast.colleague, slug)[1]
        plan = add(Plan("Second session"), segment_from(value, digest, "core", "s1"))
        plan_id = operations.create(db.session, cast.colleague, plan).id
        library_operations.used(db.session, cast.colleague, found)
        db.session.commit()

    def prints() -> bool:
        sheet = colleague.get(f"/plans/{plan_id}/handouts/preview")
        assert sheet.status_code == 200
        return "Say one good thing about today." in sheet.get_data(as_text=True)

    assert prints()
    other = little("Two cold cups", more=SHEET.replace("one good thing", "nothing"))
    with app.app_context():
        authoring.revise(db.session, cast.owner, slug, other, digest)
        db.session.commit()
    assert prints()
    owner.post(f"/library/{slug}/archive")
    assert prints()
    owner.post(f"/library/{slug}/sharing", data={"shared": "0"})
    assert prints()
    assert colleague.get(f"/library/{slug}").status_code == 404
    assert "This exercise is private now." in page(colleague, f"/library/{slug}/versions/{digest}")


def test_a_step_without_a_sheet_prints_none_and_breaks_nothing(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        found = write(db.session, cast.owner)
        value = library.exercise(db.session, cast.owner, found.slug)[1]
        plan = add(Plan("Second session"), segment_from(value, found.digest, "home", "s1"))
        plan_id, slug = operations.create(db.session, cast.owner, plan).id, found.slug
        db.session.commit()
    for address in ("", "/handouts", "/handouts/preview", "/run-sheet", "/run-sheet/preview"):
        page(owner, f"/plans/{plan_id}{address}")
    for address in ("/handout", "/handout/preview"):
        page(owner, f"/library/{slug}{address}")
    answer = owner.post(f"/library/{slug}/handout", data={"paper": "a4", "sheet": "together"})
    assert answer.status_code == 422


def test_practice_at_home_prints_only_what_is_said_of_it(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    more = f"\n## At home\n- **Dose:** Once, for two minutes.\n{SHEET}"
    with app.app_context():
        found = write(db.session, cast.owner, little(more=more))
        value = library.exercise(db.session, cast.owner, found.slug)[1]
        plan = add(Plan("Second session"), segment_from(value, found.digest, "home", "s1"))
        plan_id = operations.create(db.session, cast.owner, plan).id
        db.session.commit()
    for address, unsaid in (("handouts", "An easier way:"), ("run-sheet", "Easy version:")):
        paper = page(owner, f"/plans/{plan_id}/{address}/preview")
        assert "Once, for two minutes." in paper
        assert unsaid not in paper
