"""Where to send people: only to addresses of this planner."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for

from planner.config import Settings

_LOCAL = ("localhost", "127.0.0.1", "[::1]")


def local_path(address: str | None) -> str | None:
    """`address` if it is a path on this server, for `next=`; None for anything that leads elsewhere."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(ord(c) <= 32 or ord(c) == 127 for c in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None


def here(endpoint: str, **values: Any) -> str:
    """A full address for a member's own screen: the one that they came by, unless it is set."""
    return _full(endpoint, values) or url_for(endpoint, _external=True, **values)


def by_mail(settings: Settings, endpoint: str, **values: Any) -> str:
    """A full address for mail that a stranger may have asked for.

    The name of the server in a request is the sender's choice, and could lead a member to another site. So
    without PUBLIC_URL only names of this machine are believed.
    """
    host = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdigit() else request.host
    if settings.public_url or host in (*_LOCAL, settings.host):
        return here(endpoint, **values)
    return f"http://{settings.host}:{settings.port}{url_for(endpoint, **values)}"


def _full(endpoint: str, values: dict[str, Any]) -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url.rstrip("/") + url_for(endpoint, **values) if settings.public_url else ""
