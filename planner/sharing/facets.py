"""What someone looks for in the gallery: a value that stands in the address."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from planner.taxonomy import TAXONOMY

FACETS: dict[str, Collection[str]] = {"area": TAXONOMY.areas, "fear": TAXONOMY.fears}
MAX_PAGE = 10_000


@dataclass(frozen=True)
class Wanted:
    """Chosen areas and fears: any within one facet, all facets together. Pages count from 1."""

    area: tuple[str, ...] = ()
    fear: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> Wanted:
        """Read an address. What we do not know is left out."""
        page = args.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) <= 5 else 1
        return cls(
            area=_known("area", args.getlist("area")),
            fear=_known("fear", args.getlist("fear")),
            page=min(max(number, 1), MAX_PAGE),
        )

    def to_args(self) -> dict[str, list[str]]:
        """The address's arguments, without what is not said."""
        args = {name: list(self.chosen(name)) for name in FACETS if self.chosen(name)}
        return args | ({"page": [str(self.page)]} if self.page > 1 else {})

    def chosen(self, facet: str) -> tuple[str, ...]:
        return self.area if facet == "area" else self.fear

    def on_page(self, page: int) -> Wanted:
        return replace(self, page=page)

    @property
    def count(self) -> int:
        """How many values are chosen."""
        return len(self.area) + len(self.fear)


def _known(facet: str, values: Iterable[str]) -> tuple[str, ...]:
    chosen = set(values)
    return tuple(key for key in FACETS[facet] if key in chosen)
