"""A finding as a page shows it beside a field."""

from __future__ import annotations

from dataclasses import dataclass

from planner.wording.check import Finding
from planner.wording.marks import Left
from planner.wording.rewrite import rewrite


@dataclass(frozen=True)
class Offer:
    """`words` that can be put in place of `had`, which stands from `start` to `end`."""

    start: int
    end: int
    had: str
    words: str


@dataclass(frozen=True)
class Shown:
    """A finding with its words, the mark under which it is left, and what can be put in its place.

    Places are counted as browsers count them, in units of UTF-16: most emoji are two.
    """

    start: int
    end: int
    words: str
    why: str
    instead: str
    mark: str
    offer: Offer | None


def shown(text: str, found: tuple[Finding, ...], left: Left) -> tuple[Shown, ...]:
    """The findings of a text that were not left, as a page shows them."""
    return tuple(_shown(text, finding, left) for finding in found if not left.has(text, finding))


def _shown(text: str, finding: Finding, left: Left) -> Shown:
    return Shown(
        start=units(text, finding.start),
        end=units(text, finding.end),
        words=text[finding.start : finding.end],
        why=finding.why,
        instead=finding.instead,
        mark=left.mark(text, finding),
        offer=_offer(text, finding),
    )


def _offer(text: str, finding: Finding) -> Offer | None:
    put = rewrite(text, finding)
    if put is None:
        return None
    return Offer(units(text, put.start), units(text, put.end), text[put.start : put.end], put.words)


def units(text: str, place: int) -> int:
    """A place in a text, counted in units of UTF-16."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
