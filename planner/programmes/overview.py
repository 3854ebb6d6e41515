"""The overview of a programme on paper, as a value: for the counsellor's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.handouts.printed import Printed
from planner.programmes.cover import Cover
from planner.programmes.page import Row
from planner.programmes.programme import Programme

# How many sessions stand side by side in a table; more of them begin another one.
ACROSS = 10


@dataclass(frozen=True)
class Overview(Printed):
    """All of it. Only the counsellor's: it shows the titles of programme and plans."""

    template: ClassVar[str] = "programmes/overview.html"
    file_name: ClassVar[str] = "overview.pdf"
    own: ClassVar[bool] = True
    programme: Programme
    rows: tuple[Row, ...]
    cover: Cover

    def stretches(self) -> Iterator[range]:
        """The places of the sessions, counted from 0, as many at a time as fit side by side."""
        across = ACROSS // 2 if self.options.large else ACROSS
        for first in range(0, len(self.rows), across):
            yield range(first, min(first + across, len(self.rows)))
