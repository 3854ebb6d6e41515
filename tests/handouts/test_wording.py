"""Names stay text, whatever is typed as one."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.wording import named, people


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_name_is_never_markup(a: str, b: str) -> None:
    html = named("{a} and **{b}** say {nobody}", people("together", (a, b)))
    assert set(re.findall(r"<[^>]*>", html)) == {"<strong>", "</strong>"}
    assert "{nobody}" in html


def test_stars_in_a_name_stay_stars() -> None:
    assert named("{a}!", people("together", ("*Jo*", ""))) == "*Jo*!"


def test_html_in_a_text_stays_text() -> None:
    assert "<img" not in named("<img src=x> and ![x](file:///etc/passwd)", people("together"))
