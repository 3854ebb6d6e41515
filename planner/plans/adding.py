"""Adding by typing: what the library has for a few letters, and the same letters as a step of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db
from planner.library.finding import browsing
from planner.library.finding.browsing import Found
from planner.library.finding.facets import Wanted
from planner.library.search.words import fits, fold
from planner.plans import queries
from planner.plans.plan import MAX_MINUTES, TITLE_LIMIT, Plan
from planner.plans.shaping import bp as bp
from planner.taxonomy import TAXONOMY
from planner.text import has_words, one_line
from planner.web.htmx import fragments, wants_fragment
from planner.who import Asker

# So many are offered: one sees them at a glance, and a few letters more bring others.
OFFERED = 7
# Minutes of a step of one's own of which none are said.
USUAL = 5
_WITH_MINUTES = re.compile(r"(?P<title>.*\S)[ ,]+(?P<minutes>[0-9]{1,3}) ?(?:m|min|mins|minutes?)\.?", re.I)


@dataclass(frozen=True)
class Free:
    """What was typed, as a step of one's own. `said`: its minutes were typed too."""

    title: str
    minutes: int
    said: bool = False


@dataclass(frozen=True)
class Offers:
    """What can be added: exercises, best first, and what was typed as a step of one's own.

    The step stands first when it is likelier to be meant: its minutes were typed, or no title has the words.
    """

    exercises: tuple[Found, ...]
    free: Free | None = None
    free_first: bool = False


@bp.get("/plans/<plan_id>/add")
def adding(plan_id: str) -> str | Response | BaseResponse:
    """What fits the letters that were typed: a list for the field in the timeline, or a page of its own."""
    opened = queries.opened(db.session, asker(), plan_id)
    typed = one_line(request.args.get("q", ""))[:TITLE_LIMIT]
    part = request.args.get("part", "")
    part = part if part in TAXONOMY.parts else "core"
    context: dict[str, Any] = {
        "opened": opened,
        "plan": opened.plan,
        "typed": typed,
        "part": part,
        "offers": offers(db.session, asker(), opened.plan, typed, part),
    }
    if wants_fragment():
        return fragments("plans/_offers.html", **context)
    return render_template("plans/adding.html", **context)


def offers(session: Session, who: Asker, plan: Plan, typed: str, part: str) -> Offers:
    """What to offer. Before anything is typed: what suits this part, in the plan's focus if there is any."""
    step = free(typed)
    if step is None:
        in_focus = Wanted(part=(part,), area=plan.areas, fear=plan.fears)
        suiting, _terms = browsing.first(session, who, in_focus, OFFERED)
        return Offers(suiting or browsing.first(session, who, Wanted(part=(part,)), OFFERED)[0])
    found, terms = browsing.first(session, who, Wanted(q=step.title), OFFERED)
    named = any(fits(terms, fold(each.record.title)) for each in found)
    return Offers(found, step, step.said or not named)


def free(typed: str) -> Free | None:
    """What was typed as a step; “Tea, 10 min” says its minutes too. None when there is nothing to say."""
    said = _WITH_MINUTES.fullmatch(typed)
    if said and 1 <= int(said["minutes"]) <= MAX_MINUTES and has_words(said["title"]):
        return Free(said["title"].rstrip(" ,"), int(said["minutes"]), said=True)
    return Free(typed, USUAL) if typed else None
