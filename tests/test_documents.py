"""What the documents promise is true: of settings, commands, links, words, and files of others."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from planner.config import ROOT, table
from planner.taxonomy import INTENSITIES, TAXONOMY

VENDOR = ROOT / "static" / "vendor"
GENERATED = ("node_modules", "__pycache__", "screenshots")
LOCKS = ("requirements.lock", "requirements-dev.lock")

# Written backwards, so that this file does not name them either.
REGISTRIES = tuple(
    name[::-1]
    for name in (
        "gro.ipyp",
        "gro.detsohnohtyp",
        "gro.sjmpn",
        "moc.sjmpn",
        "moc.gkpnray",
        "moc.gkpnu",
        "ten.rviledsj",
        "moc.sjndc",
        "moc.eralfduolc.sjndc",
        "hs.mse",
        "gro.adnocana",
    )
)


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the product; what is installed or made on this machine is left out."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            hidden = path.name.startswith(".") and path.name not in (".ci", ".gitignore")
            if hidden or path.name in GENERATED or path.name.startswith("instance") or path.suffix == ".pdf":
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path

    return tuple(walk(ROOT))


DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *VENDOR.glob("*.md")))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(source: str) -> str:
    """Markdown without its blocks of code, in which nothing is a heading or a link."""
    return re.sub(r"^```.*?^```$", "", source, flags=re.M | re.S)


def anchors(path: Path) -> set[str]:
    """The headings of a document as the ends of addresses."""
    headings = re.findall(r"^#+ +(.+)$", prose(path.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


# Settings


def test_the_readme_explains_every_setting_as_the_code_does():
    found = re.search(r"<!-- settings.*?-->\n(.*?)<!-- end of settings -->", text("README.md"), re.S)
    assert found, "README.md has lost the two comments around its table of settings"
    assert found[1] == table(), (
        "The settings have changed. Put this between the two comments in README.md "
        f"(`.venv/bin/python -m planner.config` prints it):\n{table()}"
    )


# Commands


@cache
def targets() -> dict[str, str]:
    """The targets of the Makefile, each with what `make help` says of it."""
    return dict(re.findall(r"^([a-z-]+):.*?(?:## (.*))?$", text("Makefile"), re.M))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_command_in_the_documents_exists(path: Path):
    named = set(re.findall(r"(?:`|^)make ([a-z][a-z-]*)", path.read_text(encoding="utf-8"), re.M))
    assert named - set(targets()) == set()


def test_make_help_lists_every_command():
    shown = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    listed = dict(re.findall(r"^  make ([a-z-]+) +(.+)$", shown.stdout, re.M))
    assert listed == targets()
    assert all(listed.values())


def test_contributing_names_every_command():
    named = set(re.findall(r"`make ([a-z-]+)`", text("CONTRIBUTING.md")))
    assert set(targets()) - {"help"} <= named


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_of_the_planner_in_the_documents_exists(app: Flask, path: Path):
    for words in re.findall(r"flask --app app ([a-z]+(?: [a-z]+)?)", path.read_text(encoding="utf-8")):
        first, _, second = words.partition(" ")
        command = app.cli.commands.get(first)
        assert command is not None, f"flask --app app {first}"
        if hasattr(command, "commands"):
            assert second in command.commands, f"flask --app app {words}"


# Links and pictures


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_documents_leads_somewhere(path: Path):
    for address in re.findall(r"\]\(([^)\s]+)\)", prose(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", address):
            continue
        name, _, anchor = address.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.is_relative_to(ROOT), f"{address} leads out of the repository"
        assert target.exists(), f"{address} is not there"
        if anchor:
            assert anchor in anchors(target), f"{address}: no such heading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_the_documents_name_is_there(path: Path):
    named = re.findall(
        r"`((?:planner|tests|templates|static|docs|migrations)/[\w./-]*)`", path.read_text(encoding="utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_pictures_are_shown_somewhere_and_light_enough_to_clone():
    shown = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for picture in (ROOT / "docs" / "images").iterdir():
        assert f"images/{picture.name}" in shown, f"{picture.name} is shown nowhere"
        assert picture.stat().st_size < 200_000, f"{picture.name} is too heavy"


# Words


NAMES = sorted(
    {
        term.name
        for terms in (
            TAXONOMY.areas,
            TAXONOMY.fears,
            TAXONOMY.parts,
            TAXONOMY.modes,
            TAXONOMY.audiences,
            TAXONOMY.evidence,
        )
        for term in terms.values()
    }
)


@pytest.mark.parametrize("name", NAMES)
def test_the_glossary_knows_every_word_of_the_field(name: str):
    assert re.search(rf"\b{re.escape(name)}\b", text("docs/glossary.md"))


def test_the_glossary_explains_a_word_once():
    words = re.findall(r"^\| (.+?) \|", text("docs/glossary.md"), re.M)
    each = [word.strip() for row in words for word in row.split(", ") if set(row) - set("- ")]
    assert sorted(set(each) - {"word"}) == sorted(word for word in each if word != "word")


def test_the_exercise_format_names_every_key_that_an_exercise_may_use():
    written = text("docs/exercise-format.md")
    groups = (TAXONOMY.areas, TAXONOMY.fears, TAXONOMY.parts, TAXONOMY.modes, TAXONOMY.audiences)
    for terms in (*groups, TAXONOMY.cautions, TAXONOMY.evidence):
        for key in terms:
            assert re.search(rf"\b{key}\b", written), key
    assert all(re.search(rf"\b{level} ", written) for level in INTENSITIES)


def test_the_changes_begin_with_this_version():
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    heading = re.search(r"^## (.+)$", text("CHANGELOG.md"), re.M)
    assert heading
    assert heading[1].startswith(version)
    assert re.search(r"\b20\d\d-\d\d-\d\d$", heading[1]), "an entry has its date"


# What others made


def test_the_checksums_hold_for_every_file_of_others():
    written = dict(line.split("  ")[::-1] for line in (VENDOR / "CHECKSUMS").read_text().splitlines())
    there = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.parent != VENDOR
    }
    assert written == there


def test_every_folder_of_others_has_its_licence_and_a_row_in_the_table():
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    rows = re.findall(
        r"^\| (\S+) \| (\S+) \| ([\d.]+) \| (\S+) \|$", (VENDOR / "README.md").read_text(), re.M
    )
    assert {row[0] for row in rows} == folders
    for folder in folders:
        assert (VENDOR / folder / "LICENSE").stat().st_size > 200, f"{folder} has no licence"


def test_the_code_and_the_exercises_carry_their_licences():
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text("LICENSE")
    assert "Attribution-ShareAlike 4.0" in text("planner/library/exercises/LICENSE")
    assert tomllib.loads(text("pyproject.toml"))["project"]["license"] == (
        "AGPL-3.0-or-later AND CC-BY-SA-4.0 AND Apache-2.0"
    )


# Packages


def locked(name: str) -> dict[str, tuple[str, list[str]]]:
    """The packages of a lock file: version, and hashes."""
    packages: dict[str, tuple[str, list[str]]] = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", "\n" + text(name)):
        found = re.match(r"\s*([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", entry)
        if found:
            packages[normal(found[1])] = (found[2], re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry))
    return packages


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str):
    packages = locked(lock)
    begun = re.findall(r"^[A-Za-z0-9][^\s;=\[]*", text(lock), re.M)
    assert len(begun) == len(packages) > 10, "a line that names a package without a version"
    assert [name for name, (_version, hashes) in packages.items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_index(lock: str):
    options = re.findall(r"^\s*(--?[a-z][\w-]*)", text(lock), re.M)
    assert set(options) == {"--hash"}
    assert "://" not in text(lock)


def test_every_package_that_the_planner_asks_for_is_locked():
    project = tomllib.loads(text("pyproject.toml"))
    needed = [normal(re.split(r"[\[<>=!~ ;]", each)[0]) for each in project["project"]["dependencies"]]
    tools = [normal(re.split(r"[\[<>=!~ ;]", each)[0]) for each in project["dependency-groups"]["dev"]]
    run, test = (locked(lock) for lock in LOCKS)
    assert set(needed) <= set(run)
    assert set(needed) | set(tools) <= set(test)
    assert {name: test[name][0] for name in run} == {name: run[name][0] for name in run}, "locks disagree"


def test_no_file_names_a_package_registry():
    for path in files():
        content = path.read_bytes().decode("utf-8", "replace").lower()
        for registry in REGISTRIES:
            assert registry not in content, f"{path.relative_to(ROOT)} names {registry}"
