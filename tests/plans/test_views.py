"""The builder's pages: every change works with and without a script, and no typed word is lost."""

from __future__ import annotations

import re

import pytest

from planner.db import db
from planner.plans import operations, queries
from planner.plans import plan as verbs
from planner.plans.plan import Plan
from tests.builders import a_segment
from tests.plans.pages import HTMX, keep, stands


@pytest.fixture
def plan_id(app, cast):
    """A plan of the owner's with a step in two parts."""
    plan = verbs.add(
        Plan("Second session", hope="…laugh once"), a_segment("a", part="arrive", title="Arrive well")
    )
    plan = verbs.add(plan, a_segment("b", title="Hand in hand", words="“Slowly.”", note="my own note"))
    return keep(app, cast.owner, plan)


@pytest.fixture
def now(app, cast, plan_id):
    """The plan as it stands."""
    return lambda: stands(app, cast.owner, plan_id)


def typed_words(answer):
    return answer.get_data(as_text=True)


def test_a_new_plan_has_the_five_parts_in_their_usual_minutes(owner, app, cast):
    answer = owner.post(
        "/plans/new", data={"title": "First", "date": "2026-03-02", "length": "50", "start": "parts"}
    )
    assert answer.status_code == 303
    with app.app_context():
        plan = queries.listed(db.session, cast.owner)[0].plan
    assert [(s.part, s.minutes) for s in plan.segments] == [
        ("arrive", 6),
        ("warm_up", 7),
        ("core", 22),
        ("settle", 8),
        ("close", 7),
    ]
    assert str(plan.date) == "2026-03-02"


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("date", "next Tuesday", "Please write the date as in 2030-04-28, or leave it empty."),
        ("time", "after tea", "Please write the time as in 14:30, or leave it empty."),
    ],
)
def test_a_day_or_an_hour_that_cannot_be_is_said_at_its_field_and_kept(owner, plan_id, field, typed, message):
    new = {"title": "First", "length": "50", "start": "parts", field: typed}
    head = {"title": "First", "length": "50", "revision": "1", field: typed}
    for address, data in (("/plans/new", new), (f"/plans/{plan_id}/head", head)):
        answer = owner.post(address, data=data)
        assert answer.status_code == 422
        assert message in answer.text
        assert f'value="{typed}"' in answer.text


def test_a_new_plan_can_be_empty_and_of_any_length(owner, app, cast):
    owner.post("/plans/new", data={"title": "First", "date": "", "length": "65", "start": "empty"})
    with app.app_context():
        plan = queries.listed(db.session, cast.owner)[0].plan
    assert plan == Plan("First", length=65)


@pytest.mark.parametrize("length", ["", "²", "1_000", "9", "481", "NaN", "-50", "50.5", "fifty", "9" * 50])
def test_a_length_that_is_none_is_named_and_the_rest_is_kept(owner, length):
    answer = owner.post("/plans/new", data={"title": "Kept title", "length": length, "start": "empty"})
    assert answer.status_code == 422
    assert "Kept title" in typed_words(answer)
    assert re.search(r"whole number|10 to 480", typed_words(answer))


def test_an_exercise_takes_the_place_of_an_untouched_laid_out_step(owner, app, cast):
    owner.post("/plans/new", data={"title": "First", "length": "50", "start": "parts"})
    with app.app_context():
        listed = queries.listed(db.session, cast.owner)[0]
    owner.post(f"/plans/{listed.id}/exercises/three-doors", data={"revision": "1"})
    owner.post(f"/plans/{listed.id}/exercises/hand-in-hand", data={"revision": "2", "part": "core"})
    with app.app_context():
        plan = queries.opened(db.session, cast.owner, listed.id).plan
    assert [s.title for s in plan.in_part("core")] == ["Three doors", "Hand in hand"]
    first = plan.in_part("core")[0]
    assert first.areas[0] == "emotional"
    assert first.exercise.slug == "three-doors"
    assert first.words


