"""A step on its way from one session's plan to another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.plans import plan as verbs
from planner.plans.plan import Plan
from planner.plans.start import put


@dataclass(frozen=True)
class At:
    """A plan at one of its revisions, as “id:number” in a form."""

    plan_id: str
    revision: int

    @classmethod
    def read(cls, text: str) -> At | None:
        """None when the text is none of ours."""
        plan_id, _colon, number = text.partition(":")
        good = plan_id.isalnum() and number.isascii() and number.isdigit() and len(number) < 10
        return cls(plan_id, int(number)) if good else None

    @property
    def code(self) -> str:
        return f"{self.plan_id}:{self.revision}"


@dataclass(frozen=True)
class Moved:
    """A step has just gone from one plan to another: both at the revisions that this made."""

    source: At
    target: At

    @classmethod
    def read(cls, text: str) -> Moved | None:
        """None when the text is none of ours."""
        first, _comma, second = text.partition(",")
        source, target = At.read(first), At.read(second)
        return cls(source, target) if source and target else None

    @property
    def code(self) -> str:
        return f"{self.source.code},{self.target.code}"


def moved(
    source: Plan, target: Plan, segment_id: str, place: int | None, new_id: Callable[[], str]
) -> tuple[Plan, Plan]:
    """Both plans after a step went from `source` to `target`, where it keeps its part. Raises BadPlan.

    `place` counts from 0 within that part; None is last. A laid-out step of the part that nobody has touched
    makes room. Plans from one template name their steps alike, so the step may get a new name.
    """
    segment = source.segment(segment_id)
    if any(each.id == segment.id for each in target.segments):
        segment = replace(segment, id=new_id())
    return verbs.remove(source, segment_id), put(target, segment, place)[0]


def place_before(target: Plan, segment: str, part: str) -> int | None:
    """The place in `part` that stands before the step `segment` of any part; None when it is not there."""
    count = 0
    for each in target.segments:
        if each.id == segment:
            return count
        count += each.part == part
    return None
