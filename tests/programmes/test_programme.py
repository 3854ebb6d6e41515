"""A programme as a value: sessions keep their order, none is lost, and one of them at most is the ending."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.programmes import programme as verbs
from planner.programmes.exchange import BadFile, Kept, from_json, to_json
from planner.programmes.programme import (
    AIM_LIMIT,
    MAX_SESSIONS,
    BadProgramme,
    Programme,
    Session,
    checked,
    laid_out,
)
from planner.programmes.rules import breaches
from tests.programmes.strategies import programmes

AIMS = {"first": "Arrive", "ordinary": "", "review": "Look back", "ending": "Keep going"}


def names():
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def of(*kinds):
    return Programme("P", sessions=tuple(Session(f"s{n}", kind=kind) for n, kind in enumerate(kinds, 1)))


def ids(programme):
    return [session.id for session in programme.sessions]


VERBS = ("move", "step", "swap", "edit", "attach", "detach")


def did(verb, programme, one, data):
    """The programme after one of VERBS on the session `one`, with whatever else it needs."""
    match verb:
        case "move":
            return verbs.move(programme, one, data.draw(st.integers(-2, 12)))
        case "step":
            return verbs.step(programme, one, data.draw(st.sampled_from((-1, 1))))
        case "swap":
            return verbs.swap(programme, one, data.draw(st.sampled_from(ids(programme))))
        case "edit":
            return verbs.edit(programme, one, kind="ending")
        case "attach":
            return verbs.attach(programme, one, f"plan-{one}")
        case _:
            return verbs.detach(programme, one)


@given(programmes(), st.data())
def test_whatever_is_done_no_session_is_lost_and_at_most_one_is_the_ending(programme, data):
    for step in range(6):
        before = programme
        verb = data.draw(st.sampled_from(("add", "remove", *VERBS)))
        one = data.draw(st.sampled_from(ids(programme))) if programme.sessions else None
        if verb == "add" or one is None:
            new = Session(f"new-{step}", kind="ending")
            programme = verbs.add(programme, new, data.draw(st.none() | st.integers(-2, 12)))
            assert set(ids(programme)) == {*ids(before), new.id}
        elif verb == "remove":
            programme = verbs.remove(programme, one)
            assert ids(programme) == [each for each in ids(before) if each != one]
        else:
            programme = did(verb, programme, one, data)
            assert sorted(ids(programme)) == sorted(ids(before))
            assert verb in ("move", "step", "swap") or ids(programme) == ids(before)
        assert checked(programme) == programme
        assert sum(session.kind == "ending" for session in programme.sessions) <= 1


@given(programmes(), st.integers(0, 9), st.integers(0, 9))
def test_a_moved_session_stands_where_it_was_put_and_the_others_keep_their_order(programme, which, where):
    if not programme.sessions:
        return
    one = programme.sessions[which % len(programme.sessions)]
    after = verbs.move(programme, one.id, where)
    assert after.sessions.index(one) == min(where, len(programme.sessions) - 1)
    assert [s for s in after.sessions if s != one] == [s for s in programme.sessions if s != one]


@given(programmes(), st.none() | programmes(), st.booleans())
def test_what_is_written_reads_back_the_same(programme, before, undone):
    kept = Kept(programme, before, undone)
    assert from_json(to_json(kept)) == kept


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "programme": {}}', "null"])
def test_a_text_that_is_no_programme_is_refused(text):
    with pytest.raises(BadFile):
        from_json(text)


@pytest.mark.parametrize("many", range(1, 21))
def test_a_new_programme_keeps_every_rule(many):
    programme = laid_out(Programme("P"), many, AIMS, names())
    assert len(programme.sessions) == many
    assert breaches(programme, {}) == ()
    kinds = [session.kind for session in programme.sessions]
    assert kinds[-1] == "ending"
    assert [n for n, kind in enumerate(kinds, 1) if kind == "review"] == [4, 8, 12, 16][: (many - 1) // 4]


def test_a_new_session_stands_before_the_ending():
    assert ids(verbs.add(of("ordinary", "ending"), Session("new"))) == ["s1", "new", "s2"]
    assert ids(verbs.add(of("ordinary"), Session("new"))) == ["s1", "new"]


def test_the_day_of_a_session_follows_from_the_first():
    programme = replace(of("ordinary", "ordinary", "ending"), begins=dt.date(2031, 1, 7), weeks=2)
    assert [programme.due(place) for place in (1, 2, 3)] == [
        dt.date(2031, 1, 7),
        dt.date(2031, 1, 21),
        dt.date(2031, 2, 4),
    ]
    assert replace(programme, begins=None).due(1) is None
    assert replace(programme, begins=dt.date.max).due(2) is None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"hope": "x" * 601}, "hope"),
        ({"length": 9}, "length"),
        ({"weeks": 5}, "weeks"),
        ({"areas": ("nowhere",)}, "areas"),
        ({"sessions": (Session("a", "x" * (AIM_LIMIT + 1)),)}, "aim"),
        ({"sessions": (Session("a", kind="party"),)}, "kind"),
        ({"sessions": (Session("a"), Session("a"))}, "session"),
        ({"sessions": (Session("a", plan_id="p"), Session("b", plan_id="p"))}, "plan"),
        ({"sessions": (Session("a", kind="ending"), Session("b", kind="ending"))}, "kind"),
        ({"sessions": tuple(Session(str(n)) for n in range(MAX_SESSIONS + 1))}, "session"),
    ],
)
def test_limits_are_kept(change, where):
    with pytest.raises(BadProgramme) as refused:
        checked(replace(Programme("P"), **change))
    assert refused.value.where == where
