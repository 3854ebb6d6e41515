"""From a file's text to an `Exercise`, or to every fault with its line.

Pure: text in, value or faults out. The format is described in docs/exercise-format.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from planner.library import exercise as ex
from planner.library.blocks import BlockFault, read_blocks
from planner.taxonomy import INTENSITIES, TAXONOMY


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with a file, and where. `line` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Faulty(Exception):
    """A file that cannot be used. `faults` holds everything that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


SECTIONS = {
    "Purpose": "purpose",
    "Steps": "steps",
    "Words to say": "words",
    "Watch for": "watch_for",
    "Debrief": "debrief",
    "If it goes badly": "goes_badly",
    "Variations": "variations",
    "At home": "at_home",
    "Handout: Together": "together",
    "Handout: A": "a",
    "Handout: B": "b",
}
OPTIONAL = {"Handout: A", "Handout: B"}
_FIELDS = (
    "title",
    "summary",
    "areas",
    "fears",
    "parts",
    "mode",
    "intensity",
    "minutes",
    "for",
    "materials",
    "cautions",
    "builds_on",
    "mechanism",
    "source",
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_STEP = re.compile(r"^([0-9]{1,3})\.\s+(.*)$")
_STEP_HEAD = re.compile(
    r"^\((?P<minutes>[0-9]{1,3}) min, (?:short (?P<short>[0-9]{1,3}), )?(?P<who>[A-Za-z]+)\)"
    r"\s+(?P<text>\S.*)$"
)
_LABELLED = re.compile(r"^- \*\*(?P<label>[^*]+?):\*\*\s+(?P<text>\S.*)$")
_BULLET = re.compile(r"^- (\S.*)$")
_VARIATION_LABELS = {
    "No touch": "no_touch",
    "No speech": "no_speech",
    "Online": "online",
    "One person": "one_person",
}
_HOME_LABELS = {"Dose": "dose", "If–then": "cue", "Easy version": "easy"}


@dataclass
class _Section:
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines).strip()

    def entries(self) -> list[tuple[int, str]]:
        """Logical lines: an indented line continues the one before; empty lines are dropped."""
        joined: list[tuple[int, str]] = []
        for number, text in self.lines:
            if not text.strip():
                continue
            if text.startswith("  ") and joined:
                first, before = joined[-1]
                joined[-1] = (first, f"{before} {text.strip()}")
            else:
                joined.append((number, text.rstrip()))
        return joined


