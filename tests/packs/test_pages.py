"""The pages of packs: choosing, watching, downloading; for the member who asked alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from planner.db import db, now
from planner.handouts.kinds import FOR_CLIENTS
from planner.handouts.printed import Printed
from planner.handouts.words.languages import LANGUAGES
from planner.packs import operations
from planner.packs.names import in_outline, in_zip
from planner.plans import operations as plans
from planner.plans.plan import Plan, add
from planner.programmes import operations as programmes
from planner.programmes.programme import Programme
from planner.programmes.programme import Session as Step
from tests.builders import a_segment
from tests.cast import Cast
from tests.packs.conftest import BOTH, EACH, Printer
from tests.routes import unchanged

NOT_TRANSLATED = "a-custom-of-our-own"
CODES = (f"exercise:{BOTH}:together", f"exercise:{EACH}:a", f"exercise:{EACH}:b")


def ask(
    browser: FlaskClient, codes: Sequence[str] = CODES, host: str = "localhost", **fields: str
) -> TestResponse:
    data = {"form": "zip", "copies": "1", "paper": "a4", "design": "standard", "lang": "en", **fields}
    return browser.post("/packs/new", data={**data, "sheets": list(codes)}, headers={"Host": host})


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.usefixtures("at_once")
def test_a_zip_has_a_file_for_each_sheet_named_by_its_exercise(owner: FlaskClient) -> None:
    page = ask(owner).location
    shown = text(owner.get(page))
    assert "3 of 3 sheets" in shown
    assert "Ready" in shown
    answer = owner.get(f"{page}/download")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sheets.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == [
            "01-for-both-the-touch-menu.pdf",
            "02-for-a-a-good-enough-evening.pdf",
            "03-for-b-a-good-enough-evening.pdf",
        ]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())


def test_one_pdf_has_every_copy_on_a_front_side(owner: FlaskClient, at_once: Printer) -> None:
    page = ask(owner, CODES[:2], form="pdf", copies="3", design="large", paper="letter", lang="de").location
    reader = PdfReader(io.BytesIO(owner.get(f"{page}/download").data))
    assert len(reader.pages) == 2 * 6 - 1
    assert reader.outline[0].title == "Berührung und Nähe zur Auswahl · Für euch beide"
    assert reader.metadata is not None
    assert reader.metadata.title == "Übungen für euch"
    assert reader.trailer["/Root"]["/Lang"] == "de"
    options = at_once.printed[0].options
    assert (options.design, options.paper, options.lang) == ("large", "letter", "de")


@pytest.mark.usefixtures("at_once")
def test_what_is_in_a_pack_is_called_as_in_its_language(owner: FlaskClient) -> None:
    page = ask(owner, (CODES[0], CODES[1], f"exercise:{NOT_TRANSLATED}:together"), lang="de").location
    with zipfile.ZipFile(io.BytesIO(owner.get(f"{page}/download").data)) as archive:
        first, second, third = archive.namelist()
    assert first == "01-für-euch-beide-berührung-und-nähe-zur-auswahl.pdf"
    assert second.startswith("02-für-person-a-")
    assert third == f"03-für-euch-beide-{NOT_TRANSLATED}.pdf", "there is no German text of it"
    page = ask(owner, CODES[:1], form="pdf").location
    reader = PdfReader(io.BytesIO(owner.get(f"{page}/download").data))
    assert reader.outline[0].title == "The touch menu · For both"


@pytest.mark.usefixtures("app")
def test_every_kind_of_sheet_has_its_name_in_every_language(app: Flask) -> None:
    with app.app_context():
        for lang in set(LANGUAGES) - {"en"}:
            for kind in FOR_CLIENTS:
                theirs = in_outline(kind, "", lang)
                assert theirs, (kind, lang)
                assert theirs not in (in_outline(kind, "", other) for other in LANGUAGES if other != lang)
        assert in_zip(1, "ending", "تمرينٌ", "ar") == "01-ما-نستمرّ-في-فعله-تمرينٌ.pdf"


@pytest.mark.parametrize(
    ("public", "came_by", "begins"),
    [
        ("", "192.168.1.20:5000", "http://192.168.1.20:5000/"),
        ("", "localhost", ""),
        ("https://planner.example.org", "evil.example", "https://planner.example.org/"),
    ],
)
def test_codes_in_a_pack_are_those_of_the_same_sheet_alone(
    app: Flask, owner: FlaskClient, at_once: Printer, public: str, came_by: str, begins: str
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], public_url=public)
    cookie = owner.get_cookie("reconnect")
    assert cookie is not None
    owner.set_cookie("reconnect", cookie.value, domain=came_by.partition(":")[0])
    sent = {"sheet": "together", "paper": "a4", "design": "standard", "lang": "en"}
    owner.post(f"/library/{BOTH}/handout", data=sent, headers={"Host": came_by})
    ask(owner, CODES[:1], host=came_by)
    assert [made.letterhead.address for made in at_once.printed] == [begins, begins]


@pytest.mark.usefixtures("at_once")
def test_the_private_sheets_of_a_and_b_are_never_in_one_pdf(app: Flask, owner: FlaskClient) -> None:
    with unchanged(app):
        answer = ask(owner, form="pdf")
    assert answer.status_code == 422
    assert "One PDF would hold what A and B each wrote for themselves" in text(answer)
    assert text(answer).count("checked") >= 3, "what was ticked is kept"
    assert ask(owner, CODES[:2], form="pdf").status_code == 303


@pytest.mark.usefixtures("asleep")
@pytest.mark.parametrize(
    ("codes", "fields", "says"),
    [
        ((), {}, "Please tick at least one sheet."),
        (CODES[:1], {"form": "pdf", "copies": "200", "lang": "xx"}, "There are no sheets in this language."),
        (CODES[:2], {"form": "pdf", "copies": "101"}, "These are more than 200 sheets."),
        (("exercise:no-such:together",), {}, "Something that you ticked is no longer there."),
        ((f"exercise:{BOTH}:nonsense",), {}, "There is no such sheet any more."),
        (("nonsense",), {}, "Please tick at least one sheet."),
    ],
)
def test_what_cannot_be_a_pack_is_said_in_words(
    app: Flask, owner: FlaskClient, codes: Sequence[str], fields: dict[str, str], says: str
) -> None:
    with unchanged(app):
        answer = ask(owner, codes, **fields)
    assert answer.status_code == 422
    assert says in text(answer)


@pytest.mark.usefixtures("asleep")
def test_what_is_done_so_far_can_be_had_and_a_cancelled_pack_stays(app: Flask, owner: FlaskClient) -> None:
    page = ask(owner).location
    assert "Waiting" in text(owner.get(page))
    assert 'hx-trigger="every 2s"' in text(owner.get(page, headers={"HX-Request": "true"}))
    assert owner.get(f"{page}/download").status_code == 404
    with app.app_context():
        taken = operations.take(db.session, now(), 60)
        assert taken is not None
        operations.deliver(db.session, taken, "Touch menu", b"%PDF-1.7")
        db.session.commit()
    assert "Download what is done" in text(owner.get(page))
    assert owner.post(f"{page}/cancel").status_code == 303
    shown = text(owner.get(page))
    assert "Cancelled" in shown
    assert "left out" in shown
    assert "every 2s" not in shown, "nothing more is asked for"
    with zipfile.ZipFile(io.BytesIO(owner.get(f"{page}/download").data)) as archive:
        assert len(archive.namelist()) == 1
    assert owner.post(f"{page}/delete").status_code == 303
    assert owner.get(page).status_code == 404


def test_a_sheet_that_failed_is_named_on_the_page(owner: FlaskClient, at_once: Printer) -> None:
    def second(_made: Printed) -> str:
        return "memory" if len(at_once.printed) == 2 else ""

    at_once.fails = second
    shown = text(owner.get(ask(owner).location))
    assert "1 sheet could not be made" in shown
    assert "there is more in it than fits into memory" in shown
    assert "All others are in the pack." in shown


@pytest.mark.usefixtures("at_once")
def test_a_pack_is_its_members_own(
    app: Flask, owner: FlaskClient, colleague: FlaskClient, outsider: FlaskClient
) -> None:
    page = ask(owner).location
    with unchanged(app):
        for browser in (colleague, outsider):
            for path in (page, f"{page}/download"):
                assert browser.get(path).status_code == 404
            for act in ("cancel", "delete"):
                assert browser.post(f"{page}/{act}").status_code == 404
            assert page not in text(browser.get("/packs"))
    assert page in text(owner.get("/packs"))


def test_a_programme_becomes_the_sheets_of_all_its_sessions(
    app: Flask, owner: FlaskClient, colleague: FlaskClient, cast: Cast, at_once: Printer
) -> None:
    with app.app_context():
        ids = [
            plans.create(db.session, cast.owner, add(Plan(f"SESSION-{n}"), a_segment("s", words="Rest."))).id
            for n in (1, 2)
        ]
        steps = (Step("c1", "One", plan_id=ids[0]), Step("c2", "Open"), Step("c3", "Two", plan_id=ids[1]))
        made = programmes.create(db.session, cast.owner, Programme("OURS", sessions=steps)).id
        db.session.commit()
    assert f'href="/packs/new?programme={made}"' in text(owner.get(f"/programmes/{made}"))
    assert "2 of 200 sheets chosen" in text(owner.get(f"/packs/new?programme={made}"))
    page = ask(owner, [f"programme:{made}:together"]).location
    assert "SESSION-2" in text(owner.get(page))
    assert len(at_once.printed) == 2
    with zipfile.ZipFile(io.BytesIO(owner.get(f"{page}/download").data)) as archive:
        assert archive.namelist() == ["01-for-both.pdf", "02-for-both.pdf"]
    assert ask(colleague, [f"programme:{made}:together"]).status_code == 422


@pytest.mark.usefixtures("asleep")
def test_looking_for_more_keeps_every_tick_and_writes_nothing(app: Flask, owner: FlaskClient) -> None:
    data = {"q": "hug", "sheets": list(CODES), "form": "zip", "copies": "1"}
    with unchanged(app):
        page = owner.post("/packs/new/look", data=data)
        part = owner.post("/packs/new/look", data=data, headers={"HX-Request": "true"})
    for answer in (page, part):
        assert answer.status_code == 200
        assert all(f'value="{code}"' in text(answer) for code in CODES)
        assert "hug" in text(answer).lower()
    assert "<html" not in text(part)
    assert "3 of 200 sheets chosen" in text(page)
    assert 'name="name_a"' not in text(page), "packs are never with names"
