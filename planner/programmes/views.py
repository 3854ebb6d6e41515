"""Pages of programmes: the list, a new one, and a programme with every change that can be made on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db, new_id
from planner.errors import Stale
from planner.plans.workspace import Difference
from planner.programmes import operations, page, queries, words
from planner.programmes import programme as verbs
from planner.programmes.forms import HeadForm, MoveForm, NewForm, SessionForm
from planner.programmes.moving import Moved
from planner.programmes.programme import BadProgramme, Programme, Session
from planner.programmes.queries import Opened, Place
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("programmes", __name__)
Do = Callable[[Programme], Programme]


def base() -> int:
    """The number that this request started from. A missing or odd one is never current."""
    text = request.form.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def view() -> str:
    """Which of the page's views is open."""
    found = request.values.get("view", "")
    return found if found in page.VIEWS else page.VIEWS[0]


def answer(opened: Opened, said: str = "", code: int = 200, **extra: Any) -> Response | BaseResponse:
    """The programme as it stands now: a fragment for htmx, the page again otherwise."""
    extra.setdefault("view", view())
    if code == 200 and not wants_fragment():
        shown = None if extra["view"] == page.VIEWS[0] else extra["view"]
        moved = extra.get("moved")
        return go(
            url_for(
                "programmes.show", programme_id=opened.id, view=shown, moved=moved.code if moved else None
            ),
            said,
        )
    context = page.context(db.session, asker(), opened, **extra)
    if wants_fragment():
        return fragments("programmes/_programme.html", said=said, code=code, **context)
    return Response(render_template("programmes/show.html", **context), code)


def change(programme_id: str, do: Do, said: str, **typed: Any) -> Response | BaseResponse:
    """One operation, committed, and the programme. `typed` is the form that a refusal gives back."""
    who = asker()
    try:
        changed = operations.change(db.session, who, programme_id, base(), do)
        db.session.commit()
    except Stale:
        return stale(programme_id, **typed)
    except BadProgramme as error:
        db.session.rollback()
        opened = queries.opened(db.session, who, programme_id)
        return answer(opened, refused(), 422, problem=str(error), **typed)
    return answer(queries.opened(db.session, who, programme_id), said if changed else _("Nothing to change"))


def refused() -> str:
    """What the status line says instead of the last success."""
    return _("Not saved yet")


def stale(programme_id: str, **extra: Any) -> Response | BaseResponse:
    """Somebody was quicker: nothing was changed here, and this is what stands."""
    db.session.rollback()
    opened = queries.opened(db.session, asker(), programme_id)
    extra.setdefault("stale", True)
    return answer(opened, _("This programme was changed elsewhere."), 409, **extra)


def number_of(programme_id: str, session_id: str) -> int | None:
    """The number of a session as it stands now; None when it is gone. Raises NotFound."""
    programme = queries.opened(db.session, asker(), programme_id).programme
    return next((n for n, one in enumerate(programme.sessions, start=1) if one.id == session_id), None)


@bp.app_template_global("place_of")
def place_of(programme_id: str | None, plan_id: str) -> Place | None:
    """For a plan's page: where it stands in a programme of the member who looks, if at all."""
    return queries.place_of(db.session, asker(), programme_id, plan_id) if programme_id else None


# The list


@bp.get("/programmes")
def every() -> str:
    lines = queries.listed(db.session, asker())
    found = [(line, page.rows(db.session, asker(), line.programme)) for line in lines]
    return render_template("programmes/list.html", found=found)


@bp.route("/programmes/new", methods=["GET", "POST"])
def create() -> Response | BaseResponse:
    form = NewForm()
    if not form.validate_on_submit():
        code = 422 if form.is_submitted() else 200
        return Response(render_template("programmes/new.html", form=form), code)
    start = verbs.laid_out(Programme(**form.changes), form.count.data or 1, words.aims(), new_id)
    record = operations.create(db.session, asker(), start)
    db.session.commit()
    return go(url_for("programmes.show", programme_id=record.id))


@bp.get("/programmes/bin")
def in_bin() -> str:
    return render_template("programmes/bin.html", lines=queries.listed(db.session, asker(), binned=True))


@bp.post("/programmes/<programme_id>/bin")
def put_in_bin(programme_id: str) -> BaseResponse:
    operations.put_in_bin(db.session, asker(), programme_id)
    db.session.commit()
    said = _("The programme is in the bin. Its plans stay, and you can bring it back.")
    return go(url_for("programmes.every"), said)


@bp.post("/programmes/<programme_id>/restore")
def restore(programme_id: str) -> BaseResponse:
    operations.restore(db.session, asker(), programme_id)
    db.session.commit()
    return go(url_for("programmes.show", programme_id=programme_id), _("The programme is back."))


# One programme


@bp.get("/programmes/<programme_id>")
def show(programme_id: str) -> str:
    opened = queries.opened(db.session, asker(), programme_id)
    asked = {
        "view": view(),
        "editing": request.args.get("edit", ""),
        "attaching": request.args.get("attach", ""),
        "moving": request.args.get("move", ""),
        "moved": Moved.read(request.args.get("moved", "")),
    }
    template = "programmes/_programme.html" if wants_fragment() else "programmes/show.html"
    return render_template(template, **page.context(db.session, asker(), opened, **asked))


