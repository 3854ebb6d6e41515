"""The fragment protocol: one response swaps one region, and at most a few others out of band."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request
from flask_htmx import HTMX
from werkzeug.wrappers import Response as BaseResponse

htmx = HTMX()


def wants_fragment() -> bool:
    """True when htmx asks for a part of a page."""
    return bool(htmx) and not htmx.boosted


def fragments(main: str, *others: str, said: str = "", code: int = 200, **context: Any) -> Response:
    """Render `main`, then each of `others` out of band, then what the status line should say."""
    parts = [render_template(main, oob=False, **context)]
    parts += [render_template(name, oob=True, **context) for name in others]
    if said:
        parts.append(render_template("_status.html", oob=True, said=said))
    return make_response("\n".join(parts), code)


def go(address: str, said: str = "") -> BaseResponse:
    """After a change: to another page, in the manner that the browser asked for, with a word about it."""
    if said:
        flash(said)
    if wants_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, 303)


def vary(response: Response) -> Response:
    """The same address answers with a page or a fragment, so caches must tell them apart."""
    response.vary.add("HX-Request")
    return response


def is_same_origin() -> bool:
    """False when the browser says that another site sent this request.

    Over plain http it says so only by Origin, which every browser sends with a form from elsewhere.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return request.headers.get("Origin", request.host_url.rstrip("/")) == request.host_url.rstrip("/")
