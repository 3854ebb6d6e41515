"""What keeps a written exercise out of the library, field by field, in words for the one who writes it."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from planner.library.exercise import Exercise
from planner.library.file_text import file_lines
from planner.library.front_matter import Faulty
from planner.library.limits import MAX_ENTRIES, MAX_ITEM, MAX_ITEMS, MAX_SCRIPT, MAX_TITLE
from planner.library.parse import parse
from planner.library.writing.sheets import read_sheet
from planner.library.writing.written import (
    MOST_MINUTES,
    Sheet,
    StepRow,
    Written,
    minutes,
    sketch,
)
from planner.text import has_words, one_line

TITLE_LIMIT, SUMMARY_LIMIT, LINE_LIMIT, TEXT_LIMIT = MAX_TITLE, 300, 1000, 6000
_LIMITS = {"title": TITLE_LIMIT, "summary": SUMMARY_LIMIT}
_LIMITS |= dict.fromkeys(("mechanism", "technique", "citation", "note"), LINE_LIMIT)

Messages = dict[str, str]


def faults(written: Written, slug: str = "sketch") -> Messages:
    """A message for each field that has to be seen to; none when it can be put into the library.

    Fields are named as in the form: "title", "steps-0-minutes", "together-body". What belongs to none is "".
    """
    exercise = sketch(written, slug)
    found: Messages = {}
    for name, message in (
        *_needed(written, exercise),
        *_steps(written, exercise),
        *_words(written, exercise),
        *_lists(exercise),
        *_sheets(written),
        *_source(exercise),
        *_long(written),
    ):
        found.setdefault(name, message)
    return found or _of_the_file(exercise)


def _needed(written: Written, exercise: Exercise) -> list[tuple[str, str]]:
    asked = {
        "title": (has_words(exercise.title), _("Please give it a title.")),
        "summary": (has_words(exercise.summary), _("Please say in a sentence who does what, and what for.")),
        "area": (bool(written.area), _("Please choose the main area.")),
        "fears": (bool(written.fears), _("Please choose at least one fear.")),
        "parts": (bool(written.parts), _("Please choose at least one part of a session.")),
        "mode": (bool(written.mode), _("Please choose how they meet.")),
        "intensity": (bool(written.intensity), _("Please choose how much it asks of them.")),
        "audience": (bool(written.audience), _("Please choose for whom it is.")),
        "purpose": (has_words(exercise.purpose), _("Please say what it is for.")),
    }
    return [(name, message) for name, (there, message) in asked.items() if not there]


def _steps(written: Written, exercise: Exercise) -> list[tuple[str, str]]:
    found = [
        (f"steps-{place}-{name}", message)
        for place, row in enumerate(written.steps)
        if row
        for name, message in _step(row).items()
    ]
    total = exercise.minutes
    if not any(written.steps):
        found.append(("steps-0-text", _("Please write at least one step.")))
    elif total.full > MOST_MINUTES:
        said = _(
            "The steps come to %(minutes)s minutes. An exercise takes up to %(most)s.",
            minutes=total.full,
            most=MOST_MINUTES,
        )
        found.append(("steps-0-minutes", said))
    elif not found and not total.short:
        found.append(("steps-0-short", _("The short form needs at least one step.")))
    return found


def _step(row: StepRow) -> Messages:
    full, short = minutes(row)
    found: Messages = {}
    if not one_line(row.text):
        found["text"] = _("Please write what happens in this step.")
    if full is None or not 1 <= full <= MOST_MINUTES:
        found["minutes"] = _("How many minutes? A whole number, such as 5.")
    elif short is None or short > full:
        found["short"] = _("A whole number up to %(minutes)s, or nothing.", minutes=full)
    return found


def _words(written: Written, exercise: Exercise) -> list[tuple[str, str]]:
    found = []
    if len(exercise.script) > MAX_SCRIPT:
        said = _("All words to say together have up to %(most)d characters.", most=MAX_SCRIPT)
        found.append(("words-0-words", said))
    for place, row in enumerate(written.words):
        if row and not one_line(row.when.replace("*", "")).strip(": "):
            found.append((f"words-{place}-when", _("When are these words said? For example “To begin”.")))
        elif row and not one_line(row.words):
            found.append((f"words-{place}-words", _("Please write the words.")))
    return found


def _lists(exercise: Exercise) -> list[tuple[str, str]]:
    found = []
    if len(exercise.materials) > MAX_ITEMS or any(len(item) > MAX_ITEM for item in exercise.materials):
        said = _("Up to %(items)d things, each in %(most)d characters.", items=MAX_ITEMS, most=MAX_ITEM)
        found.append(("materials", said))
    if len(exercise.debrief) > MAX_ENTRIES:
        found.append(("debrief", _("Up to %(most)d questions.", most=MAX_ENTRIES)))
    return found


def _sheets(written: Written) -> list[tuple[str, str]]:
    return [
        (f"{whose}-{name}", message)
        for whose, sheet in written.sheets.items()
        if sheet
        for name, message in _sheet(sheet).items()
    ]


def _sheet(sheet: Sheet) -> Messages:
    blocks, unread = read_sheet(sheet.body)
    found: Messages = {}
    if not has_words(sheet.title):
        found["title"] = _("Please give this sheet a title.")
    if unread:
        said = [_("“%(line)s”: %(message)s", line=each.line[:60], message=each.message) for each in unread]
        found["body"] = " ".join(said)
    elif not blocks:
        found["body"] = _("Nothing stands on this sheet yet. Write something, or take its title away.")
    return found


def _source(exercise: Exercise) -> list[tuple[str, str]]:
    origin, found = exercise.source, []
    if exercise.mechanism and re.search(r"[!?]|\.(?=\s)", exercise.mechanism):
        found.append(("mechanism", _("One sentence, please, that ends in a full stop.")))
    if origin.evidence in ("trial", "correlational") and not origin.citation:
        found.append(("citation", _("Evidence from a study needs its citation.")))
    elif origin.citation and not re.search(r"\((19|20)\d\d[a-z]?\)", origin.citation):
        found.append(("citation", _("Please give the authors, the year in brackets, and where it appeared.")))
    return found


def _long(written: Written) -> list[tuple[str, str]]:
    texts: dict[str, str] = {}
    for name, value in vars(written).items():
        if isinstance(value, str):
            texts[name] = value
        elif isinstance(value, Sheet):
            texts |= {f"{name}-{part}": text for part, text in vars(value).items()}
        elif name in ("steps", "words"):
            for place, row in enumerate(value):
                texts |= {f"{name}-{place}-{part}": text for part, text in vars(row).items()}
    found = []
    for name, text in texts.items():
        most = _LIMITS.get(name, TITLE_LIMIT if name.endswith(("-title", "-when")) else TEXT_LIMIT)
        if len(text.strip()) > most:
            found.append((name, _("Please keep this under %(most)d characters.", most=most)))
    return found


def _of_the_file(exercise: Exercise) -> Messages:
    """What the reader of files still finds, at the field that the line comes from."""
    lines = file_lines(exercise)
    try:
        parse("".join(f"{text}\n" for _field, text in lines), f"{exercise.slug}.md", complete=False)
    except Faulty as error:
        return {lines[fault.line - 1][0]: fault.message for fault in reversed(error.faults)}
    return {}
