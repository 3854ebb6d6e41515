"""The builder: a plan's page and every change that can be made on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.consulting import queries as consulting
from planner.db import db, new_id
from planner.errors import Stale
from planner.landing.last_time import last_time
from planner.library import operations as library_operations
from planner.library import queries as library
from planner.library.exercise import Exercise
from planner.library.models import ExerciseRecord
from planner.plans import newer, operations, queries, shelves, workspace
from planner.plans import plan as verbs
from planner.plans.forms import (
    AddExerciseForm,
    AddForm,
    FreeSegmentForm,
    HeadForm,
    MinutesForm,
    MoveForm,
    SegmentForm,
)
from planner.plans.from_exercise import segment_from
from planner.plans.home import bp as bp
from planner.plans.plan import BadPlan, Plan, Segment
from planner.plans.queries import Opened
from planner.plans.shape import shape
from planner.plans.start import put, room
from planner.taxonomy import TAXONOMY
from planner.web.htmx import fragments, go, wants_fragment

Do = Callable[[Plan], Plan]


def base() -> int:
    """The revision that this request started from. A missing or odd one is never current."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def answer(opened: Opened, said: str = "", code: int = 200, **extra: Any) -> Response | BaseResponse:
    """The workspace as it stands now: a fragment for htmx, the page again otherwise.

    What is open for editing stays open whatever else is done meanwhile.
    """
    extra.setdefault("editing", request.form.get("editing", ""))
    context = _context(opened, **extra)
    if wants_fragment():
        return fragments("plans/_workspace.html", said=said, code=code, **context)
    if code != 200:
        beside = shelves.shelf(db.session, asker(), opened.plan, request.args)
        return Response(render_template("plans/show.html", **context, **beside), code)
    return go(url_for("plans.show", plan_id=opened.id), said)


def _context(opened: Opened, **extra: Any) -> dict[str, Any]:
    """What the workspace reads, with what the library knows of the plan's exercises."""
    context = workspace.context(opened, **extra)
    context["exercise"] = shelves.behind(db.session, asker(), opened.plan, context["editing"])
    context["shape"] = shape(db.session, asker(), opened.plan)
    context["said_of"] = consulting.said_of(db.session, asker(), opened.id)
    context["last_time"] = last_time(db.session, asker(), opened)
    return context | newer.of_steps(db.session, asker(), opened.plan)


def change(
    plan_id: str, do: Do, said: str, *, title: str = "", typed: dict[str, Any] | None = None, **extra: Any
) -> Response | BaseResponse:
    """One operation, committed, and the workspace. A stale one shows how the plan stands now.

    `title` stands for “{title}” on the page; what is kept of `said` is without it, as only the sealed plan
    may hold what was typed. `typed` is the form that a refusal gives back; `extra` goes with success only.
    """
    who = asker()
    try:
        operations.change(db.session, who, plan_id, base(), do, said)
        db.session.commit()
    except Stale:
        return stale(plan_id, **typed or {})
    except BadPlan as error:
        db.session.rollback()
        opened = queries.opened(db.session, who, plan_id)
        return answer(opened, refused(), 422, problem=str(error), **typed or {})
    return answer(*done(plan_id, said.replace("{title}", title)), **extra)


def done(plan_id: str, said: str, otherwise: str = "") -> tuple[Opened, str]:
    """The plan after a change and what to say, which is something else when there was nothing to change."""
    opened = queries.opened(db.session, asker(), plan_id)
    return opened, said if opened.number != base() else otherwise or _("Nothing to change")


def refused() -> str:
    """What the status line says instead of the last success."""
    return _("Not saved yet")


def stale(plan_id: str, **extra: Any) -> Response | BaseResponse:
    """Somebody was quicker: nothing was changed here, and this is what stands."""
    db.session.rollback()
    opened = queries.opened(db.session, asker(), plan_id)
    return answer(opened, _("This plan was changed elsewhere."), 409, stale=True, **extra)


