"""Words for people come out right in every combination, and a name stays text, whatever is typed as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from planner.handouts.forms import ClientForm
from planner.handouts.words.languages import LANGUAGES
from planner.handouts.words.pronouns import NotRead, read_pronouns
from planner.handouts.words.wording import cued, ends_together, named, people
from planner.library.edition_gates import read_editions
from planner.library.people import faults_of, inside_braces
from tests.shipped import exercises as shipped_exercises

NAMES = (("", ""), ("Zoë", ""), ("", "Sam"), ("Zoë", "سلمى"))
PRONOUNS = ("", "she/her", "he/him", "they/them", "xe/xem/xyr")
# No exercise that ships needs all of them, so here is a sheet that does.
EVERY_WORD = (
    "{Partner} chose first. {They} {want/wants} an answer, and {they} {have/has} time. Ask {them} what "
    "{their} day was. The choice is {theirs}. {They} {try/tries} by {themselves}. {Their} turn. "
    "You and {partner}."
)


def shipped() -> Iterator[tuple[str, str, str]]:
    """Every text with braces on a sheet that ships: its language, for whom, and the text."""
    exercises = shipped_exercises()
    for lang, one in [("en", each) for each in exercises] + [
        (each.edition.lang, each.edition) for each in read_editions(exercises) if each.edition
    ]:
        texts = [(sheet.whose, text) for sheet in one.handouts for text in sheet.texts()]
        home = one.at_home
        for whose, text in (*texts, *(("together", each) for each in (home.dose, home.cue, home.easy))):
            if inside_braces(text):
                yield lang, whose, text
    yield from (("en", whose, EVERY_WORD) for whose in ("a", "b"))


def clumsy(text: str, said: str) -> str:
    """What is wrong with a text that was filled in, "" when nothing is."""
    if re.search(r"[{}]", said):
        return "braces"
    if "  " in said or re.search(r"\s[,.;!?؟،]", said.replace(" …", "")):
        return "spaces"
    # Where a word in braces begins a sentence, what comes out begins with a capital.
    starts = [match.start() for match in re.finditer(r"(?:^|[.!?؟]\s+)[“„«]?\{", text)]
    plain = re.sub(r"[\u2066-\u2069]", "", said)
    if starts and starts[0] == 0 and re.match(r"[“„«]?[a-zà-ÿ]", plain):
        return "small letter"
    if re.search(r"[.!?]\s+[“„«]?[a-zà-ÿ]", plain):
        return "small letter"
    return ""


def test_every_sheet_reads_well_in_every_combination_of_people() -> None:
    found = []
    for lang, whose, text in shipped():
        for names, pronouns in product(NAMES, PRONOUNS if lang == "en" else ("",)):
            said = str(named(text, people(whose, names, (pronouns, pronouns), lang)))
            if wrong := clumsy(text, said):
                found.append((wrong, lang, whose, names, pronouns, said))
    assert found == []


def test_no_braces_on_a_sheet_that_ships_are_wrong() -> None:
    assert [fault for lang, whose, text in shipped() for fault in faults_of(text, whose, lang)] == []


@pytest.mark.parametrize(
    ("pronouns", "said"),
    [
        ("", "They want it. Ask them for their hat; it is theirs, and they have time."),
        ("she/her", "She wants it. Ask her for her hat; it is hers, and she has time."),
        ("He / Him", "He wants it. Ask him for his hat; it is his, and he has time."),
        ("she/they", "She wants it. Ask her for her hat; it is hers, and she has time."),
        ("they/them/theirs", "They want it. Ask them for their hat; it is theirs, and they have time."),
        ("xe/xem/xyr", "Xe wants it. Ask xem for xyr hat; it is xyrs, and xe has time."),
        ("ze/hir/hir/hirs/hirself", "Ze wants it. Ask hir for hir hat; it is hirs, and ze has time."),
        ("any", "They want it. Ask them for their hat; it is theirs, and they have time."),
    ],
)
def test_pronouns_of_the_partner_and_verbs_agree(pronouns: str, said: str) -> None:
    text = "{They} {want/wants} it. Ask {them} for {their} hat; it is {theirs}, and {they} {have/has} time."
    assert named(text, people("a", ("", ""), ("he/him", pronouns))) == said
    assert named(text, people("b", ("", ""), (pronouns, "he/him"))) == said


@pytest.mark.parametrize(
    "typed", ["she/banana", "ze/hir", "1/2/3", "a/b/c/d/e/f", "<b>/x/y", "x" * 16 + "/x/x"]
)
def test_pronouns_that_cannot_be_read_are_asked_for_again(typed: str) -> None:
    with pytest.raises(NotRead):
        read_pronouns(typed)
    # A sheet stays whole all the same.
    assert named("{They} {are/is} here.", people("a", pronouns=("", typed))) == "They are here."


@given(st.text())
def test_whatever_is_typed_as_pronouns_is_read_or_refused(typed: str) -> None:
    try:
        read = read_pronouns(typed)
    except NotRead:
        return
    assert all(word and not re.search(r"[\s<>{}/]", word) for word in read.words().values())


def test_a_word_for_another_case_gives_way_to_a_name() -> None:
    text = "Schreib {partner/deinem Gegenüber} und {a/der Person A}."
    assert named(text, people("a", ("Zoë", "Sam"), lang="de")) == "Schreib Sam und Zoë."
    assert named(text, people("a", lang="de")) == "Schreib deinem Gegenüber und der Person A."
    assert named("{b/l’autre}", people("a")) == "l’autre"


@pytest.mark.parametrize(
    ("text", "whose", "lang", "fault"),
    [
        ("{partner/deinem Gegenüber} {a} {b} {Partner}", "a", "de", ""),
        ("{They} {want/wants} {their} cup", "a", "en", ""),
        ("{they}", "together", "en", "no meaning on a sheet for both"),
        ("{they}", "a", "de", "is for English texts"),
        ("{his/her}", "a", "en", "not a word for people"),
        ("{nobody}", "a", "en", "not a word for people"),
        ("{a/}", "a", "en", "not a word for people"),
        ("{a", "a", "en", "left open"),
    ],
)
def test_what_may_stand_in_braces(text: str, whose: str, lang: str, fault: str) -> None:
    found = list(faults_of(text, whose, lang))
    assert (fault in found[0]) if fault else not found


def test_a_name_leaves_the_direction_of_the_words_around_it_alone() -> None:
    assert people("together", ("Zoë", "سلمى"))["a"] == "Zoë"
    assert people("together", ("Zoë", "سلمى"))["b"] == "\u2068سلمى\u2069"
    assert people("together", ("Zoë", "سلمى"), lang="ar")["a"] == "\u2068Zoë\u2069"
    assert people("together", ("Zoë", "سلمى"), lang="ar")["b"] == "سلمى"
    assert people("together", ("Jo\u202e", ""))["a"] == "\u2068Jo\u202e\u2069"


@pytest.mark.parametrize(
    "name", ["O’Neil", "D'Arcy", "<b>Jo</b>", "{b}", "*Jo*", "a/b", "[x]", "\\n", "%(a)s"]
)
def test_a_name_is_printed_as_it_was_typed(name: str) -> None:
    for whose, lang in product(("together", "a", "b"), LANGUAGES):
        said = re.sub(r"[\u2066-\u2069]", "", named("{a}.", people(whose, (name, "Sam"), lang=lang)))
        assert said == f"{escape(name)}."


@pytest.mark.usefixtures("in_app")
def test_pronouns_are_checked_where_they_are_typed(paper_app: Flask) -> None:
    with paper_app.test_request_context(
        method="POST", data={"pronouns_a": "she/her", "pronouns_b": "ze/hir"}
    ):
        form = ClientForm(meta={"csrf": False})
        form.offer(["together"])
        form.validate()
        assert "pronouns_a" not in form.errors
        assert "as in “she/her”" in form.errors["pronouns_b"][0]


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_name_is_never_markup(a: str, b: str) -> None:
    html = named("{a} and **{b}** say {nobody}", people("together", (a, b)))
    assert set(re.findall(r"<[^>]*>", html)) == {"<strong>", "</strong>"}
    assert "{nobody}" in html


def test_stars_in_a_name_stay_stars() -> None:
    assert named("{a}!", people("together", ("*Jo*", ""))) == "*Jo*!"


def test_html_in_a_text_stays_text() -> None:
    assert "<img" not in named("<img src=x> and ![x](file:///etc/passwd)", people("together"))


def test_no_short_word_stands_alone_below_a_title() -> None:
    kept = ends_together(named("A time with more than one good end", {}))
    assert kept == 'A time with more than one <span class="together">good end</span>'
    for whole in ("Laugh again", "The looking-ahead meeting", "One **bold end**", "w" * 200):
        assert "together" not in ends_together(named(whole, {}))


def test_the_cue_before_words_to_say_stands_out_and_nothing_in_it_is_markup() -> None:
    assert cued("To begin: “Hello.”") == "<strong>To begin:</strong> “Hello.”"
    assert cued("“Hello: there.”") == "“Hello: there.”"
    assert cued("<b>: “<i>”") == "<strong>&lt;b&gt;:</strong> “&lt;i&gt;”"
