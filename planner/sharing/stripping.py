"""From a plan to what colleagues may have of it: nothing of a couple, and no more than was chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.plans.coverage import coverage
from planner.plans.plan import Plan, checked


@dataclass(frozen=True)
class Keep:
    """What goes along. Notes are private unless chosen; a date never goes along."""

    words: bool = True
    hope: bool = True
    focus: bool = True
    notes: bool = False


def plan_for_template(plan: Plan, keep: Keep, title: str = "") -> Plan:
    """The plan as a template holds it: no date, only what `keep` names, and steps known as s1, s2, …

    `title` replaces the plan's own, unless it is empty. Raises BadPlan.
    """
    segments = tuple(
        replace(
            segment,
            id=f"s{place}",
            words=segment.words if keep.words else "",
            note=segment.note if keep.notes else "",
        )
        for place, segment in enumerate(plan.segments, start=1)
    )
    return checked(
        Plan(
            title=title or plan.title,
            hope=plan.hope if keep.hope else "",
            date=None,
            time=None,
            length=plan.length,
            areas=plan.areas if keep.focus else (),
            fears=plan.fears if keep.focus else (),
            segments=segments,
        )
    )


def about(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The areas and fears that a template is found by: its focus, or where it has none, its contents."""
    contents = coverage(plan)
    return {"area": plan.areas or tuple(contents.minutes), "fear": plan.fears or contents.fears}
