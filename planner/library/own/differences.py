"""What differs between two texts of an exercise, short enough to be read: by sections and sentences.

Pure: two values in, sections out. Nothing is said of what stayed but the lines beside a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from planner.library import exercise as ex
from planner.library.exercise import Exercise
from planner.library.plaintext import PLAIN_PEOPLE, name_people, plain
from planner.taxonomy import TAXONOMY

KEPT, ADDED, REMOVED, CHANGED, GAP = "kept", "added", "removed", "changed", "gap"

# Two lines that share less than this are shown as one taken out and one put in.
_ALIKE = 0.5
# Comparing takes time by the square of the length: beyond this many pairs it would be felt.
_MOST_WORDS, _MOST_LINES = 250_000, 900
_SENTENCE_END = re.compile(r"(?<=[.!?…])([”’\"')]*)\s+")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a line: KEPT, ADDED or REMOVED."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A sentence, a step or an item of a list: KEPT, ADDED, REMOVED, or CHANGED in some of its words.

    A GAP stands for lines that are the same and left out; it has no pieces.
    """

    kind: str
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The line as it reads now; one that was taken out as it read before."""
        leave = "" if self.kind == REMOVED else REMOVED
        return "".join(piece.text for piece in self.pieces if piece.kind != leave)


@dataclass(frozen=True)
class Section:
    """A part of an exercise that differs. `key` is one of SECTIONS; a page names it in its own words."""

    key: str
    lines: tuple[Line, ...]


SECTIONS = (
    "title",
    "summary",
    "areas",
    "fears",
    "parts",
    "mode",
    "intensity",
    "minutes",
    "audience",
    "materials",
    "cautions",
    "builds_on",
    "purpose",
    "mechanism",
    "steps",
    "words",
    "watch_for",
    "debrief",
    "goes_badly",
    *ex.VARIATIONS,
    "dose",
    "cue",
    "easy",
    *ex.HANDOUTS,
    "source",
)


def differences(
    before: Exercise, after: Exercise, titles: Mapping[str, str] | None = None
) -> tuple[Section, ...]:
    """The sections that read differently, in the order of an exercise's page; none when all read the same.

    `titles` names the exercises that these build on by their slugs.
    """
    was, now = _texts(before, titles or {}), _texts(after, titles or {})
    pairs = ((key, was.get(key, ()), now.get(key, ())) for key in SECTIONS)
    return tuple(Section(key, _shortened(_lines(old, new))) for key, old, new in pairs if old != new)


def text_differences(before: str, after: str) -> tuple[Line, ...]:
    """The same for two plain texts, by the lines in which they were typed and their sentences.

    None when they read the same, that is also when only spaces or the ends of lines differ.
    """
    was, now = _typed(before), _typed(after)
    return _shortened(_lines(was, now)) if was != now else ()


# What stands in each section, as lines


def _texts(one: Exercise, titles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found = {
        **_facts(one),
        "title": (one.title,),
        "summary": _sentences(one.summary),
        "materials": one.materials,
        "builds_on": tuple(titles.get(slug, slug) for slug in one.builds_on),
        "purpose": _sentences(one.purpose),
        "mechanism": _sentences(one.mechanism),
        "steps": tuple(map(_step, one.steps)),
        "words": tuple(f"{say.when}: {_flat(say.words)}" for say in one.words),
        "watch_for": _sentences(one.watch_for),
        "debrief": tuple(map(_flat, one.debrief)),
        "goes_badly": _sentences(one.goes_badly),
        **{key: _sentences(text) for key, text in one.variations.items()},
        "dose": _sentences(one.at_home.dose),
        "cue": _sentences(one.at_home.cue),
        "easy": _sentences(one.at_home.easy),
        "source": tuple(_source(one.source)),
    }
    return found | {sheet.whose: tuple(_sheet(sheet)) for sheet in one.handouts}


def _facts(one: Exercise) -> dict[str, tuple[str, ...]]:
    short, full = one.minutes.short, one.minutes.full
    return {
        "areas": tuple(TAXONOMY.areas[key].name for key in one.areas),
        "fears": tuple(TAXONOMY.fears[key].name for key in one.fears),
        "parts": tuple(TAXONOMY.parts[key].name for key in one.parts),
        "mode": (TAXONOMY.modes[one.mode].name,),
        "intensity": (str(one.intensity),),
        "minutes": (f"{short}–{full}" if short != full else str(full),),
        "audience": (TAXONOMY.audiences[one.audience].name,),
        "cautions": tuple(TAXONOMY.cautions[key].name for key in one.cautions),
    }


def _step(step: ex.Step) -> str:
    minutes = (
        f"{step.minutes} min" if step.short == step.minutes else f"{step.minutes} min, short {step.short}"
    )
    return f"{minutes} · {TAXONOMY.speakers[step.speaker].name}: {_flat(step.text)}"


def _source(source: ex.Source) -> Iterator[str]:
    if source.technique or source.citation or source.note:
        yield from map(_flat, filter(None, (source.technique, source.citation)))
        yield TAXONOMY.evidence[source.evidence].name
        yield from _sentences(source.note)


def _sheet(sheet: ex.Handout) -> Iterator[str]:
    yield _flat(sheet.title)
    for block in sheet.blocks:
        yield from map(_flat, _block(block))


def _block(block: ex.Block) -> Iterable[str]:
    match block:
        case ex.Paragraph(text):
            return _sentences(text)
        case ex.Steps(items) | ex.Bullets(items):
            return items
        case ex.Lines(label, count):
            return (f"{label} {'_' * 8} × {count}",)
        case ex.Scale(question, low, high):
            return (f"{question} 0 {low} … 10 {high}",)
        case ex.Ticks(label, options):
            return (label, *(f"☐ {option}" for option in options))
        case ex.Table(caption, columns, rows):
            labels = [row for row in rows if row] or [f"× {len(rows)}"]
            return (f"{caption}: {' | '.join(columns)}", *labels)
        case ex.Stems(items):
            return tuple(f"{item} {'_' * 8}" for item in items)


def _flat(text: str) -> str:
    """One line without markup, with neutral words for people."""
    return plain(name_people(" ".join(text.split()), PLAIN_PEOPLE))


def _sentences(text: str) -> tuple[str, ...]:
    """A text's sentences; closing quotation marks stay with the sentence that they end."""
    return _split(_flat(text))


