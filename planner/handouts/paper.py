"""From a document to the HTML that is printed; the preview is the same HTML with our usual addresses."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from planner.handouts.document import Document
from planner.handouts.laid import Laid, fitted
from planner.handouts.runsheet import RunSheet
from planner.handouts.wording import named
from planner.handouts.worker import BASE, STATIC
from planner.library.plaintext import PLAIN_PEOPLE

_LINK = re.compile(rf'<link rel="stylesheet" href="{re.escape(BASE)}([^"]+)">')
_URL = re.compile(r'url\("\.\./([^"]+)"\)')
_KINDS = {".woff2": "font/woff2", ".svg": "image/svg+xml"}


Assets = Callable[[str], str]


def _printed(name: str) -> str:
    return BASE + name


def to_html(printed: Document | RunSheet, laid: Laid | None = None, assets: Assets = _printed) -> str:
    """A document as HTML. With `laid` it is a preview, whose files come from `assets`."""
    own = isinstance(printed, RunSheet)
    frame: dict[str, Any] = {
        "title": title(printed),
        "own": own,
        "options": printed.options,
        "foot": printed.foot,
        "laid": laid,
        "assets": assets,
    }
    if isinstance(printed, RunSheet):
        return render_template("handouts/runsheet.html", sheet=printed, **frame)
    html = render_template("handouts/document.html", document=printed, **frame)
    return fitted(html, laid.fits) if laid else html


def title(printed: Document | RunSheet) -> str:
    """What a viewer and a print queue show: never a name, nor the title of a plan."""
    if isinstance(printed, RunSheet):
        return str(_("For the counsellor"))
    if not printed.cover:
        return named(printed.sheets[0].handout.title, PLAIN_PEOPLE).striptags()
    return str(_("For you both") if printed.whose == "together" else _("For you"))


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
