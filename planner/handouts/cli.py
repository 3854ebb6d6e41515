"""`flask --app app handout …`: a client's document from the files that ship, without server or database."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.config import Settings
from planner.handouts import document
from planner.handouts.document import PAPERS, WHOSE, Document, Foot, NothingToPrint, Options
from planner.handouts.laid import fitted
from planner.handouts.paper import standalone, to_html
from planner.handouts.render import Renderer, RenderFailed
from planner.library.exercise import Exercise
from planner.library.front_matter import Faulty
from planner.library.parse import parse
from planner.library.starter import FOLDER
from planner.plans.plan import Origin, Plan


@click.command("handout")
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF.")
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@click.option("--large", is_flag=True, help="Large print: 18 point.")
@click.option(
    "--for", "whose", type=click.Choice(WHOSE), default="together", show_default=True, help="Whose sheets."
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the HTML that was printed, with its style sheets, fonts and icons inside.",
)
@with_appcontext
def handout_command(slug: str, out: Path, paper: str, large: bool, whose: str, html: Path | None) -> None:
    """Print the starter template or the exercise SLUG for clients."""
    printed = _document(slug, whose, Options(paper, large))
    text = to_html(printed)
    settings: Settings = current_app.extensions["settings"]
    renderer = Renderer(1, settings.render_seconds, settings.render_megabytes)
    try:
        pdf, laid = renderer.make(text, printed.options.pages_each)
    except RenderFailed as error:
        raise click.ClickException(f"The PDF could not be made ({error.reason}).") from error
    finally:
        renderer.close()
    _write(out, pdf)
    if html is not None:
        _write(html, standalone(fitted(text, laid.fits)).encode())


def _document(slug: str, whose: str, options: Options) -> Document:
    exercise = _exercise(slug)
    plan = None if exercise else _starter_plan(slug)
    try:
        if exercise is not None:
            return document.of_exercise(exercise, whose, options, Foot())
        if plan is not None:
            marked = [segment.id for segment in plan.segments if segment.in_handout]
            return document.of_plan(plan, _exercises_of(plan), marked, whose, options, Foot())
    except NothingToPrint as error:
        raise click.ClickException(f"“{slug}” has no sheet of this kind (--for {whose}).") from error
    raise click.ClickException(f"There is no starter template and no exercise called “{slug}”.")


def _exercise(slug: str) -> Exercise | None:
    """One exercise from its file, or None. Only names of files in the folder count."""
    path = next((each for each in FOLDER.glob("*.md") if each.stem == slug), None)
    if path is None:
        return None
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except Faulty as error:
        raise click.ClickException("\n".join(str(fault) for fault in error.faults)) from error


def _starter_plan(slug: str) -> Plan | None:
    from planner.sharing.starters import read_starters

    try:
        return next((each.plan for each in read_starters() if each.slug == slug), None)
    except Faulty as error:
        raise click.ClickException("\n".join(str(fault) for fault in error.faults)) from error


def _exercises_of(plan: Plan) -> dict[Origin, Exercise]:
    origins = {segment.exercise for segment in plan.segments if segment.exercise}
    return {origin: found for origin in origins if (found := _exercise(origin.slug)) is not None}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