def _split(line: str) -> tuple[str, ...]:
    return tuple(part for part in _SENTENCE_END.sub(r"\1\n", line).split("\n") if part)


def _typed(text: str) -> tuple[str, ...]:
    return tuple(part for line in text.split("\n") for part in _split(" ".join(line.split())))


# Comparing


def _lines(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield from (Line(KEPT, (Piece(KEPT, text),)) for text in new[j1:j2])
        else:
            yield from _exchanged(list(old[i1:i2]), list(new[j1:j2]))


def _exchanged(gone: list[str], come: list[str]) -> Iterator[Line]:
    """Lines that gave way to others: those that are alike are shown as one line, word by word."""
    few = len(gone) * len(come) <= _MOST_LINES
    for text in come:
        near = (i for i, other in enumerate(gone) if _alike(other, text)) if few else iter(())
        place = next(near, None)
        if place is None:
            yield Line(ADDED, (Piece(ADDED, text),))
        else:
            yield from (Line(REMOVED, (Piece(REMOVED, other),)) for other in gone[:place])
            yield Line(CHANGED, _words(gone[place], text))
            del gone[: place + 1]
    yield from (Line(REMOVED, (Piece(REMOVED, other),)) for other in gone)


def _alike(one: str, other: str) -> bool:
    a, b = _WORDS.findall(one), _WORDS.findall(other)
    if len(a) * len(b) > _MOST_WORDS:
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _words(old: str, new: str) -> tuple[Piece, ...]:
    """Two lines as one: the words of both, in reading order."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece(KEPT, "".join(b[j1:j2])))
        else:
            pieces += [Piece(REMOVED, "".join(a[i1:i2])), Piece(ADDED, "".join(b[j1:j2]))]
    return _joined(piece for piece in pieces if piece.text)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Changes with only a space between them read as one change."""
    found = list(pieces)
    runs: list[list[Piece]] = []
    for place, piece in enumerate(found):
        between = piece.kind == KEPT and piece.text.isspace() and 0 < place < len(found) - 1
        if runs and (between or piece.kind != KEPT) and runs[-1][0].kind != KEPT:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return tuple(one for run in runs for one in _merged(run))


def _merged(run: list[Piece]) -> Iterator[Piece]:
    if run[0].kind == KEPT:
        yield from run
        return
    trailing = run.pop() if run[-1].kind == KEPT else None
    for kind in (REMOVED, ADDED):
        text = "".join(piece.text for piece in run if piece.kind in (kind, KEPT))
        if any(piece.kind == kind for piece in run):
            yield Piece(kind, text)
    if trailing is not None:
        yield trailing


def _shortened(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Of lines that stayed only those next to a change; a GAP for the others."""
    every = list(lines)
    beside = {place + by for place, line in enumerate(every) if line.kind != KEPT for by in (-1, 0, 1)}
    short: list[Line] = []
    for place, line in enumerate(every):
        if place in beside:
            short.append(line)
        elif not short or short[-1].kind != GAP:
            short.append(replace(line, kind=GAP, pieces=()))
    return tuple(short)