CHANGES = {
    "segments": {"title": "A new step", "minutes": "5", "part": "close"},
    "segments/b/minutes": {"minutes": "15"},
    "segments/b": {"title": "Changed", "minutes": "10", "words": "“Gently.”", "note": "", "in_handout": "y"},
    "segments/b/up": {},
    "segments/a/down": {},
    "segments/b/move": {"part": "settle", "position": "0"},
    "segments/b/duplicate": {},
    "segments/b/remove": {},
    "segments/b/handout": {"in_handout": "1"},
    "head": {"title": "A better title", "length": "80", "hope": "…rest", "areas": "play", "fears": "hurt"},
    "exercises/three-doors": {"part": "core"},
}


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", CHANGES)
def test_every_change_is_saved_at_once_and_undo_takes_it_back(owner, plan_id, now, path, script):
    before = now().plan
    answer = owner.post(
        f"/plans/{plan_id}/{path}", data=CHANGES[path] | {"revision": "1"}, headers=HTMX if script else {}
    )
    assert answer.status_code == (200 if script else 303)
    if script:
        assert 'id="workspace"' in typed_words(answer)
        assert 'data-revision="2"' in typed_words(answer)
        assert re.search(r'id="status"[^>]*hx-swap-oob="true"[^>]*>[^<]{5,}', typed_words(answer))
        assert "<html" not in typed_words(answer)
    assert now().plan != before
    assert owner.post(f"/plans/{plan_id}/undo", data={"revision": "2"}).status_code == 303
    assert now().plan == before
    owner.post(f"/plans/{plan_id}/redo", data={"revision": "1"})
    assert now().plan != before


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", CHANGES)
def test_a_change_to_a_plan_that_moved_on_is_answered_409_and_changes_nothing(
    owner, plan_id, now, path, script
):
    owner.post(f"/plans/{plan_id}/segments/a/minutes", data={"minutes": "7", "revision": "1"})
    stands = now().plan
    answer = owner.post(
        f"/plans/{plan_id}/{path}", data=CHANGES[path] | {"revision": "1"}, headers=HTMX if script else {}
    )
    assert answer.status_code == 409
    assert "changed elsewhere" in typed_words(answer)
    assert now().plan == stands


def test_the_later_of_two_edits_sees_both_texts_and_loses_neither(owner, plan_id, now):
    first = {
        "title": "Hand in hand",
        "minutes": "10",
        "words": "“Their words.”",
        "note": "",
        "revision": "1",
        "done": "1",
    }
    owner.post(f"/plans/{plan_id}/segments/b", data=first)
    late = first | {"words": "“My words.”"}
    answer = owner.post(f"/plans/{plan_id}/segments/b", data=late, headers=HTMX)
    assert answer.status_code == 409
    assert "“Their words.”" in typed_words(answer)
    assert "“My words.”" in typed_words(answer)
    assert now().plan.segment("b").words == "“Their words.”"
    again = owner.post(f"/plans/{plan_id}/segments/b", data=late | {"revision": "2"}, headers=HTMX)
    assert again.status_code == 200
    assert now().plan.segment("b").words == "“My words.”"


def test_an_edit_of_a_step_that_was_removed_elsewhere_still_shows_what_was_typed(owner, plan_id):
    owner.post(f"/plans/{plan_id}/segments/b/remove", data={"revision": "1"})
    late = {"title": "Hand in hand", "minutes": "10", "words": "“A long typed text.”", "revision": "1"}
    answer = owner.post(f"/plans/{plan_id}/segments/b", data=late, headers=HTMX)
    assert answer.status_code == 409
    assert "“A long typed text.”" in typed_words(answer)


@pytest.mark.parametrize("script", [True, False])
def test_bad_input_is_named_beside_the_field_and_kept(owner, plan_id, now, script):
    before = now().plan
    answer = owner.post(
        f"/plans/{plan_id}/segments/b",
        data={"title": "", "minutes": "²", "words": "“Typed and kept.”", "revision": "1"},
        headers=HTMX if script else {},
    )
    assert answer.status_code == 422
    assert "Please give it a title." in typed_words(answer)
    assert "“Typed and kept.”" in typed_words(answer)
    assert 'aria-invalid="true"' in typed_words(answer)
    assert now().plan == before


