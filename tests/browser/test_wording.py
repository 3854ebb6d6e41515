"""Remarks on wording while one types: lines under the words, another wording at a press, and leaving it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.builder import plan_a_session

LEANS = "Who started the row in the kitchen?"
LONG = "\n\n".join(
    [*["“Tell each other about a good hour of this week, and take your time over it.”"] * 9, f"“{LEANS}”"]
)


def remarks(page, field):
    return page.locator(f"#{field}-wording li")


def edit_hope(page, *, script=True):
    page.get_by_role("link", name="Edit title, hope and focus").click()
    if script:
        expect(page.locator("#head-form [name=title]")).to_be_focused()
    return page.get_by_label("By the end of this session they")


def lies_on_the_words(field):
    """True when the line is under the words that the field shows: where a click puts the caret there."""
    return field.evaluate(
        """(field) => {
            const place = () => field.parentElement.querySelector(".underlined span").getClientRects()[0];
            scrollBy({ top: place().top - 400, behavior: "instant" });
            const line = place();
            const [x, y] = [line.left + 2, line.top + line.height / 2];
            const at = document.caretPositionFromPoint(x, y);
            const words = document.querySelector(`#${field.id}-wording li`).dataset.words;
            const start = field.value.indexOf(words);
            return at.offsetNode === field && at.offset >= start && at.offset <= start + 1;
        }"""
    )


def test_a_hope_that_leans_back_is_underlined_and_another_wording_is_a_press_away(opens):
    page = opens("owner")
    plan_a_session(page)
    hope = edit_hope(page)
    hope.press_sequentially(f"laugh again.\n\n{LEANS}")
    expect(remarks(page, "hope")).to_have_count(1)
    assert lies_on_the_words(hope)
    expect(page.locator("#hope-remarks")).to_have_text("1 remark on the wording, below.")
    expect(hope).to_have_attribute("aria-describedby", re.compile("hope-remarks"))
    # The line moves along with its words, and is gone while they are being changed.
    hope.evaluate("field => field.setSelectionRange(0, 0)")
    page.keyboard.type("😀 ")
    assert lies_on_the_words(hope)
    page.get_by_role("button", name="Use this instead").click()
    expect(hope).to_have_value(re.compile(r"^😀 laugh again\.\n\n(?!Who started)"))
    expect(remarks(page, "hope")).to_have_count(0)
    expect(hope).to_be_focused()
    page.keyboard.press("Control+Z")
    expect(hope).to_have_value(f"😀 laugh again.\n\n{LEANS}")
    expect(remarks(page, "hope")).to_have_count(1)
    # What is saved is counted in the bar, and only what is still there.
    expect(page.locator("#wording-count")).to_have_text("1 remark on wording")
    page.get_by_role("button", name="Use this instead").click()
    expect(page.locator("#wording-count")).to_be_hidden()
    expect(remarks(page, "hope")).to_have_count(0)


def test_what_is_left_goes_at_once_and_stays_away(opens):
    page = opens("owner")
    plan = plan_a_session(page)
    hope = edit_hope(page)
    hope.fill(LEANS)
    expect(remarks(page, "hope")).to_have_count(1)
    expect(page.locator("#wording-count")).to_have_text("1 remark on wording")
    # By keyboard alone.
    hope.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Leave it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(remarks(page, "hope")).to_have_count(0)
    expect(page.locator("#status")).to_have_text("Left as it is")
    expect(page.locator("#wording-count")).to_be_hidden()
    expect(hope).to_be_focused()
    hope.press("End")
    page.keyboard.type(" Then we have tea.")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".hope")).to_contain_text("Then we have tea.")
    page.goto(f"{plan}?edit=head")
    expect(page.get_by_label("By the end of this session they")).to_have_value(LEANS + " Then we have tea.")
    expect(remarks(page, "hope")).to_have_count(0)
    page.goto("/account")
    page.get_by_role("button", name="Forget these").click()
    page.goto(f"{plan}/wording")
    page.get_by_role("button", name="Use this instead").click()
    expect(page.locator("#open")).to_contain_text("Nothing is open")


def test_the_lines_lie_under_the_words_of_a_long_text_and_a_finger_leads_to_the_remark(opens):
    page = opens("owner", width=390, height=844)
    page.goto("/library/write")
    page.get_by_role("button", name=re.compile("Begin|Write")).first.click()
    words = page.get_by_label("The words", exact=True)
    words.fill(LONG)
    remark = remarks(page, "words-0-words")
    expect(remark).to_have_count(1)
    scroll_to_the_end(page, words)
    assert lies_on_the_words(words)
    # A tap on the words leads to what is said of them.
    page.evaluate("document.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch' }))")
    words.evaluate(
        """(field) => {
            field.focus();
            field.setSelectionRange(field.value.indexOf("Who") + 2, field.value.indexOf("Who") + 2);
            field.click();
        }"""
    )
    expect(remark).to_be_in_viewport()
    expect(remark).to_have_class("at")
    # Letters of twice the size.
    page.set_viewport_size({"width": 700, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    scroll_to_the_end(page, words)
    assert lies_on_the_words(words)


def scroll_to_the_end(page, field):
    """Scroll inside the field, and wait until the line is drawn where one sees it."""
    field.evaluate("field => (field.scrollTop = field.scrollHeight)")
    page.wait_for_function(
        """(field) => {
            const line = field.parentElement.querySelector(".underlined span")?.getClientRects()[0];
            return field.scrollTop > 0 && line && line.bottom < field.getBoundingClientRect().bottom;
        }""",
        arg=field.element_handle(),
    )


def test_without_a_script_remarks_stand_below_the_field_after_saving(opens):
    page = opens("owner", script=False)
    plan_a_session(page)
    edit_hope(page, script=False).fill(LEANS)
    page.locator("#head-form").get_by_role("button", name="Done").click()
    expect(page.locator("#wording-count")).to_have_text("1 remark on wording")
    edit_hope(page, script=False)
    expect(remarks(page, "hope")).to_contain_text("to blame")
    expect(page.get_by_role("button", name="Use this instead")).to_be_hidden()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Leave it").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Left as it is")
    page.reload()
    expect(remarks(page, "hope")).to_have_count(0)
