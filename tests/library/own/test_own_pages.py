"""Pages of one's own exercises: what stands on them, for whom, and what they ask before they do it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.db import db
from planner.library import operations, queries
from planner.library.models import ExerciseDraft
from planner.library.own import authoring
from planner.library.own.authoring import Origin
from planner.library.writing import drafts
from planner.plans import operations as plans
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Plan, add
from tests import shipped
from tests.cast import Cast
from tests.library.samples import SHEET, little, text, write

SLUG = "two-warm-cups-0a1b2c"
PAGE = f"/library/{SLUG}"
GOOD = shipped.sources()


@pytest.fixture
def mine(app: Flask, cast: Cast) -> list[str]:
    """An exercise of the owner's in two versions; their digests, the one that stands last."""
    with app.app_context():
        found = write(db.session, cast.owner)
        first = found.digest
        authoring.revise(db.session, cast.owner, SLUG, little("Two cold cups", more=SHEET), first)
        db.session.commit()
        return [first, found.digest]


def shared(app: Flask, cast: Cast, on: bool = True) -> None:
    with app.app_context():
        authoring.share(db.session, cast.owner, SLUG, on)
        db.session.commit()


def stands(app: Flask, cast: Cast) -> tuple[str, bool, bool]:
    """Digest, shared, listed."""
    with app.app_context():
        found = queries.record(db.session, cast.owner, SLUG)
        return found.digest, found.shared, found.listed


# The exercise's page


@pytest.mark.usefixtures("mine")
def test_ones_own_page_says_so_and_offers_what_one_can_do(owner: FlaskClient) -> None:
    page = text(owner, PAGE)
    for words in ("Written by you. Only you see it.", "Change it", "Versions", "Share with the practice"):
        assert words in page
    assert "Delete" in page
    assert "Make my own version" not in page


@pytest.mark.usefixtures("mine")
def test_a_colleague_sees_who_wrote_it_once_it_is_shared(owner: FlaskClient, colleague: FlaskClient) -> None:
    text(colleague, PAGE, code=404)
    owner.post(f"{PAGE}/sharing", data={"shared": "1"})
    page = text(colleague, PAGE)
    assert "Written by Owner, and shared with the practice." in page
    assert "Make my own version" in page
    for words in ("Change it", "Make private", "Archive", "Delete"):
        assert words not in page
    assert "Shared by Owner" in text(colleague, "/library?q=cold+cups")
    assert "Yours, shared" in text(owner, "/library?q=cold+cups")
    assert "Private" not in text(colleague, "/library/mine").replace("Private things", "")


def test_another_practice_finds_none_of_it(
    app: Flask, cast: Cast, outsider: FlaskClient, mine: list[str]
) -> None:
    shared(app, cast)
    for address in (PAGE, f"{PAGE}/versions", f"{PAGE}/versions/{mine[1]}", f"{PAGE}/handout"):
        assert outsider.get(address).status_code == 404, address
    for address in ("/star", "/plan", "/note", "/adapt", "/change", "/sharing", "/archive", "/delete"):
        assert outsider.post(PAGE + address, data={"shared": "1"}).status_code == 404, address
    assert "cups" not in text(outsider, "/library?q=cold+cups").replace("“cold cups”", "")


