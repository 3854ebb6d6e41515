"""From a file's text to an `Exercise`, or to every fault with its line.

Pure: text in, value or faults out. The format is described in docs/exercise-format.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar

from planner.library import exercise as ex
from planner.library.blocks import BlockFault, read_blocks
from planner.library.front_matter import Fault, Faulty, FrontMatter, is_slug
from planner.library.limits import MAX_BLOCKS, MAX_ENTRIES, MAX_SCRIPT, MAX_SLUG, text_faults
from planner.library.people import inside_braces, speaks_of_one
from planner.taxonomy import INTENSITIES, TAXONOMY

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
_OPTIONAL = {"Handout: A", "Handout: B"}
_LISTS = {"Steps", "Words to say", "Debrief", "Variations", "At home"}
# What a counsellor's own exercise cannot do without.
_NEEDED = {"Purpose", "Steps"}
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
HOME_LABELS = {"Dose": "dose", "If–then": "cue", "Easy version": "easy"}


@dataclass
class Section:
    """The lines of one section, with their numbers; `line` is that of its heading."""

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


class Reader(FrontMatter):
    """Reads the sections too. `known_sections` are those there may be, `needed` those there must be."""

    known_sections: ClassVar[Collection[str]] = tuple(SECTIONS)

    @property
    def needed(self) -> Collection[str]:
        return set(SECTIONS) - _OPTIONAL if self.complete else _NEEDED

    def sections(self, body: list[tuple[int, str]]) -> dict[str, Section]:
        found: dict[str, Section] = {}
        current: Section | None = None
        for number, text in body:
            if text.startswith("## "):
                heading = text[3:].strip()
                if heading not in self.known_sections:
                    self.fault(number, f"“{heading}” is not a section we know.")
                if heading in found:
                    self.fault(number, f"The section “{heading}” stands twice.")
                current = found[heading] = Section(number)
            elif current is not None:
                current.lines.append((number, text))
            elif text.strip():
                self.fault(number, "Text before the first section.")
        for heading in SECTIONS:
            if heading in self.needed and heading not in found:
                self.fault(body[-1][0] if body else 1, f"The section “{heading}” is missing.")
            elif heading in found and not found[heading].text:
                self.fault(found[heading].line, f"The section “{heading}” is empty.")
            elif heading in _LISTS and heading in found and len(found[heading].entries()) > MAX_ENTRIES:
                self.fault(found[heading].line, f"“{heading}” has {MAX_ENTRIES} entries at most.")
        return found

    def read(self, text: str) -> tuple[dict[str, Any], dict[str, int], dict[str, Section]]:
        """The front matter, the line of each of its fields, and the sections. Raises Faulty without front."""
        lines = text.split("\n")
        ends = [i for i, line in enumerate(lines) if line.strip() == "---"]
        if lines[0].strip() != "---" or len(ends) < 2:
            message = "The file must begin with front matter between two “---” lines."
            raise Faulty([Fault(self.file, 1, message)])
        data, at = self.front("\n".join(lines[1 : ends[1]]))
        return data, at, self.sections([(i + 1, lines[i]) for i in range(ends[1] + 1, len(lines))])

    def steps(self, section: Section) -> tuple[ex.Step, ...]:
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

    def add_up(self, section: Section, steps: tuple[ex.Step, ...], minutes: ex.Minutes) -> None:
        for name, total, said in (
            ("full", sum(step.minutes for step in steps), minutes.full),
            ("short", sum(step.short for step in steps), minutes.short),
        ):
            if steps and said and total != said:
                self.fault(
                    section.line, f"The steps of the {name} form add up to {total} minutes, not {said}."
                )

    def labelled(self, section: Section, labels: dict[str, str], name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, text in section.entries():
            match = _LABELLED.match(text)
            if not match or match["label"] not in labels:
                wanted = ", ".join(f"“- **{label}:** …”" for label in labels)
                self.fault(number, f"{name} has the lines {wanted}.")
                continue
            found[labels[match["label"]]] = match["text"]
        for label, key in labels.items():
            if self.complete and key not in found:
                self.fault(section.line, f"“{name}” lacks “{label}”.")
            found.setdefault(key, "")
        return found

    def words(self, section: Section) -> tuple[ex.Say, ...]:
        says: list[ex.Say] = []
        for number, text in section.entries():
            match = _LABELLED.match(text)
            if not match:
                self.fault(number, "Words to say read “- **To begin:** “In a moment …””")
                continue
            says.append(ex.Say(match["label"], match["text"]))
        if sum(len(say.when) + len(say.words) + 4 for say in says) > MAX_SCRIPT:
            self.fault(
                section.line, f"Words to say have {MAX_SCRIPT} characters at most, as a plan keeps them."
            )
        return tuple(says)

    def bullets(self, section: Section, name: str) -> tuple[str, ...]:
        items: list[str] = []
        for number, text in section.entries():
            match = _BULLET.match(text)
            if match:
                items.append(match[1])
            else:
                self.fault(number, f"{name} is a list: “- one line each”.")
        return tuple(items)

    def handout(self, whose: str, section: Section) -> ex.Handout:
        entries = section.entries()
        title = entries[0][1] if entries else ""
        if not title.startswith("### ") or not title[4:].strip():
            self.fault(section.line, "A handout begins with its title: “### Two good minutes”.")
        blocks: tuple[ex.Block, ...] = ()
        if whose == "together":
            for line, text in section.lines:
                for word in filter(speaks_of_one, inside_braces(text)):
                    self.fault(line, f"“{{{word}}}” speaks of one partner, and this sheet is for both.")
        try:
            blocks = read_blocks(section.lines, skip_title=True)
        except BlockFault as error:
            for line, message in error.faults:
                self.fault(line, message)
        count = sum(len(block.items) for block in blocks if isinstance(block, ex.Steps))
        if self.complete and count > 7:
            self.fault(section.line, f"A handout has 7 steps at most; this one has {count}.")
        if len(blocks) > MAX_BLOCKS:
            self.fault(
                section.line, f"A handout has {MAX_BLOCKS} blocks at most; this one has {len(blocks)}."
            )
        return ex.Handout(whose, title.removeprefix("### ").strip(), blocks)


def parse(text: str, file: str, *, complete: bool = True) -> ex.Exercise:
    """Read one exercise.

    `file` is the name that faults carry; its stem is the slug. An exercise that ships is `complete`; a
    counsellor's own may leave out what only some need, and then has an empty text or none in its place.
    Raises Faulty with every fault.
    """
    unfit = text_faults(text)
    if unfit:
        raise Faulty([Fault(file, line, message) for line, message in unfit])
    reader = Reader(file, complete=complete)
    slug = file.rsplit("/", 1)[-1].removesuffix(".md")
    if not is_slug(slug):
        reader.fault(
            1, f"A file name is made of small letters, digits and single hyphens, {MAX_SLUG} at most."
        )
    data, at, sections = reader.read(text)
    value = _build(reader, slug, data, at, sections)
    if reader.faults:
        raise Faulty(sorted(reader.faults))
    return value


def _build(
    reader: Reader,
    slug: str,
    data: dict[str, Any],
    at: dict[str, int],
    sections: dict[str, Section],
) -> ex.Exercise:
    empty = Section(1)

    def section(heading: str) -> Section:
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
    home = reader.labelled(section("At home"), HOME_LABELS, "At home")
    return ex.Exercise(
        slug=slug,
        title=reader.heading(data, at, "title"),
        summary=reader.heading(data, at, "summary"),
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
