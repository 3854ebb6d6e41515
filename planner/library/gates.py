"""What every exercise of the library keeps to beyond its form, each with the reason when it does not.

Section presence, minutes that add up and seven steps at most are held by the parser; here stands what makes a
text fit for a client to read, safe to hand out, and enough for a counsellor to work from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from planner.library.exercise import Exercise, Handout, Ticks
from planner.library.front_matter import Fault
from planner.library.plaintext import (
    PLAIN_PEOPLE,
    client_text,
    counsellor_text,
    handout_sentences,
    name_people,
    plain,
    sentences_of,
)
from planner.library.reading import MOST_GRADE, MOST_STEPS, MOST_WORDS, longest, reading
from planner.wording.check import check

MOST_MEAN = 14
LEAST_STEPS, MOST_LONG_STEPS, LEAST_SAYS, LEAST_QUESTIONS, MOST_QUESTIONS = 3, 9, 3, 2, 5
LEAST_COUNSELLOR_WORDS, LEAST_VARIATION_WORDS = 450, 5
RUN = 12
# How far from an ask another way may stand, in letters to both sides.
_NEAR = 160

# Lines that may stand in many handouts word for word.
STOCK = (
    "You can stop at any time. You do not have to say why.",
    "Either of you can stop at any time. You do not have to say why.",
)


@dataclass(frozen=True)
class Shortfall:
    """What an exercise lacks, and in which section of its file ("" for the front matter)."""

    section: str
    message: str


def faults(exercise: Exercise, *, complete: bool = True) -> list[Shortfall]:
    """Everything that an exercise falls short of.

    A counsellor's own is not asked to be `complete`: only what is there has to be right.
    """
    gates: list[Callable[[Exercise], Iterator[Shortfall]]] = [
        _reads_easily,
        _assumes_nothing,
        _offers_another_way,
        _leans_forward,
        _may_be_stopped,
        _cites_fully,
        _is_marked_for_the_trained,
    ]
    if complete:
        gates += [_gives_another_way_in_the_room, _is_enough_to_work_from]
    return [fault for gate in gates for fault in gate(exercise)]


def shared_runs(exercises: Iterable[Exercise]) -> dict[str, tuple[str, ...]]:
    """Runs of RUN words that stand in the client texts of several exercises, with the exercises' slugs."""
    where: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in exercises:
        text = client_text(one)
        for line in STOCK:
            text = text.replace(line, "")
        words = re.findall(r"[\w’']+", text.lower())
        for start in range(len(words) - RUN + 1):
            where[tuple(words[start : start + RUN])].add(one.slug)
    return {" ".join(run): tuple(sorted(slugs)) for run, slugs in where.items() if len(slugs) > 1}


def placed(exercise: Exercise, source: str, *, complete: bool = True) -> list[Fault]:
    """The same as `faults`, each with the line of its section in the exercise's file."""
    lines = source.split("\n")
    found: list[Fault] = []
    for fault in faults(exercise, complete=complete):
        start = f"## {fault.section}" if fault.section else "source:"
        line = next((number for number, text in enumerate(lines, 1) if text.startswith(start)), 1)
        found.append(Fault(f"{exercise.slug}.md", line, fault.message))
    return found


def shared_faults(exercises: Iterable[Exercise]) -> list[Fault]:
    """One fault for each pair of exercises that share a run of RUN words, named by its first words."""
    pairs = {slugs: run for run, slugs in reversed(shared_runs(exercises).items())}
    return [
        Fault(
            f"{slugs[0]}.md",
            0,
            f"A client text has {RUN} words in common with {', '.join(slugs[1:])}: “{run}”",
        )
        for slugs, run in sorted(pairs.items())
    ]


_NAMES = {"together": "Handout: Together", "a": "Handout: A", "b": "Handout: B"}


def _sheets(exercise: Exercise) -> Iterator[tuple[str, Handout, list[str]]]:
    """Each sheet with the name of its section, and its sentences."""
    for sheet in exercise.handouts:
        yield _NAMES[sheet.whose], sheet, handout_sentences(sheet)


# What a client reads


def _reads_easily(exercise: Exercise) -> Iterator[Shortfall]:
    for name, sheet, sentences in _sheets(exercise):
        found = reading(sheet)
        if found.grade > MOST_GRADE:
            yield Shortfall(
                name, f"It reads at Flesch–Kincaid grade {found.grade:.1f}; {MOST_GRADE:.0f} is the most."
            )
        yield from _too_long(name, found.words, found.sentence)
        mean = sum(len(sentence.split()) for sentence in sentences) / max(len(sentences), 1)
        if mean > MOST_MEAN:
            yield Shortfall(
                name, f"Its sentences have {mean:.1f} words on average; {MOST_MEAN} are the most."
            )
        if found.steps > MOST_STEPS:
            yield Shortfall(name, f"It has {found.steps} steps; {MOST_STEPS} are the most.")
    home = exercise.at_home
    for text in (home.dose, home.cue, home.easy):
        yield from _too_long("At home", *longest(sentences_of(text)))


