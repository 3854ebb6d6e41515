"""A booklet of exercises: title page, contents that tell the pages, and sheets for both."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from planner.db import db
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.sheets import booklet
from planner.handouts.sheets.booklet import MOST, Booklet
from planner.handouts.sheets.document import NothingToPrint
from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Plan
from tests.cast import Cast
from tests.handouts.conftest import FOOT, PRIVATE, Print, Printed
from tests.library.samples import little, write

SLUGS = ("thanks-that-names-you", "touch-menu", "closeness-dial")
FORM = {"sheet": "together", "paper": "a4", "design": "standard", "lang": "en"}


def of(library: dict[str, Exercise], *slugs: str, called: str = "", **options: object) -> Booklet:
    chosen = [(library[slug], "ab" * 32) for slug in slugs]
    return booklet.of_exercises(chosen, called, Options(**options), FOOT)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def printed(print_: Print, library: dict[str, Exercise]) -> Printed:
    return print_(of(library, *SLUGS, called="For Zoë and Sam"))


def test_it_has_a_title_page_with_the_practice_and_tells_the_pages_of_its_sheets(printed: Printed) -> None:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(printed.pdf)).pages]
    assert "For Zoë and Sam" in pages[0]
    assert "Harbour Practice" in pages[0]
    assert len(pages) == 4
    for number, title in ((2, "Thanks that names you"), (3, "Our shared menu"), (4, "A little nearer")):
        assert title in pages[number - 1]
        assert title in pages[0]
    assert [word for word in pages[0].split() if word in ("2", "3", "4")][:3] == ["2", "3", "4"]


def test_viewers_can_jump_to_each_sheet_and_read_no_name_in_the_title(printed: Printed) -> None:
    reader = PdfReader(io.BytesIO(printed.pdf))
    links = [each.get_object() for each in reader.pages[0].get("/Annots", [])]
    assert len(links) == 3
    outline = [each for part in reader.outline for each in (part if isinstance(part, list) else [part])]
    titles = [each.title for each in outline]
    assert "Our shared menu" in titles
    assert reader.metadata is not None
    assert reader.metadata.title == "Exercises for you"


@pytest.mark.usefixtures("in_app")
def test_a_long_list_has_a_page_of_its_own(library: dict[str, Exercise]) -> None:
    both = [slug for slug, each in library.items() if each.handout("together")]
    assert 'id="contents"' not in to_html(of(library, *both[:8]))
    assert 'id="contents"' in to_html(of(library, *both[:9]))
    assert 'id="contents"' in to_html(of(library, *both[:5], design="large"))


@pytest.mark.usefixtures("in_app")
def test_sheets_for_one_partner_are_never_in_it(library: dict[str, Exercise]) -> None:
    html = to_html(of(library, "twelve-ways-to-be-close", "touch-menu"))
    assert "This page is for you alone" not in html
    assert html.count('<article class="handout"') == 2


def test_a_title_of_ones_own_is_kept_nowhere(library: dict[str, Exercise]) -> None:
    assert of(library, "touch-menu").keep
    assert not of(library, "touch-menu", called="For Zoë and Sam").keep


@pytest.mark.usefixtures("in_app")
def test_a_plan_becomes_one_without_anything_of_the_counsellors(
    plan: Plan, exercises: dict[Origin, Exercise]
) -> None:
    made = booklet.of_plan(plan, exercises, [each.id for each in plan.segments], Options(), FOOT)
    html = to_html(made)
    assert not [each for each in PRIVATE if each in html]
    with pytest.raises(NothingToPrint):
        booklet.of_plan(plan, exercises, [], Options(), Letterhead())


# On the screen


def chosen(page: str) -> list[str]:
    """The slugs that are ticked, in order."""
    return [
        part.split('value="')[1].split('"')[0]
        for part in page.split("<input ")
        if "checked" in part and 'name="exercises"' in part
    ]


def test_exercises_are_searched_for_while_the_ticked_ones_stay(owner: FlaskClient) -> None:
    page = owner.get("/library/booklet?exercise=touch-menu&exercise=closeness-dial").text
    assert chosen(page) == ["touch-menu", "closeness-dial"]
    sent = {**FORM, "title": "Quiet evenings", "q": "thanks", "exercises": ["closeness-dial"]}
    found = owner.post("/library/booklet/search", data=sent).text
    assert chosen(found) == ["closeness-dial"]
    assert "Quiet evenings" in found
    assert 'value="thanks-that-names-you"' in found
    part = owner.post("/library/booklet/search", data=sent, headers={"HX-Request": "true"}).text
    assert part.strip().startswith("<fieldset")
    assert chosen(part) == ["closeness-dial"]


def test_favourites_come_first(owner: FlaskClient) -> None:
    owner.post("/library/walk-and-say/star")
    page = owner.post("/library/booklet/search", data=FORM | {"starred": "y"}).text
    assert page.count('name="exercises"') == 1
    assert 'value="walk-and-say"' in page


def test_the_pdf_comes_with_a_neutral_name_and_its_title_is_kept_nowhere(
    owner: FlaskClient, app: Flask
) -> None:
    kept: Path = app.extensions["settings"].folder / "cache" / "pdf"
    answer = owner.post("/library/booklet", data=FORM | {"exercises": ["touch-menu"], "title": "For Zebedee"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="booklet.pdf"'
    assert "For Zebedee" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert not kept.exists()


def test_what_is_missing_or_too_much_is_said_at_its_field(
    owner: FlaskClient, library: dict[str, Exercise]
) -> None:
    nothing = owner.post("/library/booklet", data=FORM | {"title": "T" * 81})
    assert nothing.status_code == 422
    assert "Please tick at least one exercise." in nothing.text
    assert "Please keep the title under 80 characters." in nothing.text
    assert "T" * 81 in nothing.text
    many = owner.post("/library/booklet", data=FORM | {"exercises": list(library)[: MOST + 1]})
    assert many.status_code == 422
    assert "Please tick 40 exercises or fewer." in many.text


def test_a_private_exercise_gets_into_its_owners_booklet_only(
    app: Flask, cast: Cast, owner: FlaskClient, colleague: FlaskClient, plan_id: str
) -> None:
    with app.app_context():
        slug = write(db.session, cast.owner, little("Confidential exercise")).slug
        db.session.commit()
        db.session.remove()
    address = f"/library/booklet?exercise={slug}"
    assert chosen(owner.get(address).text) == [slug]
    assert "Confidential" not in colleague.get(address).text
    refused = colleague.post("/library/booklet", data=FORM | {"exercises": [slug]})
    assert refused.status_code == 422
    assert "Confidential" not in refused.text
    assert chosen(owner.get(f"/library/booklet?plan={plan_id}").text) == ["touch-menu"]
    assert colleague.get(f"/library/booklet?plan={plan_id}").status_code == 404
