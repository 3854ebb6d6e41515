"""Every setting, named, typed and explained once. The table in README.md is made from this file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting that cannot be understood. The message names it and says what it takes."""


def _setting(
    default: Any, explain: str, *, least: int = 1, most: int | None = None, one_of: tuple[str, ...] = ()
) -> Any:
    """`least` and `most` hold for numbers, `one_of` for text."""
    return field(
        default=default, metadata={"explain": explain, "least": least, "most": most, "one_of": one_of}
    )


@dataclass(frozen=True)
class Settings:
    """Read from environment variables of the same name in capitals."""

    instance: str = _setting("instance", "Folder for the database, the keys and the PDF cache.")
    database_url: str = _setting(
        "", "SQLAlchemy address of the database; empty: `planner.db` in the instance folder."
    )
    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(5000, "Port to listen on.", most=65535)
    workers: int = _setting(2, "Web worker processes.")
    public_url: str = _setting(
        "",
        "Address that members use, for links in mail and codes on sheets. "
        "Needed for mail unless they work on this machine.",
    )
    secure_cookies: bool = _setting(False, "Set to 1 when the planner is reached by https only.")
    trusted_proxies: int = _setting(
        0, "How many reverse proxies stand in front and may name the client's address.", least=0
    )
    session_hours: int = _setting(12, "Hours without use after which a member is signed out.")
    invitation_days: int = _setting(7, "Days for which an invitation link works.")
    reset_hours: int = _setting(2, "Hours for which a password reset link works.")
    smtp_host: str = _setting("", "Mail server; empty: mail is written to the log instead of being sent.")
    smtp_port: int = _setting(587, "Port of the mail server.", most=65535)
    smtp_user: str = _setting("", "User name at the mail server.")
    smtp_password: str = _setting("", "Password at the mail server.")
    smtp_tls: bool = _setting(True, "Use STARTTLS; set to 0 for a server on this machine.")
    mail_from: str = _setting("reconnect@localhost", "Sender of mail.")
    render_processes: int = _setting(1, "PDF processes for each web worker.")
    render_seconds: int = _setting(20, "Seconds after which making a PDF is given up.")
    render_megabytes: int = _setting(1024, "Memory of one PDF process, in MB.")
    cache_megabytes: int = _setting(200, "Size of the PDF cache on disk, in MB.", least=0)
    pack_workers: int = _setting(
        1, "Sheets of packs that a worker prints at a time; 0: `make run` starts no worker.", least=0
    )
    pack_days: int = _setting(7, "Days for which a finished pack can be downloaded.")
    time_zone: str = _setting("Europe/London", "Time zone of times on screen, as in “Europe/London”.")
    log_level: str = _setting(
        "info", "debug, info, warning or error.", one_of=("debug", "info", "warning", "error")
    )

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read settings from `env` (default: the process environment). Raises BadSetting."""
        env = os.environ if env is None else env
        values: dict[str, Any] = {}
        for each in fields(cls):
            text = env.get(each.name.upper(), "").strip()
            if text:
                values[each.name] = _typed(each, text)
        return cls(**values)

    @property
    def folder(self) -> Path:
        """The instance folder; a relative one stands beside app.py."""
        return (ROOT / self.instance).resolve()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.folder / 'planner.db'}"

    @property
    def listens_at(self) -> str:
        """Host and port as they stand in an address."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _typed(each: Field[Any], text: str) -> Any:
    name, limits = each.name.upper(), each.metadata
    kind: type = type(each.default)
    if kind is bool:
        if text.lower() not in ("0", "1", "true", "false", "yes", "no"):
            raise BadSetting(f"{name} takes 1 or 0, not “{text}”.")
        return text.lower() in ("1", "true", "yes")
    if kind is int:
        if not text.isascii() or not text.isdigit():
            raise BadSetting(f"{name} takes a whole number, not “{text}”.")
        number, least, most = int(text), limits["least"], limits["most"]
        if number < least or (most is not None and number > most):
            span = f"from {least} to {most}" if most is not None else f"of {least} or more"
            raise BadSetting(f"{name} takes a whole number {span}, not {text}.")
        return number
    if limits["one_of"] and text.lower() not in limits["one_of"]:
        raise BadSetting(f"{name} takes one of {', '.join(limits['one_of'])}, not “{text}”.")
    if name == "TIME_ZONE":
        _check_time_zone(text)
    return text


def _check_time_zone(name: str) -> None:
    from babel.dates import get_timezone  # imported late: PDF processes read this file and need no calendars

    try:
        get_timezone(name)
    except LookupError:
        raise BadSetting(f"TIME_ZONE takes a name like “Europe/London”, not “{name}”.") from None


def table() -> str:
    """The settings as a Markdown table, for README.md: `python -m planner.config` prints it."""
    rows = ["| setting | default | what it does |", "| --- | --- | --- |"]
    for each in fields(Settings):
        default = int(each.default) if isinstance(each.default, bool) else each.default
        shown = f"`{default}`" if default != "" else "empty"
        rows.append(f"| `{each.name.upper()}` | {shown} | {each.metadata['explain']} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table(), end="")
