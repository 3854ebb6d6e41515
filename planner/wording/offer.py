"""What a sentence could say instead, in its own words as far as they allow.

In this order: the sentence turned into a request ("You never listen to me" into "Would you listen to me this
week?"), the sentence with words of good in the place of those of hurt, and last what its rule advises.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from planner.wording.grammar import VERBS, Token
from planner.wording.inflect import IRREGULAR_VERBS, verb_forms
from planner.wording.rules import Recast, Rule
from planner.wording.swaps import swaps
from planner.wording.topic import topic

_HARSH = {"DEMAND", "FAULT", "FEELBAD", "HURT", "LABEL", "REHASH", "SHOULD", "SPITE", "WHY", "WOE"}
_TURNED = "Turn it round: “{words}”"
_QUOTES = set('“”"')
_MOST_WORDS = 12


def offer(text: str, words: list[Token], rule: Rule, is_clean: Callable[[str], bool]) -> str:
    """Advice for the sentence; words in quotation marks can take its place. They are clean by `is_clean`."""
    inside = [token for token in words if token.word not in _QUOTES]
    while inside and not inside[0].word[0].isalnum():
        inside = inside[1:]
    recast = _recast(text, inside, rule)
    if recast and is_clean(recast.split("“")[1].rstrip("”")):
        return recast
    turned = _turned(text, inside) if rule.swaps and len(inside) == len(words) else ""
    if turned and is_clean(turned):
        return _TURNED.replace("{words}", turned)
    about = topic(words, text) if rule.about else ""
    return rule.about.replace("{topic}", about) if about else rule.instead


# Into a request


def _recast(text: str, words: list[Token], rule: Rule) -> str:
    """The sentence as a request: "" when it does not begin as one of the rule's recasts does."""
    plain = tuple(token.word for token in words)
    for recast in rule.recasts:
        if plain[: len(recast.begins)] == recast.begins:
            return _request(text, words[len(recast.begins) :], recast)
    return ""


def _request(text: str, rest: list[Token], recast: Recast) -> str:
    while rest and not rest[-1].word[0].isalnum():
        rest = rest[:-1]
    is_plain = all(token.word[0].isalnum() and not _HARSH & set(token.classes) for token in rest)
    verb = _bases().get(rest[0].word) if rest else None
    if not verb or not is_plain or len(rest) > _MOST_WORDS:
        return ""
    return recast.into.replace("{rest}", verb + text[rest[0].end : rest[-1].end])


@cache
def _bases() -> dict[str, str]:
    """The verb of each form that we know; a form of two verbs belongs to neither."""
    found: dict[str, str] = {}
    doubtful = set()
    verbs = {*VERBS, *IRREGULAR_VERBS}
    for verb in verbs:
        for form in verb_forms(verb):
            if found.setdefault(form, verb) != verb:
                doubtful.add(form)
    known = {form: verb for form, verb in found.items() if form not in doubtful}
    return known | {verb: verb for verb in verbs}


# Into its opposite


def _turned(text: str, words: list[Token]) -> str:
    """The sentence with words swapped; "" when there are none, or when other words of hurt would stay."""
    found = list(swaps([token.word for token in words]))
    covered = {place for first, after, _said in found for place in range(first, after)}
    if not found or any(_HARSH & set(word.classes) for at, word in enumerate(words) if at not in covered):
        return ""
    parts, at = [], words[0].start
    for first, after, said in found:
        begin = words[first].start
        parts += [text[at:begin], said[0].upper() + said[1:] if text[begin].isupper() else said]
        at = words[after - 1].end
    return "".join([*parts, text[at : words[-1].end]])