@bp.get("/plans/<plan_id>")
def show(plan_id: str) -> str:
    opened = queries.opened(db.session, asker(), plan_id)
    context = _context(opened, editing=request.args.get("edit", ""))
    beside = shelves.shelf(db.session, asker(), opened.plan, request.args)
    return render_template("plans/show.html", **context, **beside)


@bp.get("/plans/<plan_id>/workspace")
def refresh(plan_id: str) -> Response | BaseResponse:
    """The workspace with one thing open for editing, or nothing."""
    opened = queries.opened(db.session, asker(), plan_id)
    editing = request.args.get("edit", "")
    if not wants_fragment():
        return go(url_for("plans.show", plan_id=plan_id, edit=editing or None))
    return answer(opened, editing=editing)


@bp.get("/plans/<plan_id>/shelf")
def shelf(plan_id: str) -> str:
    """The library beside the plan, as the search and the facets there ask for it."""
    opened = queries.opened(db.session, asker(), plan_id)
    beside = shelves.shelf(db.session, asker(), opened.plan, request.args)
    return render_template("plans/_shelf.html", **workspace.context(opened), **beside)


@bp.post("/plans/<plan_id>/head")
def save_head(plan_id: str) -> Response | BaseResponse:
    form = HeadForm()
    if not form.validate():
        opened = queries.opened(db.session, asker(), plan_id)
        return answer(opened, refused(), 422, editing="head", head_form=form)
    changes = {
        "title": form.title.data,
        "hope": form.hope.data or "",
        "date": form.date.data,
        "time": form.time.data,
        "length": form.length.data,
        "areas": tuple(form.areas.data or ()),
        "fears": tuple(form.fears.data or ()),
    }
    return _save(
        plan_id, lambda plan: verbs.describe(plan, **changes), _("Changed the plan’s head"), "head", form
    )


@bp.post("/plans/<plan_id>/segments/<segment_id>")
def save_segment(plan_id: str, segment_id: str) -> Response | BaseResponse:
    opened = queries.opened(db.session, asker(), plan_id)
    segment = next((s for s in opened.plan.segments if s.id == segment_id), None)
    if segment is None:
        return answer(opened, code=409, stale=True, lost=workspace.typed(FreeSegmentForm()))
    form = FreeSegmentForm() if segment.exercise is None else SegmentForm()
    if not form.validate():
        return answer(opened, refused(), 422, editing=segment_id, segment_form=form)
    changes = _segment_changes(form)
    said = _("Changed “{title}”")
    return _save(plan_id, lambda plan: verbs.edit(plan, segment_id, **changes), said, segment_id, form)


def _segment_changes(form: SegmentForm) -> dict[str, Any]:
    changes = {
        "title": form.title.data,
        "minutes": form.minutes.data,
        "words": form.words.data or "",
        "note": form.note.data or "",
        "in_handout": form.in_handout.data,
    }
    if isinstance(form, FreeSegmentForm):
        changes["areas"] = tuple(form.areas.data or ())
        changes["fears"] = tuple(form.fears.data or ())
        changes["intensity"] = int(form.intensity.data)
    return changes


def _save(plan_id: str, do: Do, said: str, editing: str, form: FlaskForm) -> Response | BaseResponse:
    """Save an open form. It stays open while one types; “Done” closes it; a stale one shows both texts."""
    who = asker()
    try:
        operations.change(db.session, who, plan_id, base(), do, said)
        db.session.commit()
    except (Stale, BadPlan) as error:
        db.session.rollback()
        opened = queries.opened(db.session, who, plan_id)
        if editing != "head" and workspace.segment_form(opened.plan, editing) is None:
            return answer(opened, code=409, stale=True, lost=workspace.typed(form))
        kept = {"head_form" if editing == "head" else "segment_form": form}
        if isinstance(error, BadPlan):
            return answer(opened, refused(), 422, editing=editing, problem=str(error), **kept)
        conflict = workspace.conflict(opened.plan, editing, form)
        said = _("This was changed elsewhere. Both versions are shown.")
        return answer(opened, said, 409, editing=editing, conflict=conflict, **kept)
    still_open = "" if "done" in request.form else editing
    return answer(*done(plan_id, said.replace("{title}", form.title.data), _("Saved")), editing=still_open)


