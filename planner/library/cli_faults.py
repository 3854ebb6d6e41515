"""How commands end when files have faults."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from planner.library.front_matter import Fault


def stop(faults: Sequence[Fault]) -> NoReturn:
    """Count the faults, which were named before, and leave with exit code 1."""
    files = len({fault.file for fault in faults})
    click.echo(f"Faults found: {len(faults)}, in {files} {'file' if files == 1 else 'files'}.", err=True)
    sys.exit(1)


def refuse(faults: Sequence[Fault]) -> NoReturn:
    """Name the faults on standard error, so that they are not taken for an answer, and leave."""
    for fault in faults:
        click.echo(str(fault), err=True)
    stop(faults)
