"""An exercise while it is being written: every field of its file, just as it was typed.

A `Written` may be incomplete or odd. `sketch` reads of it what can be read, `source` is the file made of
that, and `planner.library.writing.checking` says what still keeps it from being one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from planner.library import exercise as ex
from planner.library.file_text import AT_HOME, VARIATIONS, file_text, sheet_text
from planner.library.limits import MAX_ENTRIES
from planner.library.writing.sheets import read_sheet
from planner.taxonomy import INTENSITIES, TAXONOMY
from planner.text import clean, one_line

MOST_MINUTES = 120


@dataclass(frozen=True)
class StepRow:
    """One step as typed; an empty `short` means that the short form takes as long."""

    minutes: str = ""
    short: str = ""
    speaker: str = "both"
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.minutes.strip() or self.short.strip() or self.text.strip())


@dataclass(frozen=True)
class SayRow:
    """Words to say as typed, and when."""

    when: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.when.strip() or self.words.strip())


@dataclass(frozen=True)
class Sheet:
    """A client's sheet as typed: a line for each paragraph, item and worksheet block."""

    title: str = ""
    body: str = ""

    def __bool__(self) -> bool:
        return bool(self.title.strip() or self.body.strip())


@dataclass(frozen=True)
class Written:
    """Every field of the form. `materials` and `debrief` have a line for each item."""

    title: str = ""
    summary: str = ""
    area: str = ""
    also: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    mode: str = ""
    intensity: str = ""
    audience: str = ""
    materials: str = ""
    builds_on: tuple[str, ...] = ()
    purpose: str = ""
    mechanism: str = ""
    steps: tuple[StepRow, ...] = ()
    words: tuple[SayRow, ...] = ()
    watch_for: str = ""
    cautions: tuple[str, ...] = ()
    debrief: str = ""
    goes_badly: str = ""
    no_touch: str = ""
    no_speech: str = ""
    online: str = ""
    one_person: str = ""
    dose: str = ""
    cue: str = ""
    easy: str = ""
    together: Sheet = Sheet()
    a: Sheet = Sheet()
    b: Sheet = Sheet()
    technique: str = ""
    citation: str = ""
    evidence: str = "ours"
    note: str = ""

    @property
    def sheets(self) -> dict[str, Sheet]:
        return {whose: getattr(self, whose) for whose in ex.HANDOUTS}


# What one starts from: the choices that most exercises make, and room to write.
BLANK = Written(
    parts=("core",),
    mode="face_to_face",
    intensity="2",
    audience="couple",
    steps=(StepRow(speaker="counsellor"), StepRow(), StepRow()),
    words=(SayRow(),),
)
_KNOWN: dict[str, Collection[str]] = {
    "area": TAXONOMY.areas,
    "also": TAXONOMY.areas,
    "fears": TAXONOMY.fears,
    "parts": TAXONOMY.parts,
    "mode": TAXONOMY.modes,
    "intensity": {str(level): level for level in INTENSITIES},
    "audience": TAXONOMY.audiences,
    "cautions": TAXONOMY.cautions,
    "evidence": TAXONOMY.evidence,
}
ROWS: dict[str, type[StepRow] | type[SayRow]] = {"steps": StepRow, "words": SayRow}


# To and from what is kept


def to_json(written: Written) -> str:
    return json.dumps(asdict(written), ensure_ascii=False)


def from_json(text: str) -> Written:
    """What a draft keeps. A field that is missing, or of another kind than it is now, is as good as empty."""
    try:
        data = json.loads(text)
    except ValueError:
        data = {}
    return from_fields(data if isinstance(data, dict) else {})


def from_fields(data: dict[str, Any]) -> Written:
    """A `Written` of whatever came from outside: control characters and unknown choices are left out."""
    values: dict[str, Any] = {}
    for name, default in vars(Written()).items():
        if name not in data:
            continue
        given = data[name]
        if name in ROWS:
            rows = given if isinstance(given, list | tuple) else ()
            values[name] = tuple(_texts(ROWS[name], row) for row in rows[:MAX_ENTRIES])
        elif isinstance(default, Sheet):
            values[name] = _texts(Sheet, given)
        elif isinstance(default, tuple):
            items = given if isinstance(given, list | tuple) else ()
            values[name] = _choices(name, [_kept(item) for item in items if isinstance(item, str)])
        elif isinstance(given, str):
            values[name] = _kept(given) if name not in _KNOWN else "".join(_choices(name, [given])) or default
    return Written(**values)


def _texts(kind: Any, given: Any) -> Any:
    """A row or a sheet out of a dictionary of texts."""
    data = given if isinstance(given, dict) else {}
    names = [field.name for field in fields(kind)]
    row = kind(**{name: _kept(data[name]) for name in names if isinstance(data.get(name), str)})
    if isinstance(row, StepRow) and row.speaker not in TAXONOMY.speakers:
        return replace(row, speaker="both")
    return row


def _choices(name: str, given: list[str]) -> tuple[str, ...]:
    known = _KNOWN.get(name)
    return tuple(dict.fromkeys(one for one in given if (one in known if known else one.strip())))


def _kept(text: str) -> str:
    """Without control characters and odd line ends; the space around a text stays while one types."""
    return clean(f"|{text}|")[1:-1]


# From an exercise, and back


