"""A plan as JSON and back. The format carries its version; unknown versions are refused."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from planner.plans.plan import BadPlan, Origin, Plan, Segment, checked

FORMAT = 1


class BadFile(Exception):
    """A text that is not a plan we can read. The message is for the member."""


def to_json(plan: Plan) -> str:
    """The plan as JSON text, keys in a fixed order."""
    data = {"format": FORMAT, **asdict(plan)}
    data["date"] = plan.date.isoformat() if plan.date else None
    data["time"] = plan.time.isoformat("minutes") if plan.time else None
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Plan:
    """Read what `to_json` wrote. Raises BadFile."""
    try:
        data = json.loads(text)
        if data.get("format") != FORMAT:
            raise BadFile("This plan was written by another version of the planner.")
        return from_data(data)
    except (ValueError, TypeError, KeyError, AttributeError, BadPlan) as error:
        raise BadFile("This is not a plan that we can read.") from error


def from_data(data: dict[str, Any]) -> Plan:
    """Build a checked plan from plain data. Raises KeyError, TypeError, ValueError or BadPlan."""
    return checked(
        Plan(
            title=_str(data["title"]),
            hope=_str(data["hope"]),
            date=dt.date.fromisoformat(data["date"]) if data["date"] else None,
            # Plans of earlier versions had none.
            time=dt.time.fromisoformat(data["time"]) if data.get("time") else None,
            length=data["length"],
            areas=_strs(data["areas"]),
            fears=_strs(data["fears"]),
            segments=tuple(_segment(each) for each in data["segments"]),
        )
    )


def _segment(data: dict[str, Any]) -> Segment:
    exercise = data["exercise"]
    return Segment(
        **{name: _str(data[name]) for name in ("id", "part", "title", "mode", "words", "note")},
        minutes=data["minutes"],
        intensity=data["intensity"],
        areas=_strs(data["areas"]),
        fears=_strs(data["fears"]),
        exercise=Origin(_str(exercise["slug"]), _str(exercise["digest"])) if exercise else None,
        in_handout=bool(data["in_handout"]),
    )


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _strs(values: Any) -> tuple[str, ...]:
    return tuple(_str(value) for value in values)
