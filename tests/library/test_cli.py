"""The `library` commands: some work from files alone, others read and change the database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from planner.db import db
from planner.library import search
from planner.library.cli import library_commands
from planner.library.exchange import exporting
from planner.library.exchange.archive import read_upload
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.library.parse import parse
from planner.library.starter import FOLDER
from planner.taxonomy import TAXONOMY
from tests import shipped
from tests.cast import Cast
from tests.library.samples import little, write

EXERCISES = shipped.exercises()
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


def test_check_names_faults_of_quality_with_their_line(tmp_path: Path) -> None:
    text = SOURCE.replace("## Handout: Together\n### ", "## Handout: Together\n### For her: ")
    (tmp_path / "good.md").write_text(text, encoding="utf-8")
    result = run("check", "--folder", tmp_path)
    assert result.exit_code == 1
    at = text.split("\n").index("## Handout: Together") + 1
    assert result.stdout == f"good.md:{at}: “her” takes a gender for granted.\n"
    assert result.stderr == "Faults found: 1, in 1 file.\n"


def test_check_finds_a_text_that_two_exercises_share(tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(SOURCE, encoding="utf-8")
    result = run("check", "--folder", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.startswith("one.md: A client text has 12 words in common with two: “")


def test_check_reports_the_library_in_figures() -> None:
    result = run("check", "--report")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{len(EXERCISES)} exercises, ")
    assert result.stdout.endswith(f"\n{len(EXERCISES)} exercises, no faults.\n")
    for heading in ("Main area by part", "Area and fear together", "Ladders", "Grade of a sheet"):
        assert heading in result.stdout
    said = json.loads(run("check", "--report", "--json").stdout)
    assert (said["exercises"], said["faults"]) == (len(EXERCISES), [])
    assert said["figures"]["areas"]["play"]["main"] == sum(one.area == "play" for one in EXERCISES)
    assert set(said["figures"]["grades"]) == {"least", "middle", "most"}


def test_check_gives_faults_as_data(faulty: Path) -> None:
    result = run("check", "--json", "--folder", faulty)
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert {fault["file"] for fault in said["faults"]} == {"odd.md"}
    assert all(fault["line"] and fault["message"] for fault in said["faults"])


def test_ones_own_files_may_leave_out_what_only_some_need(tmp_path: Path) -> None:
    (tmp_path / "cups.md").write_text(little(front="builds_on: [hand-in-hand]\n"), encoding="utf-8")
    assert run("check", "--folder", tmp_path).exit_code == 1
    result = run("check", "--own", "--folder", tmp_path)
    assert "bolder than itself" in result.stdout
    (tmp_path / "cups.md").write_text(little(), encoding="utf-8")
    assert run("check", "--own", "--folder", tmp_path).output == "1 exercises, no faults.\n"


def test_new_writes_a_file_that_is_well_formed_and_says_what_it_lacks(tmp_path: Path) -> None:
    result = run("new", "A walk: “slow” & kind", "--folder", tmp_path)
    path = tmp_path / "a-walk-slow-kind.md"
    assert result.output == f"Written: {path}\n"
    assert parse(path.read_text(encoding="utf-8"), path.name).title == "A walk: “slow” & kind"
    lacks = run("check", "--folder", tmp_path)
    assert lacks.exit_code == 1
    assert "Too thin to work from" in lacks.stdout
    assert run("check", "--own", "--folder", tmp_path).exit_code == 0


def test_new_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a-walk.md"
    path.write_text("mine", encoding="utf-8")
    result = run("new", "A walk", "--folder", tmp_path)
    assert result.exit_code == 1
    assert "there already" in result.output
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("title", ["", " ", "x" * 121])
def test_new_asks_for_a_title(title: str, tmp_path: Path) -> None:
    assert run("new", title, "--folder", tmp_path).exit_code == 1
    assert list(tmp_path.iterdir()) == []


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


# In and out


def command(app: Flask, *args: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["library", *(str(arg) for arg in args)])


def test_what_ships_can_be_exported_without_a_database(tmp_path: Path) -> None:
    folder, packed = tmp_path / "all", tmp_path / "all.zip"
    assert run("export", packed).output == f"Exported: {len(EXERCISES)} exercises to {packed}\n"
    assert run("export", "--starter", folder).exit_code == 0
    texts = {file.name: file.text for file in read_upload("all.zip", packed.read_bytes())}
    assert texts == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert texts[f"{FIRST.slug}.md"] == SOURCE
    for target in (folder, packed):
        again = run("export", target)
        assert again.exit_code == 1
        assert "nothing was written" in again.output


def test_a_practice_moves_with_its_shared_exercises(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with app.app_context():
        write(db.session, cast.owner, shared=True)
        write(db.session, cast.owner, little("Private"), slug="private-0a1b2c")
        db.session.commit()
    packed = tmp_path / "harbour.zip"
    assert command(app, "export", packed, "--practice", "Harbour Practice").exit_code == 0
    for source in (packed, tmp_path / "harbour"):
        if source.suffix != ".zip":
            assert command(app, "export", source, "--practice", "Harbour Practice").exit_code == 0
        args = ("import", source, "--practice", "Meadow Rooms", "--member", "Outsider@example.org", "--share")
        result = command(app, *args)
        assert result.exit_code == 0, result.output
    assert "Imported: 0 new, 0 new versions; 1 the same as before." in result.output
    with app.app_context():
        (file,) = exporting.files_of(db.session, cast.outsider, exporting.PRACTICE)
        assert file.text == little()


def test_an_import_with_a_fault_names_it_and_brings_in_nothing(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "good.md").write_text(little(), encoding="utf-8")
    (tmp_path / "odd.md").write_text(little().replace("mode: side", "mode: wrong_side"), encoding="utf-8")
    (tmp_path / "link.md").symlink_to("/etc/hostname")
    args = ("--practice", "Harbour Practice", "--member", "owner@example.org")
    result = command(app, "import", tmp_path, *args)
    assert (result.exit_code, "link.md: This is a link" in result.stderr) == (1, True)
    (tmp_path / "link.md").unlink()
    result = command(app, "import", tmp_path, *args)
    assert result.exit_code == 1
    assert result.stderr.startswith("odd.md:7: ")
    with app.app_context():
        assert exporting.counted(db.session, cast.owner)["mine"] == 0


@pytest.mark.parametrize(
    ("practice", "member", "says"),
    [
        ("Nowhere", "owner@example.org", "no practice of the name"),
        ("Meadow Rooms", "owner@example.org", "Nobody with the address"),
        ("Harbour Practice", "nobody@example.org", "Nobody with the address"),
    ],
)
def test_an_import_needs_a_member_of_that_practice(
    app: Flask, tmp_path: Path, practice: str, member: str, says: str
) -> None:
    path = tmp_path / "cups.md"
    path.write_text(little(), encoding="utf-8")
    result = command(app, "import", path, "--practice", practice, "--member", member)
    assert result.exit_code == 1
    assert says in result.output


def test_export_says_when_there_is_nothing(app: Flask, tmp_path: Path) -> None:
    result = command(app, "export", tmp_path / "x.zip", "--practice", "Harbour Practice")
    assert "nothing to export" in result.output
    assert not (tmp_path / "x.zip").exists()
    both = command(app, "export", tmp_path / "x.zip", "--practice", "Harbour Practice", "--starter")
    assert "either --practice or --starter" in both.output


# The index


def lose_the_index(app: Flask, cast: Cast) -> None:
    with app.app_context():
        write(db.session, cast.owner)
        search.drop(db.session.connection())
        search.create(db.session.connection())
        db.session.commit()


def is_found(app: Flask, cast: Cast) -> bool:
    with app.app_context():
        rows = browsing.browse(db.session, cast.owner, Wanted(q="warm cups")).rows
        return [row.record.title for row in rows][:1] == ["Two warm cups"]


def test_reindex_makes_the_index_anew(app: Flask, cast: Cast) -> None:
    lose_the_index(app, cast)
    assert command(app, "reindex").output == f"Indexed: {len(EXERCISES) + 1} exercises.\n"
    assert is_found(app, cast)


def test_the_start_fills_an_empty_index_with_ones_own_exercises_too(app: Flask, cast: Cast) -> None:
    lose_the_index(app, cast)
    done = app.test_cli_runner().invoke(args=["prepare"])
    assert done.exit_code == 0, done.output
    assert is_found(app, cast)
