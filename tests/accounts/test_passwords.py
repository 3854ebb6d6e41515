"""Passwords: long enough, and not the first that somebody would try."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.accounts.passwords import Fault, fault, normal


@pytest.mark.parametrize(
    "password",
    [
        "a long walk by the river",
        "Tr0ub4dor&3xyz",
        "кот на крыше спит",
        "🌊🌲🌞🌙⭐🍂🍎🍞🧀🫖🚲🏔",
        "        spaces count too        ",
    ],
)
def test_any_characters_may_stand_in_a_password(password: str) -> None:
    assert fault(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", Fault.SHORT),
        ("x" * 201, Fault.LONG),
        ("aaaaaaaaaaaaaa", Fault.REPEATED),
        ("iloveyouiloveyou", Fault.REPEATED),
        ("abcabcabcabc", Fault.REPEATED),
        ("123456789012", Fault.RUN),
        ("qwertyuiopas", Fault.RUN),
        ("1q2w3e4r5t6y", Fault.RUN),
        ("poiuytrewq12", Fault.RUN),
        ("password1234", Fault.COMMON),
        ("P@ssw0rd2024!", Fault.COMMON),
        ("Manchester United", Fault.COMMON),
        ("correcthorsebatterystaple", Fault.COMMON),
    ],
)
def test_what_people_choose_most_is_refused(password: str, why: Fault) -> None:
    assert fault(password) is why


@pytest.mark.parametrize(
    "password", ["harbourpractice", "Harbour Practice 1", "owner@example.org", "mary.winters!1"]
)
def test_what_stands_beside_it_is_no_password(password: str) -> None:
    personal = ["owner@example.org", "Harbour Practice", "Mary Winters"]
    assert fault(password, personal) is Fault.PERSONAL


def test_the_same_password_typed_on_another_system_is_the_same() -> None:
    assert normal("cafe\u0301") == normal("caf\u00e9")


@given(st.text(max_size=300))
def test_every_text_gets_an_answer(password: str) -> None:
    assert fault(password, [password[:20]]) in (None, *Fault)


@given(st.text(st.characters(categories=["Lu", "Ll"]), max_size=11))
def test_nothing_short_passes(password: str) -> None:
    if len(normal(password)) < 12:
        assert fault(password) is Fault.SHORT
