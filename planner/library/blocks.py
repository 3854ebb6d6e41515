"""Handout text to blocks: paragraphs, numbered steps, and worksheet blocks in square brackets."""

from __future__ import annotations

import re

from planner.library import exercise as ex
from planner.library.limits import MAX_ENTRIES, MAX_FIELDS
from planner.library.people import NAMES, inside_braces, is_known

_NUMBERED = re.compile(r"^([0-9]{1,3})\.\s+(\S.*)$")
_BULLET = re.compile(r"^- (\S.*)$")
_BRACKETS = re.compile(r"^\[(?P<kind>[a-z]+):\s*(?P<rest>.*)\]$")
_MAX_LINES, _MAX_ROWS = 12, 14


class BlockFault(Exception):
    """Faults of one handout, as (line, message) pairs."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def read_blocks(lines: list[tuple[int, str]], *, skip_title: bool = False) -> tuple[ex.Block, ...]:
    """Read numbered lines of text as blocks. Raises BlockFault with every fault."""
    faults: list[tuple[int, str]] = []
    blocks: list[ex.Block] = []
    for number, chunk in _chunks(lines):
        if skip_title and chunk[0].startswith("### "):
            skip_title = False
            chunk = chunk[1:]
            if not chunk:
                continue
        for name in inside_braces(" ".join(chunk)):
            if not is_known(name):
                faults.append((number, f"“{{{name}}}” is not a word for people: {', '.join(NAMES)}."))
        try:
            blocks.extend(_read(chunk))
        except ValueError as error:
            faults.append((number, str(error)))
    if faults:
        raise BlockFault(faults)
    return tuple(blocks)


def _chunks(lines: list[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    """Runs of lines between empty ones, with the number of their first line."""
    chunks: list[tuple[int, list[str]]] = []
    fresh = True
    for number, text in lines:
        if not text.strip():
            fresh = True
        elif fresh:
            chunks.append((number, [text.rstrip()]))
            fresh = False
        else:
            chunks[-1][1].append(text.rstrip())
    return chunks


def _read(chunk: list[str]) -> list[ex.Block]:
    if chunk[0].startswith("["):
        return [_worksheet(line) for line in chunk]
    if _NUMBERED.match(chunk[0]):
        return [ex.Steps(_items(chunk, _NUMBERED, 2, "Steps are numbered 1., 2., 3. in order."))]
    if _BULLET.match(chunk[0]):
        return [ex.Bullets(_items(chunk, _BULLET, 1, "A list has one “- ” a line."))]
    if chunk[0].startswith("#"):
        raise ValueError("A handout has one title and no other headings.")
    return [ex.Paragraph(" ".join(line.strip() for line in chunk))]


def _items(chunk: list[str], pattern: re.Pattern[str], group: int, message: str) -> tuple[str, ...]:
    items: list[str] = []
    for line in chunk:
        match = pattern.match(line)
        if match:
            if pattern is _NUMBERED and int(match[1]) != len(items) + 1:
                raise ValueError(message)
            items.append(match[group])
        elif line.startswith("  "):
            items[-1] = f"{items[-1]} {line.strip()}"
        else:
            raise ValueError(message)
    if len(items) > MAX_ENTRIES:
        raise ValueError(f"A list has {MAX_ENTRIES} entries at most.")
    return tuple(items)


def _worksheet(line: str) -> ex.Block:
    match = _BRACKETS.match(line.strip())
    if not match:
        raise ValueError("A worksheet block stands on one line: “[lines: My wish | 3]”.")
    fields = [text.strip() for text in match["rest"].split("|")]
    if len(fields) > MAX_FIELDS:
        raise ValueError(f"A worksheet block has {MAX_FIELDS} parts at most.")
    readers = {"lines": _lines, "scale": _scale, "tick": _ticks, "table": _table, "stems": _stems}
    if match["kind"] not in readers:
        raise ValueError(f"“{match['kind']}” is not a worksheet block: {', '.join(readers)}.")
    return readers[match["kind"]](fields)


def _count(text: str, largest: int) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or not 1 <= int(text) <= largest:
        raise ValueError(f"This needs a whole number from 1 to {largest}.")
    return int(text)


def _lines(fields: list[str]) -> ex.Block:
    if len(fields) != 2 or not fields[0]:
        raise ValueError("Writing lines read “[lines: My wish | 3]”.")
    return ex.Lines(fields[0], _count(fields[1], _MAX_LINES))


def _scale(fields: list[str]) -> ex.Block:
    if len(fields) != 3 or not all(fields):
        raise ValueError("A scale reads “[scale: How close do I feel? | far away | very close]”.")
    return ex.Scale(*fields)


def _ticks(fields: list[str]) -> ex.Block:
    if len(fields) < 3 or not all(fields):
        raise ValueError("A tick list reads “[tick: My answer | Yes | Not this week]”.")
    return ex.Ticks(fields[0], tuple(fields[1:]))


def _table(fields: list[str]) -> ex.Block:
    usage = "A table reads “[table: Our week | Day | What we do | rows: 4]” or “rows: Monday, Tuesday”."
    if len(fields) < 4 or not all(fields) or not fields[-1].startswith("rows:"):
        raise ValueError(usage)
    rows = fields[-1].removeprefix("rows:").strip()
    if rows.isdigit():
        labels = ("",) * _count(rows, _MAX_ROWS)
    else:
        labels = tuple(label.strip() for label in rows.split(","))
        if not all(labels) or len(labels) > _MAX_ROWS:
            raise ValueError(usage)
    return ex.Table(fields[0], tuple(fields[1:-1]), labels)


def _stems(fields: list[str]) -> ex.Block:
    if not all(fields):
        raise ValueError("Sentence stems read “[stems: I felt warm when … | I would like …]”.")
    return ex.Stems(tuple(fields))
