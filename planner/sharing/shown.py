"""A template as people see it: in the gallery's preview and before it is published, the same."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plans.coverage import Coverage, coverage
from planner.plans.plan import Plan
from planner.plans.timing import Timing, timing


@dataclass(frozen=True)
class Shown:
    """What colleagues see of a template. `made_by` is empty for a starter.

    `linked` are the slugs of those of its exercises whose pages can be opened.
    """

    title: str
    when_to_use: str
    made_by: str
    plan: Plan
    linked: frozenset[str]

    @property
    def timing(self) -> Timing:
        return timing(self.plan)

    @property
    def coverage(self) -> Coverage:
        return coverage(self.plan)

    @property
    def peak(self) -> int:
        """The highest intensity of its steps; 0 when none is said."""
        return max((segment.intensity for segment in self.plan.segments), default=0)