def _too_long(section: str, words: int, sentence: str) -> Iterator[Shortfall]:
    if words > MOST_WORDS:
        yield Shortfall(section, f"A sentence has {words} words, {MOST_WORDS} are the most: {sentence}")


# A client is never assumed to be of a gender, married, a parent, living together or of a faith.
_ASSUMING = {
    "a gender": r"he|she|him|his|her|hers|boyfriends?|girlfriends?|m[ae]n|wom[ae]n|ladies|gentlemen",
    "marriage": r"husbands?|wi(fe|ves)|spouses?|marriages?|married|wedding|fiancée?|vows?|divorced?|in-laws?",
    "a shared home": r"(our|your|the) (shared )?(house|flat|household|kitchen|bed|sofa|couch)|bedrooms?"
    r"|same bed|liv(e|ing) together|home together|under one roof|com(e|es|ing) home to",
    "children": r"(your|our|the) (children|kids|child|son|daughter)",
    "a faith": r"gods?|pray(er|ers|ing)?|church|mosque|synagogue|bless(ed|ing|ings)?|christmas|easter",
    "a kind of sex": r"intercourse|orgasms?|penetration|foreplay",
}
_ASSUMED = {what: re.compile(rf"\b({words})\b", re.IGNORECASE) for what, words in _ASSUMING.items()}


def _assumes_nothing(exercise: Exercise) -> Iterator[Shortfall]:
    for name, _sheet, sentences in _sheets(exercise):
        for what, pattern in _ASSUMED.items():
            for match in pattern.finditer(" ".join(sentences)):
                yield Shortfall(name, f"“{match[0]}” takes {what} for granted.")


@dataclass(frozen=True)
class _Ask:
    """A way of asking for something of the body, and signs of another way beside it."""

    what: str
    asks: re.Pattern[str]
    other_way: re.Pattern[str]


def _ask(what: str, asks: str, other_way: str) -> _Ask:
    return _Ask(
        what, re.compile(rf"\b({asks})\b", re.IGNORECASE), re.compile(rf"\b({other_way})\b", re.IGNORECASE)
    )


_BODY = (
    _ask(
        "touch",
        r"hold(ing)? (hands|each other|your partner)|hugs?|hugging|kiss(es|ing)?|embrac(e|es|ing)"
        r"|cuddl(e|es|ing)|strok(e|es|ing) (your|the|each)|palm to palm|touch (your|the|each) (partner|other)"
        r"|take your partner['’]s hand",
        r"or|instead|without touch|no touch|if you (both )?like|scarf|cushion|cup",
    ),
    _ask(
        "eye contact",
        r"eye contact|look at (each other|one another|your partner)|(each other|your partner)['’]?s? eyes"
        r"|eyes meet|fac(e|ing) each other",
        r"or|instead|if you like",
    ),
    _ask(
        "standing",
        r"stand (up|side|next|together|apart|opposite)|go for a walk|walk together",
        r"or|instead|sit|seated",
    ),
    _ask(
        "speech",
        r"(say|read|tell|speak)\b.{0,40}\b(out loud|aloud)",
        r"or|instead|write|point|hand over|show",
    ),
)


def _asked(sheet: Handout) -> str:
    """What a sheet asks one to do: without the boxes to tick, which are one choice of several."""
    blocks = tuple(
        replace(block, options=()) if isinstance(block, Ticks) else block for block in sheet.blocks
    )
    return " ".join(handout_sentences(replace(sheet, blocks=blocks)))


def _offers_another_way(exercise: Exercise) -> Iterator[Shortfall]:
    for name, sheet, _sentences in _sheets(exercise):
        text = _asked(sheet)
        for ask in _BODY:
            for match in ask.asks.finditer(text):
                around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
                if not ask.other_way.search(around):
                    yield Shortfall(name, f"It asks for {ask.what} and gives no other way: “{match[0]}”.")


def _may_be_stopped(exercise: Exercise) -> Iterator[Shortfall]:
    free = re.compile(r"\bstop\b|\bno is fine\b|\bfree to say no\b", re.IGNORECASE)
    for name, _sheet, sentences in _sheets(exercise):
        if not free.search(" ".join(sentences)):
            yield Shortfall(name, "It nowhere says that one may stop.")


# What is said


