"""The pacing in words: a sentence for each breach of a house rule, and what its remedies are called."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from planner.plans.curve import Breach
from planner.plans.pacing import Pacing
from planner.plans.plan import Plan
from planner.plans.remedies import Drop, Move, Remedy, Settle, Shorten, Swap


@dataclass(frozen=True)
class Act:
    """One remedy as it is offered: a button that sends `fields`, or a link.

    A link leads to what could take the place of the step `swap`, or to proposals that take `refit` minutes.
    """

    id: str
    label: str
    fields: dict[str, str | int] = field(default_factory=dict)
    swap: str = ""
    refit: int = 0


@dataclass(frozen=True)
class Remark:
    """One breach: its rule, what is to be seen and why it matters, and what would mend it."""

    rule: str
    text: str
    acts: tuple[Act, ...]


def remarks(plan: Plan, pacing: Pacing) -> tuple[Remark, ...]:
    """Everything that the pacing remarks on, in its order."""
    titles = {segment.id: segment.title for segment in plan.segments}
    return tuple(
        Remark(
            breach.rule,
            sentence(breach, titles, plan.length),
            (*(_act(breach, remedy, titles) for remedy in breach.remedies), *_fit(breach)),
        )
        for breach in pacing.breaches
    )


def clock(minute: int) -> str:
    """A minute of the session as the timeline shows it: 75 is “1:15”."""
    return f"{minute // 60}:{minute % 60:02d}"


def sentence(breach: Breach, titles: dict[str, str], length: int) -> str:
    """What leaves a house rule, and in a short clause why that matters; `length` in minutes."""
    first, last = titles[breach.segments[0]], titles[breach.segments[-1]]
    match breach.rule:
        case "over":
            return ngettext(
                "The steps take %(num)s minute more than the session has, so its end would be cut short.",
                "The steps take %(num)s minutes more than the session has, so its end would be cut short.",
                breach.excess,
            )
        case "late_peak":
            return _(
                "“%(title)s” has the session’s highest intensity and comes at about %(found)s; before "
                "%(allowed)s there is more time to come down from it.",
                title=first,
                found=clock(breach.found),
                allowed=clock(breach.allowed),
            )
        case "last_ten":
            return _(
                "“%(title)s” still has intensity %(found)s in the last ten minutes; at %(allowed)s or less "
                "both can leave settled.",
                title=first,
                found=breach.found,
                allowed=breach.allowed,
            )
        case "face_to_face":
            return _(
                "From %(start)s to %(end)s they are face to face at intensity 3 or more; after %(allowed)s "
                "minutes something side by side or alone lets both breathe.",
                start=clock(breach.start),
                end=clock(breach.end),
                allowed=breach.allowed,
            )
        case "jump":
            return _(
                "From “%(first)s” to “%(last)s” the intensity goes from %(low)s to %(high)s; one level at a "
                "time is easier to follow.",
                first=first,
                last=last,
                low=breach.allowed - 1,
                high=breach.found,
            )
    if breach.allowed == 1:
        return _(
            "There are %(found)s core exercises in %(length)s minutes; one alone leaves time to go slowly.",
            found=breach.found,
            length=length,
        )
    return _(
        "There are %(found)s core exercises in %(length)s minutes; two alone leave time to go slowly.",
        found=breach.found,
        length=length,
    )


def in_short(rule: str) -> str:
    """What a rule is about, for a list of rules."""
    return {
        "over": _("the time that there is"),
        "late_peak": _("the strongest step, which comes late"),
        "last_ten": _("the last ten minutes"),
        "face_to_face": _("a long time face to face"),
        "jump": _("a sudden rise"),
        "core_count": _("the number of core exercises"),
    }[rule]


def _act(breach: Breach, remedy: Remedy, titles: dict[str, str]) -> Act:
    parts: dict[str, str | int] = {
        name: value for name, value in vars(remedy).items() if isinstance(value, str | int)
    }
    kind = type(remedy).__name__.lower()
    name = "-".join(str(part) for part in (breach.rule, *breach.segments[:1], kind, *parts.values()) if part)
    if isinstance(remedy, Swap):
        return Act(name, _label(remedy, titles), swap=remedy.segment)
    return Act(name, _label(remedy, titles), {"kind": kind, **parts})


def _fit(breach: Breach) -> tuple[Act, ...]:
    """What is too long can be made to fit, in several ways at once."""
    if breach.rule != "over":
        return ()
    label = _("Show how it fits into %(minutes)s minutes…", minutes=breach.allowed)
    return (Act("over-refit", label, refit=breach.allowed),)


def _label(remedy: Remedy, titles: dict[str, str]) -> str:
    match remedy:
        case Move(segment, before):
            return _(
                "Move “%(title)s” before “%(other)s”",
                title=titles[segment],
                other=titles[before],
            )
        case Settle(after, minutes):
            return ngettext(
                "Add %(num)s quiet minute after “%(title)s”",
                "Add %(num)s quiet minutes after “%(title)s”",
                minutes,
                title=titles[after],
            )
        case Shorten(segment, minutes):
            return _(
                "Use the short form of “%(title)s”, %(minutes)s min",
                title=titles[segment],
                minutes=minutes,
            )
        case Drop(segment):
            return _("Leave out “%(title)s”", title=titles[segment])
        case Swap(segment, "other_mode"):
            return _("Swap “%(title)s” for something not face to face…", title=titles[segment])
        case Swap(segment):
            return _("Swap “%(title)s” for something gentler…", title=titles[segment])
