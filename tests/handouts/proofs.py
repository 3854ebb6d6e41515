"""`make proofs`: every kind of paper in every design, language and paper as pictures, into proofs/.

One contact sheet a kind, and one overview with the first page of everything. `make proofs ACCEPT=1` keeps the
reference pictures anew instead: do that when a change of the layout is meant, and look at what changed.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from PIL import Image, ImageDraw

from planner.config import ROOT
from planner.handouts.options import DESIGNS, PAPERS, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import worker
from planner.handouts.printed import Printed
from planner.handouts.sheets.document import NothingToPrint
from planner.handouts.words.languages import LANGUAGES
from tests.conftest import start
from tests.handouts import pictures
from tests.handouts.samples import REFERENCES, SAMPLES

OUT = ROOT / "proofs"
_WIDTH, _GAP, _LABEL, _ROOM = 330, 12, 18, 1800


def printed(app: Flask, made: Printed) -> bytes:
    """The PDF, made in this very process."""
    with app.app_context():
        html = to_html(made)
    return worker.make(html, made.options.pages_each)[0]


def variants() -> Iterator[Options]:
    """Every design on A4 in English, then US Letter, then the other languages."""
    yield from (Options(design=design) for design in DESIGNS)
    yield from (Options(paper=paper) for paper in PAPERS[1:])
    yield from (Options(lang=lang) for lang in LANGUAGES if lang != "en")
    yield Options(design="easy", lang="ar")


def contact_sheet(groups: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    """Groups of pages on grey, each under its name, side by side as far as there is room."""
    room = max(_ROOM, *(sum(page.width + _GAP for page in pages) + _GAP for _name, pages in groups))
    placed, left, top, row = [], _GAP, _GAP, 0
    for name, pages in groups:
        width = sum(page.width + _GAP for page in pages)
        if left > _GAP and left + width + 2 * _GAP > room:
            left, top, row = _GAP, top + row, 0
        placed.append((name, pages, left, top))
        left += width + 2 * _GAP
        row = max(row, _LABEL + max(page.height for page in pages) + 2 * _GAP)
    sheet = Image.new("L", (room, top + row), 150)
    pen = ImageDraw.Draw(sheet)
    for name, pages, left, top in placed:
        pen.text((left, top), name, fill=0)
        for page in pages:
            sheet.paste(page, (left, top + _LABEL))
            left += page.width + _GAP
    return sheet


def proofs(app: Flask, names: list[str]) -> None:
    OUT.mkdir(exist_ok=True)
    firsts = []
    for name in names:
        rows = []
        for options in variants():
            try:
                made = SAMPLES[name](options)
            except NothingToPrint:
                continue
            pages = pictures.pages(printed(app, made), _WIDTH)
            rows.append((f"{options.design} · {options.paper} · {options.lang}", pages))
        if not rows:
            continue
        contact_sheet(rows).save(OUT / f"{name}.png", optimize=True)
        firsts.append((name, [pages[0].resize((165, 233)) for _label, pages in rows]))
        print(f"proofs/{name}.png")
    if firsts:
        contact_sheet(firsts).save(OUT / "overview.png", optimize=True)
        print("proofs/overview.png")


def accept(app: Flask, names: list[str]) -> None:
    for name, make in REFERENCES.items():
        if name in names or ("exercise" in names and name.startswith("exercise-")):
            pictures.keep(name, pictures.pages(printed(app, make())))
            print(f"tests/handouts/reference/{name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="keep the reference pictures anew")
    parser.add_argument("names", nargs="*", help=f"kinds: {', '.join(SAMPLES)}; all when none is named")
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.names) - set(SAMPLES))
    if unknown:
        parser.error(f"not a kind: {', '.join(unknown)}. Known are {', '.join(SAMPLES)}.")
    logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
    with tempfile.TemporaryDirectory() as folder:
        app = start(Path(folder) / "instance")
        (accept if arguments.accept else proofs)(app, arguments.names or list(SAMPLES))


if __name__ == "__main__":
    main()
