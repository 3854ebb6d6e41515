"""Whatever stands in a field, the answer is a page in words and never a failure of ours."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.db import db
from planner.plans import queries
from tests.cast import PASSWORD, Cast
from tests.routes import address

ODD = {
    "nothing": b"",
    "a space": b" ",
    "controls": b"a\x00\x1b[31m\x07\r\nb",
    "a lone surrogate": b"\xed\xa0\x80",
    "broken UTF-8": b"\xff\xfe",
    "a power": "²".encode(),
    "other digits": "١٢".encode(),
    "an underscore": b"1_000",
    "NaN": b"NaN",
    "infinity": b"-inf",
    "a power of ten": b"1e9",
    "a large number": b"9" * 400,
    "a negative number": b"-1",
    # What would mean something to HTML, to a template, to a format, to a database and to its search.
    "markup": b"</textarea><script>alert(1)</script>{{7*7}} %(x)s {0} %s % ' OR 1=1 -- \"* NEAR( ^ NOT",
    "length": "ﷺ".encode() * 9000,
}
RIGHT = {
    "title": "Right",
    "minutes": "9",
    "length": "50",
    "part": "core",
    "count": "8",
    "weeks": "1",
    "start": "parts",
    "paper": "a4",
    "role": "counsellor",
    "name": "Right",
    "when_to_use": "Often",
    "question": "Right?",
    "text": "Right",
    "plan": "new",
    "design": "standard",
    "sheet": "together",
    "segments": "s1",
    "exercises": "hand-in-hand",
    "practice": "Right",
    "email": "right@example.org",
    "password": "five geese in a row",
}
FIELDS = {
    "plans.create": ("title", "date", "length", "start"),
    "plans.save_head": ("title", "hope", "date", "length", "areas", "fears", "revision"),
    "plans.save_segment": ("title", "minutes", "words", "note", "in_handout", "areas", "fears", "intensity"),
    "plans.resize": ("minutes", "revision", "editing"),
    "plans.add_free": ("title", "minutes", "part"),
    "plans.add_exercise": ("part", "position", "length"),
    "plans.move": ("part", "position"),
    "plans.in_handout": ("in_handout",),
    "plans.mend": ("kind", "segment", "before", "after", "minutes"),
    "plans.take": ("minutes", "mark"),
    "plans.share": ("shared",),
    "landing.keep": (
        *("landed-s1", "closeness_a", "safety_b", "worked", "note"),
        *("number", "instead_of", "shown", "plan"),
    ),
    "landing.open_session": ("revision",),
    "running.note": ("text",),
    "running.press": ("id", "kind", "step", "to", "minutes", "now", "coming"),
    "history.name": ("name", "was"),
    "history.restore": ("revision",),
    "consulting.save": ("title", "question"),
    "consulting.preview": ("title", "question"),
    "consulting.comment": ("text", "segment", "answers"),
    "consulting.edit": ("text", "segment"),
    "consulting.settle": ("settled",),
    "library.add": ("plan", "part", "length"),
    "sharing.publish": ("title", "when_to_use", "words"),
    "sharing.preview": ("title", "when_to_use"),
    "programmes.create": ("title", "hope", "count", "begins", "weeks", "length", "areas", "fears"),
    "programmes.save_head": ("title", "hope", "begins", "weeks", "length", "areas", "fears", "number"),
    "programmes.save_session": ("aim", "kind", "number"),
    "programmes.move": ("position",),
    "programmes.attach": ("plan",),
    "programmes.mend": ("kind", "session", "other", "place"),
    "programmes.move_step": ("source", "segment", "target", "before"),
    "programmes.put_back": ("moved",),
    "programmes.into": ("session",),
    "programmes.publish": ("title", "when_to_use", "aims"),
    "programmes.preview": ("title", "when_to_use"),
    "programmes.use": ("begins", "weeks"),
    "programmes.overview_preview": ("paper", "design"),
    "packs.create": ("sheets", "form", "copies", "paper", "design", "lang"),
    "packs.look": ("q", "starred", "sheets"),
    "wording.check": ("text", "field"),
    "wording.leave": ("mark",),
    "wording.leave_in_plan": ("mark",),
    "wording.use_instead": ("segment", "field", "mark", "revision"),
    "wording.switch": ("on",),
    "keys.switch": ("on",),
    "accounts.account": ("name",),
    "accounts.practice": ("name", "paper"),
    "letterhead.edit": ("contact_line", "footer", "accent", "instead"),
    "letterhead.preview": ("contact_line", "footer", "accent"),
    "accounts.invite": ("email", "role"),
    "accounts.change_role": ("role",),
    "sheets.one_preview": ("sheet", "paper", "design", "lang", "name_a", "pronouns_b", "next_time"),
    "sheets.make_preview": ("exercises", "title"),
    "sheets.search": ("exercises", "q", "starred"),
    "handouts.choose_preview": (
        "paper",
        "design",
        "sheet",
        "segments",
        "lang",
        "pronouns_a",
        "next_date",
        "line",
    ),
}
READ = (
    "/?q=",
    "/library?q=",
    "/library?area=",
    "/library?page=",
    "/templates?page=",
    "/consultations/",
    "/templates?fear=",
    "/programmes/",
    "/programmes/templates/",
    "/packs/",
    "/packs/new?programme=",
    "/plans/",
    "/library/",
    "/library/drafts/",
    "/library/booklet?exercise=",
    "/library/booklet?plan=",
    "/library/sheets/code?code=",
    "/s/",
    "/templates/",
    "/sign-in?next=",
    "/reset/",
    "/join/",
    "/calendar/",
    "/practice/colour.css?of=",
)


def sent(fields: dict[str, str], name: str, value: bytes) -> str:
    """A form with one odd field, written as bytes, as some browsers and every attacker can."""
    odd = f"{name}={quote_from_bytes(value, safe='')}"
    return "&".join(
        [odd, *(f"{key}={quote_from_bytes(text.encode())}" for key, text in fields.items() if key != name)]
    )


@pytest.mark.parametrize("endpoint", FIELDS)
def test_a_field(endpoint: str, app: Flask, cast: Cast, made: dict[str, str], owner: FlaskClient) -> None:
    rule = next(iter(app.url_map.iter_rules(endpoint)))
    path = address(app, rule, made)
    for name in FIELDS[endpoint]:
        for what, value in ODD.items():
            with app.app_context():
                current = queries.record(db.session, cast.owner, made["plan"]).current
            form = sent(RIGHT | {"revision": str(current)}, name, value)
            # A whole page for one of them, the part that changes for the others: it is the same answer.
            headers = {} if what == "markup" else {"HX-Request": "true"}
            kind = "application/x-www-form-urlencoded"
            answer = owner.post(path, data=form, content_type=kind, headers=headers)
            assert answer.status_code in (200, 204, 303, 409, 422), (
                f"{name}: {what} answered {answer.status_code}"
            )
            assert "<script>alert" not in answer.text, f"{name}: {what}"
    with app.app_context():
        assert queries.opened(db.session, cast.owner, made["plan"]).plan.title.strip()
    for page in ("/", f"/plans/{made['plan']}", "/templates", "/practice", "/account"):
        shown = owner.get(page)
        assert shown.status_code == 200, page
        assert "<script>alert" not in shown.text, page


@pytest.mark.parametrize("address", READ)
def test_an_address(address: str, owner: FlaskClient) -> None:
    for what, value in ODD.items():
        if len(value) < 2000:
            answer = owner.get(address + quote_from_bytes(value, safe=""))
            assert answer.status_code in (200, 302, 303, 308, 404), what
            assert "<script>alert" not in answer.text, what


@pytest.mark.parametrize("field", ["email", "password"])
def test_signing_in(field: str, app: Flask) -> None:
    visitor = app.test_client()
    right = {"email": "owner@example.org", "password": PASSWORD}
    for what, value in ODD.items():
        answer = visitor.post(
            "/sign-in", data=sent(right, field, value), content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (422, 429), what


@pytest.mark.parametrize("text", ["\n", "\r\n"])
def test_a_line_counts_as_one_character_however_it_was_sent(
    text: str, made: dict[str, str], owner: FlaskClient
) -> None:
    """Browsers count a line's end once while one types, and send it as two characters."""
    hope = text.join(["they laugh"] * 54)
    data = RIGHT | {"revision": "1", "hope": hope}
    assert owner.post(f"/plans/{made['plan']}/head", data=data).status_code == 303


def test_a_title_is_one_line(made: dict[str, str], owner: FlaskClient) -> None:
    owner.post(f"/plans/{made['plan']}/head", data=RIGHT | {"revision": "1", "title": " One\r\ntwo\x00 "})
    assert "<h1>One two</h1>" in owner.get(f"/plans/{made['plan']}").text
