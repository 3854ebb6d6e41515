"""The letterhead: owners change it, all that is printed carries it, and nobody else sees the logo."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import flask
import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from planner.accounts import operations
from planner.accounts.models import Practice
from planner.errors import NotAllowed
from planner.handouts.letterhead.logo import FILE_LIMIT, checked
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import worker
from tests.accounts.people import ask
from tests.cast import Cast
from tests.handouts import samples, ua

PAGE = "/practice/letterhead"
TYPED = {
    "contact_line": " 14 Quay Street \r\n\r\n01632  960 001\r\n",
    "footer": "harbour.example",
    "accent": "8B1E3F",
}
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><path fill="#135" d="M0 0h90v40z"/></svg>'
)


def picture(colour: str = "navy") -> bytes:
    file = BytesIO()
    Image.new("RGB", (120, 40), colour).save(file, "PNG")
    return file.getvalue()


def form(content: bytes | None = None, name: str = "logo.png", **changed: str) -> dict[str, object]:
    sent: dict[str, object] = TYPED | changed
    return sent if content is None else sent | {"picture": (BytesIO(content), name)}


def saved(app: Flask, cast: Cast) -> tuple[str, str, str, str, bytes | None]:
    def read(session: object) -> tuple[str, str, str, str, bytes | None]:
        found = session.get_one(Practice, cast.owner.practice_id)  # type: ignore[attr-defined]
        return found.contact_line, found.footer, found.accent, found.logo_kind, found.logo

    return ask(app, read)


def photograph(megabytes: int) -> dict[str, Any]:
    """A request as a browser sends it; of one that says it is very long only a part is made."""
    begin = b'--edge\r\nContent-Disposition: form-data; name="footer"\r\n\r\nhalf typed\r\n--edge\r\n'
    begin += b'Content-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
    body = begin + b"\xff" * (min(megabytes, 20) * 1_000_000) + b"\r\n--edge--\r\n"
    says = {"CONTENT_LENGTH": str(max(len(body), megabytes * 1_000_000))}
    kind = "multipart/form-data; boundary=edge"
    return {"input_stream": BytesIO(body), "content_type": kind, "environ_overrides": says}


class TestSaving:
    def test_the_owner_saves_all_of_it(self, app: Flask, owner: FlaskClient, cast: Cast) -> None:
        assert owner.post(PAGE, data=form(picture())).status_code == 303
        contact, footer, accent, kind, content = saved(app, cast)
        assert (contact, footer, accent) == ("14 Quay Street\n01632 960 001", "harbour.example", "#8b1e3f")
        assert (kind, content) == ("png", checked(picture()).content)
        assert owner.post(PAGE, data=form(footer="")).status_code == 303
        assert saved(app, cast)[3:] == (kind, content), "without a new file the logo stays"

    def test_a_drawing_is_taken_once_it_was_printed(self, app: Flask, owner: FlaskClient, cast: Cast) -> None:
        assert owner.post(PAGE, data=form(DRAWING, "logo.svg")).status_code == 303
        assert saved(app, cast)[3] == "svg"

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            (form(b"GIF89a"), "neither a PNG nor an SVG"),
            (form(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg"), "holds a script"),
            (form(picture("white")), "would not be seen on paper"),
            (form(b"\x89PNG\r\n\x1a\n" + bytes(400_000)), "larger than 300 kB"),
            (form(contact_line="1\n2\n3\n4"), "three lines at most"),
            (form(contact_line="x" * 61), "under 60 characters"),
            (form(accent="reddish"), "such as #2b5a87"),
            (form(accent="#22bb55"), "The nearest shade that holds is #006728"),
        ],
    )
    def test_what_does_not_fit_is_said_and_what_was_typed_stays(
        self, app: Flask, owner: FlaskClient, cast: Cast, sent: dict[str, object], said: str
    ) -> None:
        before = saved(app, cast)
        answer = owner.post(PAGE, data=sent)
        assert answer.status_code == 422
        assert said in answer.text
        assert "harbour.example" in answer.text
        assert saved(app, cast) == before

    @pytest.mark.parametrize("megabytes", [1, 20])
    def test_a_photograph_is_refused_at_its_field_and_what_was_typed_stays(
        self, app: Flask, owner: FlaskClient, cast: Cast, megabytes: int
    ) -> None:
        before = saved(app, cast)
        answer = owner.post(PAGE, **photograph(megabytes))
        assert answer.status_code == 422
        assert "larger than 300 kB" in answer.text
        assert "half typed" in answer.text
        assert "shorten the text" not in answer.text
        assert saved(app, cast) == before

    def test_of_a_photograph_only_the_beginning_is_kept_and_nothing_on_the_disk(self, app: Flask) -> None:
        with app.test_request_context(PAGE, method="POST", **photograph(2)):
            flask.request.max_content_length = 3_000_000
            flask.request.keep_of_file = FILE_LIMIT + 1  # type: ignore[attr-defined]
            file = flask.request.files["picture"]
            assert isinstance(file.stream, BytesIO)
            assert len(file.read()) == FILE_LIMIT + 1

    def test_what_has_no_end_is_not_read(self, owner: FlaskClient) -> None:
        for address, code in ((PAGE, 413), (f"{PAGE}/preview", 422)):
            answer = owner.post(address, **photograph(80))
            assert answer.status_code == code
            assert "shorten the text" not in answer.text
        assert "larger than 300 kB" in answer.text
        assert "<nav" not in answer.text, "the frame of the preview has no room for the whole site"

    def test_the_offered_shade_is_taken_with_one_press(
        self, app: Flask, owner: FlaskClient, cast: Cast
    ) -> None:
        refused = owner.post(PAGE, data=form(accent="#22bb55"))
        assert 'name="instead" value="#006728"' in refused.text
        assert owner.post(PAGE, data=form(accent="#22bb55", instead="#006728")).status_code == 303
        assert saved(app, cast)[2] == "#006728"
        assert owner.post(PAGE, data=form(accent="", instead="#22bb55")).status_code == 422

    def test_removing_the_logo_keeps_what_is_being_typed(
        self, app: Flask, owner: FlaskClient, cast: Cast
    ) -> None:
        owner.post(PAGE, data=form(picture()))
        answer = owner.post(f"{PAGE}/remove-logo", data=form(footer="half typed"))
        assert answer.status_code == 200
        assert "half typed" in answer.text
        assert saved(app, cast)[1] == "harbour.example"
        assert saved(app, cast)[3:] == ("", None)
        assert owner.get("/practice/logo").status_code == 404

    def test_a_counsellor_sees_it_and_changes_nothing(
        self, app: Flask, owner: FlaskClient, colleague: FlaskClient, cast: Cast
    ) -> None:
        owner.post(PAGE, data=form(picture()))
        page = colleague.get(PAGE).text
        assert "14 Quay Street" in page
        assert 'type="file"' not in page
        before = saved(app, cast)
        assert colleague.post(PAGE, data=form(footer="mine")).status_code == 403
        assert colleague.post(f"{PAGE}/remove-logo").status_code == 403
        assert saved(app, cast) == before
        with app.app_context(), pytest.raises(NotAllowed):
            operations.keep_logo(ask(app, lambda session: session), cast.colleague, "png", b"")


class TestTheLogosAddress:
    def test_members_see_it_and_it_can_run_nothing(
        self, app: Flask, owner: FlaskClient, colleague: FlaskClient, outsider: FlaskClient
    ) -> None:
        owner.post(PAGE, data=form(picture()))
        answer = colleague.get("/practice/logo")
        assert answer.mimetype == "image/png"
        assert answer.data == checked(picture()).content
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert outsider.get("/practice/logo").status_code == 404
        assert app.test_client().get("/practice/logo").status_code in (302, 401, 404)

    def test_a_colour_is_a_colour_and_nothing_else(self, owner: FlaskClient) -> None:
        assert owner.get("/practice/colour.css?of=8b1e3f").text == ".paper { --accent: #8b1e3f; }\n"
        for odd in ("", "red", "8b1e3f}body{display:none"):
            assert owner.get("/practice/colour.css", query_string={"of": odd}).status_code == 404


class TestPreview:
    def test_it_shows_what_is_typed_and_keeps_nothing(
        self, app: Flask, owner: FlaskClient, cast: Cast
    ) -> None:
        before = saved(app, cast)
        page = owner.post(f"{PAGE}/preview", data=form(picture())).text
        for part in (
            "14 Quay Street",
            "harbour.example",
            "colour.css?of=8b1e3f",
            'data-picture="data:image/png',
        ):
            assert part in page
        assert saved(app, cast) == before

    def test_what_does_not_fit_is_said_in_its_place(self, owner: FlaskClient) -> None:
        answer = owner.post(f"{PAGE}/preview", data=form(b"GIF89a"))
        assert answer.status_code == 422
        assert "neither a PNG nor an SVG" in answer.text

    def test_every_preview_takes_the_saved_logo_from_our_own_page(self, owner: FlaskClient) -> None:
        owner.post(PAGE, data=form(picture()))
        page = owner.get("/library/touch-menu/handout/preview").text
        assert 'src="/practice/logo" alt="Harbour Practice"' in page
        assert "data:image" not in page
        assert "<style" not in page


def full(**changed: str) -> Letterhead:
    lines = "14 Quay Street\n01632 960 001"
    given = {"contact": lines, "footer": "harbour.example", "accent": "#8b1e3f", **changed}
    return Letterhead("Harbour Practice", logo=checked(DRAWING).address, **given)


@pytest.fixture(scope="module")
def printed(application: Flask) -> bytes:
    made = replace(samples.SAMPLES["together"](Options()), letterhead=full())
    with application.app_context():
        html = to_html(made)
    return worker.make(html, 1)[0]


def html_of(app: Flask, kind: str, letterhead: Letterhead, **options: object) -> str:
    with app.app_context():
        return to_html(replace(samples.SAMPLES[kind](Options(**options)), letterhead=letterhead))  # type: ignore[arg-type]


class TestOnPaper:
    def test_the_logo_is_described_once_and_first(self, printed: bytes) -> None:
        ua.check(printed, lang="en-GB")
        with pikepdf.open(BytesIO(printed)) as opened:
            kinds = [(str(each["/S"]), str(each.get("/Alt", ""))) for each in ua.tree(opened)]
        assert kinds.count(("/Figure", "Harbour Practice")) == 1
        assert kinds.index(("/Figure", "Harbour Practice")) < kinds.index(("/H1", ""))

    def test_it_can_be_read(self, printed: bytes) -> None:
        assert ua.least_contrast(printed) >= 7

    @pytest.mark.parametrize("kind", [kind for kind in samples.SAMPLES if kind != "cards"])
    def test_every_kind_begins_with_it(self, app: Flask, kind: str) -> None:
        html = html_of(app, kind, full())
        assert html.count('class="letterhead"') == 1
        assert html.index('class="letterhead"') < html.index("<h1")
        assert "--accent: #8b1e3f" in html

    def test_cards_keep_their_room(self, app: Flask) -> None:
        assert 'class="letterhead"' not in html_of(app, "cards", full())
        assert "harbour.example" in html_of(app, "cards", full())

    def test_one_contact_line_alone_stays_at_the_foot(self, app: Flask) -> None:
        html = html_of(app, "exercise", Letterhead("Harbour Practice", "01632 960 001"))
        assert "letterhead" not in html
        assert html.index("01632 960 001") < html.index("<h1")

    def test_without_a_logo_the_name_stands_there(self, app: Flask) -> None:
        html = html_of(app, "exercise", replace(full(), logo=""))
        assert '<p class="practice"' in html
        assert "<img" not in html

    def test_a_lines_own_signs_stay_signs(self, app: Flask) -> None:
        html = html_of(app, "exercise", full(contact="<b>1</b>\n2", footer="<script>"))
        assert "<b>1" not in html
        assert "<script>" not in html
