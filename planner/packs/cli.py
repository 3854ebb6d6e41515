"""`flask --app app worker`: prints packs in the background, on this machine or on another one."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect

from planner.config import Settings
from planner.db import db
from planner.packs.runner import ends_with_its_starter, runner


@click.command("worker")
@click.option("--beside", is_flag=True, hidden=True, help="End with the process that started this one.")
@with_appcontext
def worker_command(beside: bool) -> None:
    """Print packs until it is stopped (Ctrl+C). Start as many as you like, on as many machines."""
    settings: Settings = current_app.extensions["settings"]
    if not inspect(db.engine).has_table("pack"):
        raise click.ClickException("The database is not ready. Run this first: flask --app app prepare")
    db.session.rollback()
    if beside:
        ends_with_its_starter(runner().stop)
    else:
        click.echo("Waiting for packs to print. Stop with Ctrl+C.")
    runner().run(max(1, settings.pack_workers))
