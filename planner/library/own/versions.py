"""Pages of an exercise's versions: reading them, comparing, restoring, and what changed in an original."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import queries as accounts
from planner.accounts.access import asker
from planner.db import db
from planner.errors import NotFound, Stale
from planner.library import held, queries
from planner.library.front_matter import Faulty
from planner.library.own import authoring
from planner.library.own.comparing import compared
from planner.library.own.standing import readable, standing
from planner.library.plaintext import PLAIN_PEOPLE
from planner.library.writing import drafts
from planner.web.htmx import go

bp = Blueprint("versions", __name__)


@bp.get("/library/<slug>/versions")
def every(slug: str) -> str:
    """Every version that the member may read, the newest first."""
    who = asker()
    record = queries.record(db.session, who, slug)
    return render_template(
        "own/versions.html",
        record=record,
        versions=readable(db.session, who, record),
        authors=accounts.names(db.session, who),
        editable=authoring.may_edit(who, record),
    )


@bp.get("/library/<slug>/versions/<digest>")
def one(slug: str, digest: str) -> str:
    """A version as it stood, also of an exercise that is shared no more: plans hold it."""
    exercise = queries.version(db.session, asker(), slug, digest)
    try:
        record = queries.record(db.session, asker(), slug)
    except NotFound:
        record = None
    return render_template(
        "own/version.html",
        record=record,
        exercise=exercise,
        digest=digest,
        added_at=held.added_at(db.session, slug, digest),
        people=PLAIN_PEOPLE,
    )


@bp.get("/library/<slug>/versions/<digest>/changes")
def changes(slug: str, digest: str) -> Response:
    """A version beside the one that stands now; an editor can bring it back from here."""
    return _changes(slug, digest)


def _changes(slug: str, digest: str, problems: tuple[str, ...] = (), code: int = 200) -> Response:
    who = asker()
    record, now = queries.exercise(db.session, who, slug)
    then = queries.version(db.session, who, slug, digest)
    html = render_template(
        "own/changes.html",
        record=record,
        digest=digest,
        sections=compared(db.session, who, then, now),
        added_at=held.added_at(db.session, slug, digest),
        editable=authoring.may_edit(who, record),
        problems=problems,
    )
    return make_response(html, code)


@bp.post("/library/<slug>/versions/<digest>/restore")
def restore(slug: str, digest: str) -> BaseResponse:
    """Make an older version the current one; the one that stood stays among the versions."""
    try:
        authoring.restore(db.session, asker(), slug, digest, request.form.get("base", ""))
    except Stale:
        db.session.rollback()
        text = _("The exercise was changed while you looked. This is what it compares with now.")
        return _changes(slug, digest, (text,), 409)
    except Faulty as error:
        db.session.rollback()
        return _changes(slug, digest, tuple(fault.message for fault in error.faults), 422)
    db.session.commit()
    return go(url_for("library.show", slug=slug), _("This version stands again."))


# What changed in the exercise that this one was adapted from


@bp.get("/library/<slug>/original")
def original(slug: str) -> Response:
    """What changed in the original since its adapter last looked."""
    return _original(slug)


def _original(slug: str, code: int = 200) -> Response:
    who = asker()
    record = authoring.editable(db.session, who, slug)
    found = authoring.original_of(db.session, who, record)
    if found is None or record.origin_digest is None:
        raise NotFound
    then = queries.version(db.session, who, found.slug, record.origin_digest)
    now = queries.exercise(db.session, who, found.slug)[1]
    html = render_template(
        "own/original.html",
        record=record,
        original=found,
        changed_at=standing(db.session, who, record, {}).changed_at,
        sections=compared(db.session, who, then, now),
        stale=code == 409,
    )
    return make_response(html, code)


@bp.post("/library/<slug>/original/keep")
def keep(slug: str) -> BaseResponse:
    """Leave one's own version as it is; what was seen of the original is not shown again."""
    try:
        authoring.keep_as_it_is(db.session, asker(), slug, request.form.get("seen", ""))
    except Stale:
        db.session.rollback()
        return _original(slug, 409)
    db.session.commit()
    return go(url_for("library.show", slug=slug), _("Your version stays as it is."))


@bp.post("/library/<slug>/original/bring")
def bring(slug: str) -> BaseResponse:
    """Open one's own version for writing, with what changed in the original beside it."""
    draft = drafts.edit(db.session, asker(), slug)
    found = authoring.original_of(db.session, asker(), authoring.editable(db.session, asker(), slug))
    if found is None:
        raise NotFound
    # Saving the draft then says that this version of the original was seen.
    draft.origin_slug, draft.origin_digest = found.slug, found.digest
    db.session.commit()
    return go(url_for("writing.draft", draft_id=draft.id))
