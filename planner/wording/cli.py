"""The `wording` command: the forward-focus check over texts in a file, one a line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import BinaryIO

import click

from planner.wording.check import Finding, check

wording_commands = click.Group("wording", help="Check wording: does it lean forward?")


class Unreadable(click.ClickException):
    """The file is no text in UTF-8. Not the same code as for findings."""

    exit_code = 2


@wording_commands.command("check")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for each line.")
def check_command(file: BinaryIO, as_json: bool) -> None:
    """Check each line of FILE ("-" for standard input). Ends with 1 when anything was found, 0 when not."""
    texts = _lines(file)
    checked = [(text, check(text)) for text in texts]
    for number, (text, findings) in enumerate(checked, start=1):
        if as_json:
            said = {"text": text, "findings": [asdict(finding) for finding in findings]}
            click.echo(json.dumps(said, ensure_ascii=False))
        else:
            for finding in findings:
                click.echo(_readable(number, text, finding))
    leaning = sum(bool(findings) for _text, findings in checked)
    if not as_json:
        click.echo(_count(leaning, len(texts)))
    if leaning:
        sys.exit(1)


def _lines(file: BinaryIO) -> list[str]:
    """The lines of a file. Raises Unreadable, with the line, when it is not UTF-8."""
    found = []
    for number, line in enumerate(file.read().removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            found.append(line.decode("utf-8").rstrip("\r"))
        except UnicodeDecodeError:
            raise Unreadable(f"Line {number} is not text in UTF-8. Please save the file as UTF-8.") from None
    return found[:-1] if found[-1] == "" else found


def _readable(number: int, text: str, finding: Finding) -> str:
    words = text[finding.start : finding.end]
    return f"Line {number}: “{words}” ({finding.rule})\n  Why: {finding.why}\n  Instead: {finding.instead}"


def _count(leaning: int, texts: int) -> str:
    if not leaning:
        return f"{texts} checked, nothing leans back." if texts != 1 else "1 checked, it does not lean back."
    return f"{texts} checked, {leaning} {'leans' if leaning == 1 else 'lean'} back."
