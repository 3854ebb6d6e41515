"""A counsellor's own exercise for tests: as little as one may write, and changes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from planner.library.exercise import AtHome
from planner.library.models import ExerciseRecord
from planner.library.own import authoring
from planner.who import Asker
from tests import shipped

# An exercise that says nothing but what every exercise must.
BARE = replace(
    shipped.exercises()[0],
    purpose="",
    words=(),
    watch_for="",
    debrief=(),
    goes_badly="",
    variations={},
    handouts=(),
    materials=(),
    at_home=AtHome("", "", ""),
)

LITTLE = """---
title: {title}
summary: Both hold a warm cup and say one good thing about today.
areas: [affection]
fears: [rejection]
parts: [warm_up]
mode: side_by_side
intensity: 1
minutes: {{short: 4, full: 6}}
for: couple
{front}---

## Purpose
{purpose}

## Steps
1. (2 min, both) Each takes a cup.
2. (4 min, short 2, both) Each says one good thing about today.
{more}"""

SHEET = """
## Handout: Together
### Two warm cups
Take a cup each. Say one good thing about today.
"""


def little(
    title: str = "Two warm cups",
    purpose: str = "Something warm in the hands makes it easier to begin.",
    front: str = "",
    more: str = "",
) -> str:
    """The text of an exercise file. `front` are further lines of its head, each with its line end."""
    return LITTLE.format(title=title, purpose=purpose, front=front, more=more)


def write(
    session: Session,
    who: Asker,
    source: str = "",
    *,
    shared: bool = False,
    slug: str = "two-warm-cups-0a1b2c",
) -> ExerciseRecord:
    """An exercise of this member's in the library."""
    return authoring.create(session, who, slug, source or little(), shared=shared)


def text(client: FlaskClient, address: str, code: int = 200) -> str:
    """What one reads on a page."""
    answer = client.get(address)
    assert answer.status_code == code, answer.status_code
    main = answer.get_data(as_text=True).split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S)).split())
