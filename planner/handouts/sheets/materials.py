"""What to have ready for a session, each thing once although every exercise names its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FIRST = re.compile(rf"(?:(the|an?|{'|'.join(_NUMBERS)})\s+)?(.+)", re.IGNORECASE)
_EACH = re.compile(r"\s+(?:for\s+)?each$", re.IGNORECASE)
# "the sheet and a pen for each" is two things.
_AND_A_PEN = re.compile(r"(.+?)\s+and\s+(an?\s+(?:pen|pencil|envelope))(\s+for\s+each)?", re.IGNORECASE)
# What says more of a thing, and does not make it another.
_MORE = re.compile(r"\s+(?:of paper|with a soft sound|that can be heard)\b", re.IGNORECASE)


def merged(things: Iterable[str]) -> tuple[str, ...]:
    """The things in their order, each once: of "pens", "two pens" and "a pen for each" the first stays.

    Of the same thing the largest number is needed, and the words that say most of it.
    """
    best: dict[str, tuple[int, int, str]] = {}
    for thing in (part for each in things for part in _apart(each)):
        number, key = _counted(thing)
        known = best.get(key)
        more = len(_MORE.findall(thing))
        if known is None or (number, more) > known[:2]:
            best[key] = number, more, thing
    return tuple(thing for _number, _more, thing in best.values())


def _apart(thing: str) -> tuple[str, ...]:
    match = _AND_A_PEN.fullmatch(thing.strip())
    if not match:
        return (thing.strip(),)
    each = match[3] or ""
    return match[1] + each, match[2] + each


def _counted(thing: str) -> tuple[int, str]:
    """How many are needed of a thing, for a couple, and what it is called whatever the number."""
    bare = _EACH.sub("", thing)
    match = _FIRST.fullmatch(_MORE.sub("", bare))
    if match is None:
        return 1, thing.casefold()
    word, name = (match[1] or "").casefold(), match[2].casefold()
    first, _space, rest = name.partition(" ")
    plural = not word and first.endswith("s") and not first.endswith("ss") and not rest
    number = _NUMBERS.index(word) + 1 if word in _NUMBERS else 2 if plural else 1
    return number * (2 if bare != thing else 1), name.removesuffix("s")
