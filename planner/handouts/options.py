"""How something is printed, and what stands at the head and the foot of it: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

PAPERS = ("a4", "letter")
DESIGNS = ("standard", "large", "ink-saver", "easy", "opendyslexic")


@dataclass(frozen=True)
class Options:
    """How to print.

    What is personal serves this print only and is stored nowhere: `names` are first names of A and B, ""
    for neutral words; `pronouns` their pronouns as in "she/her"; `next_date` and `next_time` the next
    session; `line` a line from the counsellor.
    """

    paper: str = "a4"
    design: str = "standard"
    lang: str = "en"
    fillable: bool = False
    names: tuple[str, str] = ("", "")
    pronouns: tuple[str, str] = ("", "")
    next_date: date | None = None
    next_time: time | None = None
    line: str = ""

    @property
    def large(self) -> bool:
        return self.design == "large"

    @property
    def easy(self) -> bool:
        """True for easy-read: shorter sentences, one instruction a line, an icon beside each step."""
        return self.design == "easy"

    @property
    def personal(self) -> bool:
        """True when something of a couple is in it: such a document is never kept."""
        mine = (*self.names, *self.pronouns, self.next_date, self.next_time, self.line)
        return any(each not in ("", None) for each in mine)

    @property
    def pages_each(self) -> int:
        """How many pages a sheet may take."""
        return 2 if self.large or self.easy else 1


@dataclass(frozen=True)
class Letterhead:
    """What makes paper the practice's own.

    `contact` may have several lines; `accent` is "#rrggbb" or "" for ink; `logo` is the address of a checked
    picture, "" for none: a `data:` address on paper, one of our own pages in a preview.
    """

    practice: str = ""
    contact: str = ""
    footer: str = ""
    accent: str = ""
    logo: str = ""
