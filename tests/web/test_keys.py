"""Single keys: what they do is written down, and whoever does not want them turns them off."""

from __future__ import annotations

from planner.web.keys import places


def test_the_page_lists_every_key_by_its_place(app, owner):
    page = owner.get("/keys").text
    with app.test_request_context():
        listed = places()
    assert len(listed) == 4
    for place in listed:
        assert place.name in page
        assert all(key.does in page for key in place.keys)


def test_it_is_found_from_every_page_and_from_you(owner):
    for page in ("/", "/library", "/account"):
        assert 'href="/keys"' in owner.get(page).text


def test_keys_are_on_until_one_turns_them_off_for_oneself(owner, colleague):
    assert 'data-shortcuts="on"' in owner.get("/").text
    assert owner.post("/keys", data={"on": "0"}).status_code == 303
    for page in ("/", "/library", "/keys"):
        assert 'data-shortcuts="off"' in owner.get(page).text
    assert "They are off" in owner.get("/keys").text
    assert 'data-shortcuts="on"' in colleague.get("/").text
    owner.post("/keys", data={"on": "1"})
    assert 'data-shortcuts="on"' in owner.get("/").text


def test_a_visitor_has_no_keys(app):
    page = app.test_client().get("/sign-in").text
    assert 'data-shortcuts="off"' in page
    assert "keys.js" not in page
