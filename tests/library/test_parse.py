"""An exercise file with a fault is named with its line; any other file becomes an exercise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library.exercise import Lines, Scale, Steps, Table
from planner.library.front_matter import Faulty
from planner.library.parse import parse
from planner.library.starter import FOLDER, read_folder

NAME = "thanks-that-names-you.md"
TEXT = (FOLDER / NAME).read_text(encoding="utf-8")
DIAL = (FOLDER / "closeness-dial.md").read_text(encoding="utf-8")


def line_of(text: str, start: str) -> int:
    """The number of the first line that begins so."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def faults(text: str, name: str = NAME) -> list[tuple[int, str]]:
    with pytest.raises(Faulty) as caught:
        parse(text, name)
    assert all(fault.file == name for fault in caught.value.faults)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_a_good_file_becomes_an_exercise() -> None:
    one = parse(DIAL, "closeness-dial.md")
    assert (one.slug, one.title, one.areas[0]) == ("closeness-dial", "The closeness dial", "self")
    assert (one.minutes.short, one.minutes.full) == (5, 8)
    assert sum(step.minutes for step in one.steps) == 8
    assert {sheet.whose for sheet in one.handouts} == {"together", "a", "b"}
    together, alone = one.handout("together"), one.handout("a")
    assert together is not None
    assert alone is not None
    assert any(isinstance(block, Table) for block in together.blocks)
    assert any(isinstance(block, Steps) for block in alone.blocks)
    assert sum(isinstance(block, Scale) for block in alone.blocks) == 2
    assert any(isinstance(block, Lines) and block.count == 2 for block in alone.blocks)


# The start of a line, what to write in its place, and what the fault says.
FRONT = [
    ("title:", "title: ''", "must be a text"),
    ("title:", "title: [a, b]", "must be a text"),
    ("summary:", "summary: 3", "must be a text"),
    ("areas:", "areas: [affection, weather]", "weather"),
    ("areas:", "areas: affection", "must be a list"),
    ("areas:", "areas: []", "at least one"),
    ("areas:", "areas: [affection, affection]", "twice"),
    ("fears:", "fears: [spiders]", "spiders"),
    ("parts:", "parts: [middle]", "middle"),
    ("mode:", "mode: upside_down", "upside_down"),
    ("intensity:", "intensity: 6", "from 1 to 5"),
    ("intensity:", "intensity: true", "from 1 to 5"),
    ("minutes:", "minutes: 10", "must name both"),
    ("minutes:", "minutes: {short: 12, full: 10}", "short no longer than full"),
    ("for:", "for: everybody", "everybody"),
    ("materials:", "materials: pens", "must be a list"),
    ("cautions:", "cautions: [lightning]", "lightning"),
    ("title:", "titel: Thanks", "is not a field we know"),
]


@pytest.mark.parametrize(("start", "instead", "says"), FRONT)
def test_a_fault_in_the_front_matter_is_named_with_its_line(start: str, instead: str, says: str) -> None:
    at = line_of(TEXT, start)
    lines = TEXT.split("\n")
    lines[at - 1] = instead
    assert any(line == at and says in message for line, message in faults("\n".join(lines)))


BODY = [
    ("## Purpose", "## Porpoise", "is not a section we know"),
    ("## Debrief", "## Purpose", "stands twice"),
    ("1. (", "1. Do something.", "A step reads"),
    ("2. (", "7. (2 min, A) Out of order.", "should be step 2"),
    ("1. (", "1. (2 min, everyone) Who is that?", "everyone"),
    ("1. (", "1. (2 min, short 5, both) Longer when short.", "cannot be longer"),
    ("- **To begin:**", "“No label before these words.”", "Words to say read"),
    ("- **No touch:**", "- **No sound:** Hush.", "has the lines"),
    ("- **Dose:**", "- **Often:** Every hour.", "has the lines"),
    ("### ", "Where the title should stand.", "title"),
    ("[lines:", "[lines: How many | many]", "whole number"),
    ("[lines:", "[poem: Roses]", "is not a worksheet block"),
    ("[lines:", "Say it to {husband}.", "is not a word for people"),
]


