"""What every kind of paper has in common: the value that a template turns into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.handouts.options import Letterhead, Options


@dataclass(frozen=True, kw_only=True)
class Printed:
    """Base of all that is printed. A kind adds its own values and names its template.

    The template extends `handouts/paper.html`, gets the value as `made`, and gives its title in a block: it
    shows in viewers and print queues, so it never holds a name nor the title of a plan.
    """

    options: Options
    letterhead: Letterhead

    template: ClassVar[str]
    # A name for downloads that says nothing about anybody.
    file_name: ClassVar[str] = "handout.pdf"
    # For the counsellor, set closer than clients' sheets; True too when it must never be kept on disk.
    own: ClassVar[bool] = False

    @property
    def keep(self) -> bool:
        """True when its PDF may be kept (sealed) for the next time."""
        return not self.own and not self.options.personal
