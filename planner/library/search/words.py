"""Words as the search sees them: folded, read from a query, and forgiven a typing mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_WORDS, MAX_WORD = 16, 48
MAX_TYPED = 2000
# Words this long are forgiven one mistake; in shorter ones a mistake makes another good word.
FORGIVEN = 5
_LONGEST_FORGIVEN = 24
_WORD = re.compile("[a-z0-9]+")
_TYPOGRAPHY = str.maketrans("‘’“”–—…\N{NO-BREAK SPACE}", "        ")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True)
class Term:
    """One thing that a query asks for, in folded words.

    A phrase is `exact`: its words whole, in order and adjacent. Otherwise there is one word, and every word
    that begins like it will do. `instead` holds the words that it was taken for after a typing mistake.
    """

    words: tuple[str, ...]
    exact: bool = False
    instead: tuple[str, ...] = ()

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What a word of the text may begin with."""
        return self.instead or self.words


def fold(text: str) -> list[str]:
    """The words of a text in small letters and without accents, each of at most MAX_WORD characters."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    return [word[:MAX_WORD] for word in "".join(c if c.isalnum() else " " for c in bare).split()]


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of `fold`, each with the places in `text` where it begins and ends."""
    plain = text.translate(_TYPOGRAPHY)
    if plain.isascii():
        for match in _WORD.finditer(plain.lower()):
            yield match[0][:MAX_WORD], *match.span()
    else:
        yield from _spans_of_any(text)


def _spans_of_any(text: str) -> Iterator[tuple[str, int, int]]:
    """Letter by letter, as one may become several, or several words."""
    word, start, end = "", 0, 0
    for place, letter in enumerate(text):
        for c in unicodedata.normalize("NFKD", letter.casefold()):
            if c.isalnum():
                start = start if word else place
                word, end = word + c, place + 1
            elif word and unicodedata.combining(c):
                end = place + 1
            elif word:
                yield word[:MAX_WORD], start, end
                word = ""
    if word:
        yield word[:MAX_WORD], start, end


def read(query: str) -> tuple[Term, ...]:
    """What a query asks for: words, and phrases between double quotes. At most MAX_WORDS words."""
    terms: list[Term] = []
    room = MAX_WORDS
    for number, piece in enumerate(_QUOTED.split(query[:MAX_TYPED])):
        words = fold(piece)[:room]
        room -= len(words)
        if number % 2:
            terms += [Term(tuple(words), exact=True)] if words else []
        else:
            terms += [Term((word,)) for word in words]
    return tuple(dict.fromkeys(terms))


def fits(terms: Sequence[Term], words: Sequence[str]) -> bool:
    """Whether every term is found in a text of these words."""
    return all(any(places(term, words)) for term in terms)


def places(term: Term, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where in a text of these words a term is found: each first word, and the one after the last."""
    size = len(term.words) if term.exact else 1
    for at in range(len(words) - size + 1):
        whole = term.exact and tuple(words[at : at + size]) == term.words
        if whole or (not term.exact and words[at].startswith(term.beginnings)):
            yield at, at + size


# Typing mistakes


def is_forgiven(term: Term) -> bool:
    """Whether one mistake in it is forgiven: not in a phrase, a short word or a number."""
    return not term.exact and len(term.words[0]) >= FORGIVEN and can_be_meant(term.words[0])


def can_be_meant(word: str) -> bool:
    """Whether somebody who made one mistake may have meant this word."""
    return FORGIVEN - 1 <= len(word) <= _LONGEST_FORGIVEN and word.isalpha()


def shortened(word: str) -> set[str]:
    """The word, and what is left of it without one letter. Two words that are one mistake apart share one."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def is_one_apart(one: str, other: str) -> bool:
    """Whether one letter put in, left out or replaced, or two neighbours swapped, makes one the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