def from_exercise(one: ex.Exercise) -> Written:
    """An exercise as one would have typed it."""
    others: dict[str, Any] = one.variations | vars(one.at_home) | vars(one.source)
    others |= {sheet.whose: Sheet(sheet.title, sheet_text(sheet.blocks)) for sheet in one.handouts}
    return Written(
        title=one.title,
        summary=one.summary,
        area=one.areas[0],
        also=one.areas[1:],
        fears=one.fears,
        parts=one.parts,
        mode=one.mode,
        intensity=str(one.intensity),
        audience=one.audience,
        # A line end says that a comma in it does not part two things.
        materials="\n".join(one.materials) + ("\n" if len(one.materials) == 1 else ""),
        builds_on=one.builds_on,
        purpose=_unmarked(one.purpose),
        mechanism=one.mechanism,
        steps=tuple(_step_row(step) for step in one.steps),
        words=tuple(SayRow(say.when, say.words) for say in one.words),
        watch_for=_unmarked(one.watch_for),
        cautions=one.cautions,
        debrief="\n".join(one.debrief),
        goes_badly=_unmarked(one.goes_badly),
        **others,
    )


def _step_row(step: ex.Step) -> StepRow:
    short = "" if step.short == step.minutes else str(step.short)
    return StepRow(str(step.minutes), short, step.speaker, step.text)


def sketch(written: Written, slug: str = "sketch") -> ex.Exercise:
    """As much of an exercise as can be read. What is missing is empty, and minutes that are not are 0."""
    steps = tuple(_step(row) for row in written.steps if one_line(row.text))
    return ex.Exercise(
        slug=slug,
        title=one_line(written.title),
        summary=one_line(written.summary),
        areas=tuple(dict.fromkeys((written.area, *written.also) if written.area else written.also)),
        fears=written.fears,
        parts=written.parts,
        mode=written.mode,
        intensity=whole(written.intensity) or 1,
        minutes=ex.Minutes(sum(step.short for step in steps), sum(step.minutes for step in steps)),
        audience=written.audience,
        materials=items(written.materials),
        cautions=written.cautions,
        builds_on=tuple(one_line(each) for each in written.builds_on),
        mechanism=_sentence(written.mechanism),
        source=ex.Source(
            one_line(written.technique), one_line(written.citation), written.evidence, one_line(written.note)
        ),
        purpose=_prose(written.purpose),
        steps=steps,
        words=tuple(say for row in written.words if (say := _say(row)).when and say.words),
        watch_for=_prose(written.watch_for),
        debrief=bullets(written.debrief),
        goes_badly=_prose(written.goes_badly),
        variations={key: one_line(getattr(written, key)) for key in VARIATIONS},
        at_home=ex.AtHome(**{key: one_line(getattr(written, key)) for key in AT_HOME}),
        handouts=tuple(_handout(whose, sheet) for whose, sheet in written.sheets.items() if sheet),
    )


def source(written: Written) -> str:
    """The Markdown file of what was typed."""
    return file_text(sketch(written))


def minutes(row: StepRow) -> tuple[int | None, int | None]:
    """Minutes of a step in the full and the short form; None for one that is not a number."""
    full = whole(row.minutes)
    return full, whole(row.short) if row.short.strip() else full


def whole(text: str) -> int | None:
    """A whole number from 0 to 999 in plain figures, or None."""
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text.strip()) else None


def _step(row: StepRow) -> ex.Step:
    full, short = minutes(row)
    return ex.Step(full or 0, min(short or 0, full or 0), row.speaker, one_line(row.text))


def _say(row: SayRow) -> ex.Say:
    # The file marks the words before with stars and ends them with a colon.
    return ex.Say(one_line(row.when.replace("*", " ")).rstrip(": "), one_line(row.words))


def _sentence(text: str) -> str:
    """One line with a full stop, which is easily forgotten."""
    line = one_line(text)
    return line if not line or line[-1] in ".!?" else f"{line}."


def _handout(whose: str, sheet: Sheet) -> ex.Handout:
    return ex.Handout(whose, one_line(sheet.title), read_sheet(sheet.body)[0])


def items(text: str) -> tuple[str, ...]:
    """Things listed on lines; in a single line commas part them."""
    parts = text.split("\n") if "\n" in text else text.split(",")
    return tuple(dict.fromkeys(filter(None, map(one_line, parts))))


def bullets(text: str) -> tuple[str, ...]:
    """Questions listed on lines, with or without a mark before each."""
    lines = (re.sub(r"^(?:[-*•–]\s+)+", "", one_line(line)) for line in text.split("\n"))
    return tuple(line for line in lines if line.strip("-*•–"))


def _prose(text: str) -> str:
    """Paragraphs. A line that would begin a section of the file is moved in, here as in the file."""
    return re.sub(r"^## ", " ## ", clean(text), flags=re.M).strip()


def _unmarked(text: str) -> str:
    """Paragraphs without that."""
    return re.sub(r"^ ## ", "## ", text, flags=re.M)


def flowing(written: Written) -> Written:
    """With paragraphs that files break into lines in one line each, as one types them into a form."""
    return replace(
        written,
        purpose=_flow(written.purpose),
        watch_for=_flow(written.watch_for),
        goes_badly=_flow(written.goes_badly),
    )


def _flow(text: str) -> str:
    # A line end stays where it means something: before a list, a heading or a quotation, after two spaces.
    return re.sub(r"(?<=\S)(?<!\\)\n(?=[^\s>#])(?![0-9]{1,3}[.)]\s|[-*•–+]\s)", " ", text)
