"""Pronouns as people write them ("she/her", "xe/xem/xyr"), and the words that they become on a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_LONGEST = 15


class NotRead(Exception):
    """Pronouns in a form that we cannot read."""


@dataclass(frozen=True)
class Pronouns:
    """As in "they see them, their hat, it is theirs, themselves"; `plural` says which verbs go with them."""

    they: str
    them: str
    their: str
    theirs: str
    themselves: str
    plural: bool = False

    def words(self) -> dict[str, str]:
        """Each by the name that it has in texts, in small letters and at the beginning of a sentence."""
        words = {
            "they": self.they,
            "them": self.them,
            "their": self.their,
            "theirs": self.theirs,
            "themselves": self.themselves,
        }
        return words | {name.capitalize(): word[:1].upper() + word[1:] for name, word in words.items()}


THEY = Pronouns("they", "them", "their", "theirs", "themselves", plural=True)
_USUAL = (
    THEY,
    Pronouns("she", "her", "her", "hers", "herself"),
    Pronouns("he", "him", "his", "his", "himself"),
    Pronouns("it", "it", "its", "its", "itself"),
)
_BY_FIRST = {each.they: each for each in _USUAL}
_FORMS = {form for each in _USUAL for form in each.words().values() if form.islower()} | {"themself"}
_ANY = {"any", "any pronouns", "all", "all pronouns"}


def read_pronouns(text: str) -> Pronouns:
    """Pronouns from what was typed; none at all are "they". Raises NotRead.

    "she/they" is read by its first. Others are given as three to five words: "xe/xem/xyr/xyrs/xemself".
    """
    typed = text.strip().casefold().replace("'", "’")
    if not typed or typed in _ANY:
        return THEY
    words = [word for word in re.split(r"\s*[/,|\\]\s*|\s+", typed) if word]
    if not words or not all(_WORD.fullmatch(word) and len(word) <= _LONGEST for word in words):
        raise NotRead
    if words[0] in _BY_FIRST and all(word in _FORMS for word in words):
        return _BY_FIRST[words[0]]
    if not 3 <= len(words) <= 5 or words[0] in _BY_FIRST:
        raise NotRead
    they, them, their = words[:3]
    theirs = words[3] if len(words) > 3 else (their if their.endswith("s") else f"{their}s")
    return Pronouns(they, them, their, theirs, words[4] if len(words) > 4 else f"{them}self")
