"""An exercise goes out as a file and comes in again: looked at first, all or nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from planner.library.starter import FOLDER
from tests.browser.conftest import Opens
from tests.library.samples import little


def zipped(folder: Path, name: str, **texts: str) -> Path:
    """A ZIP on the disk, its files named in small letters with hyphens."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for stem, text in texts.items():
            made.writestr(f"from a colleague/{stem.replace('_', '-')}.md", text)
    return path


def look(page: Page, path: Path) -> None:
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="See what is in it").click()


def saved(page: Page, tmp_path: Path) -> str:
    """Save the exercise that is open as a file, and return its text."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "three-doors.md"
    return path.read_text(encoding="utf-8")


def test_saved_changed_and_brought_in_again(opens: Opens, tmp_path: Path) -> None:
    page = opens("owner")
    page.goto("/library/three-doors")
    text = saved(page, tmp_path)
    assert text == (FOLDER / "three-doors.md").read_text(encoding="utf-8")

    page.goto("/library/mine")
    page.get_by_role("link", name="Import and export").click()
    mine = text.replace("title: Three doors", "title: Three gates")
    line = mine.split("\n").index("## Debrief") + 1
    faulty = zipped(
        tmp_path,
        "faulty.zip",
        three_gates=mine.replace("## Debrief", "## Debriefing"),
        two_warm_cups=little(front="builds_on: [three-gates]\n").replace("intensity: 1", "intensity: 4"),
    )
    look(page, faulty)
    problem = page.get_by_role("alert").filter(has_text="Nothing was imported")
    expect(problem).to_be_focused()
    expect(problem.get_by_role("heading", name="from a colleague/three-gates.md")).to_be_visible()
    expect(problem.get_by_text(f"Line {line}: “Debriefing” is not a section we know.")).to_be_visible()
    expect(page.get_by_role("button", name="Import")).to_have_count(0)

    good = zipped(
        tmp_path,
        "good.zip",
        three_gates=mine,
        two_warm_cups=little(front="builds_on: [three-gates]\n").replace("intensity: 1", "intensity: 4"),
        three_doors=text,
    )
    look(page, good)
    looked = page.locator("#looked")
    expect(looked.get_by_role("heading", name="What is in it")).to_be_focused()
    expect(looked.get_by_text("Nothing is imported yet.", exact=True)).to_be_visible()
    expect(looked.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Import 2 exercises").click()
    page.wait_for_url("**/library/mine")
    expect(page.get_by_text("Imported: 2 new exercises.")).to_be_visible()
    page.get_by_role("link", name="Two warm cups").click()
    expect(page.get_by_text("Written by you. Only you see it.")).to_be_visible()
    page.get_by_role("link", name="Three gates").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Three gates")


def test_nothing_of_a_faulty_zip_is_in_the_library(opens: Opens, tmp_path: Path) -> None:
    page = opens("owner")
    page.goto("/library/import")
    faulty = zipped(tmp_path, "faulty.zip", good=little(), bad="no exercise")
    look(page, faulty)
    expect(page.get_by_role("alert").filter(has_text="Nothing was imported")).to_be_visible()
    page.goto("/library/mine")
    expect(page.get_by_text("What you write or adapt will stand here.")).to_be_visible()


def test_without_a_script_the_file_is_chosen_twice_and_has_to_be_the_same(
    opens: Opens, tmp_path: Path
) -> None:
    page = opens("owner", script=False)
    page.goto("/library/import")
    page.get_by_role("button", name="See what is in it").click()
    expect(page.get_by_role("link", name="File: Please choose a file first.")).to_be_visible()
    first = zipped(tmp_path, "first.zip", two_warm_cups=little())
    other = zipped(tmp_path, "other.zip", three_warm_cups=little("Three warm cups"))
    look(page, first)
    expect(page.get_by_text("Please choose the same file once more above")).to_be_visible()
    page.get_by_label("File", exact=True).set_input_files(other)
    page.get_by_role("button", name="Import 1 exercise").click()
    expect(page.get_by_text("This is not what you looked at")).to_be_visible()
    page.get_by_label("File", exact=True).set_input_files(other)
    page.get_by_label("Share what is new with my practice").check()
    page.get_by_role("button", name="Import 1 exercise").click()
    expect(page.get_by_text("Imported: 1 new exercise.")).to_be_visible()
    page.get_by_role("link", name="Three warm cups").click()
    expect(page.get_by_text("Written by you, and shared with the practice.")).to_be_visible()


def test_ones_own_exercises_are_taken_along_as_a_zip(opens: Opens, tmp_path: Path) -> None:
    page = opens("owner")
    page.goto("/library/import")
    look(page, zipped(tmp_path, "one.zip", two_warm_cups=little()))
    page.get_by_role("button", name="Import 1 exercise").click()
    page.wait_for_url("**/library/mine")
    page.goto("/library/import")
    with page.expect_download() as download:
        page.get_by_role("link", name="Your own exercises").last.click()
    assert download.value.suggested_filename == "my-exercises.zip"
    data = io.BytesIO(Path(download.value.path()).read_bytes())
    with zipfile.ZipFile(data) as made:
        assert [made.read(name).decode() for name in made.namelist()] == [little()]
