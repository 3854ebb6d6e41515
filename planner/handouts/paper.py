"""From what is printed to its HTML; the preview is the same HTML with our usual addresses."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

from flask import render_template
from flask_babel import force_locale, get_locale
from markupsafe import Markup

from planner.handouts.pdf.assets import BASE, STATIC
from planner.handouts.pdf.laid import Laid, fitted
from planner.handouts.pdf.neutral import neutral
from planner.handouts.printed import Printed
from planner.handouts.sheets.easy import icon_of
from planner.handouts.words import scripts
from planner.handouts.words.languages import LANGUAGES

_LINK = re.compile(rf'<link rel="stylesheet" href="{re.escape(BASE)}([^"]+)">')
_URL = re.compile(r'url\("\.\./([^"]+)"\)')
_FIRST_PAGE = re.compile(r'<section class="page\b[^>]*>')
_KINDS = {".woff2": "font/woff2", ".svg": "image/svg+xml"}


Assets = Callable[[str], str]


def _printed(name: str) -> str:
    return BASE + name


def to_html(printed: Printed, laid: Laid | None = None, assets: Assets = _printed) -> str:
    """What is printed as HTML, in its language. With `laid` it is a preview, with files from `assets`."""
    language = LANGUAGES[printed.options.lang]
    with force_locale(language.locale):
        html = render_template(
            printed.template,
            made=printed,
            options=printed.options,
            letterhead=printed.letterhead,
            own=printed.own,
            language=language,
            laid=laid,
            assets=assets,
        )
    html = _with_letters(neutral(html), assets)
    return fitted(html, laid.fits) if laid else html


def _with_letters(html: str, assets: Assets) -> str:
    links = "".join(f'<link rel="stylesheet" href="{assets(name)}">\n' for name in scripts.style_sheets(html))
    return html.replace("</head>", f"{links}</head>", 1)


def passage(lang: str) -> Markup:
    """The attributes of an element in another language than the page around it."""
    language = LANGUAGES[lang]
    return Markup('lang="{}" dir="{}"').format(language.tag, language.direction)


def in_language(lang: str, macro: Callable[..., Markup], *args: object, **fields: object) -> Markup:
    """What a macro makes, with the frame's own words in `lang` too; marked where the page speaks another."""
    page, language = str(get_locale()), LANGUAGES[lang]
    with force_locale(language.locale):
        made = macro(*args, **fields)
    return made if language.locale == page else Markup("<div {}>{}</div>").format(passage(lang), made)


def begun_with(pages: Markup, head: Markup) -> Markup:
    """Pages of which the first begins with the letterhead."""
    return Markup(_FIRST_PAGE.sub(lambda match: match[0] + str(head), str(pages), count=1))  # noqa: S704 (escaped before)


def step_icon(text: str) -> str:
    """The name of the icon beside a step in easy-read, by its words in the language that is spoken here."""
    locale = get_locale()
    return icon_of(text, locale.language if locale else "en")


def standalone(html: str) -> str:
    """Printed HTML with its style sheets, fonts and icons folded in, so that it opens and reads anywhere.

    A browser knows neither the margins of pages nor their number: it gets sheets of paper on a desk.
    """

    def folded(match: re.Match[str]) -> str:
        return f"<style>\n{_folded(STATIC / match[1])}</style>"

    desk = f"<style>\n{_folded(STATIC / 'css' / 'standalone.css')}</style>\n</head>"
    return _LINK.sub(folded, html).replace("</head>", desk, 1)


def _folded(path: Path) -> str:
    def inside(match: re.Match[str]) -> str:
        file = STATIC / match[1]
        data = base64.b64encode(file.read_bytes()).decode()
        return f'url("data:{_KINDS[file.suffix]};base64,{data}")'

    return _URL.sub(inside, path.read_text(encoding="utf-8"))
