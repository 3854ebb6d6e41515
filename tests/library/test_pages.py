"""The library in the browser: with and without a script, for members only."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.db import db
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.operations import load
from planner.plans import operations as plan_operations
from planner.plans import queries as plan_queries
from planner.plans.plan import MAX_SEGMENTS, Plan, Segment
from tests import shipped
from tests.cast import Cast

GOOD = shipped.sources()
DIAL = next(one for one, _ in GOOD if one.slug == "closeness-dial")
HTMX = {"HX-Request": "true"}


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def slugs(answer: TestResponse) -> list[str]:
    return re.findall(r'<h3><a href="/library/([a-z0-9-]+)">', text(answer))


def test_the_whole_library_is_listed(owner: FlaskClient) -> None:
    first = owner.get("/library")
    assert first.status_code == 200
    assert f"{len(GOOD)} exercises" in text(first)
    pages = range(1, -(-len(GOOD) // browsing.PAGE) + 1)
    found = [slug for page in pages for slug in slugs(owner.get(f"/library?page={page}"))]
    assert found[:50] == slugs(first)
    assert sorted(found) == sorted(one.slug for one, _ in GOOD)


def test_an_address_can_be_shared(owner: FlaskClient, colleague: FlaskClient) -> None:
    address = "/library?q=touch&area=sexual&area=self&minutes=15&for=couple"
    answer = owner.get(address)
    assert 0 < len(slugs(answer)) < len(GOOD)
    assert slugs(answer) == slugs(colleague.get(address))
    assert 'value="touch"' in text(answer)


def test_typing_answers_with_results_facets_and_words_for_the_status_line(owner: FlaskClient) -> None:
    answer = owner.get("/library?q=touch&minutes=", headers=HTMX | {"HX-Trigger-Name": "q"})
    page = text(answer)
    assert "<html" not in page
    assert page.index('id="results"') < page.index('id="facets"') < page.index('id="status"')
    assert page.count('hx-swap-oob="true"') == 2
    assert answer.headers["HX-Replace-Url"] == "/library?q=touch"
    assert "HX-Request" in answer.headers["Vary"]


def test_a_choice_makes_an_address_to_come_back_from(owner: FlaskClient) -> None:
    now = {"HX-Current-URL": "http://localhost/library?area=self"}
    answer = owner.get("/library?area=self&mode=solo", headers=HTMX | now)
    assert answer.headers["HX-Push-Url"] == "/library?area=self&mode=solo"
    again = owner.get("/library?area=self", headers=HTMX | now)
    assert not {"HX-Push-Url", "HX-Replace-Url"} & set(again.headers.keys())


def test_finding_nothing_says_what_to_give_up(owner: FlaskClient) -> None:
    page = text(owner.get("/library?q=quokkaquokka&area=self"))
    assert "Nothing fits all of this together" in page
    assert "Without the words “quokkaquokka”" in page
    assert 'href="/library?area=self"' in page


def test_no_search_breaks_the_page(owner: FlaskClient) -> None:
    for query in ("c'est", "x-y", "AND", "foo:bar", '"', "*", "(", "%00", "%ED%A0%80", "a" * 3000):
        assert owner.get(f"/library?q={query}&page=%C2%B2&area=x").status_code == 200, query


def test_an_exercise_shows_the_counsellors_view_and_the_clients_sheets(owner: FlaskClient) -> None:
    page = text(owner.get("/library/closeness-dial"))
    for heading in ("Purpose", "Before you begin", "Steps", "Words to say", "Watch for", "Talk it over"):
        assert f"<h3>{heading}</h3>" in page
    for heading in ("If it goes badly", "Other ways to do it", "Practice at home", "Where it comes from"):
        assert f"<h3>{heading}</h3>" in page
    for words in (
        "For both",
        "For A alone",
        "For B alone",
        "Linked in studies",
    ):
        assert words in page
    assert DIAL.handouts[0].title in " ".join(re.sub("<[^>]+>", "", page).split())
    assert DIAL.source.citation[:40] in page.replace("&amp;", "&")
    assert "{partner}" not in page.lower()
    assert page.count('class="primary"') == 1


def test_every_exercise_has_its_page(colleague: FlaskClient) -> None:
    assert {one.slug: colleague.get(f"/library/{one.slug}").status_code for one, _ in GOOD} == {
        one.slug: 200 for one, _ in GOOD
    }


def test_the_words_of_the_field_are_explained_honestly(owner: FlaskClient) -> None:
    page = text(owner.get("/library/areas"))
    for words in ("our choice", "one school among several", "Nothing here is a fact about men or women"):
        assert words in page
    assert "Studies found the two go together" in page
    assert 'href="/library/areas"' in text(owner.get("/library"))


def test_what_is_not_in_the_library_is_not_found(owner: FlaskClient) -> None:
    assert owner.get("/library/no-such-exercise").status_code == 404
    for verb in ("star", "unstar", "plan"):
        assert owner.post(f"/library/no-such-exercise/{verb}").status_code == 404


def test_an_exercise_that_no_longer_ships_says_so(app: Flask, owner: FlaskClient) -> None:
    with app.app_context():
        load(db.session, [pair for pair in GOOD if pair[0] is not DIAL])
        db.session.commit()
    assert "no longer in the library" in text(owner.get("/library/closeness-dial"))
    assert "closeness-dial" not in slugs(owner.get("/library"))


def test_nothing_is_shown_to_people_who_are_not_signed_in(app: Flask) -> None:
    client = app.test_client()
    for address in ("/library", "/library/areas", "/library/closeness-dial"):
        answer = client.get(address)
        assert answer.status_code in (302, 303, 401)
        assert "closeness" not in text(answer).replace("/library/closeness-dial", "")


def test_a_star_is_put_and_taken_with_and_without_a_script(
    owner: FlaskClient, colleague: FlaskClient
) -> None:
    answer = owner.post("/library/closeness-dial/star")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/library/closeness-dial")
    assert slugs(owner.get("/library?starred=yes")) == ["closeness-dial"]
    assert slugs(colleague.get("/library?starred=yes")) == []
    answer = owner.post("/library/closeness-dial/unstar", headers=HTMX)
    assert 'id="star-closeness-dial"' in text(answer)
    assert answer.headers["HX-Trigger"] == "starred"
    assert slugs(owner.get("/library?starred=yes")) == []


def test_reading_never_writes(app: Flask, owner: FlaskClient, cast: Cast) -> None:
    assert owner.get("/library/closeness-dial/star").status_code == 405
    assert owner.get("/library/closeness-dial/plan").status_code == 405
    with app.app_context():
        assert browsing.browse(db.session, cast.owner, Wanted(starred=("yes",))).total == 0


def new_plan(app: Flask, cast: Cast, who: str, steps: int = 0) -> str:
    plan = Plan(title=f"Plan of the {who}")
    segments = tuple(Segment(id=f"s{n}", part="core", title="A step", minutes=1) for n in range(steps))
    with app.app_context():
        record = plan_operations.create(db.session, getattr(cast, who), replace(plan, segments=segments))
        db.session.commit()
        return record.id


def plan_now(app: Flask, cast: Cast, plan_id: str, who: str = "owner") -> Plan:
    with app.app_context():
        return plan_queries.opened(db.session, getattr(cast, who), plan_id).plan


def test_an_exercise_goes_into_one_of_my_plans(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    plan_id = new_plan(app, cast, "owner")
    assert "Plan of the owner" in text(owner.get("/library/closeness-dial"))
    sent = {"plan": plan_id, "part": "arrive", "length": "short"}
    answer = owner.post("/library/closeness-dial/plan", data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}")
    (segment,) = plan_now(app, cast, plan_id).segments
    assert (segment.title, segment.part, segment.minutes) == (DIAL.title, "arrive", DIAL.minutes.short)
    with app.app_context():
        assert plan_queries.opened(db.session, cast.owner, plan_id).undo is not None


def test_an_exercise_can_begin_a_new_plan(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    answer = owner.post(
        "/library/closeness-dial/plan", data={"plan": "new", "part": "arrive", "length": "full"}
    )
    plan = plan_now(app, cast, answer.headers["Location"].rsplit("/", 1)[-1])
    assert [s.part for s in plan.segments] == ["arrive", "warm_up", "core", "settle", "close"]
    assert plan.segments[0].title == DIAL.title


def test_a_choice_that_is_not_offered_is_refused_and_nothing_changes(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    plan_id = new_plan(app, cast, "owner")
    good = {"plan": plan_id, "part": "core", "length": "full"}
    for odd in (
        {"plan": "nowhere"},
        {"part": "middle"},
        {"length": "longest"},
        {"plan": "\x00"},
        {"part": ""},
    ):
        answer = owner.post("/library/closeness-dial/plan", data=good | odd)
        assert answer.status_code == 422, odd
        assert "Please choose from the list." in text(answer)
    assert plan_now(app, cast, plan_id).segments == ()


def test_nobody_adds_to_a_plan_that_they_cannot_open(
    app: Flask, cast: Cast, colleague: FlaskClient, outsider: FlaskClient
) -> None:
    plan_id = new_plan(app, cast, "owner")
    for client in (colleague, outsider):
        assert "Plan of the owner" not in text(client.get("/library/closeness-dial"))
        sent = {"plan": plan_id, "part": "core", "length": "full"}
        assert client.post("/library/closeness-dial/plan", data=sent).status_code == 422
    assert plan_now(app, cast, plan_id).segments == ()


def test_a_full_plan_says_so(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    plan_id = new_plan(app, cast, "owner", steps=MAX_SEGMENTS)
    sent = {"plan": plan_id, "part": "core", "length": "full"}
    answer = owner.post("/library/closeness-dial/plan", data=sent)
    assert answer.status_code == 422
    assert f"room for {MAX_SEGMENTS} steps" in text(answer)
    assert len(plan_now(app, cast, plan_id).segments) == MAX_SEGMENTS
