"""What is remarked on a programme, in words, and what its remedies are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from planner.plans.plan import TITLE_LIMIT
from planner.programmes.programme import Programme
from planner.programmes.rules import (
    AddEnding,
    Breach,
    MakeEnding,
    MakeReview,
    Move,
    Plans,
    Redate,
    Remedy,
    Swap,
    remarks,
)


@dataclass(frozen=True)
class Act:
    """One remedy as it is offered: a button that sends `fields`, or a link to a plan."""

    id: str
    label: str
    fields: dict[str, str | int] = field(default_factory=dict)
    plan_id: str = ""


@dataclass(frozen=True)
class Remark:
    """One breach: its rule, what is to be seen and why it matters, and what would mend it."""

    rule: str
    text: str
    acts: tuple[Act, ...]


def aims() -> dict[str, str]:
    """The aims that a new programme begins with, by kind of session, and that of the first."""
    return {
        "first": _("Arrive, and hear what each of them hopes for"),
        "ordinary": "",
        "review": _("See what has become easier, and choose what comes next"),
        "ending": _("Plan together how to keep it going"),
    }


def plan_title(programme: str, aim: str, number: int) -> str:
    """What the plan of a session is called, so that one finds it among all plans."""
    title = f"{programme}: {aim or _('session %(number)s', number=number)}"
    return title if len(title) <= TITLE_LIMIT else title[: TITLE_LIMIT - 1].rstrip() + "…"


def said_remarks(programme: Programme, plans: Plans) -> tuple[Remark, ...]:
    """Everything that the rules remark on, with what would mend it."""
    return tuple(
        Remark(breach.rule, sentence(programme, breach), _acts(programme, breach))
        for breach in remarks(programme, plans)
    )


def sentence(programme: Programme, breach: Breach) -> str:
    """What leaves a house rule, and in a short clause why that matters."""
    places: Mapping[str, int] = {session.id: n for n, session in enumerate(programme.sessions, start=1)}
    number = places.get(breach.session, 0)
    match breach.rule:
        case "first":
            return _(
                "Session 1 reaches intensity %(found)s. A first session is best kept at 2 or less: both find "
                "out first that it is safe here.",
                found=breach.found,
            )
        case "rise":
            return _(
                "Session %(number)s reaches intensity %(found)s; after the sessions before it, %(allowed)s "
                "would be one step up. Small steps are the ones that hold.",
                number=number,
                found=breach.found,
                allowed=breach.allowed,
            )
        case "review":
            return _(
                "A review is due at session %(number)s. It shows both what has become easier, and lets them "
                "choose the way on.",
                number=number,
            )
        case "no_ending":
            return _("There is no ending session. In it the two plan how to keep going on their own.")
        case "ending_last":
            return _(
                "The ending is session %(number)s, and more come after it. It does its work as the last one.",
                number=number,
            )
        case _:
            return ngettext(
                "Session %(number)s has an earlier date than session %(other)s.",
                "%(num)s sessions have an earlier date than one before them, session %(number)s first.",
                breach.found,
                number=number,
                other=places.get(breach.other, 0),
            )


def _acts(programme: Programme, breach: Breach) -> tuple[Act, ...]:
    acts = tuple(_act(programme, breach, remedy) for remedy in breach.remedies)
    if breach.rule in ("first", "rise"):
        plan_id = programme.session(breach.session).plan_id or ""
        label = _("Look for something gentler in session %(number)s", number=programme.place(breach.session))
        return (*acts, Act(f"gentler-{breach.session}", label, plan_id=plan_id))
    return acts


def _act(programme: Programme, breach: Breach, remedy: Remedy) -> Act:
    at = f"{breach.rule}-{breach.session or 'all'}"

    def number(session_id: str) -> int:
        return programme.place(session_id)

    match remedy:
        case MakeReview(session):
            label = _("Make session %(number)s a review", number=number(session))
            return Act(f"{at}-review", label, {"kind": "review", "session": session})
        case MakeEnding(session):
            label = _("Make session %(number)s the ending", number=number(session))
            return Act(f"{at}-ending", label, {"kind": "ending", "session": session})
        case AddEnding():
            return Act(f"{at}-add", _("Add an ending session"), {"kind": "add_ending"})
        case Move(session, place):
            label = _("Move session %(number)s to place %(place)s", number=number(session), place=place)
            return Act(f"{at}-move-{session}", label, {"kind": "move", "session": session, "place": place})
        case Swap(session, other):
            label = _("Swap sessions %(one)s and %(other)s", one=number(session), other=number(other))
            return Act(f"{at}-swap-{other}", label, {"kind": "swap", "session": session, "other": other})
        case Redate():
            return Act(f"{at}-redate", _("Let the dates follow the order"), {"kind": "redate"})
