"""A client's sheet as it is typed into a form: read line by line, so that one slip does not hide the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.library import exercise as ex
from planner.library.blocks import BlockFault, read_blocks
from planner.library.file_text import BEGINS, kind_of

_LISTS = ("steps", "bullets")
_FIRST = re.compile(r"0*1[.)]")


@dataclass(frozen=True)
class Unread:
    """A line of a sheet that cannot be read yet, and what it would have to look like."""

    line: str
    message: str


def read_sheet(body: str) -> tuple[tuple[ex.Block, ...], tuple[Unread, ...]]:
    """The blocks that can be read, in order, and the lines that cannot."""
    blocks: list[ex.Block] = []
    unread: list[Unread] = []
    for kind, lines in _chunks(body):
        if kind == "steps":
            lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        elif kind == "bullets":
            lines = [f"- {line}" for line in lines]
        try:
            blocks.extend(read_blocks(list(enumerate(lines, 1))))
        except BlockFault as error:
            unread += [Unread(lines[number - 1].strip(), message) for number, message in error.faults]
    return tuple(blocks), tuple(unread)


def _chunks(body: str) -> list[tuple[str, list[str]]]:
    """Lists without their marks, and every other line for itself: who presses Enter means a new paragraph.

    A list goes on in an indented line; a numbered one also after an empty line, unless it begins again at 1.
    """
    chunks: list[tuple[str, list[str]]] = []
    after_gap = False
    for line in map(str.rstrip, body.split("\n")):
        last, kind = (chunks[-1][0] if chunks else ""), kind_of(line)
        in_list = kind == last and kind in _LISTS
        if not line:
            after_gap = True
            continue
        text = BEGINS[kind].sub("", line, count=1) if kind in _LISTS else line
        if in_list and (not after_gap or (kind == "steps" and not _FIRST.match(line))):
            chunks[-1][1].append(text)
        elif last in _LISTS and line.startswith("  ") and not after_gap:
            chunks[-1][1][-1] += f" {line.strip()}"
        else:
            chunks.append((kind, [text]))
        after_gap = False
    return chunks
