"""The programmes that ship: files that name starter sessions, read without a database."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planner.plans.plan import Plan
from planner.programmes.outline import Outline, Stop
from planner.programmes.programme import KINDS
from planner.sharing.starters import read_folder

FOLDER = Path(__file__).parent / "starters"


@dataclass(frozen=True)
class Starter:
    """A programme that ships; its identity is the name of its file."""

    slug: str
    when_to_use: str
    outline: Outline


@cache
def read_starters(folder: Path = FOLDER) -> tuple[Starter, ...]:
    """Every programme that ships, sorted by file name.

    A session whose template cannot be read is an aim only. Raises KeyError or TypeError for a faulty file.
    """
    plans = {starter.slug: starter.plan for starter in read_folder()[0]}
    return tuple(
        _read(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), plans)
        for path in sorted(folder.glob("*.toml"))
    )


def _read(slug: str, data: dict[str, Any], plans: dict[str, Plan]) -> Starter:
    stops = tuple(
        Stop(one["aim"], KINDS[KINDS.index(one.get("kind", KINDS[0]))], plans.get(one.get("template", "")))
        for one in data["session"]
    )
    outline = Outline(
        title=data["title"],
        hope=data["hope"],
        length=data["length"],
        areas=tuple(data["areas"]),
        fears=tuple(data["fears"]),
        stops=stops,
    )
    return Starter(slug, data["when_to_use"], outline)
