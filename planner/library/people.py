"""Words that stand for people in a client's text: `{a}`, `{partner/…}`, `{they}`, `{want/wants}`.

What may stand in braces is decided here, and so is what comes out, for paper and for every other place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

# Who is meant; `{partner/words}` is the name, or else the words: for languages where grammar asks for them.
NAMES = ("partner", "Partner", "a", "b")
# Of the partner, on a sheet for one of the two.
PRONOUNS = ("they", "them", "their", "theirs", "themselves")
_KNOWN_PRONOUNS = frozenset({*PRONOUNS, *(word.capitalize() for word in PRONOUNS)})
_BRACES = re.compile(r"\{([^{}]*)\}")
_WORDS = re.compile(r"[^/<>|*`\[\]]+")
# Plural and singular of verbs that do not only take an s.
_VERBS = {
    "are": "is", "were": "was", "have": "has", "do": "does", "go": "goes",
    "aren’t": "isn’t", "weren’t": "wasn’t", "haven’t": "hasn’t", "don’t": "doesn’t",
    "’re": "’s", "’ve": "’s",
}  # fmt: skip


class People(dict[str, str]):
    """What each word in braces becomes. `given` holds those that are a first name; `plural` is for verbs.

    Missing words stay as they were written, so an empty one changes nothing.
    """

    def __init__(self, words: Mapping[str, str], *, given: Iterable[str] = (), plural: bool = True) -> None:
        super().__init__(words)
        self.given = frozenset(given)
        self.plural = plural

    def word(self, inside: str) -> str | None:
        """What stands for the inside of a pair of braces, or None when it means nobody."""
        if inside in self:
            return self[inside]
        name, slash, words = inside.partition("/")
        if not slash:
            return None
        if name in NAMES:
            return self[name] if name in self.given else words
        return (name if self.plural else words) if is_verb(name, words) else None


_THEY = {word: word for word in PRONOUNS} | {word.capitalize(): word.capitalize() for word in PRONOUNS}
PLAIN_PEOPLE = People(
    {"partner": "your partner", "Partner": "Your partner", "a": "Partner A", "b": "Partner B", **_THEY}
)


def name_people(text: str, people: Mapping[str, str], shown: Callable[[str], str] = str) -> str:
    """Put words for people in place of those in braces, each as `shown`; other braces stay as they are."""
    known = people if isinstance(people, People) else People(people)

    def word(match: re.Match[str]) -> str:
        found = known.word(match[1])
        return match[0] if found is None else shown(found)

    return _BRACES.sub(word, text)


def is_verb(plural: str, singular: str) -> bool:
    """True for "want" and "wants": a verb for several and the same for one."""
    if _VERBS.get(plural.lower()) == singular.lower():
        return True
    if not re.fullmatch(r"[a-z]{2,}", plural):
        return False
    return singular in (f"{plural}s", f"{plural}es") or (
        plural[-1] == "y" and singular == f"{plural[:-1]}ies"
    )


def is_known(inside: str) -> bool:
    """True when the inside of a pair of braces stands for people."""
    name, slash, words = inside.partition("/")
    if not slash:
        return inside in NAMES or inside in _KNOWN_PRONOUNS
    return bool(_WORDS.fullmatch(words)) if name in NAMES else is_verb(name, words)


def speaks_of_one(inside: str) -> bool:
    """True for what follows the pronouns of one partner, and so has no meaning on a sheet for both."""
    return inside in _KNOWN_PRONOUNS or ("/" in inside and inside.partition("/")[0] not in NAMES)


def inside_braces(text: str) -> list[str]:
    return _BRACES.findall(text)


def faults_of(text: str, whose: str, lang: str = "en") -> Iterator[str]:
    """What is wrong with the braces of one text on the sheet for `whose` ("together", "a", "b")."""
    for inside in inside_braces(text):
        if not is_known(inside):
            yield f"“{{{inside}}}” is not a word for people: {', '.join(NAMES)}, {', '.join(PRONOUNS)}."
        elif speaks_of_one(inside) and lang != "en":
            yield f"“{{{inside}}}” is for English texts."
        elif speaks_of_one(inside) and whose == "together":
            yield f"“{{{inside}}}” has no meaning on a sheet for both."
    if re.search(r"[{}]", _BRACES.sub("", text)):
        yield "A brace is left open."
