"""`library editions`: which sheets exist in other languages and in easy English, and which need a look."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from planner.library.cli_faults import stop
from planner.library.edition_gates import Listed, read_editions
from planner.library.editions import EASY, FOLDER, OLDER, stamped, version_of
from planner.library.exercise import Exercise
from planner.library.starter import read_folder


@click.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="Folder of editions (default: those that ship).",
)
@click.option("--stamp", is_flag=True, help="Say of all without a fault that they were reviewed as they are.")
def editions(folder: Path, stamp: bool) -> None:
    """Count the client sheets in each language, and name those that are out of date or have a fault.

    An edition is printed only while it carries the mark of the English text at hand. After a change of the
    English text, review the editions, then set the mark anew with --stamp.
    """
    exercises = {one.slug: one for one in read_folder()[0]}
    listed = read_editions(exercises.values(), folder)
    if stamp:
        for one in listed:
            _stamp(one, exercises)
        listed = read_editions(exercises.values(), folder)
    _say(listed, len(exercises))
    faults = [fault for one in listed for fault in one.faults]
    if faults:
        stop(faults)


def _stamp(one: Listed, exercises: dict[str, Exercise]) -> None:
    if one.edition is None or one.faults or one.standing != OLDER:
        return
    text = one.path.read_text(encoding="utf-8")
    one.path.write_text(stamped(text, version_of(exercises[one.edition.of])), encoding="utf-8", newline="\n")


def _say(listed: list[Listed], count: int) -> None:
    by_key: dict[str, list[Listed]] = defaultdict(list)
    for one in listed:
        by_key[one.path.stem.partition(".")[2]].append(one)
    for key in sorted(by_key, key=lambda key: (key == EASY, key)):
        ones = by_key[key]
        older = [one for one in ones if one.standing == OLDER]
        good = sum(one.standing != OLDER and not one.faults for one in ones)
        click.echo(f"{key:5} {good} of {count} exercises")
        for one in older:
            click.echo(f"      out of date: {one.path.name}")
        for one in ones:
            for fault in one.faults:
                click.echo(f"      {fault}")
