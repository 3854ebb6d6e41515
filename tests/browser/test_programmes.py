"""A programme in a browser: laid out, put in order, its steps moved, by mouse and by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect


def aims(page):
    return [each.input_value() for each in page.locator(".session textarea").all()]


def blocks(page, number):
    return page.locator(".column").nth(number - 1).locator(".block")


def drag(page, thing, target):
    """By its grip to the place of the target. What stands there makes room, so one aims until it does."""
    start, name = thing.locator(".grip").bounding_box(), thing.get_attribute("id")
    there = target.evaluate_handle("each => each.parentElement")
    place = target.evaluate("each => [...each.parentElement.children].indexOf(each)")
    page.mouse.move(start["x"] + 8, start["y"] + 12)
    page.mouse.down()
    for _ in range(40):
        end = there.evaluate("(list, at) => list.children[at].getBoundingClientRect().toJSON()", place)
        page.mouse.move(end["x"] + 80, end["y"] + end["height"] / 2 + 6, steps=6)
        page.mouse.move(end["x"] + 80, end["y"] + end["height"] / 2 - 6, steps=3)
        if there.evaluate("(list, [at, id]) => list.children[at].id === id", [place, name]):
            break
    page.mouse.up()


def test_a_programme_is_made_written_and_put_in_order(miriam):
    page = miriam(height=1500)
    page.goto("/")
    page.get_by_role("link", name="Programmes").click()
    page.get_by_role("link", name="Begin a programme").click()
    page.get_by_label("Title").fill("Closer, autumn")
    page.get_by_label("Sessions").fill("5")
    page.get_by_role("button", name="Lay out the sessions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Closer, autumn")
    status = page.locator("#status")

    # Written in the row and kept by Enter; what is dragged right afterwards finds it saved.
    page.get_by_label("Aim of session 2").fill("Ask for small things")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Saved session 2")
    page.get_by_label("Aim of session 3").fill("Play together")
    drag(page, page.locator(".session").nth(2), page.locator(".session").nth(0))
    expect(status).to_have_text("Moved session 3 to place 1")
    first = "Arrive, and hear what each of them hopes for"
    assert aims(page)[:3] == ["Play together", first, "Ask for small things"]

    # Also while what was typed is still on its way.
    waiting = []
    page.route("**/sessions/**", lambda route: route.continue_() if waiting else waiting.append(route))
    page.get_by_label("Aim of session 3").fill("Ask for one small thing each")
    drag(page, page.locator(".session").nth(2), page.locator(".session").nth(1))
    waiting[0].continue_()
    expect(status).to_have_text("Moved session 3 to place 2")
    assert aims(page)[:3] == ["Play together", "Ask for one small thing each", first]
    page.get_by_role("button", name="Undo").click()
    expect(status).to_have_text("Undone")

    # By keyboard: focus stays on the button that was pressed.
    down = page.get_by_role("button", name="Move down session 1")
    down.focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("Moved session 1 down")
    expect(page.get_by_role("button", name="Move down session 2")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(status).to_have_text("Undone")
    assert aims(page)[0] == "Play together"

    # A remark, and what mends it.
    page.get_by_label("Kind of session 4").select_option("ordinary")
    review = page.locator("[data-rule=review]")
    expect(review).to_contain_text("A review is due at session 4.")
    review.get_by_role("button", name="Make session 4 a review").click()
    expect(review).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Kind of session 4")).to_have_value("review")


def test_a_step_goes_to_another_session_by_mouse_and_by_keyboard(furnished, miriam):
    page = miriam(height=1500)
    page.goto(f"/programmes/{furnished.names['programme']}?view=steps")
    title = blocks(page, 1).nth(1).get_by_role("heading").inner_text()
    before = [blocks(page, number).count() for number in (1, 2)]
    drag(page, blocks(page, 1).nth(1), blocks(page, 2).nth(1))
    expect(page.locator("#status")).to_have_text(f"Moved “{title}” from session 1 to session 2")
    expect(blocks(page, 1)).to_have_count(before[0] - 1)
    expect(blocks(page, 2)).to_have_count(before[1] + 1)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#status")).to_have_text("The step is back where it was")
    expect(blocks(page, 1)).to_have_count(before[0])
    expect(blocks(page, 2)).to_have_count(before[1])

    blocks(page, 1).nth(1).get_by_role("link", name="Move").press("Enter")
    expect(page.locator("#carry-to")).to_be_focused()
    page.locator("#carry-to").select_option(index=1)
    page.locator("#carry-now").press("Enter")
    expect(page.locator("#status")).to_have_text(f"Moved “{title}” from session 1 to session 3")
    expect(page.locator("#put-back")).to_be_focused()
    page.locator("#put-back").press("Enter")
    expect(page.locator("#moved")).to_have_count(0)

    # One of the two plans is changed elsewhere meanwhile: nothing moves, and that is said.
    page.evaluate("document.querySelector('.blocks').dataset.at += '0'")
    drag(page, blocks(page, 1).nth(1), blocks(page, 2).nth(1))
    expect(page.get_by_role("alert").filter(has_text="Nothing was moved")).to_be_visible()
    expect(blocks(page, 1)).to_have_count(before[0])


def test_from_the_programme_to_a_plan_and_to_paper(furnished, miriam):
    page = miriam()
    address = f"/programmes/{furnished.names['programme']}"
    page.goto(address)
    page.get_by_role("button", name="Plan this session session 4").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Closer again: See what has become easier")
    line = page.locator(".in-programme")
    expect(line).to_contain_text("Session 4 of 6 in “Closer again”")
    line.get_by_role("link", name="The plan before").click()
    expect(line).to_contain_text("Session 3 of 6")
    line.get_by_role("link", name="Closer again").click()
    page.get_by_role("link", name="Coverage").click()
    expect(page.locator("#coverage-title")).to_be_visible()
    expect(page.locator(".untended-line")).to_contain_text("Not yet tended:")
    page.get_by_role("link", name="Print the overview").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the PDF").click()
    assert download.value.suggested_filename == "overview.pdf"


def test_without_a_script_everything_works_too(furnished, miriam):
    page = miriam(script=False, width=390)
    address = f"/programmes/{furnished.names['uneven']}"
    page.goto(address)
    page.get_by_label("Aim of session 4").fill("Go on gently")
    page.get_by_role("button", name="Save session 4").click()
    expect(page.get_by_label("Aim of session 4")).to_have_value("Go on gently")
    page.get_by_role("button", name="Move up session 4").click()
    expect(page.get_by_label("Aim of session 3")).to_have_value("Go on gently")
    page.get_by_role("link", name="Steps").click()
    page.get_by_role("link", name="Move Tea").click()
    page.get_by_role("button", name="Move Tea").click()
    expect(blocks(page, 1)).to_have_count(2)
    page.get_by_role("button", name="Put it back").click()
    expect(blocks(page, 2)).to_have_count(1)
