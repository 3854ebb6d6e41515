"""The words of the frame in other languages: what stands on paper, collected, and the catalogues kept to it.

`make translations` runs this file: it brings every planner/translations/*/LC_MESSAGES/messages.po up to date
and compiles it. Texts of exercises are not in here; they are editions (planner/library/editions.py).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import jinja2
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import meta

from planner.config import ROOT
from planner.handouts.words.languages import LANGUAGES
from planner.taxonomy import TAXONOMY

FOLDER = ROOT / "planner" / "translations"
TEMPLATES = ROOT / "templates"
_FRAME = "handouts/paper.html"
# The counsellor's own papers are in English.
_OWN = {"handouts/runsheet.html"}
# Modules whose words stand on paper.
_HANDOUTS = ROOT / "planner" / "handouts"
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def paper_templates() -> list[Path]:
    """The templates of clients' papers: all that extend the frame, and what they use."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    uses: dict[str, set[str]] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        found = {name for name in meta.find_referenced_templates(tree) if name}
        uses[path.relative_to(TEMPLATES).as_posix()] = found
    names = {name for name in uses if name.startswith("handouts/") and _FRAME in uses[name]} - _OWN
    while more := {used for name in names for used in uses[name]} - names:
        names |= more
    return [TEMPLATES / name for name in sorted(names)]


def paper_modules() -> list[Path]:
    """The modules that have words for paper themselves: the frame, and kinds of sheets."""
    return [
        path for path in (_HANDOUTS / "paper.py", *sorted(_HANDOUTS.glob("sheets/*.py"))) if _speaks(path)
    ]


def _speaks(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.ImportFrom) and node.module == "flask_babel" for node in ast.walk(tree))


@cache
def strings() -> dict[str, list[str]]:
    """Every string of the frame, with the files where it stands. Raises TypeError at plural forms."""
    found: dict[str, list[str]] = {}
    for where, message in _found():
        places = found.setdefault(message, [])
        if where not in places:
            places.append(where)
    return found


def _found() -> Iterator[tuple[str, str]]:
    for paths, method in ((paper_templates(), "jinja2"), (paper_modules(), "python")):
        for path in paths:
            content = BytesIO(path.read_bytes())
            for _line, message, _comments, _context in extract(method, content, _KEYWORDS, options=_OPTIONS):
                if not isinstance(message, str):
                    raise TypeError(f"{path}: plural forms are not for paper: {message}")
                yield path.relative_to(ROOT).as_posix(), message
    for area in TAXONOMY.areas.values():
        yield "planner/library/taxonomy.toml", area.name


_OPTIONS = {"encoding": "utf-8", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def po_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of one language as it is on disk; an empty one when there is none."""
    path = po_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(old: Catalog, language: str) -> Catalog:
    """A catalogue with exactly the strings of today, and the translations that `old` has of them."""
    new = Catalog(
        locale=language,
        project="Reconnect",
        version="-",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )
    new.creation_date = new.revision_date = datetime(2025, 1, 1, tzinfo=UTC)
    new.header_comment = (
        "# Words of the frame of handouts. Texts of exercises are in planner/library/editions."
    )
    for message, places in sorted(strings().items()):
        before = old.get(message)
        new.add(message, before.string if before else "", locations=[(place, 0) for place in places])
    return new


def compiled(of: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, of)
    return out.getvalue()


def missing(of: Catalog) -> list[str]:
    """The strings of today that a catalogue has no words for."""
    return [text for text in sorted(strings()) if not ((found := of.get(text)) and found.string)]


def update(language: str) -> list[str]:
    """Bring one catalogue up to date on disk; what is left to translate comes back."""
    new = updated(catalogue(language), language)
    path = po_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=110, omit_header=False, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(new))
    return missing(new)


if __name__ == "__main__":
    for key in LANGUAGES:
        if key != "en":
            left = update(key)
            print(f"{key}: {len(strings()) - len(left)} of {len(strings())} translated")
            for text in left:
                print(f"    {text}")
