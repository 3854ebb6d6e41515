"""Every kind of paper holds PDF/UA-1, and each of the assertions that say so can fail."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pytest

from planner.handouts.options import Options
from planner.handouts.pdf import worker
from planner.handouts.words.languages import LANGUAGES
from tests.handouts import ua
from tests.handouts.conftest import Print
from tests.handouts.painted import contrast
from tests.handouts.samples import SAMPLES

# What differs in structure, not only in its looks, beside every kind in the standard design.
OTHERS = [
    ("exercise", Options(design="easy")),
    ("exercise", Options(design="opendyslexic")),
    ("exercise", Options(design="ink-saver")),
    ("exercise", Options(lang="ar", fillable=True)),
    ("ending", Options(lang="es", design="large")),
]
EVERY = [(name, Options()) for name in SAMPLES] + OTHERS


class _Words(HTMLParser):
    """The words on the pages, without what stands at the foot of each."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "meta", "link", "img"):
            foot = (dict(attrs).get("class") or "").startswith("foot")
            self._open.append((tag, foot or tag in ("head", "svg")))

    def handle_endtag(self, tag: str) -> None:
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(silent for _tag, silent in self._open):
            self.words += "".join(data.split())


@dataclass(frozen=True)
class Made:
    """A sample's HTML and PDF."""

    options: Options
    html: str
    pdf: bytes


def _name(sample: tuple[str, Options]) -> str:
    return f"{sample[0]}-{sample[1].design}-{sample[1].lang}"


@pytest.fixture(scope="module", params=EVERY, ids=_name)
def made(print_: Print, request: pytest.FixtureRequest) -> Made:
    name, options = request.param
    printed = print_(SAMPLES[name](options))
    return Made(options, printed.html, printed.pdf)


def test_every_kind_holds_pdf_ua(made: Made) -> None:
    ua.check(made.pdf, lang=LANGUAGES[made.options.lang].tag)


def test_all_text_has_a_contrast_of_seven_to_one(made: Made) -> None:
    assert ua.least_contrast(made.pdf) >= 7


def test_what_is_heard_is_what_is_written_in_the_same_order(made: Made) -> None:
    words = _Words()
    words.feed(made.html)
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        heard = "".join(ua.texts(opened).split())
    # Contents name pages, which only the layout knows.
    heard, written = (re.sub(r"\d", "", each) for each in (heard, words.words))
    assert heard == written


# A page with everything that a rule is about, to break the rules one by one.

PAGE = """<!doctype html><html lang="en-GB"><head><title>
  A page </title><link rel="stylesheet" href="{base}css/paper.css">
<link rel="stylesheet" href="{base}css/print.css"></head>
<body class="paper a4"><div class="foot"><p>At the foot</p></div><section class="page">
<article class="handout"><h1>One</h1><h2 id="two">Two</h2><p>Text, and <a href="#two">the part above</a>.</p>
<p lang="de">Auf Deutsch, <span lang="ar">عربي</span> dabei</p>
<ol class="steps"><li>First</li><li>Second</li></ol>
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><title>A circle</title>
<circle cx="20" cy="20" r="18"/></svg>
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18"/></svg>
<div class="worksheet lines"><p class="label">My wish</p>
<div class="rule"></div><div class="rule"></div></div>
<table class="worksheet" style="break-inside: auto"><caption class="label">A week</caption>
<thead><tr><th scope="col">Day</th><th scope="col">What</th></tr></thead>
<tbody>{rows}</tbody></table>
</article></section></body></html>"""
ROW = "<tr><th scope='row'>Day {}</th><td></td></tr>"


@pytest.fixture(scope="module")
def page() -> bytes:
    """A form of several pages; the table goes on over all of them."""
    rows = "".join(ROW.format(number) for number in range(30))
    return worker.make(PAGE.format(base=worker.BASE, rows=rows), 1, fillable=True)[0]


def test_the_page_with_everything_holds_all_rules(page: bytes) -> None:
    ua.check(page, lang="en-GB")


def test_a_table_over_several_pages_is_one_and_its_heads_are_said_once(page: bytes) -> None:
    with pikepdf.open(io.BytesIO(page)) as pdf:
        assert len(pdf.pages) >= 3
        kinds = [str(element.S) for element in ua.tree(pdf)]
        assert kinds.count("/Table") == kinds.count("/THead") == kinds.count("/Sect") == 1
        assert kinds.count("/TR") == 31
        assert ua.texts(pdf).split().count("What") == 1


def test_passages_say_their_language(page: bytes) -> None:
    with pikepdf.open(io.BytesIO(page)) as pdf:
        said = [(str(element.S), str(element.Lang)) for element in ua.tree(pdf) if "/Lang" in element]
    assert said == [("/P", "de"), ("/Span", "ar")]


def test_what_stands_at_the_foot_and_pictures_without_words_are_silent(page: bytes) -> None:
    with pikepdf.open(io.BytesIO(page)) as pdf:
        assert "At the foot" not in ua.texts(pdf)
        assert [str(each.Alt) for each in ua.tree(pdf) if each.S == "/Figure"] == ["A circle"]


def _first(pdf: pikepdf.Pdf, kind: str) -> Any:
    return next(element for element in ua.tree(pdf) if str(element.S)[1:] == kind)


def _field(pdf: pikepdf.Pdf) -> Any:
    return next(note for page in pdf.pages for note in page.Annots if note.Subtype == "/Widget")


