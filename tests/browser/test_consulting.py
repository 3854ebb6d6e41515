"""A counsellor asks colleagues about a plan, in two browsers at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.builder import add_step, plan_a_session


def test_a_colleague_comments_and_the_counsellor_sees_answers_and_settles_it(opens):
    page = opens("owner")
    address = plan_a_session(page, "The third, with the sofa")
    add_step(page, "Soft start", 10, "Core")
    step = page.locator("#timeline .step").get_attribute("data-id")
    page.locator("#more-plan summary").click()
    page.get_by_role("link", name="Ask colleagues").click()
    page.get_by_label("Title for colleagues").fill("A short session")
    page.get_by_label("Your question").fill("Is that enough?")
    expect(page.locator("#preview")).to_contain_text("Is that enough?")
    expect(page.locator("#preview")).to_contain_text("Soft start")
    expect(page.locator("#preview")).not_to_contain_text("sofa")
    page.locator("main").get_by_role("button", name="Ask colleagues").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A short session")

    other = opens("colleague", width=390, height=844)
    other.get_by_role("link", name="A short session").click()
    expect(other.get_by_text("Owner asks")).to_be_visible()
    expect(other.locator("main")).not_to_contain_text("sofa")
    thread = other.locator(f"#thread-{step}")
    thread.locator("summary", has_text="Comment on this step").click()
    thread.get_by_role("button", name="Send the comment").click()
    expect(thread.locator(".error")).to_have_text("Please write something first.")
    expect(thread.get_by_label("Your comment")).to_be_focused()
    thread.get_by_label("Your comment").fill("Yes.\nAdd a minute of quiet.")
    thread.get_by_role("button", name="Send the comment").click()
    expect(thread.locator(".c-comment")).to_be_focused()
    expect(thread.locator(".c-text")).to_have_text("Yes.\nAdd a minute of quiet.")
    expect(other.locator("#counts")).to_have_text("1 comment by colleagues")

    page.goto(address)
    page.get_by_role("link", name="1 comment, 1 to look at Soft start").click()
    thread = page.locator(f"#thread-{step}")
    thread.locator("summary", has_text="Answer").click()
    thread.get_by_label("Your answer").fill("Thank you.")
    thread.get_by_role("button", name="Send the answer").click()
    expect(thread.locator(".c-answer .c-text")).to_have_text("Thank you.")
    thread.get_by_role("button", name="Mark as dealt with").click()
    expect(thread.locator(".c-settled")).to_be_visible()
    expect(page.locator("#counts")).to_have_text("1 comment by colleagues, all dealt with")

    # The step goes while the colleague writes on: nothing that was typed is lost.
    comment = other.locator(f"#thread-{step} .c-new")
    comment.locator("summary", has_text="Comment on this step").click()
    comment.get_by_label("Your comment").fill("And a second thought.")
    page.goto(address)
    page.get_by_role("button", name="Remove Soft start").click()
    expect(page.locator("#timeline .step")).to_have_count(0)
    comment.get_by_role("button", name="Send the comment").click()
    whole = other.get_by_label("Your comment on the whole plan")
    expect(whole).to_have_value("And a second thought.")
    expect(whole).to_be_focused()
    expect(other.get_by_text("About “Soft start”, which is no longer in the plan")).to_be_visible()
    other.locator("#thread-whole").get_by_role("button", name="Send the comment").click()
    expect(other.locator("#thread-whole .c-text")).to_have_text("And a second thought.")


def test_without_a_script_all_of_it_goes_by_forms(opens):
    page = opens("owner", script=False)
    address = plan_a_session(page, "Plain paper")
    add_step(page, "One sentence each", 10, "Core")
    page.goto(f"{address}/consultation")
    page.get_by_label("Your question").fill("Is that enough?")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.locator("#preview")).to_contain_text("Is that enough?")
    page.locator("main").get_by_role("button", name="Ask colleagues").click()

    other = opens("colleague", script=False)
    other.goto("/consultations")
    other.get_by_role("link", name="A session of 50 minutes").click()
    other.get_by_label("Your comment on the whole plan").fill("Yes.")
    other.locator("#thread-whole").get_by_role("button", name="Send the comment").click()
    expect(other.locator(".notice")).to_have_text("Your comment is there.")
    other.locator(".c-comment summary", has_text="Change").click()
    other.locator(".c-comment textarea").fill("Yes, quite.")
    other.get_by_role("button", name="Save the change").click()
    expect(other.locator(".c-text")).to_have_text("Yes, quite.")

    page.goto(address)
    page.get_by_role("link", name="1 comment by colleagues, 1 to look at").click()
    page.get_by_role("button", name="Mark as dealt with").click()
    expect(page.locator("#counts")).to_have_text("1 comment by colleagues, all dealt with")
    page.get_by_role("link", name="Change the question, or close it").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.locator(".notice").first).to_contain_text("Closed.")
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("There is nothing here")
