"""`flask --app app wording check`: one text a line, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from planner.wording.cli import wording_commands

LEANS, CLEAN = "You never listen to me.", "Thank you for the tea – it did me good."


def run(*args: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(wording_commands, ["check", *args], input=given)


def test_it_says_where_why_and_what_instead_and_ends_with_1() -> None:
    done = run("-", given=f"{CLEAN}\n{LEANS}\n")
    assert done.exit_code == 1
    assert "Line 2: “" in done.stdout
    assert "Why: " in done.stdout
    assert "Instead: " in done.stdout
    assert "2 checked, 1 leans back." in done.stdout


def test_clean_texts_end_with_0(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(f"{CLEAN}\n\n", encoding="utf-8")
    done = run(str(file))
    assert done.exit_code == 0
    assert done.stdout == "2 checked, nothing leans back.\n"


def test_json_has_one_object_for_each_line() -> None:
    done = run("-", "--json", given=f"{LEANS}\r\n\n{CLEAN}")
    first, empty, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.exit_code == 1
    assert first["text"] == LEANS
    assert set(first["findings"][0]) == {"start", "end", "rule", "why", "instead"}
    assert empty == {"text": "", "findings": []}
    assert last == {"text": CLEAN, "findings": []}


def test_a_file_that_is_no_utf_8_is_named_by_its_line_and_ends_with_2() -> None:
    done = run("-", given=b"Good morning.\n\xff\xfe odd\n")
    assert done.exit_code == 2
    assert "Line 2 is not text in UTF-8" in done.output


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    done = run("-", "--json", given=b"\xef\xbb\xbf" + CLEAN.encode())
    assert json.loads(done.stdout)["text"] == CLEAN
