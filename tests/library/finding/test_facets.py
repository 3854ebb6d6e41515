"""What is looked for in the library: an address that reads back, and counts that tell the truth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from planner.library.finding.facets import FACETS, MINUTES, Facet, Kind, Wanted, count, fits, from_args


def some_of(facet: Facet) -> st.SearchStrategy[tuple[str, ...]]:
    most = 1 if facet.single else None
    chosen = st.lists(st.sampled_from(facet.values), unique=True, max_size=most)
    return chosen.map(lambda values: tuple(value for value in facet.values if value in values))


WANTED = st.builds(
    Wanted,
    q=st.text(max_size=40).map(lambda text: " ".join("".join(c for c in text if c.isprintable()).split())),
    page=st.integers(1, 99),
    **{facet.key: some_of(facet) for facet in FACETS},
)
KINDS = st.lists(
    st.builds(
        Kind,
        st.tuples(*(st.lists(st.sampled_from(f.values), unique=True, max_size=3).map(tuple) for f in FACETS)),
        st.integers(1, 5),
    ),
    max_size=12,
)


@given(WANTED)
def test_an_address_reads_back_as_what_was_looked_for(wanted: Wanted) -> None:
    assert from_args(MultiDict(wanted.to_args())) == wanted


@given(
    st.lists(st.tuples(st.sampled_from(["q", "page", *(f.arg for f in FACETS), "x"]), st.text(max_size=30)))
)
def test_an_address_with_nonsense_in_it_still_opens(pairs: list[tuple[str, str]]) -> None:
    wanted = from_args(MultiDict(pairs))
    assert wanted.page >= 1
    assert from_args(MultiDict(wanted.to_args())) == wanted


def test_an_address_names_only_what_is_asked_for() -> None:
    assert Wanted().to_args() == {}
    wanted = Wanted(q="hand", area=("self", "play"), audience=("one",))
    assert wanted.to_args() == {"q": "hand", "area": ["self", "play"], "for": ["one"]}


def test_odd_values_are_left_out() -> None:
    args = MultiDict([("area", "moon"), ("area", "self"), ("page", "²"), ("minutes", "5"), ("minutes", "20")])
    assert from_args(args) == Wanted(area=("self",), minutes=("20",))
    assert from_args(MultiDict([("page", "-3"), ("q", "a\x00b\ud800 ")])) == Wanted(q="a b")
    assert len(from_args(MultiDict([("q", "x" * 10_000)])).q) == 200


def passes(kind: Kind, wanted: Wanted, leaving_out: Facet | None = None) -> bool:
    return all(
        not wanted.values(facet) or set(wanted.values(facet)) & set(kind.values[place])
        for place, facet in enumerate(FACETS)
        if facet is not leaving_out
    )


@given(KINDS, WANTED)
def test_a_count_says_what_a_value_would_find_beside_the_other_facets(
    kinds: list[Kind], wanted: Wanted
) -> None:
    counted = count(kinds, wanted)
    assert counted.total == sum(kind.number for kind in kinds if passes(kind, wanted))
    for place, facet in enumerate(FACETS):
        others = [kind for kind in kinds if passes(kind, wanted, facet)]
        for value in facet.values:
            assert counted.values[facet.key][value] == sum(
                k.number for k in others if value in k.values[place]
            )
        if wanted.values(facet):
            assert counted.without[facet.key] == sum(kind.number for kind in others)


def test_ten_minutes_fit_whatever_takes_ten_or_less() -> None:
    assert fits(10) == ("10", "12", "15", "20", "30")
    assert fits(1) == tuple(str(most) for most in MINUTES)
    assert fits(31) == ()


def test_one_value_or_a_whole_facet_can_be_given_up() -> None:
    area = FACETS[0]
    wanted = Wanted(area=("self", "play"), page=3)
    assert wanted.loosened(area, "self") == Wanted(area=("play",))
    assert wanted.loosened(area) == Wanted()
    assert [(facet.key, value) for facet, value in wanted.chosen] == [("area", "self"), ("area", "play")]


def test_up_to_an_intensity_is_every_one_from_the_first() -> None:
    assert Wanted(intensity=("5",), page=4).up_to(3) == Wanted(intensity=("1", "2", "3"))


def test_what_is_worth_a_name_has_no_page_and_no_view() -> None:
    assert Wanted(q="hand", fear=("hurt",), view="map", page=2).kept == Wanted(q="hand", fear=("hurt",))
