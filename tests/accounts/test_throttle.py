"""How often something may be tried, with the time as an argument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.accounts.throttle import WINDOW_SECONDS, counters, minutes_left, network, window

TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(TIMES)
def test_after_the_minutes_that_are_named_a_new_window_begins(at: datetime) -> None:
    minutes = minutes_left(at)
    assert 1 <= minutes <= WINDOW_SECONDS // 60
    assert window(at + timedelta(minutes=minutes)) == window(at) + 1


def test_a_try_counts_for_the_account_the_address_and_all() -> None:
    scopes = [each.scope for each in counters("sign-in", "mary@example.org", "192.0.2.7")]
    assert [scope.split("/")[1] for scope in scopes] == ["account", "address", "everyone"]
    assert all(len(scope) <= 80 for scope in scopes)


def test_names_and_addresses_are_not_kept_in_clear() -> None:
    text = " ".join(each.scope for each in counters("sign-in", "mary@example.org", "192.0.2.7"))
    assert "mary" not in text
    assert "192.0.2.7" not in text


def test_a_household_with_ipv6_is_one_address() -> None:
    assert network("2001:db8:1:2::7") == network("2001:db8:1:2:ffff::1") != network("2001:db8:1:3::7")
    assert network("::ffff:192.0.2.7") == "192.0.2.7"
    assert network("not an address") == "not an address"
