"""Programmes in the browser's language: pages, forms, refusals, and what others may not see."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from planner.db import db
from planner.plans import operations as plans
from planner.plans import queries as plan_queries
from planner.programmes import queries
from tests.builders import a_plan

HTMX = {"HX-Request": "true"}
NEW = {"title": "Closer again", "count": "8", "length": "50", "weeks": "1"}


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def kinds(course):
    return [session.kind for session in course.now().programme.sessions]


def order(course):
    return "".join(session.id for session in course.now().programme.sessions)


def test_a_new_programme_is_laid_out_with_reviews_and_an_ending(owner, app, cast):
    answer = owner.post("/programmes/new", data=NEW | {"begins": "2031-01-07", "areas": "play"})
    assert answer.status_code == 303
    page = owner.get(answer.location)
    assert "8 sessions" in text_of(page)
    assert "due Tue 28 Jan 2031" in text_of(page)
    with app.app_context():
        made = queries.opened(db.session, cast.owner, answer.location.rsplit("/", 1)[1]).programme
    assert [session.kind for session in made.sessions] == [
        *("ordinary", "ordinary", "ordinary", "review"),
        *("ordinary", "ordinary", "ordinary", "ending"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", " ", "Please give it a title."),
        ("count", "21", "Please begin with 1 to 20 sessions"),
        ("count", "0", "Please begin with 1 to 20 sessions"),
        ("length", "5", "A session lasts from 10 to 480 minutes."),
        ("begins", "in spring", "Please write the date as in 2030-04-28, or leave it empty."),
        ("hope", "x" * 601, "Please keep the hope under 600 characters."),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(owner, field, value, message):
    answer = owner.post("/programmes/new", data=NEW | {"hope": "they laugh", field: value})
    assert answer.status_code == 422
    assert message in answer.text
    assert "Closer again" in answer.text or field == "title"
    assert owner.get("/programmes").text.count("programme-line") == 0


def test_sessions_are_put_in_order_by_every_way(owner, course):
    course.post(owner, "/sessions/b/up")
    assert order(course) == "bacd"
    course.post(owner, "/sessions/b/down")
    course.post(owner, "/sessions/c/move", position="0")
    assert order(course) == "cabd"
    course.post(owner, "/undo")
    assert order(course) == "abcd"
    course.post(owner, "/undo")
    assert order(course) == "cabd"


def test_aim_and_kind_are_saved_in_the_row(owner, course):
    answer = course.post(owner, "/sessions/b", aim="Ask  for\nlittle things", kind="review")
    assert answer.status_code == 303
    assert course.now().programme.session("b").aim == "Ask for little things"
    assert kinds(course) == ["ordinary", "review", "ordinary", "ending"]
    course.post(owner, "/sessions/b", aim="Ask", kind="ending")
    assert kinds(course) == ["ordinary", "ending", "ordinary", "ordinary"]
    refused = course.post(owner, "/sessions/b", aim="x" * 301, kind="ending")
    assert refused.status_code == 422
    assert "Please keep the aim under 300 characters." in refused.text
    assert "x" * 301 in refused.text


def test_two_tabs_are_shown_both_texts(owner, course):
    owner.post(course.address + "/sessions/a", data={"number": "1", "aim": "What stands", "kind": "ordinary"})
    data = {"number": "1", "aim": "What I typed", "kind": "ordinary"}
    answer = owner.post(course.address + "/sessions/a", data=data, headers=HTMX)
    assert answer.status_code == 409
    assert "What stands" in answer.text
    assert "What I typed" in answer.text
    assert course.now().programme.session("a").aim == "What stands"
    again = course.post(owner, "/sessions/a", aim="What I typed", kind="ordinary")
    assert again.status_code == 303
    head = {"number": "1", "title": "Typed title", "length": "50", "weeks": "1"}
    answer = owner.post(course.address + "/head", data=head)
    assert answer.status_code == 409
    assert "Typed title" in answer.text
    assert "Confidential programme" in answer.text


def test_a_click_on_an_old_page_changes_nothing_and_says_so(owner, course):
    for path in ("/sessions/a/down", "/sessions", "/undo", "/sessions/d/plan", "/sessions/a/detach"):
        answer = owner.post(course.address + path, data={"number": "99"})
        assert answer.status_code == 409, path
        assert "This programme was changed elsewhere" in answer.text
    assert course.post(owner, "/sessions/gone/remove").status_code == 409
    assert course.now().number == 1


def test_planning_a_session_makes_its_plan(owner, course, app, cast):
    head = {"title": "Closer", "begins": "2031-01-07", "weeks": "2", "length": "80", "fears": "hurt"}
    course.post(owner, "/head", **head)
    answer = course.post(owner, "/sessions/d/plan")
    assert answer.status_code == 303
    plan_id = answer.location.rsplit("/", 1)[1]
    with app.app_context():
        opened = plan_queries.opened(db.session, cast.owner, plan_id)
        assert (opened.plan.title, opened.plan.length) == ("Closer: Keep it going", 80)
        assert (opened.plan.date, opened.plan.fears) == (dt.date(2031, 2, 18), ("hurt",))
        assert opened.record.follows_id == course.plans[2]
        assert [step.title for step in opened.plan.in_part("core")] == ["How we keep it going"]
    again = course.post(owner, "/sessions/d/plan")
    assert again.location.endswith(plan_id)
    page = text_of(owner.get(f"/plans/{plan_id}"))
    assert "Session 4 of 4 in “Closer” Keep it going The plan before" in page


def test_a_plan_is_taken_in_and_taken_off(owner, course, app, cast):
    with app.app_context():
        free = plans.create(db.session, cast.owner, a_plan(title="Free to go")).id
        db.session.commit()
    assert "Free to go" in owner.get(course.address + "?attach=d").text
    assert course.post(owner, "/sessions/d/attach", plan="").status_code == 422
    assert course.post(owner, "/sessions/d/attach", plan=course.plans[0]).status_code == 422
    assert course.post(owner, "/sessions/d/attach", plan=free).status_code == 303
    assert course.now().programme.session("d").plan_id == free
    course.post(owner, "/sessions/d/detach")
    assert course.now().programme.session("d").plan_id is None
    assert owner.get(f"/plans/{free}").status_code == 200


def test_from_a_plan_one_chooses_its_programme(owner, course, app, cast):
    with app.app_context():
        free = plans.create(db.session, cast.owner, a_plan(title="Free to go")).id
        db.session.commit()
    assert "Confidential programme · session 4: Keep it going" in owner.get(f"/plans/{free}/programme").text
    assert owner.post(f"/plans/{free}/programme", data={"session": "nowhere.x"}).status_code == 422
    answer = owner.post(f"/plans/{free}/programme", data={"session": f"{course.id}."})
    assert answer.status_code == 303
    assert course.now().programme.sessions[3].plan_id == free
    assert owner.get(f"/plans/{free}/programme").location.endswith(course.address)


def test_a_plan_in_the_bin_is_said_and_can_be_brought_back(owner, course):
    owner.post(f"/plans/{course.plans[1]}/bin")
    page = owner.get(course.address)
    assert "Its plan, “Confidential plan 2”, is in the bin." in text_of(page)
    assert f"/plans/{course.plans[1]}/restore" in page.text
    assert course.post(owner, "/sessions/b/detach").status_code == 303
    assert owner.get(course.address + "?view=steps").status_code == 200


def test_a_remark_and_its_remedy(owner, course):
    page = text_of(owner.get(course.address))
    assert "Session 3 reaches intensity 4; after the sessions before it, 3 would be one step up." in page
    course.post(owner, "/sessions/d", aim="", kind="ordinary")
    page = text_of(owner.get(course.address))
    assert "A review is due at session 4." in page
    assert "There is no ending session." in page
    course.post(owner, "/remedies", kind="review", session="d")
    course.post(owner, "/remedies", kind="add_ending")
    assert kinds(course) == ["ordinary", "ordinary", "ordinary", "review", "ending"]
    assert course.now().programme.sessions[-1].aim == "Plan together how to keep it going"
    assert course.post(owner, "/remedies", kind="dance").status_code == 422
    assert course.post(owner, "/remedies", kind="swap", session="a", other="gone").status_code == 409


def test_the_dates_follow_the_order(owner, course):
    for place, day in ((1, "2031-01-08"), (2, "2031-01-01")):
        head = {"title": f"Plan {place}", "length": "50", "date": day, "revision": "1"}
        assert owner.post(f"/plans/{course.plans[place - 1]}/head", data=head).status_code == 303
    assert "Session 2 has an earlier date than session 1." in text_of(owner.get(course.address))
    course.post(owner, "/remedies", kind="redate")
    assert [course.plan(place).plan.date for place in (1, 2)] == [dt.date(2031, 1, 1), dt.date(2031, 1, 8)]
    assert course.plan(1).number == 3


# Steps


def carry(course, client, step="s2", one=1, other=2, **data):
    sent = {"source": course.at(one), "target": course.at(other), "segment": step} | data
    return course.post(client, "/steps", **sent)


def test_a_step_goes_to_another_session_and_back(owner, course):
    answer = carry(course, owner, before="s2")
    assert answer.status_code == 303
    assert course.titles(1) == ["Check-in"]
    assert course.titles(2) == ["Arrive again", "Tea together", "Small wishes"]
    page = owner.get(answer.location)
    assert "Put it back" in page.text
    moved = re.search(r'name="moved" value="([^"]+)"', page.text)[1]
    assert course.post(owner, "/steps/back", moved=moved).status_code == 303
    assert course.titles(1) == ["Check-in", "Tea together"]
    assert course.titles(2) == ["Arrive again", "Small wishes"]
    assert "Put it back" not in owner.get(answer.location).text


def test_both_plans_can_undo_it_on_their_own_page_too(owner, course):
    carry(course, owner)
    owner.post(f"/plans/{course.plans[1]}/undo", data={"revision": "2"})
    assert course.titles(2) == ["Arrive again", "Small wishes"]


@pytest.mark.parametrize("changed", [1, 2])
def test_when_either_plan_has_changed_neither_does(owner, course, changed):
    before = {place: course.at(place) for place in (1, 2)}
    owner.post(f"/plans/{course.plans[changed - 1]}/segments/s1/remove", data={"revision": "1"})
    titles = [course.titles(place) for place in (1, 2)]
    answer = carry(course, owner, source=before[1], target=before[2])
    assert answer.status_code == 409
    assert "One of the two plans was changed elsewhere." in answer.text
    assert [course.titles(place) for place in (1, 2)] == titles


def test_putting_back_is_refused_once_a_plan_has_gone_on(owner, course):
    answer = carry(course, owner)
    moved = re.search(r"moved=([^&]+)", answer.location)[1].replace("%3A", ":").replace("%2C", ",")
    owner.post(f"/plans/{course.plans[0]}/segments/s1/remove", data={"revision": "2"})
    assert "Put it back" not in owner.get(answer.location).text
    assert course.post(owner, "/steps/back", moved=moved).status_code == 409
    assert course.titles(2) == ["Arrive again", "Small wishes", "Tea together"]
    assert course.post(owner, "/steps/back", moved="nonsense").status_code == 409


def test_a_step_goes_only_between_sessions_of_this_programme(owner, course, app, cast):
    with app.app_context():
        other = plans.create(db.session, cast.owner, a_plan(title="Elsewhere")).id
        db.session.commit()
    assert carry(course, owner, target=f"{other}:1").status_code == 409
    assert carry(course, owner, target=course.at(1)).status_code == 422
    assert carry(course, owner, target="").status_code == 422
    assert carry(course, owner, step="gone").status_code == 409
    assert course.titles(1) == ["Check-in", "Tea together"]


# Coverage, paper, templates


def test_coverage_says_in_words_what_is_not_tended(owner, course):
    page = text_of(owner.get(course.address + "?view=coverage"))
    assert "Not yet tended: Self, Conflict, Sexual and Dream." in page
    assert "Fears not yet met: Rejection, Failure or disappointment, Abandonment and Losing myself." in page


def test_the_overview_is_the_counsellors_and_says_nothing_in_its_name(owner, course):
    page = owner.get(course.address + "/overview/preview")
    words = text_of(page)
    for expected in ("For the counsellor. Not for clients.", "Confidential programme", "Tea together", "Ask"):
        assert expected in words
    assert "Slowly." not in words
    assert re.search(r"<title>\s*For the counsellor\s*</title>", page.text)
    pdf = owner.post(course.address + "/overview", data={"paper": "a4", "design": "standard"})
    assert pdf.mimetype == "application/pdf"
    assert 'filename="overview.pdf"' in pdf.headers["Content-Disposition"]
    assert b"Confidential" not in pdf.data
    assert owner.post(course.address + "/overview", data={"paper": "stone"}).status_code == 422


SAVE = {"title": "Four steps", "when_to_use": "Early on.", "words": "y", "hope": "y", "focus": "y"}


def test_saving_as_a_template_and_beginning_from_it(owner, colleague, course, app, cast):
    form = owner.get(course.address + "/template")
    assert "Slowly." not in form.text
    assert "Confidential plan" not in form.text
    assert owner.post(course.address + "/template", data=SAVE | {"title": ""}).status_code == 422
    shown = owner.post(course.address + "/template/preview", data=SAVE | {"aims": "y"}, headers=HTMX)
    assert shown.text.startswith('<section id="preview"')
    answer = owner.post(course.address + "/template", data=SAVE | {"aims": "y"})
    assert answer.status_code == 303
    page = colleague.get(answer.location)
    assert "Tea together" in page.text
    assert "Confidential" not in page.text
    assert "Slowly." not in page.text
    begun = colleague.post(answer.location + "/use", data={"begins": "2031-01-07", "weeks": "1"})
    assert begun.status_code == 303
    with app.app_context():
        made = queries.opened(db.session, cast.colleague, begun.location.rsplit("/", 1)[1]).programme
        copies = [plan_queries.opened(db.session, cast.colleague, each) for each in made.plan_ids]
    assert [session.aim for session in made.sessions] == ["Arrive", "Ask", "Open up", "Keep it going"]
    assert [copy.plan.date for copy in copies] == [dt.date(2031, 1, day) for day in (7, 14, 21)]
    assert copies[1].record.follows_id == copies[0].id
    assert copies[0].plan.title == "Four steps: Arrive"


def test_what_ships_can_be_used_at_once(owner):
    page = owner.get("/programmes/templates")
    assert "Closer, step by step" in page.text
    answer = owner.post("/programmes/templates/closer-step-by-step/use", data={"weeks": "2"})
    assert answer.status_code == 303
    assert "8 sessions, 6 planned" in text_of(owner.get(answer.location))


def test_the_bin_gives_back(owner, course):
    assert owner.post(course.address + "/bin").location == "/programmes"
    assert owner.get(course.address).status_code == 404
    assert "Confidential programme" in owner.get("/programmes/bin").text
    assert owner.post(course.address + "/restore").status_code == 303
    assert "Confidential programme" in owner.get("/programmes").text


def test_a_colleague_who_may_open_a_plan_is_told_nothing_of_the_programme(owner, colleague, course):
    owner.post(f"/plans/{course.plans[0]}/sharing", data={"shared": "1", "revision": "1"})
    page = colleague.get(f"/plans/{course.plans[0]}")
    assert page.status_code == 200
    assert "Confidential programme" not in page.text
    assert colleague.get(course.address).status_code == 404
    assert colleague.get(f"/plans/{course.plans[0]}/programme").status_code == 404
    assert "Confidential" not in colleague.get("/programmes").text
