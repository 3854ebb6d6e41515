"""The `library` commands. Those that stand here read and write files alone and need no database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from planner.library import cli_database, cli_editions, gates
from planner.library.cli_faults import stop
from planner.library.edition_gates import faulty as edition_faults
from planner.library.exercise import Exercise
from planner.library.figures import figures, report
from planner.library.front_matter import Fault
from planner.library.limits import MAX_TITLE
from planner.library.own.authoring import stem
from planner.library.plaintext import client_text, counsellor_text
from planner.library.skeleton import skeleton
from planner.library.starter import FOLDER, read_folder, read_sources
from planner.taxonomy import TAXONOMY, Term
from planner.text import one_line

library_commands = click.Group("library", help="Check, list, count, write and move exercises.")
for command in (*cli_database.COMMANDS, cli_editions.editions):
    library_commands.add_command(command)

_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="Folder of exercise files (default: those that ship).",
)
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@library_commands.command()
@_folder
@click.option("--own", is_flag=True, help="A counsellor's own: they may leave out what only some need.")
@click.option("--report", "with_report", is_flag=True, help="Print the library in figures.")
@_json
def check(folder: Path, own: bool, with_report: bool, as_json: bool) -> None:
    """Read every exercise and name each fault, of form and of quality, with its file and line."""
    exercises, faults = _checked(folder, own)
    if folder == FOLDER and not own:
        faults += edition_faults(exercises)
    if as_json:
        said: dict[str, Any] = {"exercises": len(exercises), "faults": [asdict(fault) for fault in faults]}
        click.echo(_dumps(said | ({"figures": asdict(figures(exercises))} if with_report else {})))
    else:
        for fault in faults:
            click.echo(str(fault))
        if with_report:
            click.echo(report(figures(exercises)) + "\n")
    if faults:
        stop(faults)
    if not as_json:
        click.echo(f"{len(exercises)} exercises, no faults.")


def _checked(folder: Path, own: bool) -> tuple[list[Exercise], list[Fault]]:
    """The exercises that can be read, and the faults of all."""
    good, faults = read_sources(folder, complete=not own)
    for exercise, source in good:
        faults += gates.placed(exercise, source, complete=not own)
    exercises = [exercise for exercise, _source in good]
    return exercises, sorted(faults + gates.shared_faults(exercises))


@library_commands.command()
@_folder
@_json
def coverage(folder: Path, as_json: bool) -> None:
    """Count the exercises by area, by fear, and by both together."""
    counted = counts(_read(folder))
    click.echo(_dumps(counted) if as_json else _table(counted))


@library_commands.command("list")
@_folder
@_json
def list_all(folder: Path, as_json: bool) -> None:
    """List the exercises; with --json, with everything in them as plain text."""
    exercises = _read(folder)
    if as_json:
        click.echo(_dumps([described(one) for one in exercises]))
        return
    for one in exercises:
        length = f"{one.minutes.short}–{one.minutes.full} min"
        click.echo(f"{one.slug:32} {length:>10}  {one.intensity}  {one.area:10} {one.title}")


@library_commands.command()
@click.argument("title")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Where to write it (default: here).",
)
def new(title: str, folder: Path) -> None:
    """Write a new exercise file to fill in; `check` then says what it still lacks."""
    named = one_line(title)
    if not named or len(named) > MAX_TITLE:
        raise click.ClickException(f"A title has 1 to {MAX_TITLE} characters.")
    path = folder / f"{stem(named)}.md"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton(named))
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; it stays as it is.") from None
    click.echo(f"Written: {path}")


def counts(exercises: Iterable[Exercise]) -> dict[str, Any]:
    """How many exercises name each area, each fear, and each area together with each fear."""
    every = list(exercises)
    return {
        "areas": {area: sum(area in one.areas for one in every) for area in TAXONOMY.areas},
        "fears": {fear: sum(fear in one.fears for one in every) for fear in TAXONOMY.fears},
        "cells": {
            area: {
                fear: sum(area in one.areas and fear in one.fears for one in every) for fear in TAXONOMY.fears
            }
            for area in TAXONOMY.areas
        },
    }


def described(one: Exercise) -> dict[str, Any]:
    """An exercise as plain data, texts as plain text."""
    source = one.source
    return {
        "slug": one.slug,
        "title": one.title,
        "summary": one.summary,
        "areas": list(one.areas),
        "fears": list(one.fears),
        "parts": list(one.parts),
        "mode": one.mode,
        "intensity": one.intensity,
        "minutes": {"short": one.minutes.short, "full": one.minutes.full},
        "for": one.audience,
        "materials": list(one.materials),
        "cautions": list(one.cautions),
        "source": {
            "technique": source.technique,
            "citation": source.citation,
            "evidence": source.evidence,
            "note": source.note,
        },
        "counsellor_text": counsellor_text(one),
        "client_text": client_text(one),
    }


def _read(folder: Path) -> list[Exercise]:
    """The exercises; faults go to standard error, so that they are not taken for the answer."""
    exercises, faults = read_folder(folder)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        stop(faults)
    return exercises


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _table(counted: dict[str, Any]) -> str:
    """Areas down, fears across, and how many each has in all."""
    fears: list[Term] = list(TAXONOMY.fears.values())
    widths = [len(fear.name) for fear in fears]
    head = [fear.name for fear in fears]
    rows = [_line("", head, widths, "all")]
    for key, area in TAXONOMY.areas.items():
        cells = [str(counted["cells"][key][fear.key]) for fear in fears]
        rows.append(_line(area.name, cells, widths, str(counted["areas"][key])))
    rows.append(_line("all", [str(counted["fears"][fear.key]) for fear in fears], widths, ""))
    return "\n".join(row.rstrip() for row in rows)


def _line(name: str, cells: list[str], widths: list[int], last: str) -> str:
    return "  ".join(
        [f"{name:10}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)), f"{last:>4}"]
    )
