"""The pages where a counsellor chooses what goes on paper."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from planner.db import db
from planner.handouts.pdf.render import RenderFailed
from planner.plans import operations
from planner.plans.plan import Plan
from tests.cast import Cast

FORM = {"sheet": "together", "paper": "a4", "design": "standard", "segments": ["s1"], "hope": "you rest."}


@pytest.fixture
def empty_id(app: Flask, cast: Cast) -> str:
    with app.app_context():
        made = operations.create(db.session, cast.owner, Plan("Nothing yet")).id
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def cached(app: Flask) -> Path:
    return app.extensions["settings"].folder / "cache" / "pdf"


def test_marked_steps_are_ticked_and_the_practices_paper_is_chosen(owner: FlaskClient, plan_id: str) -> None:
    page = owner.get(f"/plans/{plan_id}/handouts").text
    assert page.count('name="segments"') == 2
    assert page.count("checked") >= 4  # both steps, the paper, the print
    assert "you can ask for a hug." in page
    assert "Used for this print only. Not stored." in page


def test_the_pdf_comes_with_a_neutral_name_and_is_kept(
    owner: FlaskClient, plan_id: str, cached: Path
) -> None:
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="handout.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert "you rest." in pages[0].extract_text()
    assert "TITLE-OF-THE-PLAN" not in "".join(page.extract_text() for page in pages)
    assert len(list(cached.iterdir())) == 1
    assert owner.post(f"/plans/{plan_id}/handouts", data=FORM).data == answer.data


def test_names_are_printed_and_never_kept(owner: FlaskClient, plan_id: str, cached: Path) -> None:
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM | {"sheet": "a", "name_b": "Zebedee"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="handout-a.pdf"'
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "Zebedee" in words
    assert not cached.exists()
    assert "Zebedee" not in owner.get(f"/plans/{plan_id}/handouts").text


def test_the_next_session_and_a_line_are_printed_and_kept_nowhere(
    owner: FlaskClient, plan_id: str, cached: Path, app: Flask
) -> None:
    mine = {"line": "Zanzibar says well done.", "next_date": "2099-03-04", "next_time": "10:15"}
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM | mine)
    words = " ".join(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    assert "Zanzibar says well done." in words
    assert "Next session: Wednesday, 4 March 2099, 10:15" in words
    assert not cached.exists()
    with app.app_context():
        found = [
            table.name
            for table in db.metadata.sorted_tables
            for row in db.session.execute(table.select())
            if re.search(r"Zanzibar|2099-03-04|2099, 3, 4", repr(tuple(row)))
        ]
        db.session.remove()
    assert found == []
    assert "Zanzibar" not in owner.get(f"/plans/{plan_id}/handouts").text


def test_what_was_printed_is_remembered_as_kind_version_and_date(owner: FlaskClient, plan_id: str) -> None:
    assert "Printed before" not in owner.get(f"/plans/{plan_id}/handouts").text
    owner.post(f"/plans/{plan_id}/handouts", data=FORM | {"sheet": "b", "name_a": "Zebedee"})
    before = " ".join(owner.get(f"/plans/{plan_id}/handouts").text.split())
    assert "For B alone: version 1, on " in before
    assert "has changed since" not in before
    owner.post(f"/plans/{plan_id}/segments/free/duplicate", data={"revision": "1"})
    after = " ".join(owner.get(f"/plans/{plan_id}/handouts").text.split())
    assert "For B alone: version 1, on " in after
    assert "The plan has changed since." in after


def test_that_cards_cannot_be_filled_in_is_said_beside_the_box(owner: FlaskClient, plan_id: str) -> None:
    page = owner.get(f"/plans/{plan_id}/handouts").text
    hint = re.search(r'id="fillable-hint">([^<]*)<', page)
    assert hint
    assert hint[1] == "For couples who type rather than write. Cards have no place to fill in."
    assert "Cards have no place" not in owner.get("/library/touch-menu/handout").text


def test_the_list_of_what_was_printed_follows_a_download(owner: FlaskClient, plan_id: str) -> None:
    def ask(page: str) -> str:
        address, _at_focus = re.findall(r'hx-get="(/plans/[^"]*seen=[^"]*)"', page)
        answer = owner.get(address.replace("&amp;", "&"), headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "<html" not in answer.text
        return answer.text

    waits = ask(owner.get(f"/plans/{plan_id}/handouts").text)
    assert "load delay" in waits, "the PDF may take a while"
    for _again in range(7):
        waits = ask(waits)
    assert "load delay" in waits
    assert "load delay" not in ask(waits), "it does not ask for ever"
    owner.post(f"/plans/{plan_id}/handouts", data=FORM)
    shown = ask(waits)
    assert "For both: version 1, on " in " ".join(shown.split())
    assert "load delay" not in shown


def test_a_pdf_that_could_not_be_made_is_not_remembered(
    owner: FlaskClient, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RenderFailed("crash")

    monkeypatch.setattr("planner.handouts.pdf.press.Press.pdf", fail)
    assert owner.post(f"/plans/{plan_id}/handouts", data=FORM).status_code == 503
    assert "Printed before" not in owner.get(f"/plans/{plan_id}/handouts").text


def test_how_it_reads_is_said_before_printing_and_follows_the_choices(
    owner: FlaskClient, plan_id: str
) -> None:
    assert "Easy to read: for a reading age of about" in owner.get(f"/plans/{plan_id}/handouts").text
    hard = "Reciprocal vulnerability facilitates interpersonal reconciliation considerably."
    address = f"/plans/{plan_id}/handouts/preview?checks=1"
    checks = owner.post(address, data=FORM | {"hope": hard}).text
    assert f"<q>{hard}</q>" in checks
    assert 'id="checks"' in checks
    assert "<html" not in checks
    long = owner.post(address, data=FORM | {"hope": "so " * 30}).text
    assert "The longest sentence has 36 words." in long
    assert "but not every sentence is short" in long
    assert "Easy to read" not in long
    assert "Easy to read" in owner.get("/library/touch-menu/handout").text


def test_a_run_sheet_is_never_kept(owner: FlaskClient, plan_id: str, cached: Path) -> None:
    answer = owner.post(f"/plans/{plan_id}/run-sheet", data={"paper": "letter", "design": "standard"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="run-sheet.pdf"'
    assert "NOTE-TO-MYSELF" in "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages
    )
    assert not cached.exists()


def test_the_preview_shows_the_same_pages(owner: FlaskClient, plan_id: str) -> None:
    address = f"/plans/{plan_id}/handouts/preview"
    assert "1 of 3" in owner.get(address).text
    shown = owner.post(address, data=FORM | {"name_a": "Zebedee", "name_b": "<b>Q</b>"}).text
    assert "For Zebedee and &lt;b&gt;Q&lt;/b&gt;" in shown
    assert "you rest." in shown
    assert "1 of 2" in shown


def test_what_was_typed_stays_when_something_is_missing(owner: FlaskClient, plan_id: str) -> None:
    data = FORM | {"segments": [], "hope": "one thing", "name_a": "x" * 41}
    answer = owner.post(f"/plans/{plan_id}/handouts", data=data)
    assert answer.status_code == 422
    for words in ("Please tick at least one step.", "Please keep a name under 40", "one thing", "x" * 41):
        assert words in answer.text


@pytest.mark.parametrize(
    "bad", [{"paper": "a3"}, {"design": "huge"}, {"sheet": "c"}, {"segments": ["nope"]}, {"hope": "x" * 601}]
)
def test_what_is_not_on_offer_is_refused(owner: FlaskClient, plan_id: str, bad: dict[str, str]) -> None:
    for address in (f"/plans/{plan_id}/handouts", f"/plans/{plan_id}/handouts/preview"):
        assert owner.post(address, data=FORM | bad).status_code == 422


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"next_time": "10:15"}, "Please give the date too, or leave the time empty."),
        ({"next_date": "2001-03-04"}, "This date has passed."),
        ({"next_date": "next Tuesday"}, "Please write the date as in 2030-04-28, or leave it empty."),
        ({"next_date": "2099-03-04", "next_time": "tea"}, "Please write the time as in 14:30"),
        ({"segments": ["s1", "s999"]}, "A step that you ticked is no longer in the plan."),
        ({"sheet": "c"}, "There is no such sheet here, or no more."),
        ({"lang": "tlh"}, "There are no sheets in this language."),
    ],
)
def test_what_cannot_be_is_said_in_our_words_and_the_rest_stays(
    owner: FlaskClient, plan_id: str, typed: dict[str, object], says: str
) -> None:
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM | {"line": "My own line."} | typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert "valid" not in answer.text.replace("novalidate", "").replace("aria-invalid", "")
    assert "My own line." in answer.text
    assert answer.text.count('name="segments"') == 2
    assert re.search(
        r'checked[^>]*value="s1"|value="s1"[^>]*checked|checked[^>]*id="segments-0"', answer.text
    )
    assert says in owner.post(f"/plans/{plan_id}/handouts/preview", data=FORM | typed).text


def test_today_is_not_past_and_a_date_that_cannot_be_read_is_said_once(
    owner: FlaskClient, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.handouts.forms._today", lambda: date(2050, 1, 2))
    address = f"/plans/{plan_id}/handouts/preview"
    for day, code in (("2050-01-02", 200), ("2050-01-01", 422)):
        assert owner.post(address, data=FORM | {"next_date": day, "next_time": "0:15"}).status_code == code
    both = owner.post(address, data=FORM | {"next_date": "soon", "next_time": "10:15"}).text
    assert "Please write the date" in both
    assert "Please give the date" not in both


def test_a_step_without_a_sheet_for_one_partner_says_so(owner: FlaskClient, plan_id: str) -> None:
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM | {"sheet": "b", "segments": ["free"]})
    assert answer.status_code == 422
    assert "has a sheet for one partner alone" in answer.text


def test_a_plan_without_steps_teaches_what_to_do(owner: FlaskClient, empty_id: str) -> None:
    page = owner.get(f"/plans/{empty_id}/handouts").text
    assert "Add an exercise" in page
    assert "Make the PDF" not in page
    assert owner.get(f"/plans/{empty_id}/handouts/preview").status_code == 200


def test_one_exercise_is_printed_from_its_own_page(owner: FlaskClient) -> None:
    assert "For A alone" in owner.get("/library/touch-menu/handout").text
    assert "1 of 1" in owner.get("/library/touch-menu/handout/preview").text
    form = {"sheet": "b", "paper": "letter", "design": "large"}
    answer = owner.post("/library/touch-menu/handout", data=form)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="handout-b.pdf"'
    assert owner.get("/library/nothing-like-this/handout").status_code == 404


@pytest.mark.parametrize("page", ["handouts", "handouts/preview", "run-sheet", "run-sheet/preview"])
def test_strangers_find_nothing(
    outsider: FlaskClient, colleague: FlaskClient, plan_id: str, page: str
) -> None:
    for client in (outsider, colleague):
        assert client.get(f"/plans/{plan_id}/{page}").status_code == 404
        assert client.post(f"/plans/{plan_id}/{page}", data=FORM).status_code == 404


def test_a_failure_says_so_in_words_and_keeps_what_was_chosen(
    owner: FlaskClient, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RenderFailed("time")

    monkeypatch.setattr("planner.handouts.pdf.press.Press.pdf", fail)
    monkeypatch.setattr("planner.handouts.pdf.press.Press.laid", fail)
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM)
    assert answer.status_code == 503
    assert "The PDF could not be made" in answer.text
    assert "you rest." in answer.text
    assert owner.get(f"/plans/{plan_id}/handouts/preview").status_code == 200


def test_a_text_that_cannot_be_set_is_said_to_be_the_cause(
    owner: FlaskClient, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RenderFailed("fault")

    monkeypatch.setattr("planner.handouts.pdf.press.Press.pdf", fail)
    answer = owner.post(f"/plans/{plan_id}/handouts", data=FORM)
    assert answer.status_code == 422
    assert "Something in their text is beyond what the planner can set" in answer.text
    assert "in a moment" not in answer.text
    assert "you rest." in answer.text


def test_before_printing_one_is_told_of_letters_that_cannot_be_set(owner: FlaskClient) -> None:
    form = {"sheet": "together", "paper": "a4", "design": "standard", "lang": "en", "line": "김민준"}
    said = owner.post("/library/touch-menu/handout/preview?checks=1", data=form).text
    assert "These letters may print as empty boxes: 김 민 준." in said
    form["line"] = "See you, Ελένη."
    assert "empty boxes" not in owner.post("/library/touch-menu/handout/preview?checks=1", data=form).text
