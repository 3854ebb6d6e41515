"""Laying a document out on pages, inside a PDF process: with style sheets and fonts that are read once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from weasyprint import CSS, HTML, document
from weasyprint.layout import LayoutContext, inline
from weasyprint.text.fonts import FontConfiguration

from planner.handouts.pdf.assets import BASE, OwnFiles
from planner.handouts.pdf.laid import SAVING, TIGHTEST, Laid, fitted, only, sheets

_LINK = re.compile(rf'<link rel="stylesheet" href="{re.escape(BASE)}(css/[\w-]+\.css)">')
# A WeasyPrint document, and how it was laid.
Laying = tuple[Any, Laid]


class _Running(defaultdict[int, list[Any]]):
    """What runs along in the margins, by page. A page on which none ran before has none, not nothing.

    WeasyPrint takes the latter for a change of the page, and lays nearly every page of ours a second time.
    """

    def get(self, page: int, default: Any = None) -> Any:
        return super().get(page, [] if default is None else default)


class _Context(LayoutContext):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.running_elements: dict[str, _Running] = defaultdict(lambda: _Running(list))


document.LayoutContext = _Context
_first_line = inline.split_first_line


def _first_line_that_fits(text: str, style: Any, context: Any, width: Any, *more: Any, **named: Any) -> Any:
    """The first line of `text`, which takes it all where all but a space at its end fits.

    WeasyPrint would break such a text after its first word.
    """
    line = _first_line(text, style, context, width, *more, **named)
    words, broken = text.rstrip(" "), line[2] is not None and " " not in line[0].text.strip()
    if broken and words != text and _first_line(words, style, context, width, *more, **named)[2] is None:
        return _first_line(text, style, context, None, *more, **named)
    return line


inline.split_first_line = _first_line_that_fits


def lay(html: str, pages_each: int, known: Mapping[str, int] | None = None) -> Laying:
    """A WeasyPrint document whose sheets each take `pages_each` pages, if any tightness helps.

    `known` says how tight some sheets have to be; only the others are tried.
    """
    known = known or {}
    best = _at(html, {name: known.get(name, 0) for name in sheets(html)})
    # What runs over by more than a page is left as it is: no tightening that can be read would help.
    aims = {pages_each: TIGHTEST} | ({1: SAVING} if pages_each > 1 else {})
    over = {pages: [name for name in best[1].taking(pages + 1) if name not in known] for pages in aims}
    for pages, tightest in aims.items():
        best = _tightened(html, best, over[pages], pages, tightest)
    return best


def _tightened(html: str, whole: Laying, names: Collection[str], pages: int, tightest: int) -> Laying:
    """The document with each of these sheets as tight as it must be to take `pages`, or as it was.

    Most need the least tightness, so the whole document is laid with it: often that is all. For others what
    is left to try is halved, and they are laid alone.
    """
    fits = dict(whole[1].fits)
    spans = dict.fromkeys(names, (1, tightest))
    if spans:
        whole = _at(html, fits | dict.fromkeys(spans, 1))
    tried = whole[1]
    while spans:
        left: dict[str, tuple[int, int]] = {}
        for name, (least, most) in spans.items():
            fit = tried.fits[name]
            if tried.length(name) <= pages:
                fits[name], most = fit, fit - 1
            else:
                least = fit + 1
            if least <= most:
                left[name] = least, most
        spans = left
        if spans:
            halves = {name: (least + most) // 2 for name, (least, most) in spans.items()}
            tried = _at(only(html, halves), halves)[1]
    return whole if whole[1].fits == fits else _at(html, fits)


def _at(html: str, fits: Mapping[str, int]) -> Laying:
    text = fitted(html, fits)
    if "<style" in text:
        # Styles of one document alone: nothing of them may be left for the next.
        made = _parsed(text).render(font_config=FontConfiguration())
    else:
        sheets_of_style, fonts = styles(tuple(_LINK.findall(text)))
        made = _parsed(_LINK.sub("", text)).render(font_config=fonts, stylesheets=sheets_of_style)
    starts: dict[str, int] = {}
    for number, page in enumerate(made.pages, start=1):
        for name in page.anchors:
            starts.setdefault(name, number)
    return made, Laid(len(made.pages), starts, dict(fits))


def _parsed(text: str) -> HTML:
    return HTML(string=text, base_url=BASE, url_fetcher=OwnFiles())


@lru_cache(maxsize=16)
def styles(names: tuple[str, ...]) -> tuple[list[CSS], FontConfiguration]:
    """Our own style sheets in this order, and their fonts. They share layers as those of a page do."""
    fonts, fetcher = FontConfiguration(), OwnFiles()
    layers: list[str] = []
    found = [CSS(url=BASE + name, url_fetcher=fetcher, font_config=fonts, layers=layers) for name in names]
    return found, fonts