@pytest.mark.parametrize("minutes", ["", "0", "241", "abc", "1e3"])
def test_minutes_that_are_none_are_named_in_the_row(owner, plan_id, now, minutes):
    answer = owner.post(
        f"/plans/{plan_id}/segments/b/minutes", data={"minutes": minutes, "revision": "1"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert 'id="minutes-b-error"' in typed_words(answer)
    assert now().number == 1


def test_control_characters_and_null_never_reach_the_plan(owner, plan_id, now):
    owner.post(
        f"/plans/{plan_id}/segments/b",
        data={"title": "Fine\x00 title", "minutes": "10", "words": "a\x07b\r\nc", "revision": "1"},
    )
    assert now().plan.segment("b").title == "Fine title"
    assert now().plan.segment("b").words == "ab\nc"


def test_the_page_shows_times_minutes_coverage_and_what_is_over(owner, plan_id):
    owner.post(f"/plans/{plan_id}/segments/b/minutes", data={"minutes": "45", "revision": "1"})
    page = owner.get(f"/plans/{plan_id}").get_data(as_text=True)
    assert "55 of 50 minutes" in page
    assert "5 over" in page
    assert "0:10" in page
    assert re.search(r"Saved \d\d:\d\d", page)


def test_opening_the_plan_to_colleagues_and_closing_it(owner, colleague, plan_id):
    assert colleague.get(f"/plans/{plan_id}").status_code == 404
    owner.post(f"/plans/{plan_id}/sharing", data={"shared": "1"})
    assert colleague.get(f"/plans/{plan_id}").status_code == 200
    assert colleague.post(f"/plans/{plan_id}/bin").status_code == 403
    owner.post(f"/plans/{plan_id}/sharing", data={"shared": "0"})
    assert colleague.get(f"/plans/{plan_id}").status_code == 404


def test_home_finds_plans_and_the_bin_gives_them_back(owner, plan_id):
    assert "Second session" in owner.get("/?q=laugh").get_data(as_text=True)
    assert "No plan has these words" in owner.get("/?q=zebra").get_data(as_text=True)
    owner.post(f"/plans/{plan_id}/bin")
    assert "Second session" not in owner.get("/").get_data(as_text=True)
    assert owner.get(f"/plans/{plan_id}").status_code == 404
    assert "Second session" in owner.get("/plans/bin").get_data(as_text=True)
    owner.post(f"/plans/{plan_id}/restore")
    assert "Second session" in owner.get("/").get_data(as_text=True)


def test_the_library_beside_the_plan_answers_search_and_facets(owner, plan_id):
    found = owner.get(f"/plans/{plan_id}/shelf?q=doors", headers=HTMX).get_data(as_text=True)
    assert "Three doors" in found
    assert "Hand in hand" not in found
    found = owner.get(f"/plans/{plan_id}?area=affection&part=settle").get_data(as_text=True)
    assert 'id="add-hand-in-hand"' in found
    assert 'id="add-three-doors"' not in found


def test_what_is_open_for_editing_stays_open_while_something_else_is_done(owner, plan_id):
    page = owner.post(
        f"/plans/{plan_id}/segments/a/down", data={"revision": "1", "editing": "b"}, headers=HTMX
    )
    assert 'id="edit-b"' in typed_words(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_new_step_that_comes_too_late_keeps_what_was_typed(owner, plan_id, script):
    owner.post(f"/plans/{plan_id}/segments/a/minutes", data={"minutes": "7", "revision": "1"})
    late = {"title": "Typed with care", "minutes": "5", "part": "core", "revision": "1"}
    answer = owner.post(f"/plans/{plan_id}/segments", data=late, headers=HTMX if script else {})
    assert answer.status_code == 409
    assert 'value="Typed with care"' in typed_words(answer)


def test_a_step_that_finds_the_plan_full_keeps_what_was_typed(owner, app, cast):
    with app.app_context():
        full = Plan("Full", segments=tuple(a_segment(f"s{number}") for number in range(60)))
        full_id = operations.create(db.session, cast.owner, full).id
        db.session.commit()
    one_more = {"title": "Typed with care", "minutes": "5", "part": "core", "revision": "1"}
    answer = owner.post(f"/plans/{full_id}/segments", data=one_more, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="Typed with care"' in typed_words(answer)
    assert "60 steps" in typed_words(answer)


def test_minutes_that_come_too_late_are_kept_and_can_be_set_after_all(owner, plan_id):
    owner.post(f"/plans/{plan_id}/segments/a/minutes", data={"minutes": "7", "revision": "1"})
    answer = owner.post(
        f"/plans/{plan_id}/segments/b/minutes", data={"minutes": "23", "revision": "1"}, headers=HTMX
    )
    assert answer.status_code == 409
    assert re.search(r'id="minutes-b"[^>]*value="23"', typed_words(answer))
    assert "Press Enter to set this after all." in typed_words(answer)


@pytest.mark.parametrize("path", ["segments/a/up", "undo", "redo"])
def test_when_there_was_nothing_to_change_that_is_said(owner, plan_id, path):
    answer = owner.post(f"/plans/{plan_id}/{path}", data={"revision": "1"}, headers=HTMX)
    assert "Nothing to change" in typed_words(answer)


def test_a_refusal_takes_the_place_of_the_last_success(owner, plan_id):
    answer = owner.post(
        f"/plans/{plan_id}/segments/b/minutes", data={"minutes": "0", "revision": "1"}, headers=HTMX
    )
    assert "Not saved yet" in typed_words(answer)


@pytest.mark.parametrize("typed", ["laugh once", "…laugh once", "... laugh once", " … laugh once"])
def test_a_hope_goes_on_from_the_words_before_it(owner, plan_id, now, typed):
    head = {"title": "Second session", "length": "50", "hope": typed, "revision": "1"}
    owner.post(f"/plans/{plan_id}/head", data=head)
    assert now().plan.hope == "laugh once"
