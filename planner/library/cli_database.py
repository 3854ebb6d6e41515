"""The `library` commands that read or change a database."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from planner.accounts.models import Member, Practice
from planner.db import db
from planner.library import operations
from planner.library.cli_faults import refuse
from planner.library.exchange import exporting, importing
from planner.library.exchange.archive import File, Refused, pack, read_files, read_upload
from planner.library.front_matter import Fault, Faulty
from planner.library.search import indexing
from planner.library.starter import FOLDER, read_sources
from planner.who import Asker


@click.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="Folder of exercise files (default: those that ship).",
)
@with_appcontext
def load(folder: Path) -> None:
    """Make the starter library be these exercises. Plans keep the texts that they took."""
    good, faults = read_sources(folder)
    if faults:
        refuse(faults)
    done = operations.load(db.session, good)
    db.session.commit()
    click.echo(
        f"Library: {len(good)} exercises, {len(done.added)} new, {len(done.changed)} changed, "
        f"{len(done.withdrawn)} no longer listed."
    )


@click.command()
@with_appcontext
def reindex() -> None:
    """Make the search index anew from every exercise as it stands now."""
    number = indexing.reindex(db.session)
    db.session.commit()
    click.echo(f"Indexed: {number} exercises.")


# Out


@click.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--practice", help="What the members of this practice share with each other.")
@click.option("--starter", is_flag=True, help="The exercises that ship (this is also the default).")
def export_all(target: Path, practice: str | None, starter: bool) -> None:
    """Write exercises as files into TARGET: a ZIP when it ends in .zip, else a folder."""
    if practice and starter:
        raise click.ClickException("Choose either --practice or --starter.")
    files = with_appcontext(_shared_in)(practice) if practice else _starters()
    if not files:
        raise click.ClickException("There is nothing to export.")
    paths = [target] if _is_zip(target) else [target / file.name for file in files]
    there = [path for path in paths if path.exists()]
    if there:
        raise click.ClickException(f"{there[0]} is there already; nothing was written.")
    if _is_zip(target):
        target.write_bytes(pack(files))
    else:
        target.mkdir(parents=True, exist_ok=True)
        for path, file in zip(paths, files, strict=True):
            path.write_text(file.text, encoding="utf-8", newline="\n")
    click.echo(f"Exported: {len(files)} exercises to {target}")


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _starters() -> list[File]:
    good, faults = read_sources()
    if faults:
        refuse(faults)
    return [File(f"{exercise.slug}.md", source) for exercise, source in good]


def _shared_in(name: str) -> list[File]:
    return exporting.shared_files(db.session, _practice(name).id)


def _practice(name: str) -> Practice:
    """Raises ClickException unless exactly one practice is called so."""
    found = db.session.scalars(select(Practice).where(Practice.name == name)).all()
    if len(found) != 1:
        number = "no practice" if not found else f"{len(found)} practices"
        raise click.ClickException(f"There is {number} of the name “{name}”.")
    return found[0]


# In


@click.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--practice", required=True, help="The practice that they come into.")
@click.option("--member", "email", required=True, help="E-mail of the member whose own they become.")
@click.option("--share", is_flag=True, help="Share what is new with the practice.")
@with_appcontext
def import_all(source: Path, practice: str, email: str, share: bool) -> None:
    """Bring in the exercises of SOURCE (a file, a ZIP, a folder): all, or none when one has a fault."""
    asker = _asker(practice, email)
    try:
        brought = importing.bring(db.session, asker, _files(source), shared=share)
    except (Refused, Faulty) as error:
        db.session.rollback()
        refuse(error.faults)
    db.session.commit()
    for item in brought.items:
        click.echo(f"{item.what:8} {item.slug}  {item.title}")
        for notice in item.notices:
            click.echo(f"         {notice}")
    new, changed = (len(brought.those(what)) for what in (importing.NEW, importing.VERSION))
    same = len(brought.items) - brought.changes
    click.echo(f"Imported: {new} new, {changed} new versions; {same} the same as before.")


def _files(source: Path) -> list[File]:
    """Raises Refused."""
    if not source.is_dir():
        return read_upload(source.name, source.read_bytes())
    paths = sorted(source.glob("*.md"))
    links = [
        Fault(path.name, 0, "This is a link to another file, not a file.")
        for path in paths
        if path.is_symlink()
    ]
    if links or not paths:
        raise Refused(links or [Fault(str(source), 0, "There is no exercise in this folder.")])
    return read_files((path.name, path.read_bytes()) for path in paths)


def _asker(practice: str, email: str) -> Asker:
    """Raises ClickException when no such member works in that practice."""
    found = db.session.scalar(
        select(Member).where(
            Member.practice_id == _practice(practice).id, Member.email == email.lower(), Member.active
        )
    )
    if found is None:
        raise click.ClickException(f"Nobody with the address {email} works in “{practice}”.")
    return Asker(found.id, found.practice_id, found.name, found.is_owner)


COMMANDS = (load, reindex, export_all, import_all)
