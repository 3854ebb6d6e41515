"""After the session: a few presses are kept by themselves, and the next session opens with what worked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.builder import plan_a_session


@pytest.fixture
def page(opens):
    """The page after a session with the five parts laid out."""
    page = opens("owner")
    address = plan_a_session(page, "Session 3", start="The five parts laid out")
    page.goto(f"{address}/after")
    return page


def choose(page, step, landed):
    chosen(page, step, landed).check()


def chosen(page, step, landed):
    return page.get_by_role("radiogroup", name=step).get_by_role("radio", name=landed)


def test_from_the_first_press_to_the_opening_of_the_next_session(page):
    choose(page, "The main exercise", "Went well")
    expect(page.locator("#landing-said")).to_contain_text("Saved")
    choose(page, "Something light", "Skipped")
    page.get_by_label("What worked").fill("We slowed down.")
    # What was typed a moment ago goes along, though nobody pressed “Save”.
    page.get_by_role("button", name="Plan the next session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Session 4")
    panel = page.locator("#last-time")
    expect(panel).to_contain_text("The main exercise")
    expect(panel.locator(".worked")).to_contain_text("We slowed down.")
    panel.get_by_role("button", name="Open with it").click()
    expect(panel).to_contain_text("The session opens with it")
    page.locator(".step").first.get_by_text("Words to say").click()
    expect(page.locator(".step").first).to_contain_text(
        "‘We slowed down’. What of it have you noticed since?"
    )
    page.get_by_role("button", name="Undo").click()
    expect(panel.get_by_role("button", name="Open with it")).to_be_visible()
    panel.get_by_role("link", name="What was noted").click()
    expect(chosen(page, "The main exercise", "Went well")).to_be_checked()
    expect(chosen(page, "Something light", "Skipped")).to_be_checked()
    # A press on the cross takes it back, by keyboard too.
    chosen(page, "Something light", "Skipped").press("ArrowRight")
    expect(chosen(page, "Something light", "Not said")).to_be_checked()
    page.get_by_role("link", name="Back to the plan").click()
    page.locator("#more-plan > summary").click()
    page.get_by_role("link", name="How it landed").click()
    expect(chosen(page, "Something light", "Not said")).to_be_checked()
    expect(chosen(page, "The main exercise", "Went well")).to_be_checked()


def test_two_tabs_show_both_and_one_is_chosen(page):
    other = page.context.new_page()
    other.goto(page.url)
    choose(other, "The main exercise", "Mixed")
    expect(other.locator("#landing-said")).to_contain_text("Saved")
    page.get_by_label("What worked").fill("We slowed down.")
    page.get_by_role("button", name="Save", exact=True).click()
    conflict = page.locator("[data-stale]")
    expect(conflict).to_contain_text("Mixed")
    expect(conflict).to_contain_text("We slowed down.")
    # Typing goes on undisturbed, and no link leads away from what is not kept.
    page.get_by_label("What worked").press_sequentially(" And laughed.")
    conflict.get_by_role("button", name="Keep what stands here").click()
    expect(page.locator("#landing-said")).to_contain_text("Saved")
    expect(conflict).to_have_count(0)
    page.reload()
    expect(page.get_by_label("What worked")).to_have_value("We slowed down. And laughed.")
    expect(chosen(page, "The main exercise", "Not said")).to_be_checked()
