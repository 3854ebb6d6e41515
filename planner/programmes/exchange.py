"""A programme as JSON and back. The format carries its version; unknown versions are refused."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import Any

from planner.programmes.programme import BadProgramme, Programme, Session, checked

FORMAT = 1


class BadFile(Exception):
    """A text that is not a programme we can read."""


@dataclass(frozen=True)
class Kept:
    """A programme as it stands, and as it stood before the last change, for undo.

    `undone` is True when what stands is itself the result of an undo: then going back is a redo.
    """

    programme: Programme
    before: Programme | None = None
    undone: bool = False


def to_json(kept: Kept) -> str:
    """As JSON text, keys in a fixed order."""
    before = _data(kept.before) if kept.before else None
    data = {"format": FORMAT, "programme": _data(kept.programme), "before": before, "undone": kept.undone}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Kept:
    """Read what `to_json` wrote. Raises BadFile."""
    try:
        data = json.loads(text)
        if data.get("format") != FORMAT:
            raise BadFile("This programme was written by another version of the planner.")
        before = from_data(data["before"]) if data["before"] else None
        return Kept(from_data(data["programme"]), before, bool(data["undone"]))
    except (ValueError, TypeError, KeyError, AttributeError, BadProgramme) as error:
        raise BadFile("This is not a programme that we can read.") from error


def _data(programme: Programme) -> dict[str, Any]:
    begins = programme.begins.isoformat() if programme.begins else None
    return {**asdict(programme), "begins": begins}


def from_data(data: dict[str, Any]) -> Programme:
    """Build a checked programme from plain data. Raises KeyError, TypeError, ValueError or BadProgramme."""
    return checked(
        Programme(
            title=_str(data["title"]),
            hope=_str(data["hope"]),
            begins=dt.date.fromisoformat(data["begins"]) if data["begins"] else None,
            weeks=data["weeks"],
            length=data["length"],
            areas=tuple(_str(key) for key in data["areas"]),
            fears=tuple(_str(key) for key in data["fears"]),
            sessions=tuple(_session(each) for each in data["sessions"]),
        )
    )


def _session(data: dict[str, Any]) -> Session:
    plan_id = data["plan_id"]
    return Session(
        _str(data["id"]),
        _str(data["aim"]),
        _str(data["kind"]),
        _str(plan_id) if plan_id is not None else None,
    )


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value
