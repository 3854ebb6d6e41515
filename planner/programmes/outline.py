"""A programme as colleagues may have it: aims and stripped plans, and nothing of a couple."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.plans.exchange import BadFile, from_data, to_json
from planner.plans.plan import HOPE_LIMIT, TITLE_LIMIT, Plan
from planner.programmes.programme import (
    AIM_LIMIT,
    KINDS,
    MAX_SESSIONS,
    Programme,
    Session,
    checked,
)
from planner.sharing.stripping import Keep, plan_for_template
from planner.text import clean, one_line

FORMAT = 1


@dataclass(frozen=True)
class Stop:
    """One session of an outline; without a plan it is an aim only."""

    aim: str
    kind: str
    plan: Plan | None = None


@dataclass(frozen=True)
class Outline:
    """A programme without dates, rooms for plans filled with stripped ones."""

    title: str
    hope: str = ""
    weeks: int = 1
    length: int = 50
    areas: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = field(default=())

    @property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(stop.plan for stop in self.stops if stop.plan)


def outline_of(
    programme: Programme,
    plans: Mapping[str, Plan],
    keep: Keep,
    *,
    title: str = "",
    aims: bool = True,
    called: Callable[[int, Plan], str],
) -> Outline:
    """The programme as a template holds it: only what `keep` names.

    `called` gives each plan its title from its number and from the plan; `title` replaces the programme's,
    unless it is empty. Raises BadPlan.
    """

    def stop(number: int, session: Session) -> Stop:
        plan = plans.get(session.plan_id or "")
        stripped = plan_for_template(plan, keep, called(number, plan)) if plan else None
        return Stop(session.aim if aims else "", session.kind, stripped)

    return Outline(
        title=title or programme.title,
        hope=programme.hope if keep.hope else "",
        weeks=programme.weeks,
        length=programme.length,
        areas=programme.areas if keep.focus else (),
        fears=programme.fears if keep.focus else (),
        stops=tuple(stop(number, one) for number, one in enumerate(programme.sessions, start=1)),
    )


def start(outline: Outline, new_id: Callable[[], str]) -> Programme:
    """A new programme from an outline, its sessions still without plans. Raises BadProgramme."""
    sessions = tuple(Session(new_id(), stop.aim, stop.kind) for stop in outline.stops)
    return checked(
        Programme(
            title=outline.title,
            hope=outline.hope,
            weeks=outline.weeks,
            length=outline.length,
            areas=outline.areas,
            fears=outline.fears,
            sessions=sessions,
        )
    )


def to_text(outline: Outline) -> str:
    """The outline as JSON text; its plans are written as every plan is."""
    data: dict[str, Any] = {"format": FORMAT, **vars(outline)}
    data["stops"] = [
        {"aim": stop.aim, "kind": stop.kind, "plan": json.loads(to_json(stop.plan)) if stop.plan else None}
        for stop in outline.stops
    ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Outline:
    """Read what `to_text` wrote. Raises BadFile, BadPlan or KeyError."""
    data = json.loads(text)
    if data["format"] != FORMAT or len(data["stops"]) > MAX_SESSIONS:
        raise BadFile("This template was written by another version of the planner.")
    return Outline(
        title=one_line(data["title"])[:TITLE_LIMIT],
        hope=clean(data["hope"])[:HOPE_LIMIT],
        weeks=data["weeks"],
        length=data["length"],
        areas=tuple(data["areas"]),
        fears=tuple(data["fears"]),
        stops=tuple(_stop(each) for each in data["stops"]),
    )


def _stop(data: dict[str, Any]) -> Stop:
    kind = data["kind"] if data["kind"] in KINDS else KINDS[0]
    return Stop(one_line(data["aim"])[:AIM_LIMIT], kind, from_data(data["plan"]) if data["plan"] else None)