@bp.post("/plans/<plan_id>/segments/<segment_id>/minutes")
def resize(plan_id: str, segment_id: str) -> Response | BaseResponse:
    form = MinutesForm()
    if not form.validate():
        opened = queries.opened(db.session, asker(), plan_id)
        return answer(opened, refused(), 422, minutes_form=form, minutes_of=segment_id)
    minutes = form.minutes.data or 0
    said = _("“{title}” now takes %(minutes)s minutes", minutes=minutes)
    form.minutes.errors = [_("The plan was changed elsewhere. Press Enter to set this after all.")]
    kept = {"minutes_form": form, "minutes_of": segment_id}
    return on_segment(
        plan_id, segment_id, lambda plan: verbs.resize(plan, segment_id, minutes), said, typed=kept
    )


@bp.post("/plans/<plan_id>/segments")
def add_free(plan_id: str) -> Response | BaseResponse:
    form = AddForm()
    if not form.validate():
        opened = queries.opened(db.session, asker(), plan_id)
        return answer(opened, refused(), 422, add_form=form)
    segment = Segment(new_id(), form.part.data, form.title.data or "", form.minutes.data or 0)
    said = _("Added “{title}” to %(part)s", part=TAXONOMY.parts[segment.part].name)
    return change(
        plan_id,
        lambda plan: put(plan, segment)[0],
        said,
        title=segment.title,
        typed={"add_form": form},
        added=segment.id,
    )


@bp.post("/plans/<plan_id>/exercises/<slug>")
def add_exercise(plan_id: str, slug: str) -> Response | BaseResponse:
    opened = queries.opened(db.session, asker(), plan_id)
    record, exercise = library.exercise(db.session, asker(), slug)
    form = AddExerciseForm()
    if not form.part.data:
        form.part.data = exercise.parts[0]
    if not form.validate():
        return answer(opened, refused(), 422, problem=_("Please choose where it goes."))
    return _add(opened, record, exercise, form.part.data, form.position.data, form.length.data or "")


@bp.post("/plans/<plan_id>/segments/<segment_id>/before/<slug>")
def add_before(plan_id: str, segment_id: str, slug: str) -> Response | BaseResponse:
    """Put an exercise where it usually stands: before a step that builds on it."""
    opened = queries.opened(db.session, asker(), plan_id)
    record, exercise = library.exercise(db.session, asker(), slug)
    if all(step.id != segment_id for step in opened.plan.segments):
        return stale(plan_id)
    part, position = newer.place_before(opened.plan, segment_id, exercise)
    return _add(opened, record, exercise, part, position)


def _add(
    opened: Opened,
    record: ExerciseRecord,
    exercise: Exercise,
    part: str,
    position: int | None,
    length: str = "",
) -> Response | BaseResponse:
    """Put an exercise into a part, in the form that was chosen or else in the one that fits."""
    fits = exercise.minutes.full <= room(opened.plan, part)
    short = length == "short" or (not length and not fits)
    segment = segment_from(exercise, record.digest, part, new_id(), short)
    said = _("Added “%(title)s” to %(part)s", title=exercise.title, part=TAXONOMY.parts[part].name)
    if short and exercise.minutes.short < exercise.minutes.full:
        said = _("%(said)s, in its short form", said=said)
    library_operations.used(db.session, asker(), record)
    return change(opened.id, lambda plan: put(plan, segment, position)[0], said, added=segment.id)


@bp.post("/plans/<plan_id>/segments/<segment_id>/renew")
def renew(plan_id: str, segment_id: str) -> Response | BaseResponse:
    """Make a step from the current version of its exercise; what the counsellor changed in it stays."""
    opened = queries.opened(db.session, asker(), plan_id)
    held = next((step.exercise for step in opened.plan.segments if step.id == segment_id), None)
    if held is None:
        return stale(plan_id)
    record, new = library.exercise(db.session, asker(), held.slug)
    old = library.version(db.session, asker(), held.slug, held.digest)
    library_operations.used(db.session, asker(), record)
    answered = on_segment(
        plan_id,
        segment_id,
        lambda plan: newer.renewed(plan, segment_id, old, new, record.digest),
        _("“{title}” now uses the newer version"),
    )
    if answered.status_code == 200:
        answered.headers["HX-Trigger"] = "renewed"
    return answered


