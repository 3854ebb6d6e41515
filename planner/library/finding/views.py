"""Finding an exercise: the library's page with search, facets and map, and the filters kept by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import queries as accounts
from planner.accounts.access import asker
from planner.db import db
from planner.errors import RuleBroken
from planner.library.finding import browsing, facets, filters
from planner.library.finding.facets import Wanted
from planner.library.forms import SaveFilterForm
from planner.library.models import ExerciseRecord
from planner.library.own import notes
from planner.web.htmx import fragments, go, htmx, wants_fragment

bp = Blueprint("library", __name__)


@bp.get("/library")
def browse() -> str | Response:
    wanted, count = facets.from_args(request.args), request.args.get("count") == "1"
    found = browsing.browse(db.session, asker(), wanted, count_all=count)
    if not wants_fragment():
        return render_template("library/browse.html", **_context(found))
    if count:
        return fragments("library/_facets.html", "library/_total.html", **_context(found))
    # After a star was pressed the status line speaks of that, not of the list behind it.
    starred = htmx.trigger == "after-star"
    said = "" if starred else _how_many(found)
    answer = fragments("library/_results.html", "library/_facets.html", said=said, **_context(found))
    return _addressed(answer, url_for("library.browse", **found.wanted.to_args()))


def _context(found: browsing.Browse, form: SaveFilterForm | None = None) -> dict[str, Any]:
    """What the page reads. `same` are the filters by whose names one could have asked for this."""
    kept = filters.kept(db.session, asker())
    return {
        "found": found,
        "facets": facets.FACETS,
        "kept": kept,
        "same": [one for one in kept if one.wanted == found.wanted.kept],
        "form": form or SaveFilterForm(formdata=None),
        "just_done": False,
    } | marks([row.record for row in found.rows])


def marks(records: Sequence[ExerciseRecord]) -> dict[str, Any]:
    """What rows say of exercises beside their text: who wrote them, and on which there is a note."""
    who = asker()
    written = any(one.practice_id for one in records)
    return {
        "authors": accounts.names(db.session, who) if written else {},
        "noted": notes.noted(db.session, who, records),
    }


def _how_many(found: browsing.Browse) -> str:
    if found.more:
        return _("More than %(count)s exercises", count=found.total)
    return ngettext("%(num)d exercise", "%(num)d exercises", found.total)


def _addressed(answer: Response, address: str) -> Response:
    """Keep the browser's address in step: typing replaces it, a choice makes a new one to come back from."""
    if not (htmx.current_url or "").endswith(address):
        answer.headers["HX-Replace-Url" if htmx.trigger_name == "q" else "HX-Push-Url"] = address
    return answer


# Filters by name. What is chosen stands in the address, as on the page itself.


@bp.post("/library/filters")
def save_filter() -> Response | BaseResponse:
    wanted, form = facets.from_args(request.args), SaveFilterForm()
    if not form.validate():
        return _refused(wanted, form)
    try:
        kept = filters.save(db.session, asker(), form.name.data or "", wanted, form.replacing.data or "")
    except RuleBroken as error:
        form.name.errors = [str(error)]
        # Pressed once more, the button replaces what has the name, as it then says.
        form.replacing.data = error.id if isinstance(error, filters.NameTaken) else ""
        return _refused(wanted, form)
    db.session.commit()
    return _done(wanted, _("Saved as “%(name)s”.", name=kept.name))


@bp.post("/library/filters/<filter_id>/remove")
def remove_filter(filter_id: str) -> Response | BaseResponse:
    was = filters.remove(db.session, asker(), filter_id)
    db.session.commit()
    return _done(was.wanted, _("Removed “%(name)s” from your filters.", name=was.name))


def _refused(wanted: Wanted, form: SaveFilterForm) -> Response:
    context = _context(browsing.browse(db.session, asker(), wanted), form)
    if wants_fragment():
        return fragments("library/_results.html", code=422, **context)
    return Response(render_template("library/browse.html", **context), 422)


def _done(wanted: Wanted, said: str) -> Response | BaseResponse:
    if not wants_fragment():
        return go(url_for("library.browse", **wanted.to_args()), said)
    context = _context(browsing.browse(db.session, asker(), wanted)) | {"just_done": True}
    return fragments("library/_results.html", "library/_kept.html", said=said, **context)
