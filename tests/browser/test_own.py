"""One's own exercises in life: adapted, used, changed, compared, brought back, shared, and noted upon."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from sqlalchemy import select

from planner.accounts.models import Member
from planner.db import db
from planner.library import operations, queries
from planner.library.own import authoring
from planner.library.own.authoring import Origin
from planner.who import Asker
from tests import shipped
from tests.browser.builder import plan_a_session, steps
from tests.browser.conftest import Live, Opens
from tests.library.samples import little, write

NEWER = "There is a newer version of this exercise."


def the_owner() -> Asker:
    member = db.session.scalars(select(Member).where(Member.email == "owner@example.org")).one()
    return Asker(member.id, member.practice_id, member.name, member.is_owner)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def titled(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()


def adapt(page: Page, slug: str, title: str) -> str:
    """Make one's own version of an exercise, and return its address."""
    page.goto(f"/library/{slug}")
    press(page, "Make my own version")
    page.locator("#title").fill(title)
    press(page, "Put into my library")
    titled(page, title)
    return page.url


def retitle(page: Page, address: str, title: str) -> None:
    """Change one's own exercise."""
    page.goto(address)
    press(page, "Change it")
    page.locator("#title").fill(title)
    press(page, "Save as a new version")
    titled(page, title)


def test_a_version_of_ones_own_from_adapting_to_a_newer_version_in_the_plan(opens: Opens) -> None:
    page = opens("owner")
    exercise = adapt(page, "three-doors", "Doors at dusk")
    expect(page.get_by_text("Written by you. Only you see it.")).to_be_visible()
    expect(page.locator("#own").get_by_role("link", name="Three doors")).to_be_visible()

    page.locator("#add [name=plan]").select_option(label="A new plan")
    press(page, "Add to a plan")
    expect(page.get_by_role("heading", level=3, name="Doors at dusk")).to_be_visible()
    plan = page.url
    expect(page.get_by_text(NEWER)).to_have_count(0)

    retitle(page, exercise, "Doors at dawn")
    page.goto(plan)
    expect(page.get_by_text(NEWER)).to_be_visible()
    assert "Doors at dusk" in steps(page)

    page.get_by_role("link", name="See what changed").click()
    shelf = page.locator("#shelf")
    expect(shelf.get_by_role("heading", name="What changed in “Doors at dusk”")).to_be_focused()
    expect(shelf.locator("del")).to_contain_text("dusk")
    expect(shelf.locator("ins")).to_contain_text("dawn")
    shelf.get_by_role("button", name="Use the new version").click()
    expect(page.locator("#timeline").get_by_role("heading", name="Doors at dawn")).to_be_visible()
    expect(page.get_by_text(NEWER)).to_have_count(0)
    expect(page.locator("#shelf-form")).to_be_visible()

    page.locator("#undo").click()
    expect(page.locator("#timeline").get_by_role("heading", name="Doors at dusk")).to_be_visible()
    expect(page.get_by_text(NEWER)).to_be_visible()


def test_an_earlier_version_is_compared_and_brought_back(opens: Opens) -> None:
    page = opens("owner")
    exercise = adapt(page, "three-doors", "Doors at dusk")
    retitle(page, exercise, "Doors at dawn")
    follow(page, "Versions")
    expect(page.get_by_text("by Owner")).to_have_count(2)
    page.get_by_role("link", name="Compare, or bring it back").click()
    expect(page.locator(".changes ins")).to_contain_text("dawn")
    press(page, "Bring this version back")
    titled(page, "Doors at dusk")
    expect(page.get_by_text("This version stands again.")).to_be_visible()


def test_after_an_upgrade_the_original_has_changed(opens: Opens, live: Live) -> None:
    with live.app.app_context():
        who = the_owner()
        doors = queries.record(db.session, who, "three-doors")
        origin = Origin(doors.slug, doors.digest)
        authoring.create(db.session, who, "my-doors-0a1b2c", little("My doors"), origin=origin)
        texts = {one.slug: (one, source) for one, source in shipped.sources()}
        one, source = texts["three-doors"]
        texts["three-doors"] = (one, source.replace("Partners take turns", "Both take turns", 1))
        operations.load(db.session, texts.values())
        db.session.commit()
    page = opens("owner")
    page.goto("/library/my-doors-0a1b2c")
    notice = page.locator(".notice").filter(has_text="The original, “Three doors”, changed on")
    notice.get_by_role("link", name="See what changed").click()
    expect(page.locator(".changes del")).to_have_text("taken out: Partners")
    press(page, "Bring the changes into my version")
    beside = page.get_by_role("heading", name="What changed in “Three doors”")
    expect(beside).to_be_visible()
    # Nothing was taken over by itself.
    expect(page.locator("#title")).to_have_value("My doors")
    page.get_by_role("radio", name="For you").check(force=True)
    expect(beside).to_be_hidden()
    page.locator("#summary").fill("Both take turns with a warm cup.")
    press(page, "Save as a new version")
    titled(page, "My doors")
    expect(notice).to_have_count(0)


