"""Programmes for tests: every one that Hypothesis can think of, and plans for their sessions."""

from __future__ import annotations

from hypothesis import strategies as st

from planner.programmes.programme import KINDS, Programme, Session, checked
from tests.builders import plans, some_areas, some_fears, texts, titles

ids = st.text("abcdef0123456789", min_size=1, max_size=8)


@st.composite
def programmes(draw: st.DrawFn, most: int = 10) -> Programme:
    """A programme with at most one ending session; each plan stands in it once."""
    made = draw(
        st.lists(
            st.builds(Session, id=ids, aim=texts, kind=st.sampled_from(KINDS), plan_id=st.none() | ids),
            unique_by=lambda session: session.id,
            max_size=most,
        )
    )
    ended, used, sessions = False, set(), []
    for one in made:
        kind = "review" if one.kind == "ending" and ended else one.kind
        ended = ended or kind == "ending"
        plan_id = None if one.plan_id in used else one.plan_id
        used.add(plan_id)
        sessions.append(Session(one.id, one.aim, kind, plan_id))
    return checked(
        Programme(
            title=draw(titles),
            hope=draw(texts),
            begins=draw(st.none() | st.dates()),
            weeks=draw(st.integers(1, 4)),
            length=draw(st.integers(10, 480)),
            areas=draw(some_areas),
            fears=draw(some_fears),
            sessions=tuple(sessions),
        )
    )


@st.composite
def planned(draw: st.DrawFn):
    """A programme and plans for some of its sessions."""
    programme = draw(programmes(6))
    return programme, {plan_id: draw(plans) for plan_id in programme.plan_ids if draw(st.booleans())}
