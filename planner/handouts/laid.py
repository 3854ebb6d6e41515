"""Where pages fall: how tightly each sheet is set, and on which page it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TIGHTEST = 4
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


def tighter(laid: Laid, pages_each: int) -> dict[str, int] | None:
    """What to try next: sheets that run over by a page are set tighter. None when nothing is left to try.

    A sheet that runs over by more is left as it is: no tightening that can be read would make it fit.
    """
    over = [name for name, fit in laid.fits.items() if laid.length(name) == pages_each + 1 and fit < TIGHTEST]
    return dict(laid.fits) | {name: laid.fits[name] + 1 for name in over} if over else None


def saving(laid: Laid) -> dict[str, int] | None:
    """The same with sheets of two pages set a little tighter, in case one page then holds them."""
    long = [name for name, fit in laid.fits.items() if fit == 0 and laid.length(name) == 2]
    return dict(laid.fits) | dict.fromkeys(long, 1) if long else None


def saved(before: Laid, after: Laid) -> dict[str, int]:
    """Keeps of `saving` what saved a page; the others go back to how they were designed."""
    return {
        name: fit if after.length(name) < before.length(name) else before.fits[name]
        for name, fit in after.fits.items()
    }
