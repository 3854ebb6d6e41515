"""What somebody looks for in the library, as a value, and as the address of a page and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from planner.taxonomy import INTENSITIES, TAXONOMY

MAX_QUERY = 200
MAX_PAGE = 10_000
NAME_LIMIT = 60  # characters of a name that a filter is kept by
MINUTES = (5, 8, 10, 12, 15, 20, 30)


@dataclass(frozen=True)
class Facet:
    """One way of narrowing the library. `key` is the field of Wanted, `arg` the word in the address.

    With `single` only one value makes sense at a time.
    """

    key: str
    values: tuple[str, ...]
    arg: str
    single: bool = False


FACETS = tuple(
    Facet(key, tuple(str(value) for value in values), arg or key, single)
    for key, values, arg, single in (
        ("area", TAXONOMY.areas, "", False),
        ("fear", TAXONOMY.fears, "", False),
        ("part", TAXONOMY.parts, "", False),
        ("minutes", MINUTES, "", True),
        ("intensity", INTENSITIES, "", False),
        ("without", ("touch",), "", True),
        ("works", ("online",), "", True),
        ("mode", TAXONOMY.modes, "", False),
        ("audience", TAXONOMY.audiences, "for", False),
        ("starred", ("yes",), "", True),
        ("unused", ("lately",), "", True),
        ("whose", ("mine", "practice", "starter"), "", False),
        ("evidence", TAXONOMY.evidence, "", False),
    )
)


@dataclass(frozen=True)
class Wanted:
    """What is looked for: any of the values inside a facet, all of the facets together.

    Values are texts as in the address, `intensity` and `minutes` too. The short form fits in `minutes`.
    `whose` tells one's own from those that colleagues share and from those that ship; `unused` leaves out
    what one put into a plan lately. `view` is "map" for the coverage map of the same, else a list.
    """

    q: str = ""
    area: tuple[str, ...] = ()
    fear: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    minutes: tuple[str, ...] = ()
    intensity: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    starred: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    view: str = ""
    page: int = 1

    def values(self, facet: Facet) -> tuple[str, ...]:
        """What is chosen in a facet."""
        chosen: tuple[str, ...] = getattr(self, facet.key)
        return chosen

    @property
    def chosen(self) -> tuple[tuple[Facet, str], ...]:
        """Every chosen value, in the order of the page."""
        return tuple((facet, value) for facet in FACETS for value in self.values(facet))

    def loosened(self, facet: Facet, value: str | None = None) -> Wanted:
        """The same without one value of a facet, or without the whole facet; from the first page."""
        kept = tuple(one for one in self.values(facet) if value is not None and one != value)
        return replace(self, page=1, **{facet.key: kept})  # type: ignore[arg-type]

    def up_to(self, level: int) -> Wanted:
        """The same at every intensity from 1 to `level`."""
        return replace(self, page=1, intensity=tuple(str(one) for one in INTENSITIES if one <= level))

    def cell(self, area: str, fear: str) -> Wanted:
        """The list behind one cell of the map: the same, with this area and this fear alone."""
        return replace(self, area=(area,), fear=(fear,), view="", page=1)

    def seen_as(self, view: str) -> Wanted:
        """The same as a list ("") or as a map."""
        return replace(self, view=view, page=1)

    @property
    def kept(self) -> Wanted:
        """What is worth a name: the words and the choices, without the page and the view."""
        return replace(self, view="", page=1)

    def on(self, page: int) -> Wanted:
        """The same on another page."""
        return replace(self, page=page)

    def to_args(self) -> dict[str, Any]:
        """The arguments of an address that `from_args` reads back; nothing that is not said."""
        args: dict[str, Any] = {"q": self.q} if self.q else {}
        args |= {facet.arg: list(self.values(facet)) for facet in FACETS if self.values(facet)}
        args |= {"view": self.view} if self.view else {}
        return args | ({"page": str(self.page)} if self.page > 1 else {})


def from_args(args: MultiDict[str, str]) -> Wanted:
    """Read an address. What is not known is left out, so that an old link still opens."""
    query = "".join(c if c.isprintable() else " " for c in args.get("q", "")[:MAX_QUERY])
    page = args.get("page", "1")
    known = page.isascii() and page.isdigit() and len(page) <= 5
    return Wanted(
        q=" ".join(query.split()),
        view="map" if args.get("view") == "map" else "",
        page=min(max(int(page), 1), MAX_PAGE) if known else 1,
        **{facet.key: _chosen(facet, args.getlist(facet.arg)) for facet in FACETS},
    )


def _chosen(facet: Facet, given: list[str]) -> tuple[str, ...]:
    known = tuple(value for value in facet.values if value in given)
    return known[-1:] if facet.single else known


# Counting


@dataclass(frozen=True)
class Kind:
    """Exercises that no facet tells apart: their values in each facet, in the order of FACETS."""

    values: tuple[tuple[str, ...], ...]
    number: int


@dataclass(frozen=True)
class Counted:
    """`total` passes every facet. `values[facet][value]` is what a value would find beside the other facets,
    and `without[facet]` what there would be if that facet were given up."""

    total: int
    values: dict[str, dict[str, int]]
    without: dict[str, int]


def fits(minutes: int) -> tuple[str, ...]:
    """The values of the facet `minutes` that an exercise of this length fits."""
    return tuple(str(most) for most in MINUTES if minutes <= most)


def count(kinds: Iterable[Kind], wanted: Wanted) -> Counted:
    """Count each value of each facet where all the other facets pass."""
    values = {facet.key: dict.fromkeys(facet.values, 0) for facet in FACETS}
    asked = [(place, set(wanted.values(facet))) for place, facet in enumerate(FACETS) if wanted.values(facet)]
    total, lost = 0, dict.fromkeys((FACETS[place].key for place, _ in asked), 0)
    for kind in kinds:
        failed = [place for place, any_of in asked if any_of.isdisjoint(kind.values[place])]
        if len(failed) > 1:
            continue
        if failed:
            lost[FACETS[failed[0]].key] += kind.number
        else:
            total += kind.number
        for place in failed or range(len(FACETS)):
            counts = values[FACETS[place].key]
            for value in kind.values[place]:
                counts[value] += kind.number
    return Counted(total, values, {key: total + number for key, number in lost.items()})


def cells(kinds: Iterable[Kind], wanted: Wanted) -> dict[str, dict[str, int]]:
    """Of what passes every facet: how many name each area together with each fear."""
    places = {facet.key: place for place, facet in enumerate(FACETS)}
    found = {area: dict.fromkeys(TAXONOMY.fears, 0) for area in TAXONOMY.areas}
    asked = [(places[facet.key], set(wanted.values(facet))) for facet in FACETS if wanted.values(facet)]
    for kind in kinds:
        if any(any_of.isdisjoint(kind.values[place]) for place, any_of in asked):
            continue
        for area in kind.values[places["area"]]:
            for fear in kind.values[places["fear"]]:
                found[area][fear] += kind.number
    return found
