"""Pages of the library: an exercise, stars, and the way of an exercise into a plan."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import queries as accounts
from planner.accounts.access import asker
from planner.db import db, new_id
from planner.errors import Stale
from planner.landing import queries as landing
from planner.library import operations, queries
from planner.library.exercise import Exercise
from planner.library.finding.views import bp as bp
from planner.library.finding.views import marks as marks
from planner.library.forms import NEW_PLAN, AddToPlanForm
from planner.library.own import notes
from planner.library.own.forms import NoteForm
from planner.library.own.standing import standing
from planner.library.plaintext import PLAIN_PEOPLE
from planner.plans import operations as plan_operations
from planner.plans import queries as plan_queries
from planner.plans.from_exercise import segment_from
from planner.plans.plan import BadPlan, Segment
from planner.plans.queries import Listed
from planner.plans.start import laid_out, put
from planner.taxonomy import TAXONOMY
from planner.web.htmx import fragments, go, wants_fragment

PLANS_OFFERED = 100
NEW_PLAN_MINUTES = 50


@bp.get("/library/areas")
def areas() -> str:
    """What the areas, fears, intensities and kinds of evidence mean."""
    return render_template("library/areas.html")


@bp.get("/library/ladders")
def ladders() -> str:
    """For each fear the exercises from the gentlest first step upwards."""
    fear = request.args.get("fear", "")
    fear = fear if fear in TAXONOMY.fears else next(iter(TAXONOMY.fears))
    return render_template("library/ladders.html", fear=fear, rungs=queries.ladder(db.session, asker(), fear))


@bp.get("/library/<slug>")
def show(slug: str) -> Response:
    return exercise_page(slug)


def exercise_page(
    slug: str, form: AddToPlanForm | None = None, code: int = 200, note_form: NoteForm | None = None
) -> Response:
    who = asker()
    record, exercise = queries.exercise(db.session, who, slug)
    note = notes.note(db.session, who, record)
    names = accounts.names(db.session, who) if record.practice_id else {}
    html = render_template(
        "library/show.html",
        record=record,
        exercise=exercise,
        starred=queries.is_starred(db.session, who, record),
        form=form or _add_form(exercise),
        people=PLAIN_PEOPLE,
        landings=landing.landings(db.session, who, [slug]),
        before=queries.named(db.session, who, exercise.builds_on),
        after=queries.next_steps(db.session, who, slug),
        alike=queries.alike(db.session, who, record),
        standing=standing(db.session, who, record, names),
        note=note,
        note_form=note_form or NoteForm(formdata=None, note=note.text if note else ""),
        note_stale=note_form is not None and code == 409,
        base=request.form.get("base", notes.mark_of(note)) if note_form else notes.mark_of(note),
    )
    return make_response(html, code)


@bp.post("/library/<slug>/star")
def star(slug: str) -> Response | BaseResponse:
    operations.favourite(db.session, asker(), slug)
    db.session.commit()
    return _starred(slug, True, _("Added to your favourites."))


@bp.post("/library/<slug>/unstar")
def unstar(slug: str) -> Response | BaseResponse:
    operations.unfavourite(db.session, asker(), slug)
    db.session.commit()
    return _starred(slug, False, _("Taken out of your favourites."))


def _starred(slug: str, starred: bool, said: str) -> Response | BaseResponse:
    if not wants_fragment():
        return go(url_for("library.show", slug=slug), said)
    record = queries.record(db.session, asker(), slug)
    answer = fragments("library/_star.html", said=said, record=record, starred=starred)
    answer.headers["HX-Trigger"] = "starred"
    return answer


@bp.post("/library/<slug>/plan")
def add(slug: str) -> Response | BaseResponse:
    record, exercise = queries.exercise(db.session, asker(), slug)
    form = _add_form(exercise)
    if not form.validate():
        return exercise_page(slug, form, 422)
    short = form.length.data == "short"
    segment = segment_from(exercise, record.digest, form.part.data, new_id(), short)
    try:
        plan_id = _put(form.plan.data, segment)
        operations.used(db.session, asker(), record)
    except (BadPlan, Stale) as error:
        db.session.rollback()
        form.plan.errors = [str(error) or _("This plan was changed just now. Please send it again.")]
        return exercise_page(slug, form, 422)
    db.session.commit()
    return go(url_for("plans.show", plan_id=plan_id), _("“%(title)s” is in the plan.", title=segment.title))


def _put(plan_id: str, segment: Segment) -> str:
    """Put a segment into a plan as it stands now, or into a new one. Raises NotFound, BadPlan, Stale."""
    who = asker()
    if plan_id == NEW_PLAN:
        plan, _gone = put(laid_out(_("A new session"), NEW_PLAN_MINUTES, new_id), segment)
        return plan_operations.create(db.session, who, plan).id
    opened = plan_queries.opened(db.session, who, plan_id)
    action = _("Added “%(title)s”", title=segment.title)
    plan_operations.change(
        db.session, who, plan_id, opened.number, lambda plan: put(plan, segment)[0], action
    )
    return plan_id


def _add_form(exercise: Exercise) -> AddToPlanForm:
    plans = plan_queries.listed(db.session, asker())[:PLANS_OFFERED]
    form = AddToPlanForm()
    form.plan.choices = [*((line.id, _named(line)) for line in plans), (NEW_PLAN, _("A new plan"))]
    form.part.choices = [(key, part.name) for key, part in TAXONOMY.parts.items()]
    minutes = exercise.minutes
    form.length.choices = [("full", _("Full, %(minutes)s min", minutes=minutes.full))]
    if minutes.short < minutes.full:
        form.length.choices.append(("short", _("Short, %(minutes)s min", minutes=minutes.short)))
    if not form.is_submitted():
        form.plan.data, form.part.data = form.plan.choices[0][0], exercise.parts[0]
    return form


def _named(line: Listed) -> str:
    return (
        f"{format_date(line.plan.date, 'd MMM')} · {line.plan.title}" if line.plan.date else line.plan.title
    )
