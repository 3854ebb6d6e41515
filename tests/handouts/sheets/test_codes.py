"""The short code on a sheet: what it stands for, who may follow it, and what it looks like on paper."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from planner.db import db
from planner.handouts.options import Letterhead, Options
from planner.handouts.sheets import document
from planner.handouts.sheets.codes import beginning_of, code_of, opened_elsewhere
from planner.library import queries
from planner.library.exercise import Exercise
from planner.library.own import authoring
from tests.cast import Cast
from tests.handouts.conftest import Print
from tests.library.samples import little, write

DIGEST = "0123456789abcdef" * 4
ADDRESS = "https://plan.example.org/"
digests = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(digests)
def test_a_code_stands_for_the_beginning_of_its_digest(digest: str) -> None:
    code = code_of(digest)
    assert len(code) == 9
    assert not set(code) & set("ILOU")
    assert beginning_of(code) == digest[:10]


@given(digests, st.data())
def test_a_code_is_read_as_hands_write_it(digest: str, data: st.DataObject) -> None:
    alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    written = "".join(data.draw(st.sampled_from(alike.get(c, c + c.lower()))) for c in code_of(digest))
    spaced = data.draw(st.sampled_from([written, written.replace("-", " "), written.replace("-", "")]))
    assert beginning_of(f" {spaced} ") == digest[:10]


@given(st.text(max_size=40))
def test_anything_else_is_no_code(text: str) -> None:
    found = beginning_of(text)
    assert found is None or (len(found) == 10 and beginning_of(code_of(found)) == found)


@pytest.mark.parametrize("text", ["", "K7QM", "K7QM-2XHDA", "K7QM-2XH*", "٠١٢٣٤٥٦٧"])
def test_what_is_too_short_too_long_or_strange_is_no_code(text: str) -> None:
    assert beginning_of(text) is None


def test_a_step_of_ones_own_has_no_code() -> None:
    assert code_of("") == ""


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ("https://plan.example.org", "https://plan.example.org/"),
        ("https://example.org/planner/", "https://example.org/planner/"),
        ("http://192.168.1.20:5000/", "http://192.168.1.20:5000/"),
        ("http://[2001:db8::5]:5000/", "http://[2001:db8::5]:5000/"),
        ("http://localhost:5000/", ""),
        ("http://127.0.0.1:5000/", ""),
        ("http://127.8.0.1/", ""),
        ("http://[::1]:5000/", ""),
        ("http://0.0.0.0:5000/", ""),
        ("http://planner.localhost/", ""),
        ("http://[nonsense/", ""),
        ("http://" + "x" * 3000 + "/", ""),
        ("", ""),
    ],
)
def test_no_picture_leads_to_this_very_machine_as_no_telephone_could_open_it(
    known: str, printed: str
) -> None:
    assert opened_elsewhere(known) == printed


# Who may follow it


@pytest.fixture
def mine(app: Flask, cast: Cast) -> tuple[str, str]:
    """Codes of a private exercise of the owner's: of its first version, and of the one that stands now."""
    with app.app_context():
        first = write(db.session, cast.owner, little("Confidential exercise")).digest
        slug = "two-warm-cups-0a1b2c"
        now = little("Confidential exercise", purpose="Now with other words.")
        second = authoring.revise(db.session, cast.owner, slug, now, first).digest
        db.session.commit()
        db.session.remove()
    return code_of(first), code_of(second)


def test_its_owner_comes_to_the_very_version_that_was_printed(
    owner: FlaskClient, mine: tuple[str, str]
) -> None:
    old, new = (owner.get(f"/s/{code}", follow_redirects=True) for code in mine)
    assert old.status_code == new.status_code == 200
    assert "Something warm in the hands" in old.text
    assert "Now with other words." not in old.text
    assert "Now with other words." in new.text


def test_a_starter_exercise_opens_for_every_member(outsider: FlaskClient, app: Flask, cast: Cast) -> None:
    with app.app_context():
        code = code_of(queries.record(db.session, cast.outsider, "touch-menu").digest)
        db.session.remove()
    answer = outsider.get(f"/s/{code.lower().replace('-', '')}", follow_redirects=True)
    assert answer.status_code == 200
    assert "The touch menu" in answer.text


@pytest.mark.parametrize("name", ["colleague", "outsider"])
def test_a_private_exercise_is_not_there_for_others(
    name: str, mine: tuple[str, str], request: pytest.FixtureRequest
) -> None:
    other: FlaskClient = request.getfixturevalue(name)
    for code in (*mine, "ZZZZ-ZZZZ", "no code"):
        answer = other.get(f"/s/{code}")
        assert answer.status_code == 404
        assert "Confidential" not in answer.text


def test_without_signing_in_every_code_gives_the_same_answer(app: Flask, mine: tuple[str, str]) -> None:
    visitor = app.test_client()
    answers = [visitor.get(f"/s/{code}") for code in (mine[0], "ZZZZ-ZZZZ")]
    for answer, code in zip(answers, (mine[0], "ZZZZ-ZZZZ"), strict=True):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")
        assert "Confidential" not in answer.text + answer.headers["Location"]
        assert code in answer.headers["Location"]
    assert answers[0].text.replace(mine[0], "") == answers[1].text.replace("ZZZZ-ZZZZ", "")


def test_a_code_can_be_typed(owner: FlaskClient, mine: tuple[str, str]) -> None:
    assert "A code from a sheet" in owner.get("/library/sheets").text
    found = owner.get("/library/sheets/code", query_string={"code": mine[0].lower()}, follow_redirects=True)
    assert "Something warm in the hands" in found.text
    for wrong in ("ZZZZ-ZZZZ", "no code", "", '"><script>alert(1)</script>'):
        answer = owner.get("/library/sheets/code", query_string={"code": wrong})
        assert answer.status_code == 404
        assert "There is no sheet with this code" in answer.text
        assert "<script>alert" not in answer.text
    assert 'value="no code"' in owner.get("/library/sheets/code?code=no code").text


# On paper


@pytest.fixture(scope="module")
def sheet(print_: Print, library: dict[str, Exercise]) -> bytes:
    foot = Letterhead("Harbour Practice", address=ADDRESS)
    return print_(document.of_exercise(library["touch-menu"], "together", Options(), foot, DIGEST)).pdf


def test_the_code_stands_at_the_foot_of_its_sheet(sheet: bytes) -> None:
    assert code_of(DIGEST) in PdfReader(io.BytesIO(sheet)).pages[0].extract_text()


def test_a_camera_reads_its_address_and_nothing_else(sheet: bytes) -> None:
    page = pypdfium2.PdfDocument(sheet)[0].render(scale=3).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [f"{ADDRESS}s/{code_of(DIGEST)}"]