def test_keeping_mine_as_it_is(opens: Opens, live: Live) -> None:
    with live.app.app_context():
        who = the_owner()
        first = write(db.session, who, little("First cups"), slug="first-0a1b2c")
        origin = Origin(first.slug, first.digest)
        authoring.create(db.session, who, "second-0a1b2c", little("Second cups"), origin=origin)
        authoring.revise(db.session, who, first.slug, little("Other cups"), first.digest)
        db.session.commit()
    page = opens("owner")
    page.goto("/library/second-0a1b2c")
    follow(page, "See what changed")
    press(page, "Keep mine as it is")
    expect(page.get_by_text("Your version stays as it is.")).to_be_visible()
    expect(page.get_by_text("changed on")).to_have_count(0)


def test_sharing_archiving_and_bringing_back_need_no_script(opens: Opens, live: Live) -> None:
    with live.app.app_context():
        write(db.session, the_owner(), slug="cups-0a1b2c")
        db.session.commit()
    page, colleague = opens("owner", script=False), opens("colleague", script=False)
    assert colleague.goto("/library/cups-0a1b2c").status == 404
    page.goto("/library/cups-0a1b2c")
    press(page, "Share with the practice")
    expect(page.get_by_text("Your colleagues can use this exercise now.")).to_be_visible()
    colleague.goto("/library/cups-0a1b2c")
    expect(colleague.get_by_text("Written by Owner, and shared with the practice.")).to_be_visible()
    colleague.locator("#add [name=plan]").select_option(label="A new plan")
    press(colleague, "Add to a plan")
    page.reload()
    follow(page, "Archive")
    press(page, "Put it in the archive")
    expect(page.get_by_text("This exercise is in the archive.")).to_be_visible()
    press(page, "Make private")
    # The colleague's plan goes on as before.
    colleague.reload()
    assert "Two warm cups" in steps(colleague)
    page.goto("/library/mine")
    page.get_by_role("link", name="Two warm cups").click()
    press(page, "Bring it back")
    expect(page.get_by_text("It is in the library again.")).to_be_visible()


def test_what_nothing_uses_is_deleted_after_asking(opens: Opens, live: Live) -> None:
    with live.app.app_context():
        write(db.session, the_owner(), slug="cups-0a1b2c")
        db.session.commit()
    page = opens("owner")
    page.goto("/library/cups-0a1b2c")
    follow(page, "Delete")
    press(page, "Delete it for good")
    expect(page.get_by_text("“Two warm cups” is deleted.")).to_be_visible()


def test_a_private_note_is_kept_while_one_writes(opens: Opens) -> None:
    page = opens("owner")
    page.goto("/library/three-doors")
    page.locator("#note > summary").click()
    note = page.get_by_label("My note on “Three doors”")
    note.press_sequentially("Leave the timer in the drawer.")
    expect(page.locator("#note-kept")).to_contain_text("Kept")
    expect(note).to_be_focused()
    page.reload()
    expect(note).to_have_value("Leave the timer in the drawer.")
    note.fill("")
    expect(page.locator("#note-kept")).not_to_contain_text("Kept")
    page.reload()
    expect(note).to_be_hidden()


def test_two_tabs_with_one_note_lose_nothing(opens: Opens) -> None:
    page = opens("owner")
    page.goto("/library/three-doors#note")
    other = page.context.new_page()
    other.goto("/library/three-doors#note")
    for tab in (page, other):
        tab.locator("#note > summary").click()
    other.get_by_label("My note on").fill("From the other tab.")
    expect(other.locator("#note-kept")).to_contain_text("Kept")
    note = page.get_by_label("My note on")
    note.fill("From this tab.")
    problem = page.get_by_role("alert").filter(has_text="This note was changed elsewhere")
    expect(problem).to_contain_text("From the other tab.")
    expect(note).to_have_value("From this tab.")
    press(page, "Keep what I typed")
    expect(page.locator("#note-kept")).to_contain_text("Kept")
    other.reload()
    expect(other.get_by_label("My note on")).to_have_value("From this tab.")


def test_what_usually_comes_before_is_one_click_away(opens: Opens) -> None:
    page = opens("owner")
    plan_a_session(page)
    page.locator("#shelf-q").fill("three doors")
    page.locator("#read-three-doors").click()
    usual = page.locator("#reading .step-word")
    expect(usual).to_contain_text("Usually after: Good news, well met")
    page.locator("#reading-full").click()
    step = page.locator(".step").filter(has_text="Three doors")
    step.get_by_role("button", name="Add it before").click()
    expect(step.get_by_text("Usually after")).to_have_count(0)
    assert steps(page) == ["Good news, well met", "Three doors"]
    page.locator("#undo").click()
    expect(step.get_by_text("Usually after")).to_be_visible()
