"""Exercise texts without markup: for search, for export, and for measuring how they read."""

from __future__ import annotations

import re

from planner.library.exercise import Exercise, Handout, block_texts
from planner.library.people import PLAIN_PEOPLE as PLAIN_PEOPLE
from planner.library.people import name_people as name_people

_SENTENCE_END = re.compile(r"(?<=[.!?…:])[”’\"')]*\s+")


def plain(text: str) -> str:
    """Markdown inline marks removed: **strong**, *emphasis* and `code`."""
    return re.sub(r"\*\*|(?<!\w)\*|\*(?!\w)|`", "", text)


def client_text(exercise: Exercise) -> str:
    """All handouts as plain text, one text a line, with neutral words for people."""
    texts = [text for sheet in exercise.handouts for text in sheet.texts()]
    return "\n".join(plain(name_people(text, PLAIN_PEOPLE)) for text in texts)


def counsellor_text(exercise: Exercise) -> str:
    """Everything that only the counsellor reads, as plain text, one text a line."""
    home = exercise.at_home
    texts = [
        exercise.purpose,
        *(step.text for step in exercise.steps),
        *(f"{say.when}: {say.words}" for say in exercise.words),
        exercise.watch_for,
        *exercise.debrief,
        exercise.goes_badly,
        *exercise.variations.values(),
        home.dose,
        home.cue,
        home.easy,
    ]
    return "\n".join(plain(" ".join(text.split())) for text in texts)


def handout_sentences(sheet: Handout) -> list[str]:
    """The sentences that a client reads; a label or a list item counts as one."""
    texts = [sheet.title, *(text for block in sheet.blocks for text in block_texts(block))]
    return [sentence for text in texts for sentence in sentences_of(text)]


def sentences_of(text: str) -> list[str]:
    """The sentences of a client's text; a colon ends one, as in "Say: May I hold your hand?"."""
    parts = [part.strip(" …") for part in _SENTENCE_END.split(plain(name_people(text, PLAIN_PEOPLE)))]
    return [part if part[-1] in ".!?:" else f"{part}." for part in parts if part]
