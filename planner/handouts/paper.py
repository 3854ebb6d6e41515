"""From what is printed to its HTML; the preview is the same HTML with our usual addresses."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

from flask import render_template
from flask_babel import force_locale

from planner.handouts.laid import Laid, fitted
from planner.handouts.languages import LANGUAGES
from planner.handouts.printed import Printed
from planner.handouts.worker import BASE, STATIC

_LINK = re.compile(rf'<link rel="stylesheet" href="{re.escape(BASE)}([^"]+)">')
_URL = re.compile(r'url\("\.\./([^"]+)"\)')
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
    return fitted(html, laid.fits) if laid else html


def standalone(html: str) -> str:
    """Printed HTML with its style sheets, fonts and icons folded in, so that it opens anywhere."""

    def folded(match: re.Match[str]) -> str:
        return f"<style>\n{_folded(STATIC / match[1])}</style>"

    return _LINK.sub(folded, html)


def _folded(path: Path) -> str:
    def inside(match: re.Match[str]) -> str:
        file = STATIC / match[1]
        data = base64.b64encode(file.read_bytes()).decode()
        return f'url("data:{_KINDS[file.suffix]};base64,{data}")'

    return _URL.sub(inside, path.read_text(encoding="utf-8"))