@pytest.mark.parametrize(("start", "instead", "says"), BODY)
def test_a_fault_in_the_body_is_named_with_its_line(start: str, instead: str, says: str) -> None:
    at = line_of(TEXT, start)
    lines = TEXT.split("\n")
    lines[at - 1] = instead
    found = faults("\n".join(lines))
    assert any(line == at and says in message for line, message in found) or any(
        says in message and abs(line - at) <= 1 for line, message in found
    ), found


def test_steps_must_add_up_to_the_minutes() -> None:
    said = faults(TEXT.replace("minutes: {short: 6, full: 10}", "minutes: {short: 7, full: 11}"))
    assert [line for line, _ in said] == [line_of(TEXT, "## Steps")] * 2
    assert "add up to 10 minutes, not 11" in " ".join(message for _, message in said)


def test_every_field_and_section_that_is_missing_is_named() -> None:
    said = " ".join(
        message for _, message in faults("---\ntitle: Nearly nothing\n---\n## Purpose\nA start.\n")
    )
    for name in ("summary", "areas", "minutes", "source", "Steps", "At home", "Handout: Together"):
        assert f"“{name}”" in said


def test_a_citation_needs_a_year_and_a_study_needs_a_citation() -> None:
    at = line_of(TEXT, "  citation:")
    lines = TEXT.split("\n")
    end = next(n for n in range(at, len(lines)) if lines[n].startswith("  evidence:"))
    for instead, says in (
        ("  citation: Somebody, somewhere.", "needs authors, the year"),
        ("  citation: ''", "needs its citation"),
    ):
        changed = [*lines[: at - 1], instead, *lines[end:]]
        assert any(
            says in message and line == line_of(TEXT, "source:")
            for line, message in faults("\n".join(changed))
        )


def test_broken_yaml_is_named_with_its_line() -> None:
    at = line_of(TEXT, "areas:")
    lines = TEXT.split("\n")
    lines[at - 1] = "areas: [affection"
    assert any(
        "not valid YAML" in message and at <= line <= at + 2 for line, message in faults("\n".join(lines))
    )


def test_a_file_without_front_matter_or_with_a_bad_name_is_named() -> None:
    assert "must begin with front matter" in faults("Once upon a time.")[0][1]
    assert any("file name" in message for _, message in faults(TEXT, "Thanks That.md"))


def test_all_faults_are_found_in_one_reading() -> None:
    text = TEXT.replace("intensity: 1", "intensity: 9").replace("## Debrief", "## Debriefing")
    assert len(faults(text)) >= 3


def test_reading_a_folder_names_files_that_are_not_text(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00")
    exercises, found = read_folder(tmp_path)
    assert [one.slug for one in exercises] == ["good"]
    assert [(fault.file, fault.line) for fault in found] == [("bad.md", 1)]


LINES = TEXT.split("\n")
ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "title: 2001-99-99",
            "minutes: {short: 0x, full: 1_0}",
            "? [a, b]",
            "[" * 3000,
            "- " * 3000,
            "intensity: .nan",
            "intensity: ²",
            "1. (99999 min, both) Long.",
            "1. (" + "9" * 5000 + " min, both) Longer than a number may be.",
            "9" * 5000 + ". (1 min, both) A step far away.",
            "[lines: x | " + "9" * 5000 + "]",
            "[table: a | b | c | rows: ²]",
            "[table: a | b | c | rows: 0]",
            "*a: &a [*a]",
            "&a [*a]",
            "source: {technique: [1], citation: {a: b}, evidence: trial, note: 3}",
            "source: {technique: x, citation: y, evidence: [ours], note: 3}",
            "title: !!python/object:os.system x",
            "\x00",
            "\ud800",
            "---",
            "  continues nothing",
            "### ",
            "## Steps",
        ]
    ),
)


@given(st.lists(st.tuples(st.integers(0, len(LINES)), st.booleans(), ODD), min_size=1, max_size=4))
def test_mangled_text_is_refused_with_faults_and_never_crashes(changes: list[tuple[int, bool, str]]) -> None:
    lines = list(LINES)
    for place, instead, text in changes:
        lines[place : place + 1 if instead else place] = [text]
    try:
        parse("\n".join(lines), NAME)
    except Faulty as error:
        found = error.faults
    else:
        return
    assert found
    assert all(fault.line >= 1 and fault.message for fault in found)
