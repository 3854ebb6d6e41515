"""What runs inside a PDF process: WeasyPrint, our own files, and nothing else from anywhere."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from planner.handouts.pdf import filling, isolation, read_back, tagging
from planner.handouts.pdf.assets import BASE
from planner.handouts.pdf.laid import Laid
from planner.handouts.pdf.laying import lay
from planner.handouts.pdf.tagging import Tagged, Tree

_PRODUCER = re.compile(rb'<rdf:Description[^>]*pdf:Producer="[^"]*"[^>]*/>|pdf:Producer="[^"]*"')

Result = TypeVar("Result")
_limits = {"seconds": 60}


def begin(megabytes: int, seconds: int, folder: Path) -> None:
    """Begin a PDF process: silence its log (it could quote a client's text), warm it up and shut it in."""
    logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
    logging.getLogger("weasyprint").propagate = False
    own = isolation.enter_folder(folder)
    isolation.limit(megabytes)
    make(_WARM, 1)
    # What stays for good need not be looked through again and again.
    gc.collect()
    gc.freeze()
    _limits["seconds"] = seconds
    isolation.confine(own)


def carry_out(task: Callable[..., Result], *arguments: object) -> Result:
    """One task of a PDF process that has begun."""
    isolation.limit_time(_limits["seconds"])
    # Of a document nothing can be thrown away before it is done; looking for it takes a tenth of the time.
    gc.disable()
    try:
        return task(*arguments)
    finally:
        gc.enable()
        gc.collect()


def make(
    html: str, pages_each: int, fillable: bool = False, known: Mapping[str, int] | None = None
) -> tuple[bytes, Laid]:
    """Render a document to PDF/UA, setting sheets tighter until each has its place on `pages_each` pages.

    With `fillable`, each place to write, tick or choose becomes a form field. `known` says how tight some
    sheets have to be, so that it need not be found out.
    """
    document, laid = lay(html, pages_each, known)
    # What a template leaves around a title would be read out.
    document.metadata.title = " ".join((document.metadata.title or "").split())
    read_back.paint_numbers_first(document)
    with tagging.followed() as found:
        finish = partial(_finish, found=found, fillable=fillable)
        return document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish), laid


def measure(html: str, pages_each: int, known: Mapping[str, int] | None = None) -> Laid:
    """Where pages would fall, without writing the PDF."""
    return lay(html, pages_each, known)[1]


def _finish(document: Any, pdf: Any, found: list[Tagged], fillable: bool) -> None:
    """Take out what names the software, put in fields, and finish what PDF/UA asks for."""
    pdf.info.pop("Producer", None)
    for each in pdf.objects:
        if hasattr(each, "extra") and each.extra.get("Type") == "/Metadata":
            each.stream = [_PRODUCER.sub(b"", part) for part in each.stream]
    read_back.mend(document, pdf)
    tree = Tree(document, pdf, found)
    if fillable:
        filling.fill(tree)
    tagging.mend(tree)


_WARM = f"""<!doctype html><html lang="en-GB"><title>-</title>
<link rel="stylesheet" href="{BASE}css/paper.css"><link rel="stylesheet" href="{BASE}css/print.css">
<link rel="stylesheet" href="{BASE}css/paper-parts.css">
<body class="paper a4"><div class="foot">-</div><section class="page"><article class="handout" data-fit="0"
id="sheet-1"><h1>A</h1><p><strong>B</strong></p></article></section></body></html>"""
