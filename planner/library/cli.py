"""The `library` commands. `check`, `coverage` and `list` read the files alone and need no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from planner.db import db
from planner.library import operations
from planner.library.exercise import Exercise
from planner.library.parse import Fault
from planner.library.plaintext import client_text, counsellor_text
from planner.library.starter import FOLDER, read_folder, read_sources
from planner.taxonomy import TAXONOMY, Term

library_commands = click.Group("library", help="Check, list and load the exercises that ship.")

_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="Folder of exercise files (default: those that ship).",
)
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@library_commands.command()
@_folder
def check(folder: Path) -> None:
    """Read every exercise and name each fault with its file and line."""
    exercises, faults = read_folder(folder)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        _stop(faults)
    click.echo(f"{len(exercises)} exercises, no faults.")


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
@_folder
@with_appcontext
def load(folder: Path) -> None:
    """Put the exercises into the database. Plans keep the texts that they took."""
    good, faults = read_sources(folder)
    if faults:
        for fault in faults:
            click.echo(str(fault), err=True)
        _stop(faults)
    done = operations.load(db.session, good)
    db.session.commit()
    click.echo(
        f"Library: {len(good)} exercises, {len(done.added)} new, {len(done.changed)} changed, "
        f"{len(done.withdrawn)} no longer listed."
    )


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
        _stop(faults)
    return exercises


def _stop(faults: list[Fault]) -> None:
    files = len({fault.file for fault in faults})
    click.echo(f"Faults found: {len(faults)}, in {files} {'file' if files == 1 else 'files'}.", err=True)
    sys.exit(1)


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
