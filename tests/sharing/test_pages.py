"""Templates in the browser: what colleagues see, what they may do, and what strangers may not."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.db import db
from planner.plans import operations as plans
from planner.plans.plan import Plan
from planner.plans.queries import opened
from tests.cast import Cast
from tests.sharing.conftest import PRIVATE

HX = {"HX-Request": "true"}
FORM = {"title": "Asking, small", "when_to_use": "Early on.", "words": "y", "hope": "y", "focus": "y"}


@pytest.fixture
def plan_id(app: Flask, cast: Cast) -> str:
    """The owner's plan, with private notes in it."""
    with app.app_context():
        made = plans.create(db.session(), cast.owner, PRIVATE).id
        db.session.commit()
    return made


def body(client: FlaskClient, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def seen(html: str) -> str:
    """The text of the preview, as one reads it."""
    found = re.search(r'<section id="preview".*?</section>', html, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def publish(client: FlaskClient, plan_id: str, **changes: str) -> str:
    """Publish the plan; returns the new template's address."""
    answer = client.post(f"/plans/{plan_id}/template", data=FORM | changes)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_notes_are_off_at_first_and_nothing_private_is_in_the_preview(
    owner: FlaskClient, plan_id: str
) -> None:
    html = body(owner, f"/plans/{plan_id}/template")
    ticked = set(re.findall(r'<input checked[^>]*name="(words|hope|focus|notes)"', html))
    assert ticked == {"words", "hope", "focus"}
    assert "looked away" not in html
    assert "2031" not in html
    assert "5 May" not in html
    assert "secret-step" not in html


def test_the_preview_is_what_colleagues_see(owner: FlaskClient, colleague: FlaskClient, plan_id: str) -> None:
    for kept in ({}, {"notes": "y"}):
        shown = seen(
            owner.post(f"/plans/{plan_id}/template/preview", data=FORM | kept).get_data(as_text=True)
        )
        address = publish(owner, plan_id, **kept)
        assert seen(body(colleague, address)) == shown
        assert ("looked away" in shown) == bool(kept)


def test_the_preview_comes_alone_for_htmx_and_as_a_page_without_a_script(
    owner: FlaskClient, plan_id: str
) -> None:
    address = f"/plans/{plan_id}/template/preview"
    fragment = owner.post(address, data=FORM | {"title": ""}, headers=HX).get_data(as_text=True)
    assert fragment.startswith('<section id="preview"')
    page = owner.post(address, data=FORM | {"when_to_use": "On a grey day."}).get_data(as_text=True)
    assert "<h1>" in page
    assert page.count("On a grey day.") == 2


def test_previewing_publishes_nothing(owner: FlaskClient, colleague: FlaskClient, plan_id: str) -> None:
    owner.post(f"/plans/{plan_id}/template/preview", data=FORM)
    assert "Asking, small" not in body(colleague, "/templates")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "   "}, "Please give it a title."),
        ({"title": "x" * 121}, "Please keep the title under 120 characters."),
        ({"when_to_use": ""}, "Please say when a colleague would reach for it."),
        ({"when_to_use": "y" * 601}, "Please keep this under 600 characters."),
    ],
)
def test_what_was_typed_stays_when_something_is_missing(
    owner: FlaskClient, plan_id: str, changes: dict[str, str], message: str
) -> None:
    answer = owner.post(f"/plans/{plan_id}/template", data=FORM | changes | {"notes": "y"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in html
    assert all(value.strip() in html for value in (FORM | changes).values())
    assert "Asking, small" not in body(owner, "/templates")


def test_an_empty_plan_says_what_to_do_first(owner: FlaskClient, app: Flask, cast: Cast) -> None:
    with app.app_context():
        empty = plans.create(db.session(), cast.owner, Plan("Nothing yet")).id
        db.session.commit()
    html = body(owner, f"/plans/{empty}/template")
    assert "This plan has no steps yet." in html
    assert owner.post(f"/plans/{empty}/template", data=FORM).status_code == 422


def test_a_colleague_uses_it_and_the_copy_remembers_where_it_came_from(
    owner: FlaskClient, colleague: FlaskClient, app: Flask, cast: Cast, plan_id: str
) -> None:
    address = publish(owner, plan_id)
    assert "Asking, small" in body(colleague, "/templates")
    answer = colleague.post(f"{address}/use")
    assert answer.status_code == 303
    copy = answer.headers["Location"].rsplit("/", 1)[-1]
    with app.app_context():
        here = opened(db.session(), cast.colleague, copy)
        assert here.record.template_id == address.rsplit("/", 1)[-1]
        assert here.record.template_title == "Asking, small"
        assert here.plan.title == "Asking, small"
        assert here.plan.date is None
        assert not any(segment.note for segment in here.plan.segments)
    assert body(owner, f"/plans/{copy}", 404)


def test_a_stranger_finds_nothing(owner: FlaskClient, outsider: FlaskClient, plan_id: str) -> None:
    address = publish(owner, plan_id)
    assert "Asking, small" not in body(outsider, "/templates")
    body(outsider, address, 404)
    for verb in ("use", "withdraw", "put-back"):
        assert outsider.post(f"{address}/{verb}").status_code == 404
    body(outsider, f"/plans/{plan_id}/template", 404)
    assert outsider.post(f"/plans/{plan_id}/template", data=FORM).status_code == 404
    assert outsider.post(f"/plans/{plan_id}/template/preview", data=FORM).status_code == 404
    body(owner, address)


def test_a_colleague_cannot_publish_a_plan_that_is_not_open_to_them(
    colleague: FlaskClient, plan_id: str
) -> None:
    body(colleague, f"/plans/{plan_id}/template", 404)


def test_withdrawing_says_what_it_does_and_can_be_taken_back(
    owner: FlaskClient, colleague: FlaskClient, plan_id: str
) -> None:
    address = publish(owner, plan_id)
    assert "Withdraw it" not in body(colleague, address)
    assert colleague.post(f"{address}/withdraw").status_code == 403
    copy = colleague.post(f"{address}/use").headers["Location"]
    owner.post(f"{address}/withdraw")
    after = body(owner, address)
    assert "Plans that were made from it stay as they are." in after
    assert "Put it back" in after
    assert "Use it" not in after
    body(colleague, address, 404)
    assert colleague.post(f"{address}/use").status_code == 404
    body(colleague, copy)
    assert "Asking, small" not in body(owner, "/templates")
    owner.post(f"{address}/put-back")
    assert "Asking, small" in body(colleague, "/templates")


@pytest.mark.usefixtures("starters")
def test_the_gallery_filters_by_address_and_keeps_its_choices(owner: FlaskClient) -> None:
    html = body(owner, "/templates?area=affection&fear=rejection")
    assert "Rejection: asking for small things" in html
    assert "A first session together" not in html
    assert re.search(r'id="area-affection"[^>]*checked', html)
    assert "No template has all of this." in body(owner, "/templates?area=sexual&fear=hurt")
    body(owner, "/templates?area=%00&fear=&page=%C2%B2&x=1")


@pytest.mark.usefixtures("starters")
def test_for_htmx_the_gallery_sends_rows_counts_and_a_word(owner: FlaskClient) -> None:
    html = owner.get("/templates?fear=hurt", headers=HX).get_data(as_text=True)
    assert html.startswith('<div id="results"')
    assert re.search(r'<div id="facets"\s+hx-swap-oob="true"', html)
    assert "templates</p>" in html
    assert "<h1" not in html


@pytest.mark.usefixtures("starters")
def test_a_starter_shows_every_step_with_its_times_and_cannot_be_withdrawn(owner: FlaskClient) -> None:
    html = body(owner, "/templates/a-first-session")
    text = seen(html)
    for times in ("0–6 min", "6–13 min", "13–17 min", "17–32 min", "43–50 min"):
        assert times in text
    assert "Comes with Reconnect" in text
    assert "Withdraw" not in html
    assert owner.post("/templates/a-first-session/withdraw").status_code == 403


def test_a_practice_without_templates_is_told_how_to_begin(owner: FlaskClient) -> None:
    assert "choose “Save as a template”" in body(owner, "/templates")


def test_signed_out_there_is_nothing_to_see(app: Flask, plan_id: str) -> None:
    client = app.test_client()
    for address in ("/templates", "/templates/a-first-session", f"/plans/{plan_id}/template"):
        assert client.get(address).status_code in (302, 401)
    assert client.post("/templates/a-first-session/use").status_code in (302, 303, 401)


def test_hostile_text_is_shown_and_not_obeyed(owner: FlaskClient, plan_id: str) -> None:
    address = publish(owner, plan_id, title="<script>x</script>", when_to_use="\x00<b>bold</b>\u202e")
    html = body(owner, address)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
    assert "<b>bold" not in html


def test_a_page_past_the_last_one_is_the_last_one(owner):
    assert "A first session" in body(owner, "/templates?page=99")