def test_an_exercise_without_a_sheet_says_so(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    with app.app_context():
        write(db.session, cast.owner)
        db.session.commit()
    page = text(owner, PAGE)
    assert "This exercise has no sheet." in page
    assert "Print the handout" not in page
    assert "Words to say" not in page


def test_starter_exercises_offer_a_version_of_ones_own(owner: FlaskClient) -> None:
    page = text(owner, "/library/three-doors")
    assert "Make my own version" in page
    assert "Change it" not in page


# Writing, and adapting


def test_changing_opens_a_draft_and_nothing_else_happens(
    app: Flask, cast: Cast, owner: FlaskClient, mine: list[str]
) -> None:
    answer = owner.post(f"{PAGE}/change")
    with app.app_context():
        (draft,) = drafts.mine(db.session, cast.owner)
    assert answer.location.endswith(f"/library/drafts/{draft.id}")
    assert stands(app, cast)[0] == mine[1]
    assert "Two cold cups" in text(owner, "/library/mine").split("Private")[0]


def test_adapting_makes_a_draft_that_knows_its_origin(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    owner.post("/library/three-doors/adapt")
    with app.app_context():
        draft = db.session.scalars(select(ExerciseDraft)).one()
        doors = queries.record(db.session, cast.owner, "three-doors")
        assert (draft.origin_slug, draft.origin_digest) == (doors.slug, doors.digest)
        assert draft.member_id == cast.owner.id


def test_nobody_else_may_change_it(app: Flask, cast: Cast, colleague: FlaskClient, mine: list[str]) -> None:
    shared(app, cast)
    for address in ("/change", "/sharing", "/archive", "/bring-back", "/delete"):
        assert colleague.post(PAGE + address, data={"shared": "0"}).status_code == 403, address
    answer = colleague.post(f"{PAGE}/versions/{mine[1]}/restore", data={"base": mine[1]})
    assert answer.status_code == 403
    assert stands(app, cast) == (mine[1], True, True)


# The list of one's own


def test_the_list_of_ones_own_begins_with_a_word(owner: FlaskClient) -> None:
    page = text(owner, "/library/mine")
    assert "What you write or adapt will stand here." in page
    assert "Write an exercise" in page
    assert "Yours" in text(owner, "/library")


@pytest.mark.usefixtures("mine")
def test_ones_own_stand_in_groups(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    with app.app_context():
        write(db.session, cast.owner, little("Shared cups"), shared=True, slug="shared-0a1b2c")
        write(db.session, cast.owner, little("Archived cups"), slug="archived-0a1b2c")
        authoring.archive(db.session, cast.owner, "archived-0a1b2c")
        db.session.commit()
    page = text(owner, "/library/mine")
    order = [
        "Private",
        "Two cold cups",
        "Shared with the practice",
        "Shared cups",
        "Archived",
        "Archived cups",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


# Archiving and deleting


@pytest.mark.usefixtures("mine")
def test_both_ask_first(owner: FlaskClient) -> None:
    page = text(owner, f"{PAGE}/archive")
    assert "Delete “Two cold cups”?" in page
    assert "There is no way back." in page
    assert "Put it in the archive" in page


@pytest.mark.usefixtures("mine")
def test_deleting_is_for_good(owner: FlaskClient) -> None:
    answer = owner.post(f"{PAGE}/delete")
    assert answer.location.endswith("/library/mine")
    assert "“Two cold cups” is deleted." in text(owner, "/library/mine")
    text(owner, PAGE, code=404)


@pytest.mark.usefixtures("mine")
def test_what_a_plan_uses_is_archived_and_comes_back(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    owner.post(f"{PAGE}/plan", data={"plan": "new", "part": "warm_up", "length": "full"})
    assert "Archive “Two cold cups”?" in text(owner, f"{PAGE}/archive")
    refused = owner.post(f"{PAGE}/delete")
    assert refused.status_code == 422
    assert "can be archived but not deleted" in refused.get_data(as_text=True)
    owner.post(f"{PAGE}/archive")
    assert not stands(app, cast)[2]
    page = text(owner, PAGE)
    assert "This exercise is in the archive." in page
    assert "Bring it back" in page
    owner.post(f"{PAGE}/bring-back")
    assert stands(app, cast)[2]


# Versions


def test_versions_are_listed_compared_and_read(owner: FlaskClient, mine: list[str]) -> None:
    page = text(owner, f"{PAGE}/versions")
    assert page.count("by Owner") == 2
    assert page.index("stands now") < page.index("Compare, or bring it back")
    page = text(owner, f"{PAGE}/versions/{mine[0]}/changes")
    assert "Two taken out: warm put in: cold cups" in page
    assert "Sheet for both" in page
    assert "Bring this version back" in page
    assert "The exercise has changed since." in text(owner, f"{PAGE}/versions/{mine[0]}")
    assert "It stands in the library now." in text(owner, f"{PAGE}/versions/{mine[1]}")
    text(owner, f"{PAGE}/versions/{'0' * 64}", 404)


def test_restoring_makes_it_stand_again(app: Flask, cast: Cast, owner: FlaskClient, mine: list[str]) -> None:
    owner.post(f"{PAGE}/versions/{mine[0]}/restore", data={"base": mine[1]})
    assert stands(app, cast)[0] == mine[0]
    assert "Two warm cups" in text(owner, PAGE)


def test_restoring_over_a_change_that_one_has_not_seen_is_refused(
    app: Flask, cast: Cast, owner: FlaskClient, mine: list[str]
) -> None:
    answer = owner.post(f"{PAGE}/versions/{mine[0]}/restore", data={"base": mine[0]})
    assert answer.status_code == 409
    assert "was changed while you looked" in answer.get_data(as_text=True)
    assert stands(app, cast)[0] == mine[1]


def test_restoring_what_builds_on_something_that_is_gone_says_why(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        write(db.session, cast.owner, little("First"), slug="first-0a1b2c")
        found = write(db.session, cast.owner, little(front="builds_on: [first-0a1b2c]\n"))
        old = found.digest
        authoring.revise(db.session, cast.owner, SLUG, little("Alone"), old)
        authoring.remove(db.session, cast.owner, "first-0a1b2c")
        base = found.digest
        db.session.commit()
    answer = owner.post(f"{PAGE}/versions/{old}/restore", data={"base": base})
    assert answer.status_code == 422
    assert "There is no exercise “first-0a1b2c”" in answer.get_data(as_text=True)


def test_colleagues_read_shared_versions_and_do_not_restore(
    app: Flask, cast: Cast, colleague: FlaskClient, mine: list[str]
) -> None:
    shared(app, cast)
    page = text(colleague, f"{PAGE}/versions")
    assert page.count("by Owner") == 1
    assert "bring it back" not in page
    shared(app, cast, on=False)
    text(colleague, f"{PAGE}/versions", 404)
    assert "This exercise is private now." in text(colleague, f"{PAGE}/versions/{mine[1]}")
    text(colleague, f"{PAGE}/versions/{mine[0]}", 404)


def test_an_older_version_of_a_starter_exercise_can_be_opened(
    app: Flask, cast: Cast, outsider: FlaskClient
) -> None:
    with app.app_context():
        old = queries.record(db.session, cast.owner, "three-doors").digest
        operations.load(db.session, upgraded().values())
        db.session.commit()
    assert "The exercise has changed since." in text(outsider, f"/library/three-doors/versions/{old}")
    assert "put in: Both" in text(outsider, f"/library/three-doors/versions/{old}/changes")
    assert text(outsider, "/library/three-doors/versions").count("came with the planner") == 2


# When the original changed


def upgraded() -> dict[str, tuple[object, str]]:
    """The library as a newer release ships it: “Three doors” has another summary."""
    texts = {one.slug: (one, source) for one, source in GOOD}
    doors, source = texts["three-doors"]
    texts["three-doors"] = (doors, source.replace("Partners take turns", "Both take turns", 1))
    return texts


@pytest.fixture
def adapted(app: Flask, cast: Cast) -> str:
    """The owner's version of “Three doors”, which has changed since. The digest of the original now."""
    with app.app_context():
        doors = queries.record(db.session, cast.owner, "three-doors")
        origin = Origin(doors.slug, doors.digest)
        authoring.create(db.session, cast.owner, SLUG, little("My doors"), origin=origin)
        operations.load(db.session, upgraded().values())
        db.session.commit()
        return doors.digest


@pytest.mark.usefixtures("adapted")
def test_it_says_that_the_original_changed_and_shows_what(owner: FlaskClient) -> None:
    page = text(owner, PAGE)
    assert "The original, “Three doors”, changed on" in page
    assert "Made from Three doors" in page
    page = text(owner, f"{PAGE}/original")
    assert "taken out: Partners put in: Both take turns" in page
    assert "Keep mine as it is" in page


def test_keeping_it_as_it_is_ends_the_notice(
    app: Flask, cast: Cast, owner: FlaskClient, adapted: str
) -> None:
    before = stands(app, cast)
    assert owner.post(f"{PAGE}/original/keep", data={"seen": "0" * 64}).status_code == 409
    owner.post(f"{PAGE}/original/keep", data={"seen": adapted})
    assert "changed on" not in text(owner, PAGE)
    assert "has not changed since you last looked" in text(owner, f"{PAGE}/original")
    assert stands(app, cast) == before


def test_bringing_changes_in_opens_a_draft_and_changes_nothing(
    app: Flask, cast: Cast, owner: FlaskClient, adapted: str
) -> None:
    before = stands(app, cast)
    answer = owner.post(f"{PAGE}/original/bring")
    with app.app_context():
        (draft,) = drafts.mine(db.session, cast.owner)
        assert answer.location.endswith(f"/library/drafts/{draft.id}")
        assert draft.origin_digest == adapted
        draft_id, revision = draft.id, draft.revision
    assert stands(app, cast) == before
    assert "changed on" in text(owner, PAGE), "until the draft is saved"
    beside = text(owner, answer.location)
    assert "What changed in “Three doors”" in beside
    assert "taken out: Partners put in: Both take turns" in beside
    assert "What changed in" not in text(owner, owner.post("/library/hand-in-hand/adapt").location)
    with app.app_context():
        drafts.publish(db.session, cast.owner, draft_id, revision)
        db.session.commit()
    assert "changed on" not in text(owner, PAGE)


# Templates


@pytest.mark.usefixtures("mine")
def test_saving_a_template_says_which_exercises_are_private(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        record, value = queries.exercise(db.session, cast.owner, SLUG)
        plan = add(Plan("Second session"), segment_from(value, record.digest, "core", "s1"))
        plan_id = plans.create(db.session, cast.owner, plan).id
        db.session.commit()
    page = text(owner, f"/plans/{plan_id}/template")
    assert "One exercise in this plan is private: Two cold cups" in page
    preview = owner.get(f"/plans/{plan_id}/template").get_data(as_text=True).split('id="preview"')[1]
    assert f'href="{PAGE}"' not in preview, "colleagues could not open it"
    shared(app, cast)
    assert "is private" not in text(owner, f"/plans/{plan_id}/template")
