"""Starter templates are files; whatever is wrong with one is named with its file and line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library.front_matter import Fault, Faulty
from planner.library.starter import FOLDER as EXERCISES
from planner.plans.plan import checked
from planner.sharing.starters import FOLDER, read, read_folder, read_starters

GOOD = """title = "A small session"
when_to_use = "When there is little time."
hope = "feel a little lighter."
length = 50
areas = ["affection"]
fears = ["rejection"]

[[segment]]
part = "arrive"
title = "Check-in"
minutes = 6
words = "“How are you?”"

[[segment]]
exercise = "thanks-that-names-you"
part = "warm_up"
minutes = 7
in_handout = false
"""


def faults(text: str, file: str = "small.toml") -> list[str]:
    with pytest.raises(Faulty) as caught:
        read(text, file)
    return [str(fault) for fault in caught.value.faults]


def test_a_step_from_an_exercise_takes_everything_from_it_but_what_the_file_says() -> None:
    starter = read(GOOD, "small.toml")
    assert (starter.slug, starter.title) == ("small", "A small session")
    step = starter.plan.segments[1]
    text = (EXERCISES / "thanks-that-names-you.md").read_bytes()
    assert step.exercise is not None
    assert (step.exercise.slug, step.exercise.digest) == (
        "thanks-that-names-you",
        hashlib.sha256(text).hexdigest(),
    )
    assert (step.minutes, step.in_handout, step.areas[0]) == (7, False, "affection")
    assert "you will thank the other" in step.words


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "A small session"\n', "", "small.toml:1: “title” is missing."),
        ("length = 50", "length = true", "small.toml:4: “length” must be a whole number."),
        ("length = 50", "length = 5", "small.toml:4: “length”: A session lasts from 10 to 480 minutes."),
        ("length = 50", "long = 50\nlength = 50", "small.toml:4: “long” is not a field we know."),
        ('areas = ["affection"]', 'areas = ["love"]', "small.toml:5: “areas”: Please choose from the list."),
        ('areas = ["affection"]', "areas = [1]", "small.toml:5: “areas” must be a list of texts."),
        ("minutes = 6", "minutes = 0", "small.toml:11: “minutes”: Minutes are a whole number from 1 to 240."),
        ('part = "arrive"', 'part = "begin"', "small.toml:9: “part”: Please choose a part of the session."),
        ("words = ", "note = ", "small.toml:12: “note” is not a field we know."),
        (
            '"thanks-that-names-you"',
            '"thanks-a-lot"',
            "small.toml:15: There is no exercise “thanks-a-lot”.",
        ),
        (
            'part = "warm_up"',
            'part = "core"',
            "small.toml:16: “thanks-that-names-you” stands in warm_up, close, home, not in “core”.",
        ),
        (
            "minutes = 7",
            "intensity = 2",
            "small.toml:17: Only practice at home may be lighter than its exercise.",
        ),
        ('hope = "', "hope = ", "small.toml:3: This is not valid TOML"),
    ],
)
def test_each_fault_is_named_with_its_line(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert any(each.startswith(fault) for each in found), found


def test_one_run_names_every_fault() -> None:
    text = GOOD.replace("minutes = 6", "minutes = 0").replace('"thanks-that-names-you"', '"no-such-thing"')
    assert len(faults(text)) == 2


def test_a_file_name_is_fit_for_an_address() -> None:
    assert faults(GOOD, "Small Session.toml")[0].startswith("Small Session.toml:1: A file name is made of")


@given(st.data())
def test_a_mangled_file_is_refused_by_name_or_is_a_sound_plan(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 40)))
    text = GOOD[:start] + data.draw(st.text(max_size=10)) + GOOD[end:]
    found: list[Fault] = []
    try:
        plan = read(text, "small.toml").plan
    except Faulty as error:
        found = error.faults
    else:
        assert checked(plan) == plan
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in found)


def test_good_files_are_read_although_another_is_faulty(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("title = 1", encoding="utf-8")
    (tmp_path / "worse.toml").write_bytes(b"\xff\xfe")
    starters, named = read_folder(tmp_path)
    assert [starter.slug for starter in starters] == ["good"]
    assert {fault.file for fault in named} == {"bad.toml", "worse.toml"}
    with pytest.raises(Faulty):
        read_starters(tmp_path)


def test_what_ships_is_free_of_faults() -> None:
    assert len(read_starters()) == len(list(FOLDER.glob("*.toml"))) >= 8
