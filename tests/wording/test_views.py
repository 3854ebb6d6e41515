"""Remarks on wording in the pages: below fields, on a plan, and quiet for those who want it so."""

from __future__ import annotations

import html
import re
import sqlite3
from contextlib import closing

import pytest

from planner.accounts.models import Member
from planner.db import db
from planner.plans import operations as plans
from planner.wording.forms import LIMIT
from tests.builders import a_plan, a_segment
from tests.plans.pages import HTMX, keep, stands, text_of
from tests.routes import unchanged

LEANS = "Who started the row in the kitchen?"
ALSO = "What went wrong between you in the spring?"


@pytest.fixture
def plan_id(app, cast):
    """A plan of the owner's that leans back in its hope, and in the words and the note of a step."""
    step = a_segment("a", title="Tea", words=f"“Welcome.”\n\n“{LEANS}”", note=ALSO)
    return keep(app, cast.owner, a_plan(step, hope=LEANS))


@pytest.fixture
def now(app, cast, plan_id):
    """The plan as it stands."""
    return lambda: stands(app, cast.owner, plan_id).plan


def checked(client, text, field="hope"):
    return client.post("/wording/check", data={"text": text, "field": field}, headers=HTMX)


def marks(answer):
    """The marks that the remarks of a page would be left under, in order."""
    return re.findall(r'name="mark" value="([0-9a-f]{64})"', answer.text)


def open_on(client, plan_id):
    """How many remarks the builder's bar counts."""
    found = re.search(r"(\d+) remarks? on wording", text_of(client.get(f"/plans/{plan_id}/wording/count")))
    return int(found[1]) if found else 0


# While one types


def test_a_text_is_answered_with_its_words_why_and_what_else_to_say(owner):
    answer = checked(owner, f"“Welcome.”\n\n“{LEANS}”")
    shown = text_of(answer)
    assert "1 remark on the wording" in shown
    assert "Who started" in shown
    assert "to blame" in shown
    assert "Use this instead" in shown
    assert "Leave it" in shown
    assert 'id="hope-wording"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_places_are_counted_as_browsers_count_them(owner):
    text = f"😀 👩‍👩‍👧 “Welcome.”\n\n“{LEANS}”"
    answer = checked(owner, text)
    start, end = (int(re.search(rf'data-{name}="(\d+)"', answer.text)[1]) for name in ("start", "end"))
    words = html.unescape(re.search(r'data-words="([^"]*)"', answer.text)[1])
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == words
    assert words in LEANS


