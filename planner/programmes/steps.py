"""The plans inside a programme: planning a session, taking a plan in, and moving steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields.choices import SelectChoice

from planner.accounts.access import asker
from planner.db import db, new_id
from planner.errors import NotFound, Stale
from planner.plans import operations as plan_operations
from planner.plans import plan as plan_verbs
from planner.plans import queries as plan_queries
from planner.plans import series
from planner.plans.plan import BadPlan, Plan
from planner.plans.start import laid_out
from planner.programmes import moving, operations, page, queries
from planner.programmes import programme as verbs
from planner.programmes.forms import AttachForm, IntoForm, RemedyForm, StepForm
from planner.programmes.moving import At, Moved
from planner.programmes.programme import BadProgramme, Programme, Session
from planner.programmes.queries import Opened
from planner.programmes.rules import AddEnding, Redate, Remedy, apply, redated
from planner.programmes.views import answer, base, change, on_session, refused, stale
from planner.programmes.views import bp as bp
from planner.programmes.words import aims, plan_title
from planner.web.htmx import go

# A session's plan


@bp.post("/programmes/<programme_id>/sessions/<session_id>/plan")
def plan_it(programme_id: str, session_id: str) -> Response | BaseResponse:
    """Make the plan of a session: its parts laid out, with the programme's focus and length."""
    opened = queries.opened(db.session, asker(), programme_id)
    session = next((one for one in opened.programme.sessions if one.id == session_id), None)
    if session is None or opened.number != base():
        return stale(programme_id)
    if session.plan_id and session.plan_id in series.held(db.session, asker(), [session.plan_id]):
        return go(url_for("plans.show", plan_id=session.plan_id))
    record = plan_operations.create(db.session, asker(), first_plan(opened.programme, session))
    operations.change(
        db.session, asker(), programme_id, base(), lambda each: verbs.attach(each, session_id, record.id)
    )
    db.session.commit()
    return go(url_for("plans.show", plan_id=record.id))


def first_plan(programme: Programme, session: Session) -> Plan:
    """What the plan of a session begins with. Its hope stays open: that is the couple's, and not the aim."""
    number = programme.place(session.id)
    plan = laid_out(plan_title(programme.title, session.aim, number), programme.length, new_id)
    plan = plan_verbs.describe(plan, date=programme.due(number), areas=programme.areas, fears=programme.fears)
    heart = _hearts().get(session.kind)
    if heart:
        title, said = heart
        core = plan.in_part("core")[0]
        plan = plan_verbs.edit(plan, core.id, title=title, words=said, intensity=1)
    return plan


def _hearts() -> dict[str, tuple[str, str]]:
    """Title and words to say of the main step of a review and of an ending."""
    return {
        "review": (
            _("What has become easier"),
            _(
                "“What do you do together now that you would like to keep?” First one of you, then the other."
                "\n\n“From 0 to 10, how close do you feel? And what would one point more look like?”\n\n"
                "“What shall the next sessions be for?”"
            ),
        ),
        "ending": (
            _("How we keep it going"),
            _(
                "“What of all this is yours by now?” First one of you, then the other.\n\n"
                "“What will you go on doing, how often, and who begins?”\n\n"
                "“A full week will come. What is the smallest form of it that you will still do?”"
            ),
        ),
    }


@bp.post("/programmes/<programme_id>/sessions/<session_id>/attach")
def attach(programme_id: str, session_id: str) -> Response | BaseResponse:
    """Take a plan of one's own in as this session."""
    opened = queries.opened(db.session, asker(), programme_id)
    form = AttachForm()
    page.offer(db.session, asker(), form)
    if not form.validate():
        return answer(opened, refused(), 422, attaching=session_id, attach_form=form)
    plan_id = series.own(db.session, asker(), form.plan.data).id
    said = _("Session {number} has its plan")
    return on_session(programme_id, session_id, lambda each: verbs.attach(each, session_id, plan_id), said)


