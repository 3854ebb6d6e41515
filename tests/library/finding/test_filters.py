"""Filters kept by name: what one looks for often is one press away, and nobody else's business."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.db import db
from planner.errors import NotFound, RuleBroken
from planner.library.finding import filters
from planner.library.finding.facets import Wanted
from planner.library.finding.filters import NameTaken
from planner.library.models import SavedFilter
from tests.cast import Cast

SHORT = Wanted(minutes=("10",), without=("touch",))
ONLINE = Wanted(q="good news", works=("online",))
HTMX = {"HX-Request": "true"}
ADDRESS = "/library/filters?minutes=10&without=touch"


def test_a_filter_is_kept_without_the_page_and_the_view_and_listed_by_name(
    session: Session, cast: Cast
) -> None:
    filters.save(session, cast.owner, "Short", SHORT.seen_as("map").on(3))
    filters.save(session, cast.owner, "at a distance", ONLINE)
    kept = filters.kept(session, cast.owner)
    assert [(one.name, one.wanted) for one in kept] == [("at a distance", ONLINE), ("Short", SHORT)]


def test_filters_are_private(session: Session, cast: Cast) -> None:
    kept = filters.save(session, cast.owner, "Short", SHORT)
    for other in (cast.colleague, cast.outsider):
        assert filters.kept(session, other) == ()
        with pytest.raises(NotFound):
            filters.remove(session, other, kept.id)
    filters.save(session, cast.colleague, "Short", ONLINE)
    assert [one.wanted for one in filters.kept(session, cast.owner)] == [SHORT]


def test_a_name_holds_one_filter_until_one_says_to_replace_it(session: Session, cast: Cast) -> None:
    kept = filters.save(session, cast.owner, "Short", SHORT)
    assert filters.save(session, cast.owner, "Short", SHORT) == kept
    with pytest.raises(NameTaken) as refused:
        filters.save(session, cast.owner, "SHORT", ONLINE)
    assert refused.value.id == kept.id
    with pytest.raises(NameTaken):
        filters.save(session, cast.owner, "SHORT", ONLINE, replacing="something else")
    filters.save(session, cast.owner, "SHORT", ONLINE, replacing=kept.id)
    assert [(one.id, one.name, one.wanted) for one in filters.kept(session, cast.owner)] == [
        (kept.id, "SHORT", ONLINE)
    ]


def test_a_filter_of_nothing_and_one_too_many_are_refused(session: Session, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Choose something first"):
        filters.save(session, cast.owner, "Everything", Wanted(view="map", page=2))
    for number in range(filters.MOST):
        filters.save(session, cast.owner, f"Filter {number}", SHORT)
    with pytest.raises(RuleBroken, match="Remove one first"):
        filters.save(session, cast.owner, "One more", SHORT)
    another = filters.kept(session, cast.owner)[0]
    filters.save(session, cast.owner, another.name, ONLINE, replacing=another.id)
    assert len(filters.kept(session, cast.owner)) == filters.MOST


def test_a_removed_filter_is_gone(session: Session, cast: Cast) -> None:
    kept = filters.save(session, cast.owner, "Short", SHORT)
    assert filters.remove(session, cast.owner, kept.id) == kept
    assert filters.kept(session, cast.owner) == ()
    with pytest.raises(NotFound):
        filters.remove(session, cast.owner, kept.id)


def test_a_filter_opens_though_some_of_its_values_are_gone(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        kept = filters.save(db.session, cast.owner, "From long ago", SHORT)
        found = db.session.get(SavedFilter, kept.id)
        found.arguments = "area=moon&minutes=10&colour=red&intensity=9"
        db.session.commit()
    page = text(owner.get("/library"))
    assert links(page) == {"From long ago": "/library?minutes=10"}
    assert "Saved as “From long ago”" in text(owner.get("/library?minutes=10"))


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def links(page: str) -> dict[str, str]:
    """The kept filters on a page: their addresses by name."""
    nav = page[page.index('<nav id="kept"') :].split("</nav>")[0]
    found = re.findall(r'<a href="([^"]+)">.*?</svg>(.*?)</a>', nav, re.S)
    return {name.strip(): address.replace("&amp;", "&") for address, name in found}


def names(app: Flask, cast: Cast) -> list[str]:
    with app.app_context():
        query = select(SavedFilter.name).where(SavedFilter.member_id == cast.owner.id)
        return sorted(db.session.scalars(query))


def test_without_a_script_a_filter_is_saved_opened_and_removed(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    assert "Save this filter" not in text(owner.get("/library"))
    assert "Save this filter" in text(owner.get("/library?minutes=10&without=touch"))
    answer = owner.post(ADDRESS, data={"name": "  Short,  no touch "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/library?minutes=10&without=touch")
    page = text(owner.get(answer.headers["Location"]))
    assert "Saved as “Short, no touch”." in page
    assert links(page) == {"Short, no touch": "/library?minutes=10&without=touch"}
    remove = re.search(r'action="(/library/filters/[^"]+/remove)"', page)[1]
    answer = owner.post(remove)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/library?minutes=10&without=touch")
    assert names(app, cast) == []
    assert "Save this filter" in text(owner.get(answer.headers["Location"]))


def test_with_a_script_only_the_list_and_the_links_are_sent(owner: FlaskClient) -> None:
    answer = owner.post(ADDRESS, data={"name": "Short"}, headers=HTMX)
    page = text(answer)
    assert answer.status_code == 200
    assert "<html" not in page
    assert page.index('id="results"') < page.index('id="kept"') < page.index('id="status"')
    assert "Saved as “Short”" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_name_that_is_missing_long_or_taken_is_said_beside_it(
    app: Flask, cast: Cast, owner: FlaskClient, headers: dict[str, str]
) -> None:
    for name, words in (
        ("", "Please give it a name."),
        ("—", "Please give it a name."),
        ("x" * 61, "Please keep the name under 60 characters."),
    ):
        answer = owner.post(ADDRESS, data={"name": name}, headers=headers)
        assert answer.status_code == 422, name
        assert words in text(answer)
        assert f'value="{name}"' in text(answer)
    owner.post(ADDRESS, data={"name": "Short"})
    answer = owner.post("/library/filters?works=online", data={"name": "Short"}, headers=headers)
    page = text(answer)
    assert answer.status_code == 422
    assert "You have a filter called “Short” already." in page
    assert "Replace it with this one" in page
    replacing = re.search(r'name="replacing"[^>]*value="([^"]+)"', page)[1]
    sent = {"name": "Short", "replacing": replacing}
    assert owner.post("/library/filters?works=online", data=sent, headers=headers).status_code in (200, 303)
    assert links(text(owner.get("/library"))) == {"Short": "/library?works=online"}
    assert names(app, cast) == ["Short"]


def test_nothing_chosen_cannot_be_saved(owner: FlaskClient) -> None:
    answer = owner.post("/library/filters", data={"name": "All"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Choose something first" in text(answer)
