"""In a large library the first results come first and the counts after them; nothing else is different."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from tests import shipped
from tests.cast import Cast
from tests.library.finding.test_browsing import WANTED

TOTAL = len(shipped.exercises())
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever finds more than ten is large."""
    monkeypatch.setattr(browsing, "AT_ONCE", 10)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(WANTED, st.sampled_from(["", "the", "partner", "hand", "quokkaquokka"]), st.integers(1, 5))
def test_rows_are_the_same_whether_they_are_counted_or_not(
    session: Session, cast: Cast, wanted: Wanted, words: str, page: int
) -> None:
    asked = wanted.seen_as("").on(page)
    asked = Wanted(**{**asked.__dict__, "q": words})
    first = browsing.browse(session, cast.owner, asked)
    counted = browsing.browse(session, cast.owner, asked, count_all=True)
    assert [row.record.slug for row in first.rows] == [row.record.slug for row in counted.rows]
    assert first.wanted == counted.wanted
    assert first.total <= counted.total
    assert first.more == (first.total < counted.total)
    assert (first.loosen, first.meant, first.terms) == (counted.loosen, counted.meant, counted.terms)
    assert counted.counts is not None


def test_what_is_small_is_counted_at_once(session: Session, cast: Cast) -> None:
    found = browsing.browse(session, cast.owner, Wanted(q="“a side of me to meet”"))
    assert found.counts is not None
    assert (found.total, found.more) == (1, False)


def test_the_page_comes_first_and_asks_for_the_counts(owner: FlaskClient) -> None:
    page = owner.get("/library?q=the").get_data(as_text=True)
    assert "More than 50 exercises" in page
    assert 'hx-get="/library?count=1&amp;q=the"' in page
    assert (
        '<noscript><meta http-equiv="refresh" content="0;url=/library?count=1&amp;q=the"></noscript>' in page
    )
    assert "value-count" not in page
    assert "Page 1 of" not in page
    assert 'rel="next"' in page


def test_the_counts_come_after_it(owner: FlaskClient) -> None:
    answer = owner.get("/library?count=1", headers=HTMX).get_data(as_text=True)
    assert answer.lstrip().startswith('<div id="facets"')
    assert "value-count" in answer
    assert '<span id="total" hx-swap-oob="true">' in answer
    assert f"{TOTAL} exercises" in answer
    assert "exercise-row" not in answer


def test_without_scripts_the_page_is_whole(owner: FlaskClient) -> None:
    page = owner.get("/library?count=1").get_data(as_text=True)
    assert f"{TOTAL} exercises" in page
    assert "value-count" in page
    assert "http-equiv" not in page
    assert "count=1" not in page


def test_the_map_counts_everything(owner: FlaskClient) -> None:
    assert f"{TOTAL} exercises" in owner.get("/library?view=map").get_data(as_text=True)


def test_the_library_beside_a_plan_does_without_counts(owner: FlaskClient) -> None:
    plan = owner.post("/plans/new", data={"title": "Large", "length": "50", "start": "empty"}).location
    page = owner.get(f"{plan}?q=the").get_data(as_text=True)
    assert "More than 50 exercises" in page
    assert page.count('class="shelf-title"') == browsing.PAGE
