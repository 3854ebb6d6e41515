"""How large an exercise may be: far more than one needs, and never so much that reading it is slow."""

from __future__ import annotations

import unicodedata

# Of a file: bytes of UTF-8, lines, and characters in a line.
MAX_BYTES, MAX_LINES, MAX_LINE = 64_000, 1_500, 8_000
# Of the front matter.
MAX_FRONT, MAX_FRONT_DEPTH = 16_000, 4
# Of one field. A longer title does not fit into a plan, nor a longer name of a file into an address.
MAX_TITLE, MAX_SUMMARY, MAX_SLUG, MAX_ITEMS, MAX_ITEM = 120, 400, 80, 30, 200
# Of the words to say, in characters: a plan takes no more.
MAX_SCRIPT = 6_000
# Of a section's entries, of a sheet's blocks, and of what stands in one block.
MAX_ENTRIES, MAX_BLOCKS, MAX_FIELDS = 40, 40, 20


def text_faults(text: str) -> list[tuple[int, str]]:
    """What makes a text not worth reading on: pairs of line and message; none when it is fit to be read."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        return [(1, f"The file is too long: {size // 1000} kB, where {MAX_BYTES // 1000} are the most.")]
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return [(MAX_LINES, f"The file has {len(lines)} lines, where {MAX_LINES} are the most.")]
    faults = [
        (number, f"This line has {len(line)} characters, where {MAX_LINE} are the most.")
        for number, line in enumerate(lines, start=1)
        if len(line) > MAX_LINE
    ]
    return faults + [
        (number, "This line holds a sign that cannot be printed.")
        for number, line in enumerate(lines, start=1)
        if not line.isprintable() and any(map(_is_control, line))
    ]


def _is_control(character: str) -> bool:
    return character not in "\t\r" and unicodedata.category(character) in ("Cc", "Cs")
