"""Reconnect: forward-focused session plans for couples counsellors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from planner.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises BadSetting, or KeyMissing when there is a database without its key."""
    # Imported late, so that the pure modules of this package can be used without the web.
    from planner.factory import build

    return build(settings)
