"""Pictures of every page: `make screenshots`, or `python -m tests.browser.screenshots [PART OF A NAME]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from planner.config import ROOT
from tests.browser.conftest import FLAGS, chromium
from tests.browser.pages import PAGES
from tests.browser.stage import stage

FOLDER = ROOT / "screenshots"
SIZES = {1280: 900, 390: 844}


def main(part: str = "") -> None:
    """Write `screenshots/NAME-WIDTH-SCHEME.png` for every page whose name has `part` in it."""
    path = chromium()
    if path is None:
        sys.exit("No Chromium or Chrome: install one, or name it in CHROMIUM.")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with stage(browser, Path(folder)) as made:
            for shown in PAGES:
                if part in shown.name:
                    take(shown.visit(made), shown.name)
        browser.close()


def take(page: Page, name: str) -> None:
    """The whole page, four times."""
    page.wait_for_load_state("networkidle")
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            picture = FOLDER / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=picture, full_page=True, animations="disabled")
            print(picture.relative_to(ROOT))


if __name__ == "__main__":
    main(*sys.argv[1:2])
