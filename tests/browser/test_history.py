"""A plan's history in a browser: two versions compared, one brought back, one named."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.builder import add_step, plan_a_session, steps


@pytest.fixture
def plan(opens):
    """The owner's page with a plan of two steps, the second of which was moved up and one taken out."""
    page = opens("owner")
    address = plan_a_session(page, "Second session")
    add_step(page, "Soft start", 10, "Core")
    add_step(page, "A gift from the tray", 12, "Core")
    page.get_by_role("button", name="Move up A gift from the tray").click()
    expect(page.locator("#status")).to_contain_text("Moved")
    page.get_by_role("button", name="Remove Soft start").click()
    expect(page.locator("#timeline .step")).to_have_count(1)
    return page, address


def test_two_versions_are_compared_and_one_is_brought_back_and_undone(plan):
    page, address = plan
    page.locator("#more-plan summary").click()
    page.get_by_role("link", name="History").click()
    lines = page.locator(".h-entry")
    expect(lines).to_have_count(5)
    expect(lines.nth(0)).to_contain_text("Took out “Soft start”, 10 minutes")
    expect(lines.nth(1)).to_contain_text("Moved “A gift from the tray” before “Soft start”")
    lines.nth(2).get_by_role("checkbox").check()
    page.get_by_role("button", name="Compare the two ticked").click()
    expect(page.get_by_role("alert").filter(has_text="tick the two versions")).to_be_visible()
    lines.nth(2).get_by_role("checkbox").check()
    lines.nth(0).get_by_role("checkbox").check()
    page.get_by_role("button", name="Compare the two ticked").click()
    expect(page.get_by_role("heading", level=2, name="1 change")).to_be_visible()
    expect(page.locator(".h-removed")).to_contain_text("Soft start")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".notice")).to_contain_text("The plan reads again as on")
    assert steps(page) == ["Soft start", "A gift from the tray"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#timeline .step")).to_have_count(1)

    # Somebody else works on the plan while its history is looked at.
    page.goto(f"{address}/history/3")
    other = page.context.new_page()
    other.goto(address)
    add_step(other, "A quiet minute", 1, "Settle")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("alert").filter(has_text="changed meanwhile")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".notice")).to_contain_text("The plan reads again as on")
    assert steps(page) == ["Soft start", "A gift from the tray"]


def test_a_version_gets_a_name_where_it_stands_and_without_a_script_too(plan, opens):
    page, address = plan
    page.goto(f"{address}/history")
    line = page.locator("#version-4")
    line.locator(".h-naming summary").click()
    line.get_by_label("Name of this version").fill("Before Tuesday’s talk")
    line.get_by_role("button", name="Save the name").click()
    expect(line.locator(".h-name")).to_have_text("Before Tuesday’s talk")
    expect(line.locator(".h-naming summary")).to_be_focused()
    expect(page.locator("#status")).to_have_text("This version is called “Before Tuesday’s talk”.")
    expect(page.locator(".h-entry")).to_have_count(5)

    plain = opens("owner", script=False)
    plain.goto(f"{address}/history?named=1")
    expect(plain.locator(".h-entry")).to_have_count(1)
    plain.locator(".h-naming summary").click()
    plain.get_by_label("Name of this version").fill("As agreed")
    plain.get_by_role("button", name="Save the name").click()
    expect(plain.locator(".notice")).to_contain_text("This version is called “As agreed”.")
    plain.get_by_role("link", name="Compare with now").click()
    expect(plain).to_have_url(re.compile("v=4&v=5"))
    plain.get_by_role("button", name="Bring it back").click()
    expect(plain.locator("#timeline .step")).to_have_count(2)
