"""A handout speaks its language: the frame by catalogues, sheets by editions; what is English is marked."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.mofile import read_mo
from flask.testing import FlaskClient

from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.sheets import document
from planner.handouts.words import catalogues
from planner.handouts.words.languages import LANGUAGES, direction_of
from planner.handouts.words.readable import sentences
from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Plan
from tests.handouts.conftest import FREE, Print, segment
from tests.handouts.samples import SAMPLES

OTHERS = [key for key in LANGUAGES if key != "en"]
TRANSLATED, NOT_TRANSLATED = "hello-and-goodbye", "closeness-dial"


def made(
    library: dict[str, Exercise], lang: str, hope: str | None = None, **fields: object
) -> document.Document:
    """A plan with a sheet in every language, one in English alone, and one of the counsellor's own."""
    segments = (segment(TRANSLATED, "home"), segment(NOT_TRANSLATED), FREE)
    plan = Plan("t", hope="they can ask for a hug", segments=segments)
    exercises = {Origin(slug, "v1"): one for slug, one in library.items()}
    options = Options(lang=lang, **fields)  # type: ignore[arg-type]
    return document.of_plan(
        plan, exercises, [each.id for each in segments], "together", options, Letterhead(), hope
    )


# The catalogues


@pytest.mark.parametrize("lang", OTHERS)
def test_every_string_of_the_paper_is_translated(lang: str) -> None:
    assert catalogues.missing(catalogues.catalogue(lang)) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_text(lang: str) -> None:
    path = catalogues.po_of(lang).with_suffix(".mo")
    compiled = read_mo(BytesIO(path.read_bytes()))
    told = {each.id: each.string for each in catalogues.catalogue(lang) if each.id}
    assert {each.id: each.string for each in compiled if each.id} == told
    # `make translations` would leave nothing out and put nothing in.
    assert set(told) == set(catalogues.strings())


@pytest.mark.parametrize("lang", OTHERS)
def test_placeholders_are_kept(lang: str) -> None:
    for message in catalogues.catalogue(lang):
        if message.id:
            assert set(re.findall(r"%\(\w+\)s", message.string)) == set(re.findall(r"%\(\w+\)s", message.id))


def test_the_paper_of_the_counsellor_is_no_part_of_it() -> None:
    assert "Take care:" not in catalogues.strings()
    assert "Make the PDF" not in catalogues.strings()
    assert Path("handouts/sheet.html").name in {path.name for path in catalogues.paper_templates()}


# A document


@pytest.mark.parametrize(
    ("lang", "greeting", "own_title"),
    [
        ("es", "Para ti y tu pareja", "En casa"),
        ("de", "Für euch beide", "Zu Hause"),
        ("ar", "إليكما معًا", "في البيت"),
    ],
)
@pytest.mark.usefixtures("in_app")
def test_frame_and_sheets_speak_the_language(
    library: dict[str, Exercise], lang: str, greeting: str, own_title: str
) -> None:
    language = LANGUAGES[lang]
    html = to_html(made(library, lang))
    assert f'<html lang="{language.tag}" dir="{language.direction}">' in html
    assert greeting in html
    assert f">{own_title}</h3>" in html
    assert f"{catalogues.catalogue(lang).get('Affection').string}</p>" in html


@pytest.mark.usefixtures("in_app")
def test_what_stays_english_is_marked_so_that_it_is_read_aloud_right(library: dict[str, Exercise]) -> None:
    html = to_html(made(library, "ar"))
    english = re.findall(r'<div lang="en-GB" dir="ltr"> *\s*<article', html)
    assert len(english) == 2
    assert '<p lang="en-GB" dir="ltr">you can ask for a hug.</p>' in html
    assert html.count("هذه الورقة باللغة الإنجليزيّة.") == 2
    # An English sheet is English as a whole, its own headings and names of areas too.
    sheet = html.split('<div lang="en-GB" dir="ltr">')[1].split("</article>")[0]
    assert not re.search(r"[\u0600-\u06ff]", sheet)


def test_before_printing_it_can_be_said_what_is_in_english(library: dict[str, Exercise]) -> None:
    assert made(library, "es").untranslated == (library[NOT_TRANSLATED].handouts[0].title, FREE.title)
    assert made(library, "en").untranslated == ()


@pytest.mark.usefixtures("in_app")
def test_a_hope_typed_for_the_print_is_in_its_language(library: dict[str, Exercise]) -> None:
    html = to_html(made(library, "de", hope="habt ihr einmal zusammen gelacht."))
    assert "<p>Am Ende dieser Sitzung: habt ihr einmal zusammen gelacht.</p>" in html
    english = to_html(made(library, "de"))
    assert "<p>Am Ende dieser Sitzung:</p>" in english
    assert '<p lang="en-GB" dir="ltr">you can ask for a hug.</p>' in english
    assert "<p>By the end of this session you can ask for a hug.</p>" in to_html(made(library, "en"))


