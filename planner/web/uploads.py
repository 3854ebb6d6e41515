"""Files that members send: a view that takes them says how much; everything else keeps to the usual limit."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_upload(most: int, kept: int = 0) -> Callable[[View], View]:
    """Mark a view as taking up to `most` bytes of files beside what any form may hold.

    With `kept` only so many bytes of the first file are kept, in memory: a file that is longer is refused all
    the same, yet what was typed beside it is there to be shown again. Nothing is written to the disk.
    """

    def mark(view: View) -> View:
        view.upload_limit, view.upload_kept = most, kept  # type: ignore[attr-defined]
        return view

    return mark


class Incoming(Request):
    """A request that can let go of most of a file while it arrives."""

    keep_of_file = 0
    _files_begun = 0

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if not self.keep_of_file:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        self._files_begun += 1
        return _Beginning(self.keep_of_file if self._files_begun == 1 else 0)


class _Beginning(BytesIO):
    """The first bytes of what is written into it; the rest is gone."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, part: Any, /) -> int:
        data = bytes(part)
        super().write(data[: max(self._most - self.tell(), 0)])
        return len(data)


def is_upload() -> bool:
    """True when the view that was asked takes files."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "upload_limit", 0))


def register(app: Flask) -> None:
    """Let marked views take more; to be called before anything that reads a form."""
    app.request_class = Incoming

    @app.before_request
    def _limit() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        most = getattr(view, "upload_limit", 0)
        usual = current_app.config["MAX_CONTENT_LENGTH"]
        if most and usual:
            request.max_content_length = usual + most
            cast(Incoming, request).keep_of_file = getattr(view, "upload_kept", 0)
