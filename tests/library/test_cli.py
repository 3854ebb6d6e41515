"""The commands `check`, `coverage` and `list` work from the files alone; `load` fills the database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from planner.library.cli import library_commands
from planner.library.starter import FOLDER, read_folder
from planner.taxonomy import TAXONOMY

EXERCISES = read_folder()[0]
FIRST = next(one for one in EXERCISES if not one.builds_on)
SOURCE = (FOLDER / f"{FIRST.slug}.md").read_text(encoding="utf-8")


def run(*args: str | Path) -> Result:
    """Run a command outside any application: no database, no instance folder."""
    return CliRunner().invoke(library_commands, [str(arg) for arg in args])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder with one good file, and one with two faults."""
    (tmp_path / "good.md").write_text(SOURCE, encoding="utf-8")
    lines = SOURCE.split("\n")
    lines[next(n for n, line in enumerate(lines) if line.startswith("mode:"))] = "mode: sideways"
    lines[next(n for n, line in enumerate(lines) if line.startswith("## Debrief"))] = "## Debriefing"
    (tmp_path / "odd.md").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_check_is_content_with_what_ships() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.output == f"{len(EXERCISES)} exercises, no faults.\n"


def test_check_names_each_fault_with_file_and_line_and_fails(faulty: Path) -> None:
    result = run("check", "--folder", faulty)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all(line.startswith("odd.md:") and line.split(":")[1].isdigit() for line in lines)
    at = next(
        n for n, line in enumerate((faulty / "odd.md").read_text().split("\n"), 1) if "sideways" in line
    )
    assert any(line.startswith(f"odd.md:{at}: “sideways” is not one of our modes") for line in lines)
    assert any("“Debriefing” is not a section we know" in line for line in lines)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert run("check", "--folder", tmp_path).exit_code == 1


def test_coverage_counts_every_area_and_fear_that_an_exercise_names() -> None:
    counted = json.loads(run("coverage", "--json").stdout)
    assert list(counted) == ["areas", "fears", "cells"]
    assert counted["areas"] == {a: sum(a in one.areas for one in EXERCISES) for a in TAXONOMY.areas}
    assert counted["fears"] == {f: sum(f in one.fears for one in EXERCISES) for f in TAXONOMY.fears}
    for area in TAXONOMY.areas:
        for fear in TAXONOMY.fears:
            both = [one for one in EXERCISES if area in one.areas and fear in one.fears]
            assert counted["cells"][area][fear] == len(both)


def test_coverage_can_be_read_as_a_table() -> None:
    lines = run("coverage").stdout.splitlines()
    assert len(lines) == len(TAXONOMY.areas) + 2
    assert all(fear.name in lines[0] for fear in TAXONOMY.fears.values())
    assert [line.split()[0] for line in lines[1:-1]] == [area.name for area in TAXONOMY.areas.values()]


def test_list_gives_every_exercise_as_data() -> None:
    listed = json.loads(run("list", "--json").stdout)
    assert [one["slug"] for one in listed] == [one.slug for one in EXERCISES]
    keys = "slug title summary areas fears parts mode intensity minutes for materials cautions source"
    for one, value in zip(listed, EXERCISES, strict=True):
        assert set(one) == {*keys.split(), "counsellor_text", "client_text"}
        assert one["areas"][0] == value.area
        assert one["minutes"] == {"short": value.minutes.short, "full": value.minutes.full}
        assert set(one["source"]) == {"technique", "citation", "evidence", "note"}
        assert one["for"] == value.audience


def test_the_texts_in_the_list_are_plain() -> None:
    for one in json.loads(run("list", "--json").stdout):
        for text in (one["counsellor_text"], one["client_text"]):
            assert text.strip()
            assert not [mark for mark in ("**", "{partner}", "{a}", "[lines:", "## ") if mark in text]


def test_list_can_be_read_by_people() -> None:
    lines = run("list").stdout.splitlines()
    assert len(lines) == len(EXERCISES)
    assert EXERCISES[0].title in lines[0]


@pytest.mark.parametrize("command", ["coverage", "list"])
def test_faults_never_mix_with_json(faulty: Path, command: str) -> None:
    result = run(command, "--json", "--folder", faulty)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "odd.md:" in result.stderr


def test_load_tells_what_it_did(app: Flask, tmp_path: Path) -> None:
    command = app.test_cli_runner()
    assert (
        f"{len(EXERCISES)} exercises, 0 new, 0 changed, 0 no longer listed"
        in command.invoke(args=["library", "load"]).output
    )
    one = tmp_path / "files"
    one.mkdir()
    (one / f"{FIRST.slug}.md").write_text(SOURCE, encoding="utf-8")
    result = command.invoke(args=["library", "load", "--folder", str(one)])
    assert f"1 exercises, 0 new, 0 changed, {len(EXERCISES) - 1} no longer listed" in result.output


def test_load_refuses_a_folder_with_faults_and_changes_nothing(app: Flask, faulty: Path) -> None:
    command = app.test_cli_runner()
    result = command.invoke(args=["library", "load", "--folder", str(faulty)])
    assert result.exit_code == 1
    assert "0 new, 0 changed, 0 no longer listed" in command.invoke(args=["library", "load"]).output
