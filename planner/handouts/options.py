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
        return 2 if self.design in ("large", "easy", "opendyslexic") else 1


@dataclass(frozen=True)
class Letterhead:
    """What makes paper the practice's own.

    `contact` may have several lines; `accent` is "#rrggbb" or "" for ink; `logo` is the address of a checked
    picture, "" for none: a `data:` address on paper, one of our own pages in a preview. `address` is where
    members reach the planner, with "/" at its end, for codes on sheets; "" prints them without a picture.
    """

    practice: str = ""
    contact: str = ""
    footer: str = ""
    accent: str = ""
    logo: str = ""
    address: str = ""

    @property
    def contact_lines(self) -> tuple[str, ...]:
        return tuple(line for line in self.contact.split("\n") if line.strip())

    @property
    def at_head(self) -> bool:
        """True when the first page begins with it. One contact line alone stands at the foot."""
        return bool(self.logo) or len(self.contact_lines) > 1 or bool(self.footer and self.contact_lines)

    @property
    def at_foot(self) -> str:
        """What stands beside the practice's name at the foot of each page."""
        return self.footer if self.footer or self.at_head else self.contact
