"""What runs inside a PDF process: WeasyPrint, our own files, and nothing else from anywhere."""

from __future__ import annotations

import contextlib
import logging
import mimetypes
import re
import sys
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from planner.config import ROOT
from planner.handouts.laid import SAVING, TIGHTEST, Laid, fitted, only, sheets

STATIC = (ROOT / "static").resolve()
# A name that is reserved never to exist: if the fetcher failed us, nothing would be found there.
BASE = "https://static.invalid/"
_SERVED = (".css", ".woff2", ".svg")
_PRODUCER = re.compile(rb'<rdf:Description[^>]*pdf:Producer="[^"]*"[^>]*/>|pdf:Producer="[^"]*"')


class OwnFiles(URLFetcher):
    """Serves style sheets, fonts and icons of `static/`, and refuses every other address."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        """Raises ValueError, which WeasyPrint takes as "not there"."""
        name = url.removeprefix(BASE)
        if name == url or "%" in name or "?" in name:
            raise ValueError("not one of our own files")
        path = (STATIC / name).resolve()
        if not path.is_relative_to(STATIC) or path.suffix not in _SERVED or not path.is_file():
            raise ValueError("not one of our own files")
        kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def begin(megabytes: int) -> None:
    """Begin a PDF process: cap its memory, silence its log (it could quote a client's text), warm it up."""
    logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
    logging.getLogger("weasyprint").propagate = False
    if sys.platform == "linux":
        import resource

        size = megabytes * 1024 * 1024
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(resource.RLIMIT_AS, (size, size))
    make(_WARM, 1)


def make(html: str, pages_each: int) -> tuple[bytes, Laid]:
    """Render a document to PDF/UA, setting sheets tighter until each has its place on `pages_each` pages."""
    document, laid = _lay(html, pages_each)
    return document.write_pdf(pdf_variant="pdf/ua-1", finisher=_finish), laid


def measure(html: str, pages_each: int) -> Laid:
    """Where pages would fall, without writing the PDF."""
    return _lay(html, pages_each)[1]


def _lay(html: str, pages_each: int) -> tuple[Any, Laid]:
    document, laid = _at(html, dict.fromkeys(sheets(html), 0))
    # What runs over by more than a page is left as it is: no tightening that can be read would help.
    found = _found(html, laid.taking(pages_each + 1), pages_each, TIGHTEST)
    if pages_each > 1:
        found |= _found(html, laid.taking(2), 1, SAVING)
    return _at(html, {**laid.fits, **found}) if found else (document, laid)


def _found(html: str, names: list[str], pages: int, tightest: int) -> dict[str, int]:
    """How tight each must be to take no more than `pages`; sheets that nothing helps are left out."""
    found: dict[str, int] = {}
    for fit in range(1, tightest + 1):
        left = [name for name in names if name not in found]
        if not left:
            break
        laid = _at(only(html, left), dict.fromkeys(left, fit))[1]
        found |= {name: fit for name in left if laid.length(name) <= pages}
    return found


def _at(html: str, fits: dict[str, int]) -> tuple[Any, Laid]:
    text = fitted(html, fits)
    source = HTML(string=text, base_url=BASE, url_fetcher=OwnFiles())
    document = source.render(font_config=FontConfiguration())
    starts: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            starts.setdefault(name, number)
    return document, Laid(len(document.pages), starts, fits)


def _finish(_document: Any, pdf: Any) -> None:
    """Take out what names the software, and say which way each table head points (PDF/UA asks for it)."""
    pdf.info.pop("Producer", None)
    objects = {each.number: each for each in pdf.objects}
    for each in pdf.objects:
        if hasattr(each, "extra") and each.extra.get("Type") == "/Metadata":
            each.stream = [_PRODUCER.sub(b"", part) for part in each.stream]
        elif isinstance(each, dict) and each.get("S") == "/TH":
            each["A"]["Scope"] = "/Column" if _stands_in_head(each, objects) else "/Row"


def _stands_in_head(cell: Any, objects: dict[int, Any]) -> bool:
    row = objects[int(cell["P"].split()[0])]
    return bool(objects[int(row["P"].split()[0])]["S"] == "/THead")


_WARM = f"""<!doctype html><html lang="en-GB"><title>-</title>
<link rel="stylesheet" href="{BASE}css/paper.css"><link rel="stylesheet" href="{BASE}css/print.css">
<body class="paper a4"><div class="foot">-</div><section class="page"><article class="handout" data-fit="0"
id="sheet-1"><h1>A</h1><p><strong>B</strong></p></article></section></body></html>"""
