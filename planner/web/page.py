"""What every template can use: words of the field, icons, dates, static files that never go stale."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, url_for
from flask_babel import format_date, format_time
from markupsafe import Markup
from wtforms import Field

from planner.config import ROOT
from planner.library.markdown import inline, render
from planner.library.search.marking import marked
from planner.taxonomy import TAXONOMY

STATIC = ROOT / "static"
_COMMENT = re.compile(r"<!--.*?-->", re.S)


@cache
def _svg(name: str) -> str:
    text = (STATIC / "vendor" / "lucide" / f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", _COMMENT.sub("", text)).strip()


@cache
def icon(name: str) -> Markup:
    """A line icon, hidden from screen readers: words beside it say what it means."""
    return Markup(_svg(name).replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704 our own files


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file, with a mark that changes when the file does."""
    return url_for("static", filename=name, v=_digest(STATIC / name))


def described(field: Field, hint: str, *, remarks: bool = False) -> dict[str, str]:
    """Attributes that tie a form field to its hint, its error and the remarks on its wording."""
    ids = [f"{field.id}-hint"] * bool(hint) + [f"{field.id}-error"] * bool(field.errors)
    ids += [f"{field.id}-remarks"] * remarks
    tied = {"aria-describedby": " ".join(ids)} if ids else {}
    return tied | ({"aria-invalid": "true"} if field.errors else {})


def register(app: Flask) -> None:
    """Add the helpers to `app`'s templates."""
    app.jinja_env.globals.update(icon=icon, asset=asset, described=described, taxonomy=TAXONOMY)
    app.jinja_env.filters.update(
        markdown=render,
        markdown_inline=inline,
        marked=marked,
        dateformat=format_date,
        clock=lambda moment: format_time(moment, "HH:mm"),
    )
