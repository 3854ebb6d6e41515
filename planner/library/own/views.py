"""Pages of one's own exercises: the list of them, adapting, sharing, archiving, and private notes."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db
from planner.errors import RuleBroken, Stale
from planner.library import queries
from planner.library.own import authoring, notes
from planner.library.own.forms import NoteForm
from planner.library.own.standing import own, stars
from planner.library.views import exercise_page, marks
from planner.library.writing import drafts
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("own", __name__)

# What a form says that is to be kept although the note was taken away elsewhere.
NOTHING = "nothing"


def shown(slug: str, said: str) -> BaseResponse:
    """Back to an exercise's page, with a word about what was done."""
    return go(url_for("library.show", slug=slug), said)


@bp.get("/library/mine")
def mine() -> str:
    """What the member wrote: drafts, private, shared, archived."""
    who = asker()
    found = own(db.session, who)
    begun = drafts.mine(db.session, who)
    return render_template(
        "own/mine.html",
        drafts=begun,
        draft_titles={draft.id: drafts.title_of(draft) for draft in begun},
        own=found,
        starred=stars(db.session, who),
        **marks(found.every),
    )


@bp.post("/library/<slug>/change")
def change(slug: str) -> BaseResponse:
    """Open one's own exercise for writing; what stands in the library stays until the draft goes there."""
    draft = drafts.edit(db.session, asker(), slug)
    db.session.commit()
    return go(url_for("writing.draft", draft_id=draft.id))


@bp.post("/library/<slug>/adapt")
def adapt(slug: str) -> BaseResponse:
    """Make a version of one's own from any exercise; it knows its origin."""
    draft = drafts.adapt(db.session, asker(), slug)
    db.session.commit()
    return go(url_for("writing.draft", draft_id=draft.id))


@bp.post("/library/<slug>/sharing")
def share(slug: str) -> BaseResponse:
    shared = request.form.get("shared") == "1"
    authoring.share(db.session, asker(), slug, shared)
    db.session.commit()
    return shown(
        slug,
        _("Your colleagues can use this exercise now.")
        if shared
        else _("Only you see this exercise now. Plans that colleagues made with it keep their version."),
    )


# Archiving and deleting


@bp.get("/library/<slug>/archive")
def ask_to_archive(slug: str) -> Response:
    return _ask(slug)


def _ask(slug: str, problem: str = "", code: int = 200) -> Response:
    who = asker()
    record = authoring.editable(db.session, who, slug)
    may_remove = record.member_id == who.id and not authoring.is_used(db.session, record)
    html = render_template("own/archive.html", record=record, may_remove=may_remove, problem=problem)
    return make_response(html, code)


@bp.post("/library/<slug>/archive")
def archive(slug: str) -> BaseResponse:
    authoring.archive(db.session, asker(), slug)
    db.session.commit()
    return shown(slug, _("It is in the archive. Plans that use it go on as before."))


@bp.post("/library/<slug>/bring-back")
def bring_back(slug: str) -> BaseResponse:
    authoring.bring_back(db.session, asker(), slug)
    db.session.commit()
    return shown(slug, _("It is in the library again."))


@bp.post("/library/<slug>/delete")
def remove(slug: str) -> BaseResponse:
    title = authoring.editable(db.session, asker(), slug).title
    try:
        authoring.remove(db.session, asker(), slug)
    except RuleBroken as error:
        db.session.rollback()
        return _ask(slug, str(error), 422)
    db.session.commit()
    return go(url_for("own.mine"), _("“%(title)s” is deleted.", title=title))


# Private notes


@bp.post("/library/<slug>/note")
def note(slug: str) -> Response | BaseResponse:
    """Keep the member's note. It is saved on its own, while one writes."""
    who, form = asker(), NoteForm()
    base = request.form.get("instead_of") or request.form.get("base", "")
    base = "" if base == NOTHING else base
    if not form.validate():
        return _note(slug, form, code=422)
    try:
        notes.write(db.session, who, slug, form.note.data or "", base)
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _note(slug, form, code=409)
    if not wants_fragment():
        return shown(slug, _("Your note is kept.") if form.note.data else _("Your note is taken away."))
    return _note(slug, form)


def _note(slug: str, form: NoteForm, code: int = 200) -> Response:
    """What stands under the field; without a script the whole page, with the field as it was typed."""
    who = asker()
    kept = notes.note(db.session, who, queries.record(db.session, who, slug))
    if not wants_fragment():
        return exercise_page(slug, note_form=form, code=code)
    answer = fragments(
        "own/_note_kept.html",
        code=code,
        slug=slug,
        note=kept,
        note_form=form,
        note_stale=code == 409,
        base=request.form.get("base", ""),
    )
    if code == 409 and request.form.get("shown") == notes.mark_of(kept):
        # It is on the page already, perhaps under a finger that is about to press one of its buttons.
        answer.headers["HX-Reswap"] = "none"
    return answer
