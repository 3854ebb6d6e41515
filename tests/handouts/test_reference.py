"""The look of every kind of page is kept in small pictures, so that a change of the layout is seen.

When a change is meant: `make proofs ACCEPT=1`, look at what changed in tests/handouts/reference, and keep it.
"""

from __future__ import annotations

import re
from itertools import zip_longest

import pytest
from PIL import Image
from weasyprint.urls import URLFetcherResponse

from planner.handouts.options import Options
from planner.handouts.pdf import assets, laying
from tests.handouts import pictures
from tests.handouts.conftest import Print
from tests.handouts.pictures import FOLDER, MOST, difference, kept, pages
from tests.handouts.samples import REFERENCES, SAMPLES


@pytest.mark.parametrize("name", REFERENCES)
def test_each_page_looks_as_it_was_accepted(name: str, print_: Print) -> None:
    before, now = kept(name), pages(print_(REFERENCES[name]()).pdf)[:MOST]
    assert before, f"no picture is kept of {name}: make proofs ACCEPT=1 KINDS=…"
    for number, (one, other) in enumerate(zip_longest(before, now), start=1):
        assert one, f"{name} has a page {number} more than before"
        assert other, f"{name} has no page {number} any more"
        found = difference(one, other)
        assert not found.is_seen, f"page {number} of {name} looks different ({found})"


@pytest.mark.parametrize(
    ("name", "rule", "instead"),
    [
        ("for-a", "margin: 20mm 20mm 21mm", "margin: 20mm 22mm 21mm"),
        ("for-a", "--u: 1.5mm", "--u: 1.6mm"),
        ("ending", "--write: 9mm", "--write: 8mm"),
        ("for-a", "--text: 14pt", "--text: 13.5pt"),
        ("for-a", "--thick: 1.5pt", "--thick: 3pt"),
    ],
)
def test_a_change_of_the_layout_is_seen(
    name: str, rule: str, instead: str, print_afresh: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these changes one rule by a little."""
    plain, changed = assets.OwnFiles.fetch, []

    def fetch(self: assets.OwnFiles, url: str, headers: object = None) -> object:
        answer = plain(self, url, headers)
        if url.endswith(("paper.css", "print.css")):
            text, times = re.subn(re.escape(rule), instead, answer.read().decode(), count=1)
            changed.append(times)
            return URLFetcherResponse(url, text.encode(), {"Content-Type": "text/css"})
        return answer

    monkeypatch.setattr(assets.OwnFiles, "fetch", fetch)
    laying.styles.cache_clear()
    try:
        page = pages(print_afresh(SAMPLES[name](Options())).pdf)[-1]
    finally:
        laying.styles.cache_clear()
    assert any(changed)
    assert difference(kept(name)[-1], page).is_seen


def test_how_a_letters_edge_is_drawn_is_not_a_change_of_the_layout() -> None:
    page = kept("hope-scale")[0]
    rough = page.resize((page.width * 2, page.height * 2), Image.Resampling.BILINEAR).resize(page.size)
    darker = page.point([min(255, shade + 6) for shade in range(256)])
    assert not difference(page, rough).is_seen
    assert not difference(page, darker).is_seen


def test_the_kept_pictures_are_small_and_all_of_something() -> None:
    files = list(FOLDER.glob("*.png"))
    assert sum(path.stat().st_size for path in files) < 1_500_000
    assert {path.name.split(".")[0] for path in files} <= set(REFERENCES)
    assert {page.width for page in kept("exercise")} == {pictures.WIDTH}
