"""Planning without a mouse: single keys, adding by typing, and no keys for whoever wants none."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.builder import plan_a_session, steps


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def comes_to(page, address):
    """The page is there with its scripts."""
    page.wait_for_url(re.compile(address))


def tab_to(page, control, key="Tab"):
    """Go on with the Tab key until this control has focus."""
    expect(control).to_be_visible()
    for _ in range(60):
        page.keyboard.press(key)
        if control.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"the Tab key never reaches {control}")


def offer(page, text):
    """The offer that Enter would take, once the list answers what was typed."""
    expect(page.locator("#offers [aria-selected=true]")).to_contain_text(text)


def is_added(page, number):
    """There are so many steps, and the list is fresh for the next one."""
    expect(page.locator("#timeline .step")).to_have_count(number)
    expect(page.locator("#offers [aria-selected=false]").first).to_be_visible()
    expect(page.locator("#offers [aria-selected=true]")).to_have_count(0)


def test_a_session_is_planned_and_printed_by_keyboard_alone(opens):
    page = opens("owner")
    press(page, "n")
    comes_to(page, "/plans/new$")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("By keys")
    tab_to(page, page.get_by_label("The five parts laid out"))
    press(page, "ArrowDown", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keys")
    comes_to(page, "/plans/[0-9a-f]+$")

    # Adding by typing: what is typed quickly counts as it was typed, also before the list has come.
    press(page, "/")
    field, status = page.get_by_role("combobox", name="Add by typing"), page.locator("#status")
    expect(field).to_be_focused()
    page.keyboard.type("Welcome, 4 min")
    press(page, "Enter")
    expect(status).to_have_text("Added “Welcome” to Arrive")
    is_added(page, 1)
    press(page, "Enter")
    tab_to(page, page.get_by_role("combobox", name="to this part"), "Shift+Tab")
    page.keyboard.type("Core")
    tab_to(page, field)
    page.keyboard.type("three do")
    offer(page, "Three doors")
    press(page, "ArrowDown", "ArrowUp")
    offer(page, "Three doors")
    press(page, "Enter")
    is_added(page, 2)
    page.keyboard.type("Quiet minute")
    offer(page, "Add “Quiet minute” as a step of my own")
    press(page, "Enter")
    is_added(page, 3)
    press(page, "Escape")
    expect(page.locator("#adding")).to_have_count(0)
    chosen = page.locator(".step:focus")
    expect(chosen).to_contain_text("Quiet minute")

    # The chosen step
    press(page, "Shift+ArrowUp")
    expect(status).to_have_text("Moved “Quiet minute” up")
    assert steps(page) == ["Welcome", "Quiet minute", "Three doors"]
    expect(chosen).to_contain_text("Quiet minute")
    press(page, "-", "-", "-")
    expect(status).to_have_text("“Quiet minute” now takes 2 minutes")
    press(page, "j")
    expect(chosen).to_contain_text("Three doors")
    press(page, "ArrowUp", "d")
    expect(page.locator("#timeline .step")).to_have_count(4)
    press(page, "Delete")
    expect(page.locator("#timeline .step")).to_have_count(3)
    expect(chosen).to_contain_text("Quiet minute")
    press(page, "u")
    expect(page.locator("#timeline .step")).to_have_count(4)
    press(page, "r")
    expect(page.locator("#timeline .step")).to_have_count(3)

    # What is added goes after the chosen step; letters in a field are letters.
    press(page, "k", "/")
    expect(field).to_be_focused()
    page.keyboard.type("Good news, 3 min")
    press(page, "Enter")
    expect(status).to_have_text("Added “Good news” to Arrive")
    is_added(page, 4)
    assert steps(page) == ["Welcome", "Good news", "Quiet minute", "Three doors"]
    press(page, "Escape")
    expect(chosen).to_contain_text("Good news")
    press(page, "e")
    expect(page.locator(".edit-step").get_by_label("Title")).to_be_focused()
    page.keyboard.type("njd? ")
    tab_to(page, page.locator(".edit-step").get_by_role("button", name="Done"))
    press(page, "Enter")
    expect(page.get_by_role("heading", level=3, name="njd? Good news")).to_be_visible()

    press(page, "p")
    comes_to(page, "/handouts$")
    tab_to(page, page.get_by_label("Three doors"))
    if not page.get_by_label("Three doors").is_checked():
        press(page, "Space")
    tab_to(page, page.get_by_role("button", name="Make the PDF"))
    with page.expect_download() as made:
        press(page, "Enter")
    assert made.value.suggested_filename == "handout.pdf"


def test_with_keys_turned_off_a_letter_does_nothing_and_the_buttons_do_all(opens):
    page = opens("owner")
    press(page, "?")
    comes_to(page, "/keys$")
    page.get_by_role("button", name="Turn single keys off").click()
    expect(page.get_by_role("button", name="Turn single keys on")).to_be_visible()
    press(page, "n", "g", "p", "/", "?")
    expect(page).to_have_url(re.compile("/keys$"))

    plan_a_session(page)
    press(page, "/", "s")
    page.get_by_role("link", name="Add to Settle by typing").click()
    field = page.get_by_role("combobox", name="Add by typing")
    expect(field).to_be_focused()
    field.fill("tea")
    page.get_by_role("option", name="Add “tea” as a step of my own").click()
    is_added(page, 1)
    expect(field).to_be_focused()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".step:focus")).to_contain_text("tea")
    press(page, "d", "Delete", "+", "e", "p", "u", "Enter", "n")
    page.get_by_role("link", name="Edit tea").click()
    expect(page.locator(".edit-step").get_by_label("Minutes")).to_have_value("5")
    assert steps(page) == ["tea"]
    assert re.search("/plans/[0-9a-f]+$", page.url)
