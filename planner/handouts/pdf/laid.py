"""Where pages fall: how tightly each sheet is set, and on which page it begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

TIGHTEST = 5
# How tight a sheet may be set only to save a second page.
SAVING = 3
# What begins a page of paper in a document's HTML.
PAGE = '<section class="page"'
_SHEET = re.compile(r'data-fit="\d" id="([\w-]+)"')


@dataclass(frozen=True)
class Laid:
    """`fits` from 0 (as designed) to TIGHTEST, and first pages from 1, both by the id of a sheet."""

    pages: int = 1
    starts: Mapping[str, int] = field(default_factory=dict)
    fits: Mapping[str, int] = field(default_factory=dict)

    def length(self, name: str) -> int:
        """How many pages a sheet takes."""
        start = self.starts.get(name, 1)
        later = [page for page in self.starts.values() if page > start]
        return min(later, default=self.pages + 1) - start

    def taking(self, pages: int) -> list[str]:
        """The sheets that take this many pages."""
        return [name for name in self.fits if self.length(name) == pages]

    def shown(self, name: str) -> str:
        """The pages of a sheet as words: "3", or "3–4"."""
        start, length = self.starts.get(name, 1), self.length(name)
        return str(start) if length == 1 else f"{start}–{start + length - 1}"


def sheets(html: str) -> list[str]:
    """The ids of the sheets in a document's HTML."""
    return _SHEET.findall(html)


def fitted(html: str, fits: Mapping[str, int]) -> str:
    """The document with each sheet set as tightly as `fits` says."""
    return _SHEET.sub(lambda match: f'data-fit="{fits.get(match[1], 0)}" id="{match[1]}"', html)


def only(html: str, names: Collection[str]) -> str:
    """The document with these sheets alone, so that laying them again does not lay all others too."""
    head, *pages = html.split(PAGE)
    return head + "".join(PAGE + page for page in pages if set(sheets(page)) & set(names))
