"""`flask --app app handout …`: a client's document from the files that ship, without server or database."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.config import Settings
from planner.handouts import kinds
from planner.handouts.kinds import KINDS
from planner.handouts.options import DESIGNS, PAPERS, Letterhead, Options
from planner.handouts.paper import standalone, to_html
from planner.handouts.pdf.laid import fitted
from planner.handouts.pdf.render import Renderer, RenderFailed
from planner.handouts.printed import Printed
from planner.handouts.sheets import blanks, document
from planner.handouts.sheets.document import WHOSE, NothingToPrint
from planner.handouts.words.languages import LANGUAGES
from planner.library.exercise import Exercise
from planner.library.front_matter import Faulty
from planner.library.operations import digest_of
from planner.library.parse import parse
from planner.library.starter import FOLDER
from planner.plans.plan import Origin, Plan, Segment
from planner.taxonomy import TAXONOMY

# Why there may be no PDF, by the reasons of RenderFailed.
_WHY = {
    "time": "it took too long, there may be too much text in it",
    "memory": "there is more in it than fits into memory",
    "crash": "making it broke off",
    "fault": "something in its text is beyond what the planner can set",
}


def _list(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Say what can be printed, and end."""
    if not wanted or context.resilient_parsing:
        return
    for heading, names in _names().items():
        click.echo(f"{heading}:")
        for name in names:
            click.echo(f"  {name}")
    context.exit()


@click.command("handout")
@click.argument("slug")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="Only list the names that SLUG can be.",
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF.")
@click.option(
    "--kind", type=click.Choice(KINDS), default="together", show_default=True, help="What to print."
)
@click.option("--design", type=click.Choice(DESIGNS), default="standard", show_default=True)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@click.option("--lang", type=click.Choice(tuple(LANGUAGES)), default="en", show_default=True)
@click.option("--fillable", is_flag=True, help="With fields that can be filled in on a screen.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the HTML that was printed, with its style sheets, fonts and icons inside.",
)
@with_appcontext
def handout_command(
    slug: str, out: Path, kind: str, design: str, paper: str, lang: str, fillable: bool, html: Path | None
) -> None:
    """Print the starter template or the exercise SLUG, or a blank sheet: meanings, map or hope-scale."""
    if kind == "run-sheet" and lang != "en":
        raise click.UsageError("A run sheet is the counsellor's own and in English. Please leave out --lang.")
    if kind in kinds.NOTHING_TO_FILL_IN and fillable:
        raise click.UsageError("Cards have no place to fill in. Please leave out --fillable.")
    printed = _printed(slug, kind, Options(paper, design, lang, fillable))
    text = to_html(printed)
    settings: Settings = current_app.extensions["settings"]
    renderer = Renderer(1, settings.render_seconds, settings.render_megabytes)
    try:
        pdf, laid = renderer.make(text, printed.options.pages_each, fillable)
    except RenderFailed as error:
        raise click.ClickException(f"The PDF could not be made: {_WHY[error.reason]}.") from error
    finally:
        renderer.close()
    _write(out, pdf)
    if html is not None:
        _write(html, standalone(fitted(text, laid.fits)).encode())


def _printed(slug: str, kind: str, options: Options) -> Printed:
    blank = slug in blanks.BLANKS
    found = _exercise(blanks.MEANINGS_EXERCISE if blank else slug)
    plan = _plan_of(*found) if found and not blank else _starter_plan(slug)
    try:
        if blank and found is not None:
            if kind not in WHOSE:
                raise NothingToPrint
            return blanks.of(slug, kind, found[0], options, Letterhead(), found[1])
        if found is not None and kind in WHOSE:
            return document.of_exercise(found[0], kind, options, Letterhead(), found[1])
        if plan is not None:
            marked = [segment.id for segment in plan.segments if segment.in_handout]
            return kinds.of_plan(kind, plan, _exercises_of(plan), marked, options, Letterhead())
    except NothingToPrint as error:
        raise click.ClickException(f"“{slug}” has nothing to print of this kind (--kind {kind}).") from error
    raise click.ClickException(_unknown(slug))


def _unknown(slug: str) -> str:
    """That there is nothing of this name, and what is named nearly so."""
    every = [name for names in _names().values() for name in names]
    near = get_close_matches(slug.lower().replace(" ", "-").removesuffix(".md"), every, n=3, cutoff=0.5)
    words = f"There is no starter template and no exercise called “{slug}”."
    if near:
        words += f" Near to it: {', '.join(near)}."
    return f"{words} All names: flask --app app handout --list"


def _names() -> dict[str, list[str]]:
    """Every SLUG that there is, by what it prints."""
    from planner.sharing.starters import FOLDER as STARTERS

    return {
        "Starter templates": sorted(path.stem for path in STARTERS.glob("*.toml")),
        "Exercises": sorted(path.stem for path in FOLDER.glob("*.md")),
        "Blank sheets": sorted(blanks.BLANKS),
    }


def _plan_of(exercise: Exercise, digest: str) -> Plan:
    """A plan of this exercise alone: in the session and, where it may be practised, at home."""
    parts = [part for part in exercise.parts if TAXONOMY.parts[part].in_session][:1]
    parts += [part for part in exercise.parts if not TAXONOMY.parts[part].in_session]
    return Plan(
        exercise.title,
        segments=tuple(
            Segment(
                part,
                part,
                exercise.title,
                exercise.minutes.full,
                areas=exercise.areas,
                fears=exercise.fears,
                intensity=exercise.intensity,
                exercise=Origin(exercise.slug, digest),
                words=exercise.script,
                in_handout=True,
            )
            for part in parts
        ),
    )


def _exercise(slug: str) -> tuple[Exercise, str] | None:
    """One exercise from its file with the digest of its text, or None. Only names of files there count."""
    path = next((each for each in FOLDER.glob("*.md") if each.stem == slug), None)
    if path is None:
        return None
    try:
        source = path.read_text(encoding="utf-8")
        return parse(source, path.name), digest_of(source)
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
    return {origin: found[0] for origin in origins if (found := _exercise(origin.slug)) is not None}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
