"""The commands of `flask --app app`. Each calls operations; none has rules of its own."""

from __future__ import annotations

import datetime as dt
import errno
import os
import socket
import sys
from contextlib import closing

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, select

from planner import demo
from planner.accounts import setup
from planner.accounts.models import Practice
from planner.config import ROOT, Settings
from planner.db import db
from planner.handouts.cli import handout_command
from planner.library.cli import library_commands
from planner.library.operations import load
from planner.library.search.indexing import index_missing
from planner.library.starter import read_sources
from planner.packs.cli import worker_command
from planner.sharing.operations import load_starters
from planner.wording.cli import wording_commands


def register(app: Flask) -> None:
    """Give `app` its commands."""
    for command in (library_commands, wording_commands, handout_command, worker_command, prepare, serve):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date and load what ships: exercises and starter templates."""
    upgrade(directory=str(ROOT / "migrations"))
    exercises, faults = read_sources()
    load(db.session, exercises)
    index_missing(db.session)
    faults += load_starters(db.session)
    db.session.commit()
    for fault in faults:
        click.echo(f"Left out: {fault}", err=True)


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Fill an empty database with a practice to look at.")
@with_appcontext
@click.pass_context
def serve(context: click.Context, with_demo: bool) -> None:
    """Prepare the database and serve until it is stopped (Ctrl+C)."""
    settings: Settings = current_app.extensions["settings"]
    _check_address(settings.host, settings.port)
    context.invoke(prepare)
    _welcome(settings, _fill_demo() if with_demo else [])
    db.session.commit()
    db.session.close()
    db.engine.dispose()
    sys.stdout.flush()
    # It takes the place of this process, so that Ctrl+C and service managers reach it, and says the address.
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "app:app"]
    os.execv(sys.executable, command)  # noqa: S606


def _fill_demo() -> list[tuple[str, str, str]]:
    """Raises ClickException when a real practice lives there: everybody can read the demo's passwords."""
    if db.session.scalar(select(Practice.id).where(Practice.name != demo.PRACTICE).limit(1)):
        raise click.ClickException("A practice of your own lives in this database; no examples go into it.")
    return demo.fill(db.session, dt.date.today())


def _welcome(settings: Settings, sign_ins: list[tuple[str, str, str]]) -> None:
    for name, email, password in sign_ins:
        click.echo(f"  {name}: {email}  password: {password}")
    if not db.session.scalar(select(func.count()).select_from(Practice)):
        click.echo(f"First start. The token for the set-up page: {setup.setup_token(settings.folder)}")


def _check_address(host: str, port: int) -> None:
    """Raises ClickException when nothing can listen there: better now than after the preparations."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = (
                    f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}"
                )
            else:
                message = f"Cannot listen on HOST {host}, PORT {port}: {error.strerror}."
            raise click.ClickException(message) from None
