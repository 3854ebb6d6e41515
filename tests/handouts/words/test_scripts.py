"""Names print in any script that we have letters for, on every machine alike; of others one is told."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from planner.handouts.options import Options
from planner.handouts.paper import to_html
from planner.handouts.pdf.assets import STATIC
from planner.handouts.words import scripts
from tests.handouts import ua
from tests.handouts.conftest import Print
from tests.handouts.samples import SAMPLES, of_exercise

NAMES = {
    "greek": "Ελένη",
    "cyrillic": "Пётр",
    "vietnamese": "Nguyễn",
    "hebrew": "שרה",
    "arabic": "محمد",
    "devanagari": "अनुष्का",
    "bengali": "গীতা",
    "gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "gujarati": "ગીતા",
    "tamil": "தமிழ்",
    "thai": "สมชาย",
    "ethiopic": "አበበ",
}


def test_every_script_has_a_name_to_try_it_and_its_files() -> None:
    assert NAMES.keys() == scripts.SCRIPTS.keys()
    stack = (STATIC / "css" / "paper.css").read_text()
    for name, (_letters, font) in scripts.SCRIPTS.items():
        css = (STATIC / "css" / f"paper-letters-{name}.css").read_text()
        assert f'"Paper {name.capitalize()}"' in css
        assert f'"Paper {name.capitalize()}"' in stack
        for weight in (400, 700):
            assert f'url("../vendor/{font}-{weight}-normal.woff2")' in css
            assert (STATIC / "vendor" / f"{font}-{weight}-normal.woff2").is_file()


def test_names_in_all_of_them_are_set_in_our_own_fonts(print_: Print) -> None:
    options = Options(names=("अनुष्का", "สมชาย"), line=" ".join(NAMES.values()))
    printed = print_(SAMPLES["ending"](options))
    reader = PdfReader(io.BytesIO(printed.pdf))
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {f"Paper-{name.capitalize()}" for name in NAMES} <= fonts
    assert all(font.startswith("Paper-") for font in fonts), fonts
    assert scripts.missing(printed.html) == ""
    ua.check(printed.pdf, lang="en-GB")


@pytest.mark.usefixtures("in_app")
def test_a_page_without_such_letters_loads_nothing_for_them() -> None:
    for lang, wanted in (("en", []), ("es", []), ("de", []), ("ar", ["css/paper-letters-arabic.css"])):
        html = to_html(of_exercise("touch-menu")(Options(lang=lang)))
        assert scripts.style_sheets(html) == wanted
        assert html.count("paper-letters-") == len(wanted)
        assert scripts.missing(html) == ""


@pytest.mark.usefixtures("in_app")
def test_letters_that_we_have_no_font_for_are_named_once_each() -> None:
    html = to_html(SAMPLES["ending"](Options(line="김민준 and 王芳, 김 👩‍👧 again: “ok” … Łódź")))
    assert scripts.missing(html) == "김민준王芳👩👧"
