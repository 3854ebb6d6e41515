"""Sheets in other languages and in easy English follow one English text, and keep to what it has."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.library import editions
from planner.library.cli import library_commands
from planner.library.edition_gates import faults, read_editions
from planner.library.editions import (
    EASY,
    FOLDER,
    HERE,
    NONE,
    OLDER,
    client_part,
    edition,
    parse_edition,
    stamped,
    standing,
    version_of,
)
from planner.library.exercise import Exercise, Paragraph, Steps
from planner.library.front_matter import Faulty
from tests import shipped

EXERCISES = {one.slug: one for one in shipped.exercises()}
LISTED = read_editions(EXERCISES.values())
TOUCH = EXERCISES["touch-menu"]
FILE = FOLDER / "touch-menu.es.md"
TEXT = FILE.read_text(encoding="utf-8")


def changed(exercise: Exercise, words: str = "One word more.") -> Exercise:
    """The exercise with another paragraph on its sheet for both."""
    sheets = list(exercise.handouts)
    sheets[0] = replace(sheets[0], blocks=(*sheets[0].blocks, Paragraph(words)))
    return replace(exercise, handouts=tuple(sheets))


# What ships


def test_no_edition_that_ships_has_a_fault_or_follows_an_earlier_text() -> None:
    assert [str(fault) for one in LISTED for fault in one.faults] == []
    assert [one.path.name for one in LISTED if one.standing != HERE] == []


@pytest.mark.parametrize("lang", ["es", "de", "ar"])
def test_twelve_exercises_ship_in_each_language(lang: str) -> None:
    assert sum(one.edition is not None and one.edition.lang == lang for one in LISTED) == 12


def test_every_exercise_has_an_easy_sheet() -> None:
    assert {one.edition.of for one in LISTED if one.edition and one.edition.easy} == set(EXERCISES)


# Which text a couple gets


def test_an_exercise_has_the_edition_of_its_very_text() -> None:
    found = edition(TOUCH, "es")
    assert found is not None
    assert (found.lang, found.key) == ("es", "es")
    assert {sheet.whose for sheet in found.handouts} == {sheet.whose for sheet in TOUCH.handouts}
    assert edition(TOUCH, "en") is None
    easy = edition(TOUCH, "en", easy=True)
    assert easy is not None
    assert easy.key == EASY
    # Easy-read is written in English; in Spanish there is the usual Spanish text.
    assert edition(TOUCH, "es", easy=True) == found


def test_a_changed_exercise_has_none_and_its_unchanged_copy_has() -> None:
    assert edition(changed(TOUCH), "es") is None
    assert standing(changed(TOUCH), "es") == OLDER
    assert standing(replace(changed(TOUCH), slug="my-own"), "es") == NONE
    copy = replace(TOUCH, slug="touch-menu-2", title="Ours", summary="Another", purpose="Mine")
    assert edition(copy, "es") is not None
    assert standing(copy, "es") == HERE


def test_without_an_edition_the_english_text_is_taken() -> None:
    part = client_part(changed(TOUCH), "ar")
    assert (part.lang, part.easy, part.title) == ("en", False, TOUCH.title)
    assert part.handouts == changed(TOUCH).handouts
    assert part.at_home == TOUCH.at_home


def test_easy_sheets_keep_the_practice_at_home_of_the_exercise() -> None:
    assert client_part(TOUCH, "en", easy=True).at_home == TOUCH.at_home


def test_the_mark_changes_with_the_client_part_alone() -> None:
    assert version_of(replace(TOUCH, purpose="x", title="y", words=())) == version_of(TOUCH)
    assert version_of(changed(TOUCH)) != version_of(TOUCH)
    assert version_of(replace(TOUCH, at_home=replace(TOUCH.at_home, easy="Less."))) != version_of(TOUCH)


# Files with faults


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lang: es", "lang: it", "touch-menu.it.md"),
        ("lang: es", "lang: es\neasy: true", "is easy-read"),
        ("lang: es", "lang: es\nmood: good", "not a field"),
        ("## Handout: Together", "## Handout: Us", "not a section"),
        ("## At home", "## Purpose", "not a section"),
        ("of: touch-menu", "of: [touch-menu]", "must be a text"),
        ("---\nof", "of", "front matter"),
    ],
)
def test_a_file_with_a_fault_of_form_is_not_read(old: str, new: str, said: str) -> None:
    with pytest.raises(Faulty, match=re.escape(said)):
        parse_edition(TEXT.replace(old, new, 1), FILE.name)


def test_every_way_to_differ_from_the_english_sheet_is_named() -> None:
    good = parse_edition(TEXT, FILE.name)
    assert faults(good, TOUCH) == []
    together, *alone = good.handouts
    lost = replace(good, handouts=(together,))
    assert "The sheet “A” is missing." in faults(lost, TOUCH)
    steps = next(block for block in together.blocks if isinstance(block, Steps))
    fewer = tuple(
        replace(block, items=block.items[:-1]) if block is steps else block for block in together.blocks
    )
    said = faults(replace(good, handouts=(replace(together, blocks=fewer), *alone)), TOUCH)
    assert any("is Steps" in each for each in said)
    said = faults(replace(good, handouts=(replace(together, blocks=together.blocks[1:]), *alone)), TOUCH)
    assert any("in English" in each for each in said)
    for words, wanted in (
        ("Take your time with it.", "left in English"),
        ("Dile a {they} que sí.", "is for English texts"),
        ("Hola {partnr}.", "is not a word for people"),
        ("Una frase " + "muy " * 22 + "larga.", "are the most"),
    ):
        blocks = (Paragraph(words), *together.blocks[1:])
        said = faults(replace(good, handouts=(replace(together, blocks=blocks), *alone)), TOUCH)
        assert any(wanted in each for each in said), wanted
    home = replace(good, at_home=replace(good.at_home, dose=""))
    assert "At home: “dose” is missing." in faults(home, TOUCH)


def test_easy_sheets_have_few_steps_and_short_sentences() -> None:
    easy = client_part(TOUCH, "en", easy=True)
    first, *alone = easy.handouts
    long = replace(first, blocks=(Steps(("Sit.",) * 13), Paragraph("Say " + "one " * 12 + "thing.")))
    said = faults(replace(easy, handouts=(long, *alone)), TOUCH)
    assert len(said) == 2
    assert "13 steps" in said[0]
    assert "14 words" in said[1]


# The command


def run(*args: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(library_commands, ["editions", *map(str, args)])
    return result.exit_code, result.output


def test_the_command_counts_each_language() -> None:
    code, said = run()
    assert code == 0
    assert "es    12 of 120 exercises" in said
    assert "easy  120 of 120 exercises" in said


def test_a_reviewed_file_is_stamped_and_one_with_a_fault_is_not(tmp_path: Path) -> None:
    unmarked = re.sub("version: .*\n", "", TEXT)
    good, odd = tmp_path / FILE.name, tmp_path / "walk-and-say.es.md"
    good.write_text(unmarked, encoding="utf-8")
    odd.write_text(unmarked.replace("of: touch-menu", "of: walk-and-say"), encoding="utf-8")
    assert "out of date: touch-menu.es.md" in run("--folder", tmp_path)[1]
    code, said = run("--folder", tmp_path, "--stamp")
    assert code == 1
    assert "walk-and-say.es.md" in said
    assert "out of date: touch-menu" not in said
    assert good.read_text(encoding="utf-8") == stamped(unmarked, version_of(TOUCH)) == TEXT
    assert "\nversion:" not in odd.read_text(encoding="utf-8")
    (tmp_path / "nobody.es.md").write_text(unmarked.replace("touch-menu", "nobody"), encoding="utf-8")
    assert "There is no exercise “nobody”." in run("--folder", tmp_path)[1]


def test_editions_are_found_by_their_marks(tmp_path: Path) -> None:
    (tmp_path / FILE.name).write_text(TEXT, encoding="utf-8")
    found = editions.edition(TOUCH, "es", folder=tmp_path)
    assert found is not None
    assert found.of == "touch-menu"
    assert editions.edition(TOUCH, "de", folder=tmp_path) is None
