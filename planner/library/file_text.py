"""From an exercise to the text of its file: the way back of `parse`.

Whatever the texts hold, the file keeps its form: the front matter is written by the YAML library, and a line
that would be taken for something else is moved in by one space, which the parser drops again.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from planner.library import exercise as ex

# How each kind of line in a sheet begins. A writer may also type what most people type for a list.
BEGINS = {
    "steps": re.compile(r"[0-9]{1,3}[.)]\s+(?=\S)"),
    "bullets": re.compile(r"[-*•–]\s+(?=\S)"),
    "block": re.compile(r"\["),
    "heading": re.compile(r"#"),
}
SHEETS = {"together": "Handout: Together", "a": "Handout: A", "b": "Handout: B"}
VARIATIONS = {
    "no_touch": "No touch",
    "no_speech": "No speech",
    "online": "Online",
    "one_person": "One person",
}
AT_HOME = {"dose": "Dose", "cue": "If–then", "easy": "Easy version"}

Line = tuple[str, str]


def file_text(exercise: ex.Exercise) -> str:
    """The file that `parse` reads as this exercise."""
    return "".join(f"{text}\n" for _field, text in file_lines(exercise))


def file_lines(exercise: ex.Exercise) -> list[Line]:
    """The lines of the file, each with the name of the field in the form that it comes from."""
    return [("", "---"), *_front(exercise), ("", "---"), *_body(exercise)]


def kind_of(line: str) -> str:
    """What a line of a sheet is: "steps", "bullets", "block", "heading" or "text"."""
    return next((kind for kind, begins in BEGINS.items() if begins.match(line)), "text")


# Front matter


def _front(one: ex.Exercise) -> list[Line]:
    values: dict[str, tuple[str, Any]] = {
        "title": ("title", one.title),
        "summary": ("summary", one.summary),
        "areas": ("area", list(one.areas)),
        "fears": ("fears", list(one.fears)),
        "parts": ("parts", list(one.parts)),
        "mode": ("mode", one.mode),
        "intensity": ("intensity", one.intensity),
        "minutes": ("steps", {"short": one.minutes.short, "full": one.minutes.full}),
        "for": ("audience", one.audience),
    }
    for name in ("materials", "cautions", "builds_on"):
        values[name] = (name, list(getattr(one, name)))
    if one.mechanism:
        values["mechanism"] = ("mechanism", one.mechanism)
    if one.source != ex.Source("", "", "ours", ""):
        values["source"] = ("citation", vars(one.source))
    return [(field, line) for name, (field, value) in values.items() for line in _yaml(name, value)]


def _yaml(name: str, value: Any) -> list[str]:
    # Lists and minutes stand in one line; a source has a line for each of its texts.
    in_one_line = isinstance(value, list) or name == "minutes"
    text = yaml.safe_dump(
        {name: value},
        default_flow_style=None if in_one_line else False,
        allow_unicode=True,
        sort_keys=False,
        width=1_000_000,
    )
    return text.rstrip("\n").split("\n")


# The sections


def _body(one: ex.Exercise) -> list[Line]:
    lines = _section("Purpose", "purpose", _prose("purpose", one.purpose))
    lines += _section("Steps", "steps", [_step(i, step) for i, step in enumerate(one.steps)])
    says = [(f"words-{i}-words", f"- **{say.when}:** {say.words}") for i, say in enumerate(one.words)]
    lines += _section("Words to say", "words", says)
    lines += _section("Watch for", "watch_for", _prose("watch_for", one.watch_for))
    lines += _section("Debrief", "debrief", [("debrief", f"- {item}") for item in one.debrief])
    lines += _section("If it goes badly", "goes_badly", _prose("goes_badly", one.goes_badly))
    lines += _section("Variations", "no_touch", _labelled(VARIATIONS, one.variations))
    lines += _section("At home", "dose", _labelled(AT_HOME, vars(one.at_home)))
    for sheet in one.handouts:
        title = (f"{sheet.whose}-title", f"### {sheet.title}")
        body = [(f"{sheet.whose}-body", line) for line in sheet_text(sheet.blocks).split("\n")]
        lines += _section(SHEETS[sheet.whose], f"{sheet.whose}-title", [title, *body])
    return lines


def _section(heading: str, field: str, lines: list[Line]) -> list[Line]:
    """A section with an empty line before it; none when nothing is in it."""
    return [(field, ""), (field, f"## {heading}"), *lines] if any(text for _, text in lines) else []


def _prose(field: str, text: str) -> list[Line]:
    return [(field, f" {line}" if line.startswith("## ") else line) for line in text.split("\n")]


def _step(place: int, step: ex.Step) -> Line:
    short = "" if step.short == step.minutes else f"short {step.short}, "
    speaker = step.speaker if len(step.speaker) > 1 else step.speaker.upper()
    return (f"steps-{place}-text", f"{place + 1}. ({step.minutes} min, {short}{speaker}) {step.text}")


def _labelled(labels: dict[str, str], texts: dict[str, str]) -> list[Line]:
    return [(key, f"- **{label}:** {texts[key]}") for key, label in labels.items() if texts[key]]


# Client sheets


def sheet_text(blocks: tuple[ex.Block, ...]) -> str:
    """The blocks of a sheet as one types them: a line for each paragraph, item and worksheet block."""
    return "\n\n".join(_block_text(block) for block in blocks)


def _block_text(block: ex.Block) -> str:
    match block:
        case ex.Steps(items):
            return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
        case ex.Bullets(items):
            return "\n".join(f"- {item}" for item in items)
        case ex.Lines(label, count):
            return _brackets("lines", label, str(count))
        case ex.Scale(question, low, high):
            return _brackets("scale", question, low, high)
        case ex.Ticks(label, options):
            return _brackets("tick", label, *options)
        case ex.Stems(items):
            return _brackets("stems", *items)
        case ex.Table(caption, columns, rows):
            cells = ", ".join(rows) if all(rows) else str(len(rows))
            return _brackets("table", caption, *columns, f"rows: {cells}")
        case ex.Paragraph(text):
            return text if kind_of(text) == "text" else f" {text}"


def _brackets(kind: str, *fields: str) -> str:
    return f"[{kind}: {' | '.join(fields)}]"