@bp.post("/programmes/<programme_id>/head")
def save_head(programme_id: str) -> Response | BaseResponse:
    form = HeadForm()
    opened = queries.opened(db.session, asker(), programme_id)
    if not form.validate():
        return answer(opened, refused(), 422, editing="head", head_form=form)
    now = HeadForm(formdata=None, data=page.head_data(opened.programme))
    return change(
        programme_id,
        lambda programme: verbs.describe(programme, **form.changes),
        _("Saved"),
        **_both(form, now, editing="head", head_form=form),
    )


@bp.post("/programmes/<programme_id>/sessions")
def add(programme_id: str) -> Response | BaseResponse:
    return change(
        programme_id, lambda programme: verbs.add(programme, Session(new_id())), _("Added a session")
    )


@bp.post("/programmes/<programme_id>/sessions/<session_id>")
def save_session(programme_id: str, session_id: str) -> Response | BaseResponse:
    """The aim and the kind of a session, as they are written in its row."""
    form = SessionForm()
    opened = queries.opened(db.session, asker(), programme_id)
    number = number_of(programme_id, session_id)
    if number is None:
        return stale(programme_id, conflict=_differences(form, None))
    if not form.validate():
        return answer(opened, refused(), 422, session_form=form, row_of=session_id)
    aim, kind = form.aim.data or "", form.kind.data
    now = SessionForm(formdata=None, data=vars(opened.programme.session(session_id)))
    return change(
        programme_id,
        lambda programme: verbs.edit(programme, session_id, aim=aim, kind=kind),
        _("Saved session %(number)s", number=number),
        **_both(form, now, session_form=form, row_of=session_id),
    )


def _both(form: FlaskForm, now: FlaskForm, **typed: Any) -> dict[str, Any]:
    """What a stale save gives back: the form as typed, and what stands where that differs."""
    return typed | {"conflict": _differences(form, now)}


def _differences(form: FlaskForm, now: FlaskForm | None) -> tuple[Difference, ...]:
    return tuple(
        Difference(str(field.label.text), _shown(now[field.name]) if now else "", _shown(field))
        for field in form
        if field.name != "csrf_token" and (now is None or _shown(now[field.name]) != _shown(field))
    )


def _shown(field: Any) -> str:
    """A field's content as words."""
    names = {one.value: one.label for one in getattr(field, "choices", None) or ()}
    values = field.data if isinstance(field.data, (list, tuple)) else [field.data]
    return ", ".join(str(names.get(value, value)) for value in values if value not in (None, ""))


def on_session(programme_id: str, session_id: str, do: Do, said: str) -> Response | BaseResponse:
    """One verb on one session. One that is gone by now means that the programme changed elsewhere."""
    number = number_of(programme_id, session_id)
    if number is None:
        return stale(programme_id)
    return change(programme_id, do, said.replace("{number}", str(number)))


@bp.post("/programmes/<programme_id>/sessions/<session_id>/up")
def up(programme_id: str, session_id: str) -> Response | BaseResponse:
    said = _("Moved session {number} up")
    return on_session(programme_id, session_id, lambda each: verbs.step(each, session_id, -1), said)


@bp.post("/programmes/<programme_id>/sessions/<session_id>/down")
def down(programme_id: str, session_id: str) -> Response | BaseResponse:
    said = _("Moved session {number} down")
    return on_session(programme_id, session_id, lambda each: verbs.step(each, session_id, +1), said)


@bp.post("/programmes/<programme_id>/sessions/<session_id>/move")
def move(programme_id: str, session_id: str) -> Response | BaseResponse:
    """To the place at which it was dropped."""
    form = MoveForm()
    if not form.validate():
        opened = queries.opened(db.session, asker(), programme_id)
        return answer(opened, refused(), 422, problem=_("Please choose where it goes."))
    position = form.position.data or 0
    said = _("Moved session {number} to place %(place)s", place=position + 1)
    return on_session(programme_id, session_id, lambda each: verbs.move(each, session_id, position), said)


@bp.post("/programmes/<programme_id>/sessions/<session_id>/remove")
def remove(programme_id: str, session_id: str) -> Response | BaseResponse:
    said = _("Removed session {number}. Undo brings it back")
    return on_session(programme_id, session_id, lambda each: verbs.remove(each, session_id), said)


@bp.post("/programmes/<programme_id>/undo")
def undo(programme_id: str) -> Response | BaseResponse:
    """What stood before the last change; pressed again, what stood after it."""
    try:
        changed = operations.undo(db.session, asker(), programme_id, base())
        db.session.commit()
    except Stale:
        return stale(programme_id)
    opened = queries.opened(db.session, asker(), programme_id)
    done = _("Undone") if opened.kept.undone else _("Done again")
    return answer(opened, done if changed else _("Nothing to change"))
