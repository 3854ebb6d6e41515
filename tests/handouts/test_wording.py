"""Names stay text, whatever is typed as one."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.wording import cued, ends_together, named, people


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_name_is_never_markup(a: str, b: str) -> None:
    html = named("{a} and **{b}** say {nobody}", people("together", (a, b)))
    assert set(re.findall(r"<[^>]*>", html)) == {"<strong>", "</strong>"}
    assert "{nobody}" in html


def test_stars_in_a_name_stay_stars() -> None:
    assert named("{a}!", people("together", ("*Jo*", ""))) == "*Jo*!"


def test_html_in_a_text_stays_text() -> None:
    assert "<img" not in named("<img src=x> and ![x](file:///etc/passwd)", people("together"))


def test_no_short_word_stands_alone_below_a_title() -> None:
    kept = ends_together(named("A time with more than one good end", {}))
    assert kept == 'A time with more than one <span class="together">good end</span>'
    for whole in ("Laugh again", "One **bold end**", "w" * 200):
        assert "together" not in ends_together(named(whole, {}))


def test_the_cue_before_words_to_say_stands_out_and_nothing_in_it_is_markup() -> None:
    assert cued("To begin: “Hello.”") == "<strong>To begin:</strong> “Hello.”"
    assert cued("“Hello: there.”") == "“Hello: there.”"
    assert cued("<b>: “<i>”") == "<strong>&lt;b&gt;:</strong> “&lt;i&gt;”"