@pytest.mark.usefixtures("in_app")
def test_what_is_typed_runs_in_the_direction_of_its_letters(library: dict[str, Exercise]) -> None:
    """So that a full stop stands at its end: paper knows no automatic direction."""
    for lang, hope, line, wanted in (
        ("ar", "you can laugh together.", "It was good to see you.", "ltr"),
        ("ar", "يمكنكما الضحك معًا.", "سررت برؤيتكما.", "rtl"),
        ("en", "يمكنكما الضحك معًا.", "سررت برؤيتكما.", "rtl"),
    ):
        html = to_html(made(library, lang, hope=hope, line=line))
        for words in (hope, line):
            assert re.search(rf'dir="{wanted}">(?:[^<]*: )?{re.escape(words)}</p>', html), (lang, words)
        assert 'dir="auto"' not in html


@pytest.mark.usefixtures("in_app")
def test_dates_are_written_as_in_the_language(library: dict[str, Exercise]) -> None:
    fields = {"next_date": date(2026, 3, 4), "next_time": time(10, 30)}
    assert "Mittwoch, 4. März 2026, 10:30" in " ".join(to_html(made(library, "de", **fields)).split())  # type: ignore[arg-type]
    assert "miércoles, 4 de marzo de 2026" in to_html(made(library, "es", **fields))  # type: ignore[arg-type]


@pytest.mark.usefixtures("in_app")
def test_the_foot_counts_pages_in_the_language(library: dict[str, Exercise]) -> None:
    for lang, word in (("de", "von"), ("en", "of"), ("ar", "من")):
        assert f'<span class="now"></span> {word} <span class="all"></span>' in to_html(made(library, lang))


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.usefixtures("in_app")
def test_no_kind_of_paper_leaves_its_frame_in_english(lang: str) -> None:
    """Of every kind for clients: no string of the frame comes out as it is in English."""
    catalogue = catalogues.catalogue(lang)
    same = {text for text in catalogues.strings() if catalogue.get(text).string == text}
    for name, sample in SAMPLES.items():
        if name == "run-sheet" or "programme" in name:
            continue
        html = re.sub(r'<div lang="en-GB".*?</div>\s*<', "<", to_html(sample(Options(lang=lang))), flags=re.S)
        for text in catalogues.strings():
            if len(text) > 12 and "%" not in text and text not in same:
                assert f">{text}<" not in html, (name, text)


def test_the_direction_of_words_is_that_of_their_first_letter() -> None:
    assert (direction_of("1. سلام Sam"), direction_of("«Sam» سلام"), direction_of("12 …")) == (
        "rtl",
        "ltr",
        "",
    )


# The page


def test_the_pages_say_what_is_translated_and_what_stays_english(owner: FlaskClient) -> None:
    plan = "new"
    for slug in (TRANSLATED, NOT_TRANSLATED):
        form = {"plan": plan, "part": "core", "length": "full"}
        plan = owner.post(f"/library/{slug}/plan", data=form).location.rsplit("/", 1)[1].partition("?")[0]
    assert 'href="/library/languages"' in owner.get("/library").text
    page = " ".join(owner.get("/library/languages").text.split())
    assert f"/library/{TRANSLATED}" in page
    assert f"/library/{NOT_TRANSLATED}" not in page
    assert f"/library/{NOT_TRANSLATED}" in owner.get("/library/languages?all=1").text
    # Of the plan, one of its two sheets is there in each of the three languages.
    assert "<td>1 of 2</td> <td>1 of 2</td> <td>1 of 2</td>" in page

    def checks(slug: str, lang: str) -> str:
        form = {"sheet": "together", "paper": "a4", "design": "standard", "lang": lang}
        return owner.post(f"/library/{slug}/handout/preview?checks=1", data=form).text

    said = checks(NOT_TRANSLATED, "de")
    assert "In English: 1 of 1 sheets. No German text yet." in said
    assert 'href="/library/languages"' in said
    assert "In English" not in checks(NOT_TRANSLATED, "en")
    assert "In English" not in checks(TRANSLATED, "de")


def arabic_words(text: str) -> list[str]:
    """Words of three letters or more, bare of vowel signs, which readers put before or after their letter."""
    bare = re.sub(r"[\u064b-\u0655\u0670\u0640]", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"[\u0621-\u064a]{3,}", bare)


def test_arabic_words_can_be_copied_out_of_the_pdf(print_: Print) -> None:
    """Fonts that draw several letters by one form give back other words than were printed."""
    printed = print_(SAMPLES["exercise"](Options(lang="ar")))
    with pypdfium2.PdfDocument(printed.pdf) as pdf:
        read = arabic_words(" ".join(page.get_textpage().get_text_range() for page in pdf))
    wanted = arabic_words(" ".join(sentences(printed.html)))
    assert len(wanted) > 50
    assert [word for word in wanted if word not in read] == []
