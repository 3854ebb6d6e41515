"""The forward-focus check: what in a text goes back over hurt and fault, why that matters, what else to say.

It warns and offers; it never blocks. A sentence is judged together with its neighbours in the same paragraph,
as they can put it into another light ("In the film …").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.wording.encoder import Reading, encoder
from planner.wording.grammar import Token, is_english, sentences, tokens
from planner.wording.offer import offer
from planner.wording.patterns import Written, write_out
from planner.wording.rules import Rule, of_kind, rules

# How sure the encoder has to be, as log-odds: by itself, and when a rule's pattern says the same.
ALONE, WITH_PATTERN = 1.0, 0.5
# Up to this a sentence is clean whatever stands beside it.
EVEN = 0.0
# One or two words are a heading or a name: they say too little of who does what to whom.
_FEWEST_WORDS = 2
# As many as the encoder reads at once, or a little fewer: long words count as several.
_MOST_WORDS = 90
_CLAUSE_ENDS = {".", ",", ";", ":", "!", "?", "–", "—", "…", "“", "”", '"', "(", ")"}
_QUOTES = {"“", "”", '"', "„"}
_LEADING = {"and", "but", "or", "so", "then", "because", "that"}


@dataclass(frozen=True)
class Finding:
    """Words that lean back: `text[start:end]`, the rule's key, why in a sentence, and what leans forward.

    `instead` is advice; words in quotation marks in it can take the place of the sentence.
    """

    start: int
    end: int
    rule: str
    why: str
    instead: str


@dataclass(frozen=True)
class _Sentence:
    """A sentence and what the encoder makes of it by itself."""

    tokens: list[Token]
    reading: Reading


@dataclass(frozen=True)
class _Match:
    """A rule's pattern and the tokens that it found: from `first`, before `after`."""

    rule: Rule
    first: int
    after: int


def check(text: str) -> tuple[Finding, ...]:
    """The findings in a text, in order, none over another; at most one in a sentence."""
    found = [_finding(text, sentence) for paragraph in _paragraphs(text) for sentence in _leaning(paragraph)]
    return tuple(found)


def _paragraphs(text: str) -> Iterator[list[list[Token]]]:
    """The sentences, as tokens, of each paragraph or item of a list that has words."""
    paragraph: list[list[Token]] = []
    before = 0
    for start, end in sentences(text):
        if paragraph and "\n" in text[before:start]:
            yield paragraph
            paragraph = []
        words = tokens(text, start, end)
        # A sentence without an end is read in parts.
        parts = [words[at : at + _MOST_WORDS] for at in range(0, len(words), _MOST_WORDS)]
        paragraph += [part for part in parts if any(token.word[0].isalpha() for token in part)]
        before = end
    if paragraph:
        yield paragraph


def _leaning(paragraph: list[list[Token]]) -> Iterator[_Sentence]:
    """Those sentences of a paragraph that lean back, also when they are read with their neighbours."""
    for place, words in enumerate(paragraph):
        reading = _read(words)
        if reading.lean <= EVEN or not _is_sentence(words):
            continue
        near = paragraph[max(0, place - 1) : place + 2]
        together = [token for other in near for token in other]
        among = _read(together).lean if len(together) <= _MOST_WORDS else reading.lean
        if among > (WITH_PATTERN if _matches(words) else ALONE):
            yield _Sentence(words, reading)


def _read(words: list[Token]) -> Reading:
    """A reading of words. Quotation marks make them look harmless: half of it is as if they were away."""
    reading = encoder().read(words)
    spoken = [token for token in words if token.word not in _QUOTES]
    if len(spoken) in (0, len(words)):
        return reading
    return replace(reading, lean=(reading.lean + encoder().read(spoken).lean) / 2)


def _is_sentence(words: list[Token]) -> bool:
    return sum(token.word[0].isalnum() for token in words) > _FEWEST_WORDS and is_english(words)


def _matches(words: list[Token]) -> list[_Match]:
    """The rules that have a pattern here, but for those whose harm other words take away."""
    written = write_out(words)
    classes = {name for token in words for name in token.classes}
    found = [_first(rule, written) for rule in rules() if not classes & rule.unless]
    return [match for match in found if match]


def _first(rule: Rule, written: Written) -> _Match | None:
    matches = [match for match in (pattern.search(written.line) for pattern in rule.patterns) if match]
    if not matches:
        return None
    best = min(matches, key=lambda match: match.start())
    return _Match(rule, written.place(best.start()), written.place(best.end() - 1) + 1)


def _finding(text: str, sentence: _Sentence) -> Finding:
    """The finding in a sentence, by the rule that encoder and patterns agree on, if there is one."""
    words, reading = sentence.tokens, sentence.reading
    matches = _matches(words)
    rule = of_kind(reading.kind)
    match = next((match for match in matches if match.rule == rule), matches[0] if matches else None)
    rule = match.rule if match else rule
    span = (match.first, match.after) if match else _heaviest_clause(words, reading.shares)
    instead = offer(text, words, rule, _is_clean)
    return Finding(words[span[0]].start, words[span[1] - 1].end, rule.key, rule.why, instead)


def _is_clean(text: str) -> bool:
    return encoder().read(tokens(text, 0, len(text))).lean < 0


def _heaviest_clause(words: list[Token], shares: tuple[float, ...]) -> tuple[int, int]:
    """The clause that adds most to the judgement, without the marks and little words before it."""
    clauses = [
        clause for clause in _clauses(words) if any(words[place].word[0].isalpha() for place in clause)
    ]
    heaviest = max(clauses, key=lambda clause: sum(shares[place] for place in clause))
    first, after = heaviest.start, heaviest.stop
    while first < after - 1 and words[first].word in _LEADING:
        first += 1
    return first, after


def _clauses(words: list[Token]) -> Iterator[range]:
    first = 0
    for place, token in enumerate(words):
        if token.word in _CLAUSE_ENDS:
            if place > first:
                yield range(first, place)
            first = place + 1
    if first < len(words):
        yield range(first, len(words))
