"""How far a pack is, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Of `total` sheets so many are done and so many failed; `begun` are those that somebody took up."""

    total: int
    done: int = 0
    failed: int = 0
    begun: int = 0
    cancelled: bool = False

    @property
    def settled(self) -> int:
        """How many there is nothing more to do for."""
        return self.done + self.failed

    @property
    def state(self) -> str:
        """ "waiting", "running", "done" or "cancelled"."""
        if self.settled >= self.total:
            return "done"
        if self.cancelled:
            return "cancelled"
        return "running" if self.begun or self.settled else "waiting"

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "cancelled")