@bp.post("/programmes/<programme_id>/sessions/<session_id>/detach")
def detach(programme_id: str, session_id: str) -> Response | BaseResponse:
    said = _("Took the plan off session {number}. The plan stays among your plans")
    return on_session(programme_id, session_id, lambda each: verbs.detach(each, session_id), said)


@bp.route("/plans/<plan_id>/programme", methods=["GET", "POST"])
def into(plan_id: str) -> Response | BaseResponse:
    """From a plan: choose the programme, and the session, that it goes into."""
    record = series.own(db.session, asker(), plan_id)
    if record.programme_id and queries.place_of(db.session, asker(), record.programme_id, plan_id):
        return go(url_for("programmes.show", programme_id=record.programme_id))
    opened, form = plan_queries.opened(db.session, asker(), plan_id), IntoForm()
    lines = queries.listed(db.session, asker())
    form.session.choices = _open_sessions(lines)
    if not form.validate_on_submit():
        html = render_template("programmes/into.html", opened=opened, form=form, lines=lines)
        return Response(html, 422 if form.is_submitted() else 200)
    programme_id, _dot, session_id = form.session.data.partition(".")
    there = queries.opened(db.session, asker(), programme_id)

    def put(programme: Programme) -> Programme:
        if session_id:
            return verbs.attach(programme, session_id, plan_id)
        return verbs.add(programme, Session(new_id(), plan_id=plan_id))

    try:
        operations.change(db.session, asker(), programme_id, there.number, put)
    except BadProgramme as error:
        db.session.rollback()
        form.session.errors = [str(error)]
        html = render_template("programmes/into.html", opened=opened, form=form, lines=lines)
        return Response(html, 422)
    db.session.commit()
    return go(url_for("programmes.show", programme_id=programme_id), _("The plan is in the programme."))


def _open_sessions(lines: list[queries.Listed]) -> list[SelectChoice]:
    """The sessions without a plan of each programme, and one more at its end."""
    choices = [SelectChoice("", "")]
    for line in lines:
        for number, session in enumerate(line.programme.sessions, start=1):
            if session.plan_id is None:
                about = f"{line.programme.title} · {_('session %(number)s', number=number)}"
                label = f"{about}: {session.aim}" if session.aim else about
                choices.append(SelectChoice(f"{line.id}.{session.id}", label))
        choices.append(SelectChoice(f"{line.id}.", f"{line.programme.title} · {_('one more session')}"))
    return choices


# Remedies


@bp.post("/programmes/<programme_id>/remedies")
def mend(programme_id: str) -> Response | BaseResponse:
    """Do what a remark offers."""
    opened, form = queries.opened(db.session, asker(), programme_id), RemedyForm()
    if not form.validate():
        return answer(opened, refused(), 422, problem=_("Please choose one of the remedies."))
    remedy = form.remedy()
    if isinstance(remedy, Redate):
        return _redate(opened)
    named = [value for name, value in vars(remedy).items() if name != "place"]
    if any(one not in {each.id for each in opened.programme.sessions} for one in named):
        return stale(programme_id)
    return change(programme_id, _doing(remedy), _("Done. Undo takes it back"))


def _doing(remedy: Remedy) -> Callable[[Programme], Programme]:
    added = new_id()

    def do(programme: Programme) -> Programme:
        after = apply(programme, remedy, added)
        if isinstance(remedy, AddEnding):
            return verbs.edit(after, added, aim=aims()["ending"])
        return after

    return do


def _redate(opened: Opened) -> Response | BaseResponse:
    """Each plan whose date changes gets a revision, which its own undo takes back."""
    if opened.number != base():
        return stale(opened.id)
    found = page.rows(db.session, asker(), opened.programme)
    plans, numbers = page.plans_of(found), {row.held.id: row.held.number for row in found if row.held}
    try:
        for plan_id, (date, time) in sorted(redated(opened.programme, plans).items()):
            plan_operations.change(
                db.session,
                asker(),
                plan_id,
                numbers[plan_id],
                partial(plan_verbs.describe, date=date, time=time),
                _("Moved to another date"),
            )
        db.session.commit()
    except Stale:
        return stale(opened.id)
    return answer(opened, _("The dates follow the order now"))


