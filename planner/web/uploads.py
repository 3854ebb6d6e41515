"""Files that members send: a view that takes them says how much; everything else keeps to the usual limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_upload(most: int) -> Callable[[View], View]:
    """Mark a view as taking up to `most` bytes of files beside what any form may hold."""

    def mark(view: View) -> View:
        view.upload_limit = most  # type: ignore[attr-defined]
        return view

    return mark


def register(app: Flask) -> None:
    """Let marked views take more; to be called before anything that reads a form."""

    @app.before_request
    def _limit() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        most = getattr(view, "upload_limit", 0)
        usual = current_app.config["MAX_CONTENT_LENGTH"]
        if most and usual:
            request.max_content_length = usual + most
