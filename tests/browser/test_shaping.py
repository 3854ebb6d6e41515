"""The plan under one's eyes, in a browser: the curve, remedies by one click, swaps, and less time."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.builder import steps


@pytest.fixture
def bold(furnished, miriam):
    """The bold plan's page in the browser of its counsellor, as wide as wanted."""

    def open_it(**screen):
        page = miriam(**screen)
        page.goto(f"/plans/{furnished.names['bold']}")
        return page

    return open_it


FIRST_STEPS = ["Check-in and consent", "Three doors", "Outside weather, inside team", "Next step"]


def test_the_names_of_the_steps_show_on_the_curve_and_lead_to_them(bold):
    page = bold()
    names = page.locator(".curve-names a")
    expect(names).to_have_count(4)
    doors = page.get_by_role("link", name="Three doors · intensity 3")
    shown = doors.locator("text")
    expect(shown).to_have_css("visibility", "hidden")
    doors.hover()
    expect(shown).to_have_css("visibility", "visible")
    page.locator("h1").hover()
    expect(shown).to_have_css("visibility", "hidden")
    page.locator("#shape > summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(doors).to_be_focused()
    expect(shown).to_have_css("visibility", "visible")
    page.keyboard.press("Enter")
    expect(page.locator("#step-d2")).to_be_in_viewport()


def test_one_click_does_what_a_remark_offers_and_undo_takes_it_back(bold):
    page = bold()
    over = page.locator("[data-rule=over]")
    expect(over).to_contain_text("more than the session has")
    over.get_by_role("button", name="Leave out “Outside weather, inside team”").click()
    expect(page.locator("#status")).to_have_text(
        "Left out “Outside weather, inside team”. Undo brings it back"
    )
    expect(over).to_have_count(0)
    assert "Outside weather, inside team" not in steps(page)
    expect(page.locator("#shape > summary")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(over).to_have_count(1)
    assert steps(page)[:4] == FIRST_STEPS


def test_a_remark_leads_to_exercises_that_mend_it(bold):
    page = bold()
    page.locator("#more-remarks summary").click()
    jump = page.locator("[data-rule=jump]")
    jump.get_by_role("link", name="Swap “Three doors” for something gentler…").click()
    expect(page.locator("#reading-title")).to_have_text("Instead of “Three doors”")
    expect(page.locator("#reading-title")).to_be_focused()
    expect(page.locator(".swap-rows > li").first).to_be_visible()
    page.locator(".swap-rows button").first.click()
    expect(page.locator("#status")).to_contain_text("Swapped “Three doors” for")
    expect(jump).to_have_count(0)
    expect(page.locator("#shelf-form")).to_be_visible()
    assert "Three doors" not in steps(page)


def test_a_step_is_swapped_from_its_menu_by_keyboard(bold):
    page = bold()
    page.locator("#more-d3 summary").focus()
    page.keyboard.press("Enter")
    page.locator("#swap-step-d3").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reading-title")).to_have_text("Instead of “Outside weather, inside team”")
    title = page.locator(".swap-rows .shelf-title").first.inner_text()
    page.locator(".swap-rows button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#step-d3 h3")).to_have_text(title)
    assert steps(page)[2] == title


def test_what_was_folded_stays_folded_while_one_works(bold):
    page = bold()
    panel = page.locator("#shape")
    page.locator("#shape > summary").click()
    expect(page.locator(".curve")).to_be_hidden()
    before = page.locator("#shape > summary").inner_text()
    page.locator("#minutes-d4").fill("1")
    page.locator("#minutes-d4").press("Enter")
    expect(page.locator("#length-words")).to_contain_text("3 over")
    expect(panel).not_to_have_attribute("open", "")
    page.locator("#shape > summary").click()
    page.locator("#remove-d2").click()
    expect(page.locator("#shape > summary")).not_to_have_text(before)
    expect(page.locator(".curve")).to_be_visible()


def test_less_time_is_looked_at_and_taken(bold):
    page = bold()
    page.get_by_label("I have").fill("35")
    page.get_by_role("button", name="Show how it fits").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When there is less time")
    first = page.locator(".proposal").first
    expect(first).to_contain_text("Three doors")
    first.get_by_role("button", name="Take this one").click()
    expect(page.locator(".notice")).to_contain_text("The session now takes")
    expect(page.locator("#length-words")).to_contain_text("of 35 minutes")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#length-words")).to_contain_text("of 50 minutes")


def test_of_two_tabs_the_later_remedy_is_not_carried_out(bold):
    page = bold()
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#remove-d4").click()
    expect(other.locator("#step-d4")).to_have_count(0)
    page.locator("[data-rule=over] button").first.click()
    expect(page.get_by_role("alert").filter(has_text="changed elsewhere")).to_be_visible()
    assert "Next step" not in steps(page)


def test_without_a_script_everything_goes_by_links_and_forms(bold):
    page = bold(script=False)
    page.locator("[data-rule=over] button").first.click()
    expect(page.locator(".notice")).to_contain_text("“Three doors” now has its short form, 16 minutes")
    page.locator("#undo").click()
    page.locator("#more-d2 summary").click()
    page.locator("#swap-step-d2").click()
    expect(page.locator("#reading-title")).to_have_text("Instead of “Three doors”")
    page.locator(".swap-rows button").first.click()
    expect(page.locator(".notice")).to_contain_text("Swapped “Three doors” for")
    page.get_by_label("I have").fill("35")
    page.get_by_role("button", name="Show how it fits").click()
    page.get_by_role("button", name="Take this one").first.click()
    expect(page.locator("#length-words")).to_contain_text("of 35 minutes")


def test_on_a_phone_the_swaps_open_over_the_plan(bold):
    page = bold(width=390, height=844)
    page.locator("#more-remarks summary").click()
    page.get_by_role("link", name="Swap “Three doors” for something gentler…").last.click()
    expect(page.locator("#reading-title")).to_be_visible()
    page.locator(".swap-rows button").first.click()
    expect(page.locator("#status")).to_contain_text("Swapped “Three doors” for")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