# Steps


@bp.post("/programmes/<programme_id>/steps")
def move_step(programme_id: str) -> Response | BaseResponse:
    """Move a step from one session to another: both plans change, or neither does."""
    opened, form = queries.opened(db.session, asker(), programme_id), StepForm()
    source, target = At.read(form.source.data or ""), At.read(form.target.data or "")
    if not form.validate() or source is None or target is None:
        problem = _("Please choose the session that the step goes to.")
        return answer(opened, refused(), 422, view="steps", problem=problem)
    try:
        moved, said = _carry(opened, source, target, form.segment.data, form.before.data or "")
        db.session.commit()
    except BadPlan as error:
        db.session.rollback()
        return answer(opened, refused(), 422, view="steps", problem=str(error))
    except (Stale, NotFound):
        return _stale_step(programme_id)
    return answer(queries.opened(db.session, asker(), programme_id), said, view="steps", moved=moved)


def _carry(opened: Opened, source: At, target: At, segment_id: str, before: str) -> tuple[Moved, str]:
    """Carry a step over. Raises Stale when a plan has changed or is no longer here, NotFound, BadPlan."""
    programme = opened.programme
    numbers = {one.plan_id: number for number, one in enumerate(programme.sessions, start=1)}
    if source.plan_id not in numbers or target.plan_id not in numbers:
        raise Stale
    if source.plan_id == target.plan_id:
        raise BadPlan("target", _("The step is in this session already."))
    plans = [plan_queries.opened(db.session, asker(), at.plan_id) for at in (source, target)]
    if [plan.number for plan in plans] != [source.revision, target.revision]:
        raise Stale
    segment = next((one for one in plans[0].plan.segments if one.id == segment_id), None)
    if segment is None:
        raise Stale
    place = moving.place_before(plans[1].plan, before, segment.part) if before else None
    less, more = moving.moved(plans[0].plan, plans[1].plan, segment_id, place, new_id)
    changes = {
        source: (less, _("Moved “{title}” to another session")),
        target: (more, _("Took “{title}” from another session")),
    }
    # In one order always, so that two who exchange steps do not wait for each other.
    for at in sorted(changes, key=lambda one: one.plan_id):
        plan, action = changes[at]
        plan_operations.change(db.session, asker(), at.plan_id, at.revision, partial(_becomes, plan), action)
    now = [plan_queries.record(db.session, asker(), at.plan_id).current for at in (source, target)]
    said = _(
        "Moved “%(title)s” from session %(one)s to session %(other)s",
        title=segment.title,
        one=numbers[source.plan_id],
        other=numbers[target.plan_id],
    )
    return Moved(replace(source, revision=now[0]), replace(target, revision=now[1])), said


def _becomes(after: Plan, _before: Plan) -> Plan:
    return after


@bp.post("/programmes/<programme_id>/steps/back")
def put_back(programme_id: str) -> Response | BaseResponse:
    """Put a step that has just been moved back where it was, in both plans."""
    opened, moved = (
        queries.opened(db.session, asker(), programme_id),
        Moved.read(request.form.get("moved", "")),
    )
    try:
        if moved is None or not {moved.source.plan_id, moved.target.plan_id} <= set(
            opened.programme.plan_ids
        ):
            raise Stale
        for at in sorted((moved.source, moved.target), key=lambda one: one.plan_id):
            plan_operations.undo(db.session, asker(), at.plan_id, at.revision)
        db.session.commit()
    except (Stale, NotFound):
        return _stale_step(programme_id)
    return answer(opened, _("The step is back where it was"), view="steps")


def _stale_step(programme_id: str) -> Response | BaseResponse:
    db.session.rollback()
    opened = queries.opened(db.session, asker(), programme_id)
    problem = _("One of the two plans was changed elsewhere. Below they are as they stand now.")
    return answer(opened, _("Nothing was moved"), 409, view="steps", stale=True, problem=problem)
