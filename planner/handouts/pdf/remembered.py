"""How sheets were laid before, so that nobody has to wait for it again.

Each page of a document's HTML begins a page of paper, so how tightly it is set and how many pages it takes
depends on itself and on the head of the document alone. Kept in memory, by digest, and nowhere else.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass

from planner.handouts.pdf.laid import PAGE, Laid, sheets

_ID = re.compile(r' id="([\w-]+)"')


@dataclass(frozen=True)
class _Page:
    """A page of the HTML: the first name in it, its sheets, and the digest of all that shapes it."""

    name: str
    sheets: tuple[str, ...]
    key: bytes


class Remembered:
    """Lengths and fits of the `most` pages that were used last. Safe with threads."""

    def __init__(self, most: int = 5000) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple[int, tuple[int, ...]]] = OrderedDict()

    def guess(self, html: str, pages_each: int) -> tuple[Laid, bool]:
        """Where pages fall as far as is known, each new one taken as designed and one page long.

        Also True when all of it is known: then it is how the document prints.
        """
        starts: dict[str, int] = {}
        fits: dict[str, int] = {}
        next_, whole = 1, True
        for page in _pages(html, pages_each):
            known = self._look_up(page.key)
            length, tight = known or (1, (0,) * len(page.sheets))
            whole = whole and known is not None
            if page.name:
                starts[page.name] = next_
            fits |= zip(page.sheets, tight, strict=True)
            next_ += length
        return Laid(max(1, next_ - 1), starts, fits), whole and next_ > 1

    def known(self, html: str, pages_each: int) -> dict[str, int]:
        """How tightly those sheets are set that were laid before."""
        found: dict[str, int] = {}
        for page in _pages(html, pages_each):
            if known := self._look_up(page.key):
                found |= zip(page.sheets, known[1], strict=True)
        return found

    def learn(self, html: str, pages_each: int, laid: Laid) -> None:
        """Remember how a document was laid; what has no name cannot be told apart and is left out."""
        pages = _pages(html, pages_each)
        firsts = [laid.starts.get(page.name) for page in pages] + [laid.pages + 1]
        for page, first, after in zip(pages, firsts, firsts[1:], strict=False):
            if first is not None and after is not None:
                tight = tuple(laid.fits.get(sheet, 0) for sheet in page.sheets)
                self._keep(page.key, (after - first, tight))

    def _look_up(self, key: bytes) -> tuple[int, tuple[int, ...]] | None:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def _keep(self, key: bytes, known: tuple[int, tuple[int, ...]]) -> None:
        with self._lock:
            self._known[key] = known
            self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _pages(html: str, pages_each: int) -> list[_Page]:
    head, *texts = html.split(PAGE)
    shape = hashlib.sha256(f"{pages_each} {head}".encode(errors="replace"))
    pages = []
    for text in texts:
        key = shape.copy()
        # Neither its place in the document nor what comes after it matters.
        key.update(_ID.sub("", text.rpartition("</section>")[0] or text).encode(errors="replace"))
        name = _ID.search(text)
        pages.append(_Page(name[1] if name else "", tuple(sheets(text)), key.digest()))
    return pages
