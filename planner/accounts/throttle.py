"""How often something may be tried. Pure: the time is an argument, and the counts are kept in `attempts`."""

from __future__ import annotations

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime

WINDOW_SECONDS = 15 * 60


@dataclass(frozen=True)
class Limits:
    """Tries in one window: for one account, from one address, and by everybody together."""

    account: int
    address: int
    everyone: int


LIMITS = {
    "sign-in": Limits(account=10, address=50, everyone=500),
    "password": Limits(account=10, address=50, everyone=500),
    "set-up": Limits(account=10, address=10, everyone=50),
    # Each of these sends mail to somebody, so fewer.
    "reset": Limits(account=3, address=20, everyone=200),
    "link": Limits(account=10, address=30, everyone=300),
}


class TooMany(Exception):
    """Tried too often; it may be tried again after `minutes`."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@dataclass(frozen=True)
class Counter:
    """One of the counts that a try belongs to, and how far it may go."""

    scope: str
    limit: int


def counters(kind: str, account: str, address: str) -> tuple[Counter, ...]:
    """The counts of one try. `account` may be empty; names and addresses are kept as hashes only."""
    limits = LIMITS[kind]
    own = [Counter(_scope(kind, "account", account), limits.account)] if account else []
    return (
        *own,
        Counter(_scope(kind, "address", network(address)), limits.address),
        Counter(f"{kind}/everyone", limits.everyone),
    )


def window(at: datetime) -> int:
    """The number of the quarter of an hour that `at` lies in."""
    return int(at.timestamp()) // WINDOW_SECONDS


def minutes_left(at: datetime) -> int:
    """Whole minutes until the next window, at least 1."""
    return math.ceil((WINDOW_SECONDS - at.timestamp() % WINDOW_SECONDS) / 60)


def network(address: str) -> str:
    """The address, or for IPv6 its /64: one household or server has all addresses of one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, 64), strict=False))


def _scope(kind: str, which: str, name: str) -> str:
    return f"{kind}/{which}/{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:40]}"