class _Reader:
    """Collects faults while it reads, so that one run names them all."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    # Front matter

    def front(self, text: str) -> tuple[dict[str, Any], dict[str, int]]:
        """The front matter as plain data, and the line of each field."""
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.fault((mark.line if mark else 0) + 2, "The front matter is not valid YAML.")
            return {}, {}
        except (ValueError, TypeError, AttributeError, RecursionError):
            # The reader of YAML lets these out: a day that no month has, a thousand brackets.
            self.fault(2, "The front matter is not valid YAML.")
            return {}, {}
        if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
            self.fault(2, "The front matter must be a list of “name: value” lines.")
            return {}, {}
        lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
        for name in _FIELDS:
            if name not in data:
                self.fault(1, f"“{name}” is missing.")
        for name in data:
            if name not in _FIELDS:
                self.fault(lines.get(str(name), 1), f"“{name}” is not a field we know.")
        return data, lines

    def string(self, data: dict[str, Any], lines: dict[str, int], name: str) -> str:
        value = data.get(name, "")
        if not isinstance(value, str) or (name in data and not value.strip()):
            self.fault(lines.get(name, 1), f"“{name}” must be a text.")
            return ""
        return value.strip()

    def strings(self, data: dict[str, Any], lines: dict[str, int], name: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(lines.get(name, 1), f"“{name}” must be a list of texts, [a, b].")
            return ()
        if len(set(value)) != len(value):
            self.fault(lines.get(name, 1), f"“{name}” names something twice.")
        return tuple(value)

    def mechanism(self, data: dict[str, Any], lines: dict[str, int]) -> str:
        text = self.string(data, lines, "mechanism")
        if text and not re.fullmatch(r"[^.!?]+(?:[.](?=\S)[^.!?]+)*[.]", text):
            self.fault(lines.get("mechanism", 1), "“mechanism” is one sentence with a full stop.")
        return text

    def builds_on(self, data: dict[str, Any], lines: dict[str, int], slug: str) -> tuple[str, ...]:
        slugs = self.strings(data, lines, "builds_on")
        for each in slugs:
            if not _SLUG.fullmatch(each) or each == slug:
                self.fault(lines.get("builds_on", 1), f"“{each}” is not the name of another exercise’s file.")
        return slugs

    def known(self, line: int, name: str, keys: tuple[str, ...], allowed: dict[str, Any]) -> None:
        for key in keys:
            if key not in allowed:
                self.fault(line, f"“{key}” is not one of our {name}: {', '.join(allowed)}.")

    def minutes(self, data: dict[str, Any], lines: dict[str, int]) -> ex.Minutes:
        value, line = data.get("minutes"), lines.get("minutes", 1)
        if not isinstance(value, dict) or set(value) != {"short", "full"}:
            self.fault(line, "“minutes” must name both: {short: 10, full: 20}.")
            return ex.Minutes(1, 1)
        short, full = value["short"], value["full"]
        if type(short) is not int or type(full) is not int or not 1 <= short <= full <= 120:
            self.fault(line, "Minutes must be whole, from 1 to 120, and short no longer than full.")
            return ex.Minutes(1, 1)
        return ex.Minutes(short, full)

    def source(self, data: dict[str, Any], lines: dict[str, int]) -> ex.Source:
        value, line = data.get("source"), lines.get("source", 1)
        names = ("technique", "citation", "evidence", "note")
        if not isinstance(value, dict) or set(value) != set(names):
            self.fault(line, f"“source” must have exactly: {', '.join(names)}.")
            return ex.Source("", "", "ours", "")
        texts = {name: str(value[name] or "").strip() for name in names}
        self.known(line, "kinds of evidence", (texts["evidence"],), TAXONOMY.evidence)
        if not texts["technique"] or not texts["note"]:
            self.fault(line, "“source” needs a technique and a note on sample or adaptation.")
        if texts["evidence"] in ("trial", "correlational") and not texts["citation"]:
            self.fault(line, "Evidence from a study needs its citation.")
        if texts["citation"] and not re.search(r"\((19|20)\d\d[a-z]?\)", texts["citation"]):
            self.fault(line, "A citation needs authors, the year in brackets, and where it appeared.")
        return ex.Source(**texts)

    # Body

    def sections(self, body: list[tuple[int, str]]) -> dict[str, _Section]:
        found: dict[str, _Section] = {}
        current: _Section | None = None
        for number, text in body:
            if text.startswith("## "):
                heading = text[3:].strip()
                if heading not in SECTIONS:
                    self.fault(number, f"“{heading}” is not a section we know.")
                if heading in found:
                    self.fault(number, f"The section “{heading}” stands twice.")
                current = found[heading] = _Section(number)
            elif current is not None:
                current.lines.append((number, text))
            elif text.strip():
                self.fault(number, "Text before the first section.")
        for heading in SECTIONS:
            if heading not in found and heading not in OPTIONAL:
                self.fault(body[-1][0] if body else 1, f"The section “{heading}” is missing.")
            elif heading in found and not found[heading].text:
                self.fault(found[heading].line, f"The section “{heading}” is empty.")
        return found

    def steps(self, section: _Section) -> tuple[ex.Step, ...]:
        steps: list[ex.Step] = []
        for number, text in section.entries():
            numbered = _STEP.match(text)
            head = _STEP_HEAD.match(numbered[2]) if numbered else None
            if not numbered or not head:
                self.fault(number, "A step reads “1. (4 min, short 2, both) What happens.”")
                continue
            if int(numbered[1]) != len(steps) + 1:
                self.fault(number, f"This should be step {len(steps) + 1}.")
            who = head["who"].lower()
            self.known(number, "speakers", (who,), TAXONOMY.speakers)
            full = int(head["minutes"])
            short = full if head["short"] is None else int(head["short"])
            if short > full:
                self.fault(number, "The short form of a step cannot be longer than the full one.")
            steps.append(ex.Step(full, short, who, head["text"]))
        return tuple(steps)

    def add_up(self, section: _Section, steps: tuple[ex.Step, ...], minutes: ex.Minutes) -> None:
        for name, total, said in (
            ("full", sum(step.minutes for step in steps), minutes.full),
            ("short", sum(step.short for step in steps), minutes.short),
        ):
            if steps and total != said:
                self.fault(
                    section.line, f"The steps of the {name} form add up to {total} minutes, not {said}."
                )

    def labelled(self, section: _Section, labels: dict[str, str], name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, text in section.entries():
            match = _LABELLED.match(text)
            if not match or match["label"] not in labels:
                wanted = ", ".join(f"“- **{label}:** …”" for label in labels)
                self.fault(number, f"{name} has the lines {wanted}.")
                continue
            found[labels[match["label"]]] = match["text"]
        for label, key in labels.items():
            if key not in found:
                self.fault(section.line, f"“{name}” lacks “{label}”.")
                found[key] = ""
        return found

    def words(self, section: _Section) -> tuple[ex.Say, ...]:
        says: list[ex.Say] = []
        for number, text in section.entries():
            match = _LABELLED.match(text)
            if not match:
                self.fault(number, "Words to say read “- **To begin:** “In a moment …””")
                continue
            says.append(ex.Say(match["label"], match["text"]))
        return tuple(says)

    def bullets(self, section: _Section, name: str) -> tuple[str, ...]:
        items: list[str] = []
        for number, text in section.entries():
            match = _BULLET.match(text)
            if match:
                items.append(match[1])
            else:
                self.fault(number, f"{name} is a list: “- one line each”.")
        return tuple(items)

    def handout(self, whose: str, section: _Section) -> ex.Handout:
        entries = section.entries()
        title = entries[0][1] if entries else ""
        if not title.startswith("### ") or not title[4:].strip():
            self.fault(section.line, "A handout begins with its title: “### Two good minutes”.")
        blocks: tuple[ex.Block, ...] = ()
        try:
            blocks = read_blocks(section.lines, skip_title=True)
        except BlockFault as error:
            for line, message in error.faults:
                self.fault(line, message)
        count = sum(len(block.items) for block in blocks if isinstance(block, ex.Steps))
        if count > 7:
            self.fault(section.line, f"A handout has 7 steps at most; this one has {count}.")
        return ex.Handout(whose, title.removeprefix("### ").strip(), blocks)


def parse(text: str, file: str) -> ex.Exercise:
    """Read one exercise.

    `file` is the name that faults carry; its stem is the slug. Raises Faulty with every fault.
    """
    reader = _Reader(file)
    slug = file.rsplit("/", 1)[-1].removesuffix(".md")
    if not _SLUG.fullmatch(slug):
        reader.fault(1, "A file name is made of small letters, digits and single hyphens.")
    lines = text.split("\n")
    ends = [i for i, line in enumerate(lines) if line.strip() == "---"]
    if not lines or lines[0].strip() != "---" or len(ends) < 2:
        raise Faulty([Fault(file, 1, "The file must begin with front matter between two “---” lines.")])
    data, at = reader.front("\n".join(lines[1 : ends[1]]))
    body = [(i + 1, lines[i]) for i in range(ends[1] + 1, len(lines))]
    sections = reader.sections(body)
    value = _build(reader, slug, data, at, sections)
    if reader.faults:
        raise Faulty(sorted(reader.faults))
    return value


def _build(
    reader: _Reader,
    slug: str,
    data: dict[str, Any],
    at: dict[str, int],
    sections: dict[str, _Section],
) -> ex.Exercise:
    empty = _Section(1)

    def section(heading: str) -> _Section:
        return sections.get(heading, empty)

    lists = {name: reader.strings(data, at, name) for name in ("areas", "fears", "parts")}
    for name, allowed in (
        ("areas", TAXONOMY.areas),
        ("fears", TAXONOMY.fears),
        ("parts", TAXONOMY.parts),
    ):
        reader.known(at.get(name, 1), name, lists[name], allowed)
        if name in data and not lists[name]:
            reader.fault(at.get(name, 1), f"“{name}” needs at least one.")
    cautions = reader.strings(data, at, "cautions")
    reader.known(at.get("cautions", 1), "cautions", cautions, TAXONOMY.cautions)
    mode, audience = reader.string(data, at, "mode"), reader.string(data, at, "for")
    if mode:
        reader.known(at.get("mode", 1), "modes", (mode,), TAXONOMY.modes)
    if audience:
        reader.known(at.get("for", 1), "audiences", (audience,), TAXONOMY.audiences)
    intensity = data.get("intensity", 1)
    if type(intensity) is not int or intensity not in INTENSITIES:
        reader.fault(at.get("intensity", 1), "“intensity” is a whole number from 1 to 5.")
        intensity = 1
    minutes = reader.minutes(data, at)
    steps = reader.steps(section("Steps"))
    reader.add_up(section("Steps"), steps, minutes)
    home = reader.labelled(section("At home"), _HOME_LABELS, "At home")
    return ex.Exercise(
        slug=slug,
        title=reader.string(data, at, "title"),
        summary=reader.string(data, at, "summary"),
        mode=mode,
        intensity=intensity,
        minutes=minutes,
        audience=audience,
        materials=reader.strings(data, at, "materials"),
        cautions=cautions,
        builds_on=reader.builds_on(data, at, slug),
        mechanism=reader.mechanism(data, at),
        source=reader.source(data, at),
        purpose=section("Purpose").text,
        steps=steps,
        words=reader.words(section("Words to say")),
        watch_for=section("Watch for").text,
        debrief=reader.bullets(section("Debrief"), "Debrief"),
        goes_badly=section("If it goes badly").text,
        variations=reader.labelled(section("Variations"), _VARIATION_LABELS, "Variations"),
        at_home=ex.AtHome(**home),
        handouts=tuple(
            reader.handout(SECTIONS[heading], sections[heading])
            for heading in ("Handout: Together", "Handout: A", "Handout: B")
            if heading in sections
        ),
        **lists,
    )
