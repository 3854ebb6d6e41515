"""A counsellor asks colleagues about a plan; they read it without what is the couple's, and comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.accounts.models import Member
from planner.db import db
from planner.library import operations as library
from planner.plans import operations, queries
from planner.plans import plan as verbs
from tests.consulting.conftest import ASKED, comment_ids, say
from tests.library.samples import little, write
from tests.plans.pages import HTMX, from_library, text_of

PRIVATE = ("Millers", "blue sofa", "2031", "17 May", "14:35", "Told in private")


# Asking


def test_nobody_sees_it_before_one_asks(plan, owner, colleague):
    assert colleague.get(f"/consultations/{plan}").status_code == 404
    assert "Colleagues ask" not in colleague.get("/").text
    page = text_of(owner.get(f"/plans/{plan}/consultation"))
    assert "They do not see" in page
    assert "A session of 50 minutes" in owner.get(f"/plans/{plan}/consultation").text


def test_a_colleague_reads_it_without_anything_of_the_couple(asked, colleague):
    answer = colleague.get(f"/consultations/{asked}")
    page = text_of(answer)
    for words in ("A session about asking", "Is the core too much?", "Owner asks", "Soft start", "Welcome."):
        assert words in page
    for words in ("Talking", "Play", "Being hurt", "Solo", "20 of 50 minutes"):
        assert words in page
    for secret in PRIVATE:
        assert secret not in answer.text, secret


def test_the_preview_is_what_colleagues_will_see(plan, owner):
    data = ASKED | {"title": "Another title"}
    preview = owner.post(f"/plans/{plan}/consultation/preview", data=data, headers=HTMX)
    assert "Another title" in preview.text
    assert "Or too little?" in preview.text
    empty = owner.post(f"/plans/{plan}/consultation/preview", data={"title": ""}, headers=HTMX)
    assert "No title yet" in empty.text
    for answer in (preview, empty):
        for secret in PRIVATE:
            assert secret not in answer.text, secret


def test_it_is_listed_at_home_and_on_a_page_of_its_own(asked, owner, colleague):
    for address in ("/", "/consultations"):
        assert "A session about asking" in colleague.get(address).text
    assert "A session about asking" not in owner.get("/").text, (
        "one's own stand there once there is an answer"
    )
    assert "You asked" in owner.get("/consultations").text
    say(colleague, asked, "Yes, a little.")
    assert "1 comment by colleagues, 1 to look at" in text_of(owner.get("/"))


def test_a_colleague_changes_nothing_in_the_plan_and_sees_nothing_else_of_it(asked, colleague):
    for address in ("", "/history", "/history/1", "/consultation", "/handouts", "/run-sheet", "/template"):
        assert colleague.get(f"/plans/{asked}{address}").status_code == 404, address
    assert colleague.post(f"/plans/{asked}/undo", data={"revision": "1"}).status_code == 404
    assert colleague.post(f"/plans/{asked}/consultation", data=ASKED).status_code == 404
    assert colleague.post(f"/plans/{asked}/consultation/close").status_code == 404


def test_who_may_work_on_the_plan_may_still_not_ask_for_its_counsellor(plan, owner, colleague):
    owner.post(f"/plans/{plan}/sharing", data={"revision": "1", "shared": "1"})
    assert "Ask colleagues" not in colleague.get(f"/plans/{plan}").text
    assert colleague.get(f"/plans/{plan}/consultation").status_code == 403
    assert colleague.post(f"/plans/{plan}/consultation", data=ASKED).status_code == 403


def test_another_practice_finds_nothing(asked, outsider):
    assert outsider.get(f"/consultations/{asked}").status_code == 404
    assert outsider.post(f"/consultations/{asked}/comments", data={"text": "Hello"}).status_code == 404
    assert "A session about asking" not in outsider.get("/consultations").text


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("title", " ", "Please give it a title."),
        ("question", "", "Please say what you would like to know."),
        ("question", "x" * 1001, "under 1000 characters"),
    ],
)
def test_what_does_not_do_is_said_and_stays(plan, owner, colleague, field, text, why):
    answer = owner.post(f"/plans/{plan}/consultation", data=ASKED | {field: text})
    assert answer.status_code == 422
    assert why in answer.text
    kept = ASKED["question"] if field == "title" else ASKED["title"]
    assert kept.split("\n")[0] in answer.text
    assert colleague.get(f"/consultations/{plan}").status_code == 404


def test_the_question_is_changed_and_the_consultation_closed_and_opened_again(asked, owner, colleague):
    say(colleague, asked, "Yes, a little.")
    owner.post(f"/plans/{asked}/consultation", data=ASKED | {"question": "And the close?"})
    assert "And the close?" in colleague.get(f"/consultations/{asked}").text
    owner.post(f"/plans/{asked}/consultation/close")
    assert colleague.get(f"/consultations/{asked}").status_code == 404
    assert colleague.post(f"/consultations/{asked}/comments", data={"text": "More"}).status_code == 404
    assert "A session about asking" not in colleague.get("/consultations").text
    assert "Yes, a little." in owner.get(f"/consultations/{asked}").text, "comments stay for who asked"
    owner.post(f"/plans/{asked}/consultation", data=ASKED)
    assert "Yes, a little." in colleague.get(f"/consultations/{asked}").text


def test_what_is_in_the_bin_is_shown_to_nobody(asked, owner, colleague):
    owner.post(f"/plans/{asked}/bin")
    assert colleague.get(f"/consultations/{asked}").status_code == 404
    assert "A session about asking" not in colleague.get("/").text
    owner.post(f"/plans/{asked}/restore")
    assert colleague.get(f"/consultations/{asked}").status_code == 200


def test_an_exercise_that_colleagues_cannot_open_is_named_to_the_owner_and_not_linked(
    app, cast, plan, owner, colleague
):
    with app.app_context():
        own = write(db.session, cast.owner, little("An own exercise"))
        step = from_library(cast.owner, own.slug, "s3")
        starter = from_library(cast.owner, "three-doors", "s4")
        record = queries.record(db.session, cast.owner, plan)
        do = lambda value: verbs.add(verbs.add(value, step), starter)  # noqa: E731
        operations.change(db.session, cast.owner, plan, record.current, do, "")
        library.used(db.session, cast.owner, own)
        slug = own.slug
        db.session.commit()
    ask = owner.get(f"/plans/{plan}/consultation")
    assert "One exercise in this plan is private:" in ask.text
    owner.post(f"/plans/{plan}/consultation", data=ASKED)
    seen = colleague.get(f"/consultations/{plan}").text
    assert "An own exercise" in seen
    assert f"/library/{slug}" not in seen
    assert "/library/three-doors" in seen
    assert ask.text.split('id="preview"')[1].count(f"/library/{slug}") == 0


def test_what_is_open_can_be_closed_when_its_last_step_has_gone(asked, owner, colleague):
    for number, step in enumerate(("s1", "s2"), start=1):
        owner.post(f"/plans/{asked}/segments/{step}/remove", data={"revision": number})
    assert "Close it" in owner.get(f"/plans/{asked}/consultation").text
    assert colleague.get(f"/consultations/{asked}").status_code == 200


# Commenting


def test_a_comment_stands_where_it_belongs_with_who_said_it_and_its_lines(asked, owner, colleague):
    say(colleague, asked, "First a pen each.\nThen the question.", segment="s2")
    page = owner.get(f"/consultations/{asked}")
    thread = page.text.split('id="thread-s2"')[1]
    assert "<strong>Colleague</strong>" in thread
    assert "First a pen each.\nThen the question." in thread
    plan = text_of(owner.get(f"/plans/{asked}"))
    assert "1 comment by colleagues, 1 to look at" in plan
    assert "1 comment, 1 to look at Talking" in plan


def test_markup_in_a_comment_is_text(asked, owner, colleague):
    say(colleague, asked, "<b>bold</b> **bold**")
    assert "&lt;b&gt;bold&lt;/b&gt; **bold**" in owner.get(f"/consultations/{asked}").text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("text", "why"), [(" \n", "write something first"), ("x" * 2001, "under 2000 characters")]
)
@pytest.mark.parametrize("where", [{}, {"segment": "s1"}])
def test_a_comment_that_does_not_do_stays_in_its_field(asked, colleague, where, text, why, headers):
    answer = colleague.post(f"/consultations/{asked}/comments", data={"text": text, **where}, headers=headers)
    assert answer.status_code == 422
    assert why in answer.text
    assert text.strip() in answer.text
    assert comment_ids(colleague.get(f"/consultations/{asked}")) == []


def test_with_htmx_only_the_talk_about_that_step_is_answered(asked, colleague):
    answer = colleague.post(
        f"/consultations/{asked}/comments", data={"text": "Good.", "segment": "s1"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert 'id="thread-s1"' in answer.text
    assert 'id="thread-s2"' not in answer.text
    assert 'id="counts" class="c-counts" hx-swap-oob="true"' in answer.text
    assert "<html" not in answer.text


def test_the_counsellor_answers_and_marks_as_dealt_with(asked, owner, colleague):
    comment = say(colleague, asked, "Too long, I think.", segment="s2")
    say(owner, asked, "Thank you.", answers=comment)
    thread = colleague.get(f"/consultations/{asked}").text.split('id="thread-s2"')[1]
    assert thread.index("Too long, I think.") < thread.index("Thank you.")
    owner.post(f"/consultations/{asked}/comments/{comment}/settle", data={"settled": "1"})
    assert "1 comment by colleagues, all dealt with" in text_of(owner.get(f"/consultations/{asked}"))
    assert "dealt with" in text_of(colleague.get(f"/consultations/{asked}"))
    say(colleague, asked, "One more thing.", answers=comment)
    assert "2 comments by colleagues, 1 to look at" in text_of(owner.get(f"/plans/{asked}"))
    owner.post(f"/consultations/{asked}/comments/{comment}/settle", data={"settled": "1"})
    owner.post(f"/consultations/{asked}/comments/{comment}/settle", data={"settled": "0"})
    assert "2 comments by colleagues, 2 to look at" in text_of(owner.get(f"/plans/{asked}"))


def test_only_the_counsellor_marks_as_dealt_with_and_only_its_writer_changes_a_comment(
    asked, owner, colleague
):
    theirs, mine = say(colleague, asked, "Too long."), say(owner, asked, "A word before.")
    at = f"/consultations/{asked}/comments"
    assert colleague.post(f"{at}/{theirs}/settle", data={"settled": "1"}).status_code == 403
    assert colleague.post(f"{at}/{mine}", data={"text": "Changed"}).status_code == 403
    assert colleague.post(f"{at}/{mine}/delete").status_code == 403
    assert owner.post(f"{at}/{theirs}", data={"text": "Changed"}).status_code == 403
    assert owner.post(f"{at}/{theirs}/delete").status_code == 403
    assert comment_ids(owner.get(f"/consultations/{asked}")) == [theirs, mine]


def test_a_comment_of_ones_own_is_changed_and_deleted(asked, owner, colleague):
    comment = say(colleague, asked, "Too long.")
    owner.post(f"/consultations/{asked}/comments/{comment}/settle", data={"settled": "1"})
    at = f"/consultations/{asked}/comments/{comment}"
    assert colleague.post(at, data={"text": " "}, headers=HTMX).status_code == 422
    colleague.post(at, data={"text": "Too long by far."})
    page = text_of(owner.get(f"/consultations/{asked}"))
    assert "Too long by far." in page
    assert "· changed" in page
    assert "1 to look at" in page, "what was changed is to be looked at again"
    answer = say(owner, asked, "I see.", answers=comment)
    colleague.post(f"{at}/delete")
    assert comment_ids(owner.get(f"/consultations/{asked}")) == [answer]


def test_a_comment_on_a_step_that_has_gone_says_so_and_comes_back_with_it(asked, owner, colleague):
    say(colleague, asked, "Too long.", segment="s2")
    owner.post(f"/plans/{asked}/segments/s2/remove", data={"revision": "1"})
    assert "About “Talking”, which is no longer in the plan" in text_of(
        colleague.get(f"/consultations/{asked}")
    )
    assert "1 comment by colleagues" in text_of(owner.get(f"/plans/{asked}"))
    owner.post(f"/plans/{asked}/undo", data={"revision": "2"})
    assert "no longer in the plan" not in owner.get(f"/consultations/{asked}").text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("where", [{"segment": "s2"}, {"answers": "gone"}])
def test_what_was_written_on_something_that_went_meanwhile_is_kept(asked, owner, colleague, where, headers):
    owner.post(f"/plans/{asked}/segments/s2/remove", data={"revision": "1"})
    data = {"text": "Too long, I think.", **where}
    answer = colleague.post(f"/consultations/{asked}/comments", data=data, headers=headers)
    assert answer.status_code == 409
    assert "has gone meanwhile" in answer.text
    assert "Too long, I think.</textarea>" in answer.text
    assert comment_ids(owner.get(f"/consultations/{asked}")) == []


def test_a_colleague_who_left_is_still_named_and_what_they_asked_is_closed(
    app, cast, asked, owner, colleague
):
    say(colleague, asked, "Too long.")
    with app.app_context():
        value = verbs.Plan("Theirs", segments=(verbs.Segment("t1", "core", "Walk", 5),))
        theirs = operations.create(db.session, cast.colleague, value).id
        db.session.commit()
    colleague.post(f"/plans/{theirs}/consultation", data=ASKED | {"title": "Asked by the colleague"})
    assert owner.get(f"/consultations/{theirs}").status_code == 200
    with app.app_context():
        db.session.get(Member, cast.colleague.id).active = False
        db.session.commit()
    assert "<strong>Colleague</strong>" in owner.get(f"/consultations/{asked}").text
    assert owner.get(f"/consultations/{theirs}").status_code == 404
    assert "Asked by the colleague" not in owner.get("/consultations").text


def test_comments_of_one_plan_are_not_reached_through_another(app, cast, asked, owner, colleague):
    comment = say(colleague, asked, "Too long.")
    with app.app_context():
        value = verbs.Plan("Theirs", segments=(verbs.Segment("t1", "core", "Walk", 5),))
        theirs = operations.create(db.session, cast.colleague, value).id
        db.session.commit()
    colleague.post(f"/plans/{theirs}/consultation", data=ASKED)
    for verb, data in (("/settle", {"settled": "1"}), ("/delete", {}), ("", {"text": "Changed"})):
        at = f"/consultations/{theirs}/comments/{comment}{verb}"
        assert colleague.post(at, data=data).status_code == 404, verb
    assert comment_ids(owner.get(f"/consultations/{asked}")) == [comment]


def test_nothing_of_it_can_be_read_in_the_files_of_the_database(app, plan, owner, colleague):
    owner.post(f"/plans/{plan}/consultation", data={"title": "Zwieback", "question": "Zwieback?"})
    comment = say(colleague, plan, "Zwieback one.", segment="s1")
    colleague.post(f"/consultations/{plan}/comments/{comment}", data={"text": "Zwieback two."})
    assert "Zwieback two." in owner.get(f"/consultations/{plan}").text
    for file in Path(app.extensions["settings"].folder).glob("planner.db*"):
        assert b"Zwieback" not in file.read_bytes(), file.name
