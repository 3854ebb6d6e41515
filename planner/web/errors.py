"""Error pages in plain words. Whatever was typed is shown again, so that nothing is lost."""

from __future__ import annotations

from itertools import islice

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from planner.errors import NotAllowed, NotFound, RuleBroken
from planner.web.htmx import is_same_origin, wants_fragment
from planner.web.uploads import is_upload

log = structlog.get_logger()

# Never echoed onto a page: every field for a secret has one of these in its name.
SECRET = ("password", "token", "code")
# More than any form of ours has. Without a limit a stranger could have a page of any size made.
_MOST_FIELDS = 200


def typed() -> list[tuple[str, str]]:
    """What was sent in the form, without secrets, in order."""
    try:
        form = request.form if is_same_origin() else MultiDict()
    except HTTPException:
        return []
    return [
        (name, value)
        for name, value in islice(form.items(multi=True), _MOST_FIELDS)
        if not any(secret in name.lower() for secret in SECRET)
    ]


def page(code: int, title: str, text: str, *, again: bool = False) -> Response:
    """An error page; for htmx only its message, which the page shows beside what was typed."""
    if wants_fragment():
        response = make_response(
            render_template("errors/_problem.html", title=title, text=text, sign_in=code == 401), code
        )
        response.headers["HX-Retarget"] = "#problem"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    fields = typed() if request.method == "POST" else []
    html = render_template(
        "errors/page.html", code=code, title=title, text=text, fields=fields, again=again and bool(fields)
    )
    return make_response(html, code)


def not_found() -> Response:
    return page(
        404,
        _("There is nothing here"),
        _("It may have been moved or removed, or the address may have a slip in it."),
    )


def signed_out() -> Response:
    """A request that needs a member came without one. What was typed stays."""
    return page(
        401,
        _("You have been signed out"),
        _("Nothing that you typed is lost. Sign in in a new tab, come back here, and send it again."),
        again=True,
    )


def too_large() -> Response:
    """More was sent than is read: nothing of it is known."""
    text = _("Please shorten the text, or send it in parts.")
    if is_upload():
        text = _("This file is far too large. Go back to what you typed, and choose a smaller file.")
    return page(413, _("That is too much at once"), text)


def register(app: Flask) -> None:
    """Give `app` a page for each kind of failure."""

    @app.errorhandler(NotFound)
    @app.errorhandler(404)
    def _not_found(_error: Exception) -> Response:
        return not_found()

    @app.errorhandler(NotAllowed)
    def _not_allowed(error: Exception) -> Response:
        return page(403, _("This is not yours to change"), str(error))

    @app.errorhandler(RuleBroken)
    def _rule(error: Exception) -> Response:
        return page(422, _("That does not fit"), str(error), again=True)

    @app.errorhandler(CSRFError)
    def _csrf(_error: Exception) -> Response:
        return page(
            400,
            _("Please send that once more"),
            _("This page had been open for a long time. What you typed is below; nothing was changed yet."),
            again=True,
        )

    @app.errorhandler(413)
    def _large(_error: Exception) -> Response:
        return too_large()

    @app.errorhandler(405)
    def _method(_error: Exception) -> Response:
        return page(405, _("This address works differently"), _("Please use the buttons on the page."))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        return page(error.code or 500, _("That did not work"), _("Please go back and try again."))

    @app.errorhandler(Exception)
    def _crash(error: Exception) -> Response:
        if app.config.get("PROPAGATE_EXCEPTIONS") or app.testing:
            raise error
        log.exception("request failed", endpoint=request.endpoint)
        title = _("Something went wrong on our side")
        try:
            text = _("What you typed is still here. Please try again in a moment.")
            return page(500, title, text, again=True)
        except Exception:
            # Every page asks the database who is signed in, and that may be what went wrong.
            log.exception("error page failed", endpoint=request.endpoint)
            return make_response(render_template("errors/bare.html", title=title), 500)
