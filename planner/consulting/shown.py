"""What colleagues see of a plan about which they are asked: nothing of the couple. Pure."""

from __future__ import annotations

from dataclasses import replace

from planner.plans.plan import Plan
from planner.sharing.stripping import Keep, plan_for_template

# The hope is the couple's; date, time and notes never go along.
_SEEN = Keep(words=True, hope=False, focus=True, notes=False)


def plan_for_colleagues(plan: Plan, title: str) -> Plan:
    """The plan as colleagues see it, under the `title` that was written for them.

    Steps keep their ids, so that a comment stays with its step when others move. Raises BadPlan.
    """
    if not title:
        raise ValueError("without a title of its own it would show the plan's")
    shown = plan_for_template(plan, _SEEN, title)
    pairs = zip(shown.segments, plan.segments, strict=True)
    return replace(shown, segments=tuple(replace(step, id=own.id) for step, own in pairs))
