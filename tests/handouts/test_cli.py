"""`flask --app app handout …` prints from the files that ship."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from pypdf import PdfReader

from planner.handouts.cli import handout_command


@pytest.fixture(scope="module")
def run(paper_app: Flask):  # type: ignore[no-untyped-def]
    runner = paper_app.test_cli_runner()

    def invoke(*arguments: object) -> Result:
        return runner.invoke(handout_command, [str(each) for each in arguments])

    return invoke


def test_an_exercise_is_printed_with_its_html(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pdf, html = tmp_path / "x.pdf", tmp_path / "x.html"
    result = run("thanks-that-names-you", "--out", pdf, "--paper", "letter", "--html", html)
    assert result.exit_code == 0, result.output
    pages = PdfReader(io.BytesIO(pdf.read_bytes())).pages
    assert len(pages) == 1
    assert round(pages[0].mediabox.width) == 612
    assert "Thanks that names you" in pages[0].extract_text()
    assert "Thanks that names you" in html.read_text()
    assert "<style>" in html.read_text()
    # A browser knows no margins of pages, and would count "0 of 0".
    assert re.search(r"@media screen \{\s*@layer features[^@]*\.page \{[^}]*padding", html.read_text())
    assert re.search(r"@supports[^@]*@layer[^@]*\.count \{ display: none; \}", html.read_text())


def test_a_starter_template_is_printed_in_large_print(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("a-first-session", "--out", tmp_path / "x.pdf", "--design", "large")
    assert result.exit_code == 0, result.output
    first = PdfReader(tmp_path / "x.pdf").pages[0].extract_text()
    assert "For you both" in first


def test_sheets_for_one_partner_are_a_file_of_their_own(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("touch-menu", "--out", tmp_path / "a.pdf", "--kind", "a").exit_code == 0
    result = run("thanks-that-names-you", "--out", tmp_path / "b.pdf", "--kind", "b")
    assert result.exit_code == 1
    assert "nothing to print of this kind" in result.output


@pytest.mark.parametrize("slug", ["nothing-like-this", "../exercises/touch-menu", "*", ""])
def test_an_unknown_name_is_said_plainly(run, tmp_path: Path, slug: str) -> None:  # type: ignore[no-untyped-def]
    result = run(slug, "--out", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert f"no exercise called “{slug}”" in result.output
    assert not (tmp_path / "x.pdf").exists()


def test_of_an_unknown_name_the_nearest_are_said(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("Touch menus", "--out", tmp_path / "x.pdf")
    assert "Near to it: touch-menu" in result.output
    assert "handout --list" in result.output


def test_all_names_can_be_listed(run) -> None:  # type: ignore[no-untyped-def]
    result = run("--list")
    assert result.exit_code == 0, result.output
    for name in ("a-first-session", "touch-menu", "hope-scale"):
        assert f"  {name}\n" in result.output


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--kind", "run-sheet", "--lang", "ar"), "in English"),
        (("--kind", "cards", "--fillable"), "no place to fill in"),
    ],
)
def test_what_a_kind_cannot_be_is_refused(run, tmp_path: Path, asked: tuple[str, ...], says: str) -> None:  # type: ignore[no-untyped-def]
    result = run("a-first-session", "--out", tmp_path / "x.pdf", *asked)
    assert result.exit_code == 2
    assert says in result.output
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_cannot_be_written_is_said_plainly(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("touch-menu", "--out", tmp_path / "missing" / "x.pdf")
    assert result.exit_code == 1
    assert "cannot be written" in result.output
