"""What a new plan starts from: nothing, or the five parts of a session laid out."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from planner.plans.plan import Plan, Segment, add, remove
from planner.plans.timing import suggested, timing
from planner.taxonomy import TAXONOMY

# House rule: practice at home takes 15 minutes or less.
AT_HOME = 15


def placeholders() -> dict[str, tuple[str, str]]:
    """Title and words to say of each part's laid-out step."""
    return {
        "arrive": (
            _("Check-in and consent"),
            _(
                "“Welcome, both of you. From 0 to 10, how present do you feel right now? "
                "Any number is fine.”\n\n"
                "“Today we try one small step towards closeness. You can each stop at any time, without a "
                "reason. Is that all right for you? And for you?”"
            ),
        ),
        "warm_up": (_("Something light"), _("“Before the main step, something easy to arrive together.”")),
        "core": (_("The main exercise"), _("“This is our main step today. I will tell you who begins.”")),
        "settle": (
            _("Talk about it and come down"),
            _(
                "“Let us slow down. What did you notice that you would like more of?”\n\n"
                "“And from 0 to 10, how close do you feel now? There is no right number.”"
            ),
        ),
        "close": (
            _("Next step"),
            _(
                "“What is one small thing that you will try before we meet again? When and where?”\n\n"
                "“If it does not happen, that is news and not a failure. Bring it with you.”"
            ),
        ),
    }


def laid_out(title: str, length: int, new_id: Callable[[], str]) -> Plan:
    """A plan with one step for each part, in its usual minutes; they add up to `length`."""
    parts = [part.key for part in TAXONOMY.session_parts]
    minutes = {part: suggested(part, length) for part in parts}
    longest = max(minutes, key=lambda part: minutes[part])
    minutes[longest] += length - sum(minutes.values())
    words = placeholders()
    return Plan(
        title=title,
        length=length,
        segments=tuple(
            Segment(
                id=new_id(),
                part=part,
                title=words[part][0],
                words=words[part][1],
                minutes=minutes[part],
                intensity=1 if part != "core" else 0,
            )
            for part in parts
        ),
    )


def is_placeholder(segment: Segment) -> bool:
    """True for a laid-out step that nobody has changed but for its minutes."""
    return segment.exercise is None and (segment.title, segment.words) == placeholders().get(segment.part)


def room(plan: Plan, part: str) -> int:
    """Minutes that a new step in `part` can take: what is free, and what an untouched laid-out step gives up.

    Practice at home takes none of the session, but should stay short.
    """
    if not TAXONOMY.parts[part].in_session:
        return AT_HOME
    yielding = next((step.minutes for step in plan.in_part(part) if is_placeholder(step)), 0)
    return timing(plan).free + yielding


def put(plan: Plan, segment: Segment, position: int | None = None) -> tuple[Plan, Segment | None]:
    """Add a segment; an untouched laid-out step of the same part makes room for it.

    Returns the plan, and the step that made room. Raises BadPlan.
    """
    here = plan.in_part(segment.part)
    for place, other in enumerate(here):
        if is_placeholder(other):
            if position is None:
                position = place
            elif position > place:
                position -= 1
            return add(remove(plan, other.id), segment, position), other
    return add(plan, segment, position), None
