"""How good the check is on sentences that it has not learnt from; the test output shows the figures."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from planner.sharing.starters import FOLDER
from planner.wording.check import check
from planner.wording.training.examples import FILES, read
from tests.wording.labelled import figures, labelled


def test_on_the_held_back_half_it_is_as_good_as_we_say(capsys: pytest.CaptureFixture[str]) -> None:
    learnt = {plain(example.text) for file in FILES for example in read(file)}
    unknown = [sentence for sentence in labelled("held_back") if plain(sentence.text) not in learnt]
    assert len(unknown) > 430
    found = figures(unknown)
    with capsys.disabled():
        print(f"\nForward focus, held back: precision {found.precision:.3f}, recall {found.recall:.3f}")
    assert found.precision >= 0.9
    assert found.recall >= 0.85


def plain(text: str) -> str:
    """A text without marks, spaces and capitals."""
    return re.sub(r"\W", "", text).casefold()


def test_the_templates_that_ship_lean_forward() -> None:
    """The exercises do too: `library check` sees to that."""
    texts = [text for file in FOLDER.glob("*.toml") for text in of_template(file)]
    assert [(text[each.start : each.end], each.rule) for text in texts for each in check(text)] == []


def of_template(file: Path) -> list[str]:
    """What a starter template says of itself and of its own steps."""
    template = tomllib.loads(file.read_text(encoding="utf-8"))
    steps = [step.get(name, "") for step in template["segment"] for name in ("title", "words")]
    return [template["title"], template["when_to_use"], template["hope"], *steps]