def test_nothing_is_said_about_what_looks_ahead(owner):
    answer = checked(owner, "Tell each other one small thing that you would like this week.")
    assert text_of(answer) == ""
    assert 'id="hope-wording"' in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "😀" * 3000,
        "a" * 6000,
        "? " * 3000,
        f"{LEANS}\x00",
        "</ul><script>alert(1)",
    ],
)
def test_whatever_is_typed_is_answered(owner, text):
    answer = owner.post(
        "/wording/check", data={"text": text.encode("utf-8", "surrogatepass"), "field": "hope"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_of_a_text_that_is_too_long_the_beginning_is_looked_at(owner):
    beginning = f"{LEANS}\n\n"
    answer = checked(owner, beginning + "Tea. " * LIMIT + f"\n\n{ALSO}")
    assert len(marks(answer)) == 1


@pytest.mark.parametrize("field", ["", "1", "a b", '"><script>', "x" * 200])
def test_an_odd_field_is_refused(owner, field):
    assert checked(owner, LEANS, field).status_code == 422


def test_checking_keeps_and_logs_nothing(app, owner, capfd):
    with unchanged(app):
        checked(owner, "Who started the zebra row in the kitchen?")
    assert "zebra" not in "".join(capfd.readouterr())


# Below fields, without a script too


@pytest.mark.parametrize("edit", ["head", "a"])
def test_an_open_form_shows_the_remarks_below_its_fields(owner, plan_id, edit):
    shown = text_of(owner.get(f"/plans/{plan_id}?edit={edit}"))
    assert "1 remark on the wording, below." in shown
    assert "Leave it" in shown


def test_saving_always_works(owner, plan_id, now):
    data = {"revision": "1", "title": LEANS, "length": "50", "hope": f"{LEANS} {ALSO}"}
    assert owner.post(f"/plans/{plan_id}/head", data=data).status_code == 303
    assert now().title == LEANS


def test_a_template_and_ones_own_exercise_are_looked_at_too(owner, plan_id):
    owner.post(f"/plans/{plan_id}/template", data={"title": "", "when_to_use": ALSO})
    answer = owner.post(f"/plans/{plan_id}/template", data={"title": "", "when_to_use": ALSO})
    assert answer.status_code == 422
    assert "1 remark on the wording" in text_of(answer)
    draft = owner.post("/library/write").location
    fields = {"revision": "1", "purpose": ALSO, "words-0-words": f"“{LEANS}”", "words-0-when": "First"}
    owner.post(draft, data=fields)
    assert text_of(owner.get(draft)).count("1 remark on the wording") == 2


# Leaving


def test_what_is_left_stays_away_on_every_page(owner, plan_id):
    (mark,) = marks(checked(owner, LEANS))
    assert open_on(owner, plan_id) == 3
    answer = owner.post("/wording/leave", data={"mark": mark}, headers=HTMX)
    assert "Left as it is" in answer.text
    assert answer.headers["HX-Trigger"] == "wording-left"
    assert marks(checked(owner, f"“Good.”\n\n“{LEANS}”")) == []
    assert open_on(owner, plan_id) == 1


def test_without_a_script_a_page_says_that_it_was_left(owner):
    (mark,) = marks(checked(owner, LEANS))
    assert "Left as it is" in text_of(owner.post("/wording/leave", data={"mark": mark}))
    assert marks(checked(owner, LEANS)) == []


def test_it_is_left_for_oneself_only(owner, colleague):
    (mark,) = marks(checked(owner, LEANS))
    owner.post("/wording/leave", data={"mark": mark})
    colleague.post("/wording/leave", data={"mark": mark})
    assert len(marks(checked(colleague, LEANS))) == 1


@pytest.mark.parametrize("mark", ["", "x", "g" * 64, "0" * 63, "0" * 64 + "\n"])
def test_an_odd_mark_is_refused(owner, mark):
    assert owner.post("/wording/leave", data={"mark": mark}).status_code == 422


# On a plan


def test_the_builder_counts_what_is_open_and_leads_to_it(owner, plan_id):
    page = owner.get(f"/plans/{plan_id}")
    assert "3 remarks on wording" in text_of(page)
    assert f'href="/plans/{plan_id}/wording"' in page.text
    shown = text_of(owner.get(f"/plans/{plan_id}/wording"))
    assert shown.index("The hope") < shown.index("Words to say") < shown.index("Note for myself")
    assert "edit=a#step-a" in owner.get(f"/plans/{plan_id}/wording").text


def use(client, plan_id, answer, place, revision="1", **how):
    """Press “Use this instead” of the remark on `place`: a step's id and a field."""
    form = next(
        dict(re.findall(r'name="(\w+)" value="([^"]*)"', each))
        for each in re.findall(r"<form.*?</form>", answer.text, re.S)
        if f'name="segment" value="{place[0]}"' in each and f'name="field" value="{place[1]}"' in each
    )
    return client.post(f"/plans/{plan_id}/wording/use", data=form | {"revision": revision}, **how)


def test_using_what_is_offered_is_a_change_of_the_plan_that_can_be_undone(owner, plan_id, now):
    before = now()
    page = owner.get(f"/plans/{plan_id}/wording")
    answer = use(owner, plan_id, page, ("a", "words"), headers=HTMX)
    assert answer.status_code == 200
    assert now().segment("a").words.startswith("“Welcome.”\n\n“")
    assert LEANS not in now().segment("a").words
    assert now().hope == LEANS
    assert open_on(owner, plan_id) == 2
    owner.post(f"/plans/{plan_id}/undo", data={"revision": "2"})
    assert now() == before


def test_using_it_on_a_plan_that_was_changed_elsewhere_changes_nothing(owner, plan_id, now):
    page = owner.get(f"/plans/{plan_id}/wording")
    owner.post(f"/plans/{plan_id}/segments/a/minutes", data={"revision": "1", "minutes": "12"})
    before = now()
    for how in ({}, {"headers": HTMX}):
        answer = use(owner, plan_id, page, ("", "hope"), **how)
        assert answer.status_code == 409
        assert "changed elsewhere" in text_of(answer)
    assert now() == before


def test_leaving_on_the_plans_page_leaves_the_others(owner, plan_id, now):
    page = owner.get(f"/plans/{plan_id}/wording")
    answer = owner.post(f"/plans/{plan_id}/wording/leave", data={"mark": marks(page)[-1]})
    assert answer.status_code == 303
    assert open_on(owner, plan_id) == 2
    answer = owner.post(f"/plans/{plan_id}/wording/leave", data={"mark": marks(page)[0]}, headers=HTMX)
    assert "Nothing is open" in text_of(answer)
    assert now().hope == LEANS


def test_a_colleague_sees_the_remarks_on_a_plan_that_is_open_to_them(app, cast, colleague, plan_id):
    assert colleague.get(f"/plans/{plan_id}/wording").status_code == 404
    with app.app_context():
        plans.share(db.session, cast.owner, plan_id, True)
        db.session.commit()
    assert open_on(colleague, plan_id) == 3


def test_an_exercise_that_ships_is_not_remarked_on(owner, plan_id):
    before = open_on(owner, plan_id)
    owner.post(f"/plans/{plan_id}/exercises/outside-weather-inside-team", data={"revision": "1"})
    assert open_on(owner, plan_id) == before


# Quiet


def test_remarks_can_be_turned_off_and_on(app, cast, owner, colleague, plan_id):
    page = owner.get("/account")
    assert "one school among several" in text_of(page)
    assert owner.post("/account/wording", data={"on": "0"}).status_code == 303
    assert "Turn them on" in text_of(owner.get("/account"))
    assert marks(checked(owner, LEANS)) == []
    for address in ("", "?edit=head", "/wording"):
        page = owner.get(f"/plans/{plan_id}{address}")
        assert "remark on" not in text_of(page)
        assert "wording.js" not in page.text
        assert "-remarks" not in page.text
    assert len(marks(checked(colleague, LEANS))) == 1
    owner.post("/account/wording", data={"on": "1"})
    assert open_on(owner, plan_id) == 3
    owner.post("/account/wording", data={"on": "perhaps"})
    with app.app_context():
        assert db.session.get(Member, cast.owner.id).wording_remarks


def test_what_was_left_is_counted_and_can_be_forgotten(owner, plan_id):
    assert "Forget these" not in text_of(owner.get("/account"))
    for mark in marks(owner.get(f"/plans/{plan_id}/wording")):
        owner.post("/wording/leave", data={"mark": mark})
    assert "2 remarks do not show any more" in text_of(owner.get("/account"))
    owner.post("/account/wording/forget")
    assert "Forget these" not in text_of(owner.get("/account"))
    assert open_on(owner, plan_id) == 3


def test_a_visitor_is_asked_to_sign_in(app):
    visitor = app.test_client()
    assert visitor.post("/wording/check", data={"text": LEANS, "field": "hope"}).status_code == 401
    assert "wording.js" not in visitor.get("/sign-in").text


def test_checking_does_not_wait_for_those_who_write(app, owner):
    """On SQLite there is one writer at a time; whoever types should not notice."""
    folder = app.extensions["settings"].folder
    with closing(sqlite3.connect(folder / "planner.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert len(marks(checked(owner, LEANS))) == 1
