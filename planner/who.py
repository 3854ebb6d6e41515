"""Who asks: the little that features need to know of a member."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asker:
    """A signed-in member as a plain value, so that features need not import accounts."""

    id: str
    practice_id: str
    name: str
    is_owner: bool = False
