"""What paper is made of: style sheets, fonts and icons of `static/`, a logo in its address, nothing else."""

from __future__ import annotations

import base64
import binascii
import mimetypes
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import woff2
from weasyprint.urls import URLFetcher, URLFetcherResponse

from planner.config import ROOT

STATIC = (ROOT / "static").resolve()
# A name that is reserved never to exist: if the fetcher failed us, nothing would be found there.
BASE = "https://static.invalid/"
_SERVED = (".css", ".woff2", ".svg")
# The letterhead's logo comes in its own address. It was checked and written anew when it was taken in.
_DATA = {"data:image/png;base64,": "image/png", "data:image/svg+xml;base64,": "image/svg+xml"}
_DATA_LIMIT = 600_000


class OwnFiles(URLFetcher):
    """Serves our own files and pictures that are in their address, and refuses everything else."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        """Raises ValueError, which WeasyPrint takes as "not there"."""
        if url.startswith("data:"):
            return _picture(url)
        name = url.removeprefix(BASE)
        if name == url or "%" in name or "?" in name:
            raise ValueError("not one of our own files")
        path = (STATIC / name).resolve()
        if not path.is_relative_to(STATIC) or path.suffix not in _SERVED or not path.is_file():
            raise ValueError("not one of our own files")
        kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
        return URLFetcherResponse(url, _content(path), {"Content-Type": kind})


def _picture(url: str) -> URLFetcherResponse:
    begin = next((each for each in _DATA if url.startswith(each)), None)
    if begin is None or len(url) > _DATA_LIMIT:
        raise ValueError("not one of our own files")
    try:
        content = base64.b64decode(url.removeprefix(begin), validate=True)
    except binascii.Error:
        raise ValueError("not one of our own files") from None
    return URLFetcherResponse(url, content, {"Content-Type": _DATA[begin]})


@cache
def _content(path: Path) -> bytes:
    """The file, a font unpacked: that takes a tenth of a second, so a PDF process does it once for each."""
    content = path.read_bytes()
    if path.suffix != ".woff2":
        return content
    font = BytesIO()
    woff2.decompress(BytesIO(content), font)
    return font.getvalue()
