"""What the builder's templates need: the plan, what is read off it, and the forms that are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from planner.plans import plan as verbs
from planner.plans.coverage import cells, coverage
from planner.plans.forms import AddForm, FreeSegmentForm, HeadForm, SegmentForm
from planner.plans.plan import Plan
from planner.plans.queries import Opened
from planner.plans.timing import suggested, timing
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True)
class Difference:
    """One field that two people changed: its label, what stands now, and what was typed here."""

    label: str
    theirs: str
    mine: str


def context(opened: Opened, *, editing: str = "", **extra: Any) -> dict[str, Any]:
    """Everything `_workspace.html` reads. `editing` is "head", a segment's id, or nothing."""
    plan = opened.plan
    times = timing(plan)
    known = {
        "opened": opened,
        "plan": plan,
        "timing": times,
        "slots": {slot.segment.id: slot for slot in times.slots},
        "first_id": plan.segments[0].id if plan.segments and plan.segments[0].part == verbs.PARTS[0] else "",
        "last_id": plan.segments[-1].id
        if plan.segments and plan.segments[-1].part == verbs.PARTS[-1]
        else "",
        "coverage": coverage(plan),
        "cells": cells([plan]),
        "usual": {part: suggested(part, plan.length) for part in TAXONOMY.parts},
        "editing": editing,
        # The open form holds something that was not saved.
        "refused": any(extra.get(name) for name in ("head_form", "segment_form")),
        "stale": False,
        "problem": "",
        "conflict": (),
        "lost": (),
        "added": "",
        "minutes_form": None,
        "minutes_of": "",
        "add_form": None,
        "head_form": None,
        "segment_form": None,
        "exercise": None,
    } | extra
    if known["add_form"] is None:
        known["add_form"] = AddForm(formdata=None, part="core")
    if editing == "head" and known["head_form"] is None:
        known["head_form"] = HeadForm(formdata=None, obj=plan)
    elif editing and known["segment_form"] is None:
        known["segment_form"] = segment_form(plan, editing)
    return known


def segment_form(plan: Plan, segment_id: str) -> FlaskForm | None:
    """The form for a step as it stands, or None when the step is not there."""
    for segment in plan.segments:
        if segment.id == segment_id:
            kind = SegmentForm if segment.exercise else FreeSegmentForm
            return kind(formdata=None, data=vars(segment) | {"intensity": str(segment.intensity)})
    return None


def typed(form: FlaskForm) -> tuple[Difference, ...]:
    """What was typed into a form whose step is gone."""
    return tuple(
        Difference(str(field.label.text), "", _shown(field.data))
        for field in form
        if field.name not in ("csrf_token", "in_handout") and field.data
    )


def conflict(plan: Plan, editing: str, form: FlaskForm) -> tuple[Difference, ...]:
    """The fields of an open form that differ from the plan as it stands now."""
    now = HeadForm(formdata=None, obj=plan) if editing == "head" else segment_form(plan, editing)
    if now is None:
        return typed(form)
    return tuple(
        Difference(str(field.label.text), _shown(now[field.name].data), _shown(field.data))
        for field in form
        if field.name in now
        and field.name != "csrf_token"
        and _shown(now[field.name].data) != _shown(field.data)
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        names = {key: term.name for key, term in (*TAXONOMY.areas.items(), *TAXONOMY.fears.items())}
        return ", ".join(names.get(key, str(key)) for key in value)
    return "" if value is None else str(value).replace("\r\n", "\n")