def _reword(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    content = pdf.pages[0].Contents
    data = content.read_bytes()
    assert old in data
    content.write(data.replace(old, new, 1))


def _in_metadata(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


def _font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def _move_kids(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K[0].K[0].K[0]
    top.K = pikepdf.Array([top.K[-1], *top.K[:-1]])


def _lose(pdf: pikepdf.Pdf, kind: str) -> None:
    element = _first(pdf, kind)
    element.P.K = pikepdf.Array([kid for kid in element.P.K if kid.objgen != element.objgen])


def _wrong_parent(pdf: pikepdf.Pdf) -> None:
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    entries[0], entries[1] = entries[1], entries[0]


def _two_names(pdf: pikepdf.Pdf) -> None:
    fields = pdf.Root.AcroForm.Fields
    fields[1].T = fields[0].T


def _unread(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.ToUnicode = pdf.make_stream(b"1 beginbfchar\n<0001> <0041>\nendbfchar")


Break = Callable[[pikepdf.Pdf], object]
BREAKS: dict[str, tuple[Break, str]] = {
    "not marked": (lambda pdf: pdf.Root.MarkInfo.update({"/Marked": False}), "marked as tagged"),
    "the file's name shows": (
        lambda pdf: pdf.Root.ViewerPreferences.update({"/DisplayDocTitle": False}),
        "the title shows",
    ),
    "no language": (lambda pdf: pdf.Root.__delitem__("/Lang"), "the language of the document"),
    "says nothing of PDF/UA": (lambda pdf: _in_metadata(pdf, b"pdfuaid:part", b"other:part"), "PDF/UA-1"),
    "no title": (lambda pdf: _in_metadata(pdf, b"dc:title", b"dc:other"), "title is in the metadata"),
    "another tab order": (lambda pdf: pdf.pages[0].__setitem__("/Tabs", pikepdf.Name.R), "the tabulator"),
    "XFA": (lambda pdf: pdf.Root.AcroForm.update({"/XFA": pikepdf.Array()}), "no XFA"),
    "a script": (
        lambda pdf: _field(pdf).update({"/A": pdf.make_indirect({"/S": pikepdf.Name.JavaScript})}),
        "no script",
    ),
    "a field that starts by itself": (
        lambda pdf: _field(pdf).update({"/AA": pikepdf.Dictionary()}),
        "starts by itself",
    ),
    "untagged": (lambda pdf: _reword(pdf, b"/Artifact\nBMC", b"/P\nBMC"), "nothing is without a mark"),
    "a tag without number": (lambda pdf: _reword(pdf, b"<</MCID 2>>", b"<<>>"), "nothing is without a mark"),
    "lost from the tree": (lambda pdf: _lose(pdf, "H2"), "what is marked is in the tree"),
    "a wrong parent tree": (_wrong_parent, "the parent tree is right"),
    "pages out of order": (_move_kids, "from page to page"),
    "a kind of our own": (lambda pdf: _first(pdf, "P").update({"/S": pikepdf.Name.Mine}), "/Mine"),
    "a list of paragraphs": (lambda pdf: _first(pdf, "LI").update({"/S": pikepdf.Name.P}), "/P in /L"),
    "a level left out": (
        lambda pdf: _first(pdf, "H2").update({"/S": pikepdf.Name.H3}),
        "headings without gaps",
    ),
    "no first level": (lambda pdf: _first(pdf, "H1").update({"/S": pikepdf.Name.H2}), "begin at level one"),
    "a picture without words": (lambda pdf: _first(pdf, "Figure").__delitem__("/Alt"), "without words"),
    "a picture beside its page": (
        lambda pdf: _first(pdf, "Figure").A.update({"/BBox": pikepdf.Array([10, 2000, 20, 2010])}),
        "beside its page",
    ),
    "a row too short": (lambda pdf: _lose(pdf, "TD"), "rows of"),
    "a head without direction": (lambda pdf: _first(pdf, "TH").__delitem__("/A"), "which way it points"),
    "a list without numbering": (lambda pdf: _first(pdf, "L").__delitem__("/A"), "a numbered list says so"),
    "no language at all": (lambda pdf: _first(pdf, "P").update({"/Lang": "not a language"}), "a language"),
    "a link without words": (lambda pdf: pdf.pages[0].Annots[0].__delitem__("/Contents"), "a link has words"),
    "a field without words": (lambda pdf: _field(pdf).__delitem__("/TU"), "a field has words"),
    "a field out of order": (
        lambda pdf: pdf.pages[0].Annots.insert(0, pdf.pages[0].Annots.pop()),
        "in reading order",
    ),
    "a field without a place": (lambda pdf: _lose(pdf, "Form"), "a place in the tree"),
    "a field that is not printed": (lambda pdf: _field(pdf).update({"/F": 0}), "a field prints"),
    "two fields of one name": (_two_names, "a name of its own"),
    "a font that is not inside": (
        lambda pdf: _font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
        "is embedded",
    ),
    "a font that cannot be read back": (lambda pdf: _font(pdf).__delitem__("/ToUnicode"), "can be read back"),
    "letters that cannot be read back": (_unread, "no form for a letter"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_rule_can_be_broken(page: bytes, name: str) -> None:
    break_it, said = BREAKS[name]
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as pdf:
        break_it(pdf)
        pdf.save(broken)
    with pytest.raises(AssertionError, match=said):
        ua.check(broken.getvalue(), lang="en-GB")


def test_contrast_is_counted_as_in_wcag() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((0.5, 0.5, 0.5), (1, 1, 1)) == pytest.approx(3.98, abs=0.01)


def test_pale_text_is_seen() -> None:
    html = PAGE.format(base=worker.BASE, rows=ROW.format(1)).replace("<h1>", '<h1 style="color: #777">')
    assert ua.least_contrast(worker.make(html, 1)[0]) < 7
