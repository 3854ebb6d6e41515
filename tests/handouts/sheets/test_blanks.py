"""Blank sheets: a map of the seven areas, a scale of hope, and what close means."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from planner.handouts.cli import handout_command
from planner.handouts.options import DESIGNS, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import worker
from planner.handouts.printed import Printed
from planner.handouts.sheets import blanks
from planner.handouts.sheets.document import Document, NothingToPrint
from planner.handouts.words.languages import LANGUAGES
from planner.handouts.words.readable import readable
from planner.library.exercise import Exercise, Ticks
from planner.taxonomy import TAXONOMY
from tests.handouts import ua
from tests.handouts.conftest import FOOT

Make = Callable[..., Printed]


@pytest.fixture
def blank(library: dict[str, Exercise]) -> Make:
    """`blank("map", lang="de")`"""

    def make(which: str, whose: str = "together", **options: object) -> Printed:
        made = Options(**options)  # type: ignore[arg-type]
        return blanks.of(which, whose, library[blanks.MEANINGS_EXERCISE], made, FOOT, "ab" * 32)

    return make


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("in_app")
def test_the_map_has_the_seven_areas_each_for_now_and_for_what_is_hoped(blank: Make, lang: str) -> None:
    html = to_html(blank(blanks.MAP, lang=lang))
    assert html.count('class="area"') == len(TAXONOMY.areas) == 7
    assert html.count('class="boxes"') == 14
    assert html.count("<li>") == 14 * 11
    if lang != "en":
        assert "Hoped for" not in html
        assert "Having fun" not in html


@pytest.mark.parametrize("which", blanks.BLANKS)
@pytest.mark.usefixtures("in_app")
def test_what_is_read_is_easy_and_names_no_questionnaire_score(blank: Make, which: str) -> None:
    html = to_html(blank(which))
    found = readable(html)
    assert not found.is_hard
    assert not found.is_long
    assert "You can stop at any time." in html
    assert "score" not in html


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.usefixtures("in_app")
def test_the_scale_of_hope_has_room_for_one_small_step(blank: Make, design: str) -> None:
    html = " ".join(to_html(blank(blanks.HOPE_SCALE, design=design)).split())
    for expected in ("no hope just now", "one point higher", "One small step", "Half a point counts too."):
        assert expected in html
    assert html.count('class="rule"') == 12


def test_a_and_b_have_the_twelve_ways_in_orders_of_their_own(blank: Make) -> None:
    orders = []
    for whose in ("a", "b"):
        made = blank(blanks.MEANINGS, whose)
        assert isinstance(made, Document)
        assert made.whose == whose
        assert len(made.sheets) == 1
        orders.append(next(each.options for each in made.sheets[0].handout.blocks if isinstance(each, Ticks)))
    assert set(orders[0]) == set(orders[1])
    assert len(set(orders[0])) == 12
    assert orders[0] != orders[1]


@pytest.mark.parametrize("lang", ["en", "de", "ar"])
@pytest.mark.usefixtures("in_app")
def test_the_one_to_keep_lists_the_twelve_and_has_nothing_to_tick(blank: Make, lang: str) -> None:
    made = blank(blanks.MEANINGS, lang=lang)
    html = to_html(made)
    assert isinstance(made, blanks.Meanings)
    assert made.untranslated == ()
    assert all(way in html for way in made.ways)
    assert len(made.ways) == 12
    assert 'class="worksheet ticks' not in html
    assert made.code in html


@pytest.mark.parametrize("which", [blanks.MAP, blanks.HOPE_SCALE])
def test_the_others_have_no_sheets_for_one_partner(blank: Make, which: str) -> None:
    with pytest.raises(NothingToPrint):
        blank(which, "a")


@pytest.mark.usefixtures("in_app")
def test_the_map_takes_one_page_and_two_where_letters_are_large(blank: Make) -> None:
    fullest = blank(blanks.MAP, paper="letter", lang="de")
    assert worker.measure(to_html(fullest), 1).pages == 1
    assert worker.measure(to_html(blank(blanks.MAP, design="large")), 2).pages == 2


def test_the_map_that_is_filled_in_on_a_screen_says_which_row_is_which(paper_app: Flask, blank: Make) -> None:
    with paper_app.app_context():
        html = to_html(blank(blanks.MAP, fillable=True))
    pdf = worker.make(html, 1, fillable=True)[0]
    ua.check(pdf, lang="en-GB")
    fields = (PdfReader(io.BytesIO(pdf)).get_fields() or {}).values()
    words = {str(each.get("/TU")) for each in fields}
    assert {"Self: Now", "Self: Hoped for", "Play: Hoped for"} <= words


# On the screen


def test_the_shelf_leads_to_each(owner: FlaskClient) -> None:
    assert "/library/sheets" in owner.get("/library").text
    shelf = owner.get("/library/sheets").text
    for which in blanks.BLANKS:
        assert f'href="/library/sheets/{which}"' in shelf
        page = owner.get(f"/library/sheets/{which}").text
        assert "Make the PDF" in page
        assert owner.get(f"/library/sheets/{which}/preview").status_code == 200
    assert owner.get("/library/sheets/scale").status_code == 404


def test_before_sexual_closeness_is_named_the_counsellor_is_reminded_to_ask(owner: FlaskClient) -> None:
    for page in ("/library/sheets", "/library/sheets/meanings"):
        assert "Ask each alone first" in owner.get(page).text


def test_a_pdf_has_a_neutral_name(owner: FlaskClient) -> None:
    form = {"sheet": "together", "paper": "a4", "design": "standard", "lang": "es"}
    answer = owner.post("/library/sheets/hope-scale", data=form)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hope-scale.pdf"'
    assert "esperanza" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().lower()
    refused = owner.post("/library/sheets/map", data=form | {"sheet": "a", "line": "x" * 201})
    assert refused.status_code == 422
    assert "Please keep the line under 200 characters." in refused.text


# On the command line


@pytest.fixture
def run(paper_app: Flask) -> Callable[..., Result]:
    runner = paper_app.test_cli_runner()

    def invoke(*arguments: object) -> Result:
        return runner.invoke(handout_command, [str(each) for each in arguments])

    return invoke


def test_the_command_prints_them_by_name(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("meanings", "--kind", "b", "--out", tmp_path / "b.pdf").exit_code == 0
    assert "For Partner B" in PdfReader(tmp_path / "b.pdf").pages[0].extract_text()
    refused = run("map", "--kind", "cards", "--out", tmp_path / "x.pdf")
    assert refused.exit_code == 1
    assert "nothing to print of this kind" in refused.output
