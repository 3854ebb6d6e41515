"""Pages for writing an exercise: the form, kept as a draft while one types, with a preview beside it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import format_time
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db
from planner.errors import NotAllowed, NotFound, Stale
from planner.library import queries
from planner.library.front_matter import Faulty
from planner.library.models import ExerciseDraft
from planner.library.own.comparing import brought
from planner.library.plaintext import PLAIN_PEOPLE
from planner.library.reading import reading
from planner.library.writing import drafts, rows
from planner.library.writing.drafts import NewerVersion
from planner.library.writing.forms import Editor, typed
from planner.library.writing.sheets import read_sheet
from planner.library.writing.unlike import unlike
from planner.library.writing.written import Written, from_exercise, sketch
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("writing", __name__)

ROWS = {"steps": "writing/_steps.html", "words": "writing/_words.html"}


@bp.route("/library/write", methods=["GET", "POST"])
def start() -> str | BaseResponse:
    """Begin a blank draft, or go on with one."""
    if request.method == "POST":
        begun = drafts.begin(db.session, asker())
        db.session.commit()
        return go(url_for("writing.draft", draft_id=begun.id))
    found = [(each, drafts.title_of(each)) for each in drafts.mine(db.session, asker())]
    return render_template("writing/start.html", drafts=found)


@bp.get("/library/drafts/<draft_id>")
def draft(draft_id: str) -> Response:
    found = drafts.opened(db.session, asker(), draft_id)
    return _page(found, drafts.written_in(found))


@bp.post("/library/drafts/<draft_id>")
def keep(draft_id: str) -> Response | BaseResponse:
    """Keep what stands in the form, once a button beside a row has had its way."""
    drafts.opened(db.session, asker(), draft_id)
    done = rows.changed(typed(request.form), request.form.get("do", ""))
    try:
        kept = drafts.keep(db.session, asker(), draft_id, done.written, _base())
        db.session.commit()
    except Stale:
        return _stale(draft_id, done.written)
    if not wants_fragment():
        anchor = f"{done.rows}-{done.place}" if done.rows else None
        said = (
            "" if done.rows else _("Kept as a draft at %(time)s.", time=format_time(kept.changed_at, "HH:mm"))
        )
        return go(url_for("writing.draft", draft_id=draft_id, _anchor=anchor), said)
    context = _context(kept, done.written) | {"done": done}
    beside = ("writing/_kept.html", "writing/_readings.html")
    if done.rows:
        return fragments(ROWS[done.rows], "writing/_preview.html", *beside, said=_said(done), **context)
    return fragments("writing/_preview.html", *beside, **context)


@bp.post("/library/drafts/<draft_id>/publish")
def publish(draft_id: str) -> Response | BaseResponse:
    """Put the draft into the library."""
    who, written = asker(), typed(request.form)
    drafts.opened(db.session, who, draft_id)
    try:
        kept = drafts.keep(db.session, who, draft_id, written, _base())
        _settle(draft_id)
        messages = drafts.check(db.session, who, kept, written)
        if messages:
            db.session.commit()
            return _page(kept, written, 422, messages=messages)
        was_new = kept.exercise_id is None
        shared = request.form.get("shared") == "1"
        found = drafts.publish(db.session, who, draft_id, kept.revision, shared=shared)
    except NewerVersion:
        db.session.commit()
        return _newer(draft_id, written)
    except Stale:
        return _stale(draft_id, written)
    except Faulty as error:
        db.session.commit()
        return _page(kept, written, 422, messages={"": " ".join(fault.message for fault in error.faults)})
    except (NotAllowed, NotFound):
        db.session.commit()
        return _page(kept, written, 422, closed=True)
    db.session.commit()
    said = _("It is in your library.") if was_new else _("Saved as a new version.")
    return go(url_for("library.show", slug=found.slug), said)


@bp.route("/library/drafts/<draft_id>/discard", methods=["GET", "POST"])
def discard(draft_id: str) -> str | BaseResponse:
    """Ask, and throw the draft away."""
    found = drafts.opened(db.session, asker(), draft_id)
    if request.method != "POST":
        record = drafts.exercise_of(db.session, found)
        return render_template(
            "writing/discard.html", draft=found, title=drafts.title_of(found), exercise=record
        )
    drafts.discard(db.session, asker(), draft_id)
    db.session.commit()
    return go(url_for("own.mine"), _("The draft is gone."))


# What the pages show


def _base() -> int:
    """The revision that this request started from; the newer one, when the writer chose to write over it."""
    text = request.form.get("over") or request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _settle(draft_id: str) -> None:
    """What the writer decided about a version that somebody else saved meanwhile."""
    if request.form.get("follow"):
        drafts.follow(db.session, asker(), draft_id, request.form["follow"][:64])
    elif request.form.get("apart"):
        drafts.set_apart(db.session, asker(), draft_id)


def _context(
    found: ExerciseDraft, written: Written, messages: dict[str, str] | None = None
) -> dict[str, Any]:
    """What the preview and the words beside the fields are made of."""
    who = asker()
    shown = sketch(drafts.linked(db.session, who, written))
    editor = Editor.of(written)
    needed = drafts.check(db.session, who, found, written)
    if messages is not None:
        editor.mark(messages)
    return {
        "draft": found,
        "editor": editor,
        "exercise": shown,
        "before": queries.named(db.session, who, shown.builds_on),
        "needed": editor.problems(needed),
        "people": PLAIN_PEOPLE,
        "readings": {sheet.whose: reading(sheet) for sheet in shown.handouts},
        "unread": {whose: read_sheet(sheet.body)[1] for whose, sheet in written.sheets.items()},
        "done": None,
    }


def _page(
    found: ExerciseDraft,
    written: Written,
    code: int = 200,
    *,
    messages: dict[str, str] | None = None,
    **extra: Any,
) -> Response:
    who = asker()
    context = _context(found, written, messages)
    if messages is not None:
        context["needed"] = context["editor"].problems(messages)
    known: dict[str, Any] = {
        "refused": messages is not None,
        "closed": False,
        "conflict": None,
        "theirs": (),
        "record": drafts.exercise_of(db.session, found),
        "origin": drafts.origin_of(db.session, who, found),
        "brought": brought(db.session, who, found),
        "offered": drafts.offered(db.session, who, found, written),
        "shared": request.form.get("shared") == "1",
    }
    html = render_template("writing/draft.html", **context, **(known | extra))
    return make_response(html, code)


def _stale(draft_id: str, written: Written) -> Response:
    """The draft was kept in another tab or on another machine: both texts are shown, to choose from."""
    db.session.rollback()
    found = drafts.opened(db.session, asker(), draft_id)
    theirs = unlike(drafts.written_in(found), written)
    if not wants_fragment():
        return _page(found, written, 409, conflict="draft", theirs=theirs)
    answer = fragments(
        "writing/_conflict.html",
        said=_("This draft was changed elsewhere. Both versions are shown."),
        code=409,
        draft=found,
        conflict="draft",
        theirs=theirs,
        record=None,
    )
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#conflict", "outerHTML"
    return answer


def _newer(draft_id: str, written: Written) -> Response:
    """The exercise itself has another version since the draft began."""
    found = drafts.opened(db.session, asker(), draft_id)
    record = drafts.exercise_of(db.session, found)
    if record is None:
        raise NotFound
    current = queries.parsed(record, queries.source(db.session, record, record.digest))
    theirs = unlike(from_exercise(current), drafts.linked(db.session, asker(), written))
    return _page(found, written, 409, conflict="version", theirs=theirs)


def _said(done: rows.Done) -> str:
    """A word for the status line on what a row's button did."""
    words = {
        "add": _("Added %(row)s", row=_row(done)),
        "remove": _("Removed. %(count)s are left", count=len(getattr(done.written, done.rows))),
        "up": _("Moved up: now %(row)s", row=_row(done)),
        "down": _("Moved down: now %(row)s", row=_row(done)),
    }
    return words[done.verb]


def _row(done: rows.Done) -> str:
    number = done.place + 1
    return (
        _("step %(number)s", number=number) if done.rows == "steps" else _("words %(number)s", number=number)
    )
