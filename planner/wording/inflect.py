"""The forms of an English word: enough to find "broke" by "break" and "quarrels" by "quarrel"."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FORMS = tomllib.loads((Path(__file__).parent / "forms.toml").read_text(encoding="utf-8"))
_IRREGULAR: dict[str, list[str]] = {verb: forms.split() for verb, forms in _FORMS["irregular"].items()}
_UNCHANGED, _TWOFOLD, _DOUBLED = (
    frozenset(_FORMS[name].split()) for name in ("unchanged", "twofold", "doubled")
)
_VOWELS = "aeiou"
IRREGULAR_VERBS = tuple(_IRREGULAR)


def verb_forms(verb: str) -> set[str]:
    """All forms of a verb, itself among them."""
    irregular = _IRREGULAR.get(verb, [])
    is_regular = not irregular and verb not in _UNCHANGED
    past = [_past(verb)] if is_regular or verb in _TWOFOLD else []
    return {verb, _third_person(verb), _ing(verb), *past, *irregular}


def same_form(other: str, form: str, verb: str) -> str:
    """The verb `other` in the form that `form` is of `verb`; of a phrase, the first word changes."""
    head, *rest = other.split()
    if form == verb:
        said = head
    elif form == _third_person(verb):
        said = _third_person(head)
    elif form == _ing(verb):
        said = _ing(head)
    else:
        said = _IRREGULAR.get(head, [_past(head)])[0]
    return " ".join([said, *rest])


def noun_forms(noun: str) -> set[str]:
    """A noun and its plural; a phrase changes its last word."""
    return {noun, plural(noun)}


def plural(noun: str) -> str:
    """The plural of a noun, or of the last word of a phrase."""
    return _third_person(noun)


def _third_person(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return (verb + verb[-1] if verb in _DOUBLED else verb) + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return (verb + verb[-1] if verb in _DOUBLED else verb) + "ing"