def on_segment(
    plan_id: str, segment_id: str, do: Do, said: str, *, typed: dict[str, Any] | None = None
) -> Response | BaseResponse:
    """One verb on one step. A step that is gone by now means that the plan changed elsewhere."""
    opened = queries.opened(db.session, asker(), plan_id)
    title = next((s.title for s in opened.plan.segments if s.id == segment_id), None)
    if title is None:
        return stale(plan_id)
    return change(plan_id, do, said, title=title, typed=typed)


@bp.post("/plans/<plan_id>/segments/<segment_id>/remove")
def remove(plan_id: str, segment_id: str) -> Response | BaseResponse:
    said = _("Removed “{title}”. Undo brings it back")
    return on_segment(plan_id, segment_id, lambda plan: verbs.remove(plan, segment_id), said)


@bp.post("/plans/<plan_id>/segments/<segment_id>/duplicate")
def duplicate(plan_id: str, segment_id: str) -> Response | BaseResponse:
    copy = new_id()
    said = _("Duplicated “{title}”")
    return on_segment(plan_id, segment_id, lambda plan: verbs.duplicate(plan, segment_id, copy), said)


@bp.post("/plans/<plan_id>/segments/<segment_id>/up")
def up(plan_id: str, segment_id: str) -> Response | BaseResponse:
    return on_segment(
        plan_id, segment_id, lambda plan: verbs.step(plan, segment_id, -1), _("Moved “{title}” up")
    )


@bp.post("/plans/<plan_id>/segments/<segment_id>/down")
def down(plan_id: str, segment_id: str) -> Response | BaseResponse:
    return on_segment(
        plan_id, segment_id, lambda plan: verbs.step(plan, segment_id, +1), _("Moved “{title}” down")
    )


@bp.post("/plans/<plan_id>/segments/<segment_id>/move")
def move(plan_id: str, segment_id: str) -> Response | BaseResponse:
    form = MoveForm()
    if not form.validate():
        opened = queries.opened(db.session, asker(), plan_id)
        return answer(opened, refused(), 422, problem=_("Please choose where it goes."))
    part, position = form.part.data, form.position.data
    said = _("Moved “{title}” to %(part)s", part=TAXONOMY.parts[part].name)
    return on_segment(plan_id, segment_id, lambda plan: verbs.move(plan, segment_id, part, position), said)


@bp.post("/plans/<plan_id>/segments/<segment_id>/handout")
def in_handout(plan_id: str, segment_id: str) -> Response | BaseResponse:
    """Put a step into the handout, or take it out."""
    wanted = request.form.get("in_handout") == "1"
    said = _("“{title}” is in the handout") if wanted else _("“{title}” is not in the handout")
    return on_segment(plan_id, segment_id, lambda plan: verbs.edit(plan, segment_id, in_handout=wanted), said)


@bp.post("/plans/<plan_id>/undo")
def undo(plan_id: str) -> Response | BaseResponse:
    return _travel(plan_id, operations.undo, _("Undone"))


@bp.post("/plans/<plan_id>/redo")
def redo(plan_id: str) -> Response | BaseResponse:
    return _travel(plan_id, operations.redo, _("Done again"))


def _travel(plan_id: str, verb: Callable[..., None], said: str) -> Response | BaseResponse:
    try:
        verb(db.session, asker(), plan_id, base())
        db.session.commit()
    except Stale:
        return stale(plan_id)
    return answer(*done(plan_id, said))


@bp.post("/plans/<plan_id>/sharing")
def share(plan_id: str) -> Response | BaseResponse:
    shared = request.form.get("shared") == "1"
    operations.share(db.session, asker(), plan_id, shared)
    db.session.commit()
    said = _("Your colleagues can now open this plan") if shared else _("Only you can open this plan")
    return answer(queries.opened(db.session, asker(), plan_id), said)