def _leans_forward(exercise: Exercise) -> Iterator[Shortfall]:
    texts = [(name, "\n".join(sheet.texts())) for name, sheet, _sentences in _sheets(exercise)]
    texts += [("Words to say", exercise.script), ("Debrief", "\n".join(exercise.debrief))]
    for name, text in texts:
        said = plain(name_people(text, PLAIN_PEOPLE))
        for finding in check(said):
            words = said[finding.start : finding.end]
            yield Shortfall(name, f"“{words}” leans back to what was. {finding.why}")


# What a counsellor works from

_CITATION = re.compile(r"[^(]{5,}\((19|20)\d\d[a-z]?\)\. .{10,}[.?] .{4,}\.?")


def _cites_fully(exercise: Exercise) -> Iterator[Shortfall]:
    citation = exercise.source.citation
    if citation and not _CITATION.fullmatch(citation):
        yield Shortfall(
            "", "The citation needs authors, the year in brackets, a title, and where it appeared."
        )


def _is_marked_for_the_trained(exercise: Exercise) -> Iterator[Shortfall]:
    if exercise.intensity == 5 and "trained" not in exercise.cautions:
        yield Shortfall("", "An exercise of intensity 5 carries the caution “trained”.")


# Ways to take part without a voice.
_SILENT_WAYS = re.compile(
    r"\b(wr(ite|itten|ites|iting)|draw\w*|point\w*|cards?|signs?|nod\w*|taps?|slips?|typed?|text\w*|messages?"
    r"|pictures?|gestures?|hands?|palms?|thumbs?|fingers?|marks?|ticks?|silen\w+|sounds?|bell|beat|rhythm"
    r"|counters?|pebbles?|paper|colours?|show\w*|held|laid|lays?|sheets?|mim\w+|symbols?|notes?)\b",
    re.IGNORECASE,
)
_SEATED_WAYS = re.compile(
    r"\b(sit|sits|sitting|seat|seats|seated|chairs?|wheel|lie|lying|table)\b", re.IGNORECASE
)
_UNSEEN_WAYS = re.compile(
    r"\b(eyes|look|looking|glance|gaze|side by side|angle|see|seen|window|floor|beside)\b", re.IGNORECASE
)
_NEEDS_NONE = re.compile(
    r"\b(none is (needed|called for)|needs? none|there is none|not needed)\b", re.IGNORECASE
)


def _gives_another_way_in_the_room(exercise: Exercise) -> Iterator[Shortfall]:
    """Where a step asks for something of the body, a variation has to say what to do instead."""
    steps = plain(" ".join(step.text for step in exercise.steps))
    ways = exercise.variations
    everything = " ".join([steps, *ways.values()])
    asked = {ask.what for ask in _BODY if ask.asks.search(steps)}
    for key, name in (("no_touch", "No touch"), ("no_speech", "No speech")):
        if len(ways[key].split()) < LEAST_VARIATION_WORDS:
            yield Shortfall("Variations", f"“{name}” does not say what to do instead.")
    if (exercise.mode == "touch" or "touch" in asked) and _NEEDS_NONE.search(ways["no_touch"]):
        yield Shortfall("Variations", "A step asks for touch, and “No touch” says that there is none.")
    if not _SILENT_WAYS.search(ways["no_speech"]):
        yield Shortfall("Variations", "“No speech” names no way to take part without a voice.")
    for what, found in (("standing", _SEATED_WAYS), ("eye contact", _UNSEEN_WAYS)):
        if what in asked and not found.search(everything):
            yield Shortfall("Variations", f"A step asks for {what}, and nothing says what to do instead.")


def _is_enough_to_work_from(exercise: Exercise) -> Iterator[Shortfall]:
    steps, questions = len(exercise.steps), len(exercise.debrief)
    if not LEAST_STEPS <= steps <= MOST_LONG_STEPS:
        yield Shortfall("Steps", f"It has {steps} steps; {LEAST_STEPS} to {MOST_LONG_STEPS} work well.")
    if len(exercise.words) < LEAST_SAYS:
        yield Shortfall("Words to say", f"It has fewer than {LEAST_SAYS} things to say.")
    if not LEAST_QUESTIONS <= questions <= MOST_QUESTIONS:
        yield Shortfall(
            "Debrief", f"Questions: {questions}; {LEAST_QUESTIONS} to {MOST_QUESTIONS} work well."
        )
    if not all(line.endswith("?") for line in exercise.debrief):
        yield Shortfall("Debrief", "A line is not a question.")
    words = len(counsellor_text(exercise).split())
    if words < LEAST_COUNSELLOR_WORDS:
        yield Shortfall(
            "Purpose",
            f"Too thin to work from: {words} words for the counsellor, under {LEAST_COUNSELLOR_WORDS}.",
        )
    if not re.search(r"[“*]", exercise.goes_badly):
        yield Shortfall("If it goes badly", "It gives no words to say.")
