"""How much practice at home a text asks for: "Ten minutes, twice a week" read as numbers.

What the words leave open is not guessed: then there is no number. "Once or twice" and "up to ten minutes" are
read as the most that they allow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# fmt: off
_NUMBERS = (
    "one", "two", "three", "four", "five",
    "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS, start=1)} | {
    "thirty": "30",
    "forty": "40",
    "forty-five": "45",
    "sixty": "60",
    "once": "1 times",
    "twice": "2 times",
    "thrice": "3 times",
    "daily": "a day",
    "weekly": "a week",
    "monthly": "a month",
    "fortnight": "2 weeks",
}
# Set phrases that hold a number in another way; tried in this order, after the number words.
_PHRASES = (
    (r"(?:a )?quarter of an hour", "15 minutes"),
    (r"half an hour", "30 minutes"),
    (r"half a minute", "0.5 minutes"),
    (r"\b(\d{1,3}) and a half", r"\1.5"),
    (r"\b(?:a|an) (minute|hour)\b", r"1 \1"),
    (r"\b(?:a few|some) seconds\b", "1 minute"),
    (r"\b(\d{1,3})[ -]?(?:mins?|minutes?)\b\.?", r"\1 minutes"),
    (r"\b(\d{1,3}) ?(?:x|×)(?=[\s/])", r"\1 times"),
    (r" ?/ ?(day|week|month)", r" a \1"),
    (r"\b(?:an?|each|every|per) (?:evening|morning|night)\b", "a day"),
    (r"\bevery other day\b", "4 times a week"),
)
_A = r"(?:a|each|every|per|this|the|in a|in the|of the)"
_MINUTES = re.compile(r"\b(\d{1,3}(?:\.\d)?) (second|minute|hour)s?( in all)?")
_UNITS = {"second": Fraction(1, 60), "minute": Fraction(1), "hour": Fraction(60)}
_AND_OF = re.compile(r"minutes?(?: each)? and (\d{1,3}) of ")
_TIMES = re.compile(r"\b(\d{1,3})(?: times)?(?: (?:or|to) (\d{1,3}))? times")
_DAYS = re.compile(rf"\b(\d{{1,3}}) (?:days|evenings|mornings|nights)(?: {_A} week| this week|\b)")
_BARE = re.compile(r"\b(\d{1,3})(?: (?:or|to) (\d{1,3}))? (?:this|a|each|per|every) week")
_EVERY_DAY = re.compile(r"\b(?:a|each|every|per) day\b")
_WEEK = re.compile(rf"\b{_A} week\b")
_WEEKS = re.compile(r"\b(?:in|every|a|per|each) ([1-9]\d?) weeks\b")
_MONTH = re.compile(r"\b(?:a|each|every|per|this|in a) month\b")
_OPEN = re.compile(r"\bat least\b|\bas often as\b|\bor more\b|\bminimum\b")
_NONE = re.compile(r"(?:none|nothing)\b")


@dataclass(frozen=True)
class Dose:
    """The most that a text asks for: times a week, and minutes a time (None when it names none)."""

    times: Fraction
    minutes: Fraction | None


def read(text: str) -> Dose | None:
    """What a text asks for, or None when it cannot be read for sure.

    Minutes "each" are taken as they stand: one partner's own.
    """
    sentences = [plain(sentence) for sentence in re.split(r"(?<=[.;!?])\s+", text.strip()) if sentence]
    for place, sentence in enumerate(sentences):
        times = _times(sentence)
        if times is not None:
            minutes = _minutes(sentences, place)
            return None if minutes == _UNCLEAR else Dose(times, minutes)
    if sentences and _NONE.match(sentences[0]) and not any(map(_MINUTES.search, sentences)):
        return Dose(Fraction(0), Fraction(0))
    return None


def plain(sentence: str) -> str:
    """The sentence in small letters, with its numbers as figures."""
    words = re.split(r"([^\w-]+)", sentence.casefold())
    text = "".join(_WORDS.get(word, _hyphened(word)) for word in words)
    for pattern, instead in _PHRASES:
        text = re.sub(pattern, instead, text)
    return re.sub(r"\b(\d{1,3}) ?[–-] ?(\d{1,3})\b", r"\1 to \2", text)


def _hyphened(word: str) -> str:
    """ "ten-minute" begins with a number."""
    first, hyphen, rest = word.partition("-")
    return f"{_WORDS[first]} {rest}" if hyphen and first in _NUMBERS else word


def _times(sentence: str) -> Fraction | None:
    """The most times a week that a sentence asks for, or None when it does not say."""
    days = _DAYS.search(sentence)
    if days:
        # "Once a day for three days", "on three days this week": three times.
        return int(days[1]) * _said_times(_DAYS.sub("", sentence))
    several = _WEEKS.search(sentence)
    if several and _TIMES.search(sentence):
        return _said_times(sentence) / int(several[1])
    if _WEEK.search(sentence) and _TIMES.search(sentence):
        return _said_times(sentence)
    if _EVERY_DAY.search(sentence):
        return 7 * _said_times(sentence)
    if _MONTH.search(sentence) and _TIMES.search(sentence):
        return _said_times(sentence) / 4
    bare = _BARE.search(sentence)
    return Fraction(bare[2] or bare[1]) if bare else None


def _said_times(sentence: str) -> Fraction:
    """The most that the first "once", "twice" or "three times" allows; 1 without any."""
    found = _TIMES.search(sentence)
    return Fraction(found[2] or found[1]) if found else Fraction(1)


_UNCLEAR = Fraction(-1)


def _minutes(sentences: list[str], place: int) -> Fraction | None:
    """Minutes a time: in the sentence that says how often, else in the next or the last one before.

    _UNCLEAR when several numbers stand there and nothing says how they belong together, or no end is named.
    """
    around = (sentences[place], *sentences[place + 1 :], *reversed(sentences[:place]))
    said = next((sentence for sentence in around if _MINUTES.search(sentence)), None)
    if said is None:
        return None
    if _OPEN.search(said):
        return _UNCLEAR
    found = list(_MINUTES.finditer(said))
    whole = [each for each in found if each[3]]
    if whole:
        return _long(whole[0])
    colon = said.find(":")
    # "Three minutes: one and a half each": what follows the colon explains.
    found = [each for each in found if each.end() <= colon] or found
    extra = _AND_OF.search(said)
    numbers = [_long(each) for each in found] + ([Fraction(extra[1])] if extra else [])
    if extra or re.search(r"\bthen\b", said[found[0].end() : found[-1].start()]):
        return sum(numbers, Fraction(0))
    return numbers[0] if len(set(numbers)) == 1 else _UNCLEAR


def _long(amount: re.Match[str]) -> Fraction:
    return Fraction(amount[1]) * _UNITS[amount[2]]
