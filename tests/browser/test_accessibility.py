"""Every page can be used by everyone, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import NOT_PAGES, PAGES, Shown
from tests.browser.stage import Stage, stage

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Another colour scheme changes nothing but these; a narrow screen changes everything else.
COLOURS = ["color-contrast", "link-in-text-block"]
# The library beside a plan is the same in every state of the builder: these look at it for all. From the
# others it is taken out meanwhile: axe-core goes through all that stands on a page, even what is excluded.
SHELF = "#shelf"
TAKEN_OUT = """shelf => {
    window.fromTheShelf = new DocumentFragment();
    fromTheShelf.append(...shelf.childNodes);
}"""
PUT_BACK = "shelf => shelf.append(fromTheShelf)"
# Under the buttons of a desk, which stay in sight, something lies half hidden but at the end of their form.
TO_END_OF_FORM = "document.querySelector('#choices')?.scrollIntoView({ block: 'end' })"
WITH_SHELF = {
    "plan",
    "plan-reading",
    "plan-what-changed",
    "plan-swap",
    "plan-swap-that-mends",
    "plan-library-on-a-phone",
    "plan-nothing-in-the-library",
}


@pytest.fixture(scope="module")
def shown_on(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(browser, tmp_path_factory.mktemp("stage"), with_frames=False, script=AXE) as made:
        yield made


def rules(but: Sequence[str] = ()) -> dict:
    """Every rule of the levels, and the size of targets, which axe-core leaves out unless asked."""
    switched = {"target-size": {"enabled": True}} | {name: {"enabled": False} for name in but}
    return {"runOnly": {"type": "tag", "values": LEVELS}, "rules": switched}


def found_by_axe(page: Page, only: dict, without: Sequence[str] = ()) -> list[str]:
    """What axe-core has to say against the page, one line for each element."""
    answer = page.evaluate(
        """([only, without]) => axe.run({ exclude: ["iframe", ...without] }, {
            ...only, iframes: false, resultTypes: ["violations"],
        })""",
        [only, without],
    )
    return [
        f"{fault['id']}: {node['target']}: {node['failureSummary']}"
        for fault in answer["violations"]
        for node in fault["nodes"]
    ]


def test_every_address_that_shows_a_page_is_in_the_list(app):
    router = app.url_map.bind("localhost")
    listed = {router.match(page.address.split("?")[0].split("#")[0])[0] for page in PAGES}
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert shown - listed - set(NOT_PAGES) == set(), "a new page: add it to tests/browser/pages.py"
    assert set(NOT_PAGES) - shown == set(), "an address that is gone"
    assert len({page.name for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_accessible_and_fits_a_narrow_screen(shown: Shown, shown_on: Stage):
    page = shown.visit(shown_on)
    page.wait_for_load_state("load")  # without its styles a page would be measured wrongly
    shelf = None if shown.name in WITH_SHELF else page.query_selector(SHELF)
    without = [SHELF] if shelf else []
    if shelf:
        shelf.evaluate(TAKEN_OUT)
    page.evaluate(TO_END_OF_FORM)
    page.emulate_media(color_scheme="light")
    assert found_by_axe(page, rules(), without) == [], "light, 1280 px"
    page.emulate_media(color_scheme="dark")
    colours = {"runOnly": {"type": "rule", "values": COLOURS}}
    assert found_by_axe(page, colours, without) == [], "dark, 1280 px"
    page.set_viewport_size({"width": 390, "height": 844})
    # Wherever one has scrolled to, something lies half under the bar of the builder.
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(TO_END_OF_FORM)
    assert found_by_axe(page, rules(but=COLOURS), without) == [], "390 px"
    if shelf:
        shelf.evaluate(PUT_BACK)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways at 320 px"
