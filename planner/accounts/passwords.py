"""What makes a password too easy to guess. Any characters may stand in one, and nothing else is asked for."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import cache
from pathlib import Path

MIN_LENGTH, MAX_LENGTH = 12, 200
_COMMON = Path(__file__).parent / "common_passwords.txt"
# What fingers find by themselves. Each is looked for forwards and backwards.
_RUNS = (
    string.ascii_lowercase,
    "0123456789" * 2,
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiop",
    "azertyuiop",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    "qazwsxedcrfvtgbyhnujmikolp",
    '!"£$%^&*()_+',
    "!@#$%^&*()_+",
)
_SHORTEST_RUN = 4
_FEW = 6  # so many characters beside a run or a name do not make it a password
_LEET = str.maketrans("013457@$!|€", "oieastasile")


class Fault(Enum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    REPEATED = "repeated"
    RUN = "run"
    PERSONAL = "personal"
    COMMON = "common"


def normal(password: str) -> str:
    """The same password typed on another keyboard or system is the same text."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, personal: Iterable[str] = ()) -> Fault | None:
    """What is wrong with `password`, if anything. `personal`: the e-mail address, names, the practice."""
    text = normal(password)
    if len(text) < MIN_LENGTH:
        return Fault.SHORT
    if len(text) > MAX_LENGTH:
        return Fault.LONG
    text = text.casefold()
    if len(set(text)) <= 3 or _once(text) != text:
        return Fault.REPEATED
    if len(_without_runs(text)) < _FEW:
        return Fault.RUN
    if _is_personal(text, personal):
        return Fault.PERSONAL
    return Fault.COMMON if _is_common(text) else None


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _once(text: str) -> str:
    """“lovelove” is “love” said twice; a text that repeats nothing is itself."""
    return text[: (text + text).find(text, 1)] if text else text


def _compact(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _is_common(text: str) -> bool:
    """With and without what people put around a word, or in place of its letters."""
    forms = {text, _compact(text), text.translate(_LEET)}
    forms |= {form.strip(string.digits + string.punctuation + string.whitespace) for form in forms}
    forms |= {_compact(form.translate(_LEET)) for form in forms}
    return any(form in _common() or _once(form) in _common() for form in forms)


def _is_personal(text: str, personal: Iterable[str]) -> bool:
    flat = _compact(text)
    names = [name.casefold() for name in personal]
    names += [name.partition("@")[0] for name in names if "@" in name]
    for name in map(_compact, names):
        if len(name) >= 4 and name in flat and len(flat.replace(name, "")) < _FEW:
            return True
    return False


def _without_runs(text: str) -> str:
    """What is left of `text` without stretches of four or more along a run."""
    left, place = [], 0
    while place < len(text):
        length = max(_run_length(text[place:], run) for run in _both_ways())
        if length < _SHORTEST_RUN:
            left.append(text[place])
            length = 1
        place += length
    return "".join(left)


@cache
def _both_ways() -> tuple[str, ...]:
    return _RUNS + tuple(run[::-1] for run in _RUNS)


def _run_length(text: str, run: str) -> int:
    length = 0
    while length < len(text) and text[: length + 1] in run:
        length += 1
    return length
