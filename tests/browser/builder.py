"""What a person does in the builder, in their words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def plan_a_session(page: Page, title: str = "Second session", *, start: str = "An empty plan") -> str:
    """Make a plan and return its address."""
    page.goto("/plans/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label(start).check()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state("load")  # nobody types faster than the scripts of a page come
    return page.url


def add_step(page: Page, title: str, minutes: int, part: str) -> None:
    form = page.locator("#add-free")
    form.get_by_label("Title").fill(title)
    form.get_by_label("Minutes").fill(str(minutes))
    form.get_by_label("Part").select_option(label=part)
    form.get_by_role("button", name="Add the step").click()
    expect(page.get_by_role("heading", level=3, name=title, exact=True)).to_be_visible()


def find_on_the_shelf(page: Page, title: str) -> None:
    """Search the library beside the plan until it shows this exercise first."""
    shelf = page.locator("#shelf")
    shelf.get_by_label("Search the library").fill(title)
    expect(shelf.locator(".shelf-title").first).to_have_text(title)


def steps(page: Page) -> list[str]:
    """The titles on the timeline, from first to last."""
    page.wait_for_load_state("domcontentloaded")  # without a script each press is a new page
    return page.locator("#timeline .step h3").all_inner_texts()


def drag(page: Page, title: str, target: Locator) -> None:
    """Take the step by its grip to the lower edge of what stands at the target."""
    grip = page.locator(".step", has=page.get_by_role("heading", name=title, exact=True)).locator(".grip")
    start, end = grip.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] / 2, steps=12)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=4)
    page.mouse.up()
