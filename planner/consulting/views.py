"""Pages of consulting colleagues: asking, the list, a plan as colleagues see it, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import queries as accounts
from planner.accounts.access import asker
from planner.consulting import operations, queries
from planner.consulting.forms import AskForm, CommentForm
from planner.consulting.queries import Asked
from planner.consulting.shown import plan_for_colleagues
from planner.consulting.threads import WHOLE, Comment, Count, by_step, threads
from planner.db import db
from planner.errors import NotAllowed, Stale
from planner.library import held
from planner.library.models import ExerciseRecord
from planner.plans import queries as plans
from planner.plans.coverage import coverage
from planner.plans.plan import TITLE_LIMIT, Plan
from planner.plans.queries import Opened
from planner.plans.shape import shape
from planner.plans.timing import timing
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("consulting", __name__)


@dataclass(frozen=True)
class Refused:
    """A form that was not taken, and where it stands: "new" at a step, "answer" or "edit" at a comment."""

    what: str
    at: str
    form: CommentForm


def present() -> frozenset[str]:
    """Who is a member of the practice now."""
    return frozenset(member.id for member in accounts.members(db.session, asker()))


# Asking


@bp.get("/plans/<plan_id>/consultation")
def ask(plan_id: str) -> Response:
    """What would be shown to colleagues, or is."""
    opened, asked = _own(plan_id)
    usual = _("A session of %(minutes)s minutes", minutes=opened.plan.length)
    form = AskForm(title=asked.title if asked else usual, question=asked.question if asked else "")
    return _asking(opened, asked, form)


@bp.post("/plans/<plan_id>/consultation")
def save(plan_id: str) -> Response | BaseResponse:
    """Open it to colleagues, or change what is asked."""
    opened, asked = _own(plan_id)
    form = AskForm()
    if not form.validate():
        return _asking(opened, asked, form, 422)
    operations.ask(db.session, asker(), plan_id, form.title.data or "", form.question.data or "")
    db.session.commit()
    said = _("Changed. This is what your colleagues see now.")
    if asked is None or not asked.is_open:
        said = _("Your colleagues can read this now, and comment.")
    return go(url_for("consulting.show", plan_id=plan_id), said)


@bp.post("/plans/<plan_id>/consultation/preview")
def preview(plan_id: str) -> Response:
    """What colleagues would see. It writes nothing; it is a POST so that no text stands in an address."""
    opened, asked = _own(plan_id)
    form = AskForm()
    if wants_fragment():
        return fragments("consulting/_preview.html", **_shown(opened.plan, form.title.data), form=form)
    return _asking(opened, asked, form)


@bp.post("/plans/<plan_id>/consultation/close")
def close(plan_id: str) -> BaseResponse:
    operations.close(db.session, asker(), plan_id)
    db.session.commit()
    said = _("Closed. Your colleagues no longer see the plan; what they said stays with you.")
    return go(url_for("consulting.ask", plan_id=plan_id), said)


def _own(plan_id: str) -> tuple[Opened, Asked | None]:
    """A plan of the asker's own, and its consultation. Raises NotFound, NotAllowed."""
    opened = plans.opened(db.session, asker(), plan_id)
    if opened.record.member_id != asker().id:
        raise NotAllowed(_("Only the counsellor whose plan it is can ask colleagues about it."))
    return opened, queries.of_plan(db.session, asker(), plan_id)


def _asking(opened: Opened, asked: Asked | None, form: AskForm, code: int = 200) -> Response:
    count = sum(queries.said_of(db.session, asker(), opened.id).values(), Count())
    context = {"opened": opened, "asked": asked, "form": form, "count": count}
    context |= {"private": _private(opened.plan)} | _shown(opened.plan, form.title.data)
    return make_response(render_template("consulting/ask.html", **context), code)


def _private(plan: Plan) -> list[ExerciseRecord]:
    """The exercises in a plan that colleagues cannot open."""
    steps = [step.exercise for step in plan.segments if step.exercise]
    return held.kept_private(db.session, asker(), [(each.slug, each.digest) for each in steps])


def _shown(plan: Plan, title: str | None) -> dict[str, Any]:
    """What the plan's templates read: the plan as colleagues see it, and what is read off that."""
    seen = plan_for_colleagues(plan, (title or "")[:TITLE_LIMIT] or _("No title yet"))
    times = timing(seen)
    slugs = {step.exercise.slug for step in seen.segments if step.exercise}
    linked = frozenset(held.titles(db.session, asker(), slugs)) - {one.slug for one in _private(plan)}
    return {
        "seen": seen,
        "timing": times,
        "slots": {slot.segment.id: slot for slot in times.slots},
        "coverage": coverage(seen),
        "shape": shape(db.session, asker(), seen),
        "linked": linked,
    }


# Reading


@bp.get("/consultations")
def every() -> str:
    """What colleagues ask, and what one asked oneself."""
    found = queries.listed(db.session, asker(), present())
    return render_template("consulting/every.html", found=found, authors=_authors())


@bp.get("/consultations/<plan_id>")
def show(plan_id: str) -> Response:
    """A plan as colleagues see it, with what was said of it."""
    asked, plan = _readable(plan_id)
    return _page(asked, plan)


def _readable(plan_id: str) -> tuple[Asked, Plan]:
    return queries.consultation(db.session, asker(), plan_id, present())


def _authors() -> dict[str, str]:
    return accounts.names(db.session, asker())


def _page(asked: Asked, plan: Plan, refused: Refused | None = None, code: int = 200) -> Response:
    context = _shown(plan, asked.title) | _talk(asked, plan, refused)
    return make_response(render_template("consulting/show.html", **context), code)


def _talk(asked: Asked, plan: Plan, refused: Refused | None, focus: str = "") -> dict[str, Any]:
    """What the comments' templates read. The comment `focus`, or the one of a form, gets the focus."""
    found = by_step(
        threads(queries.comments(db.session, asked), asked.member_id), [step.id for step in plan.segments]
    )
    counted = queries.counts(db.session, [asked.plan_id]).get(asked.plan_id, {})
    return {
        "asked": asked,
        "found": found,
        "steps": {step.id: step.title for step in plan.segments},
        "count": sum(counted.values(), Count()),
        "authors": _authors(),
        "refused": refused,
        "focus": focus,
    }


# Commenting


@bp.post("/consultations/<plan_id>/comments")
def comment(plan_id: str) -> Response | BaseResponse:
    """Say something of the plan, of a step, or in answer to a comment."""
    asked, plan = _readable(plan_id)
    form, answers = CommentForm(), request.form.get("answers", "")
    segment_id = request.form.get("segment", WHOLE)
    refused = Refused("answer", answers, form) if answers else Refused("new", segment_id, form)
    if not form.validate():
        return _refused(asked, plan, segment_id, refused)
    try:
        made = operations.comment(
            db.session, asker(), asked, plan, form.text.data or "", segment_id=segment_id, answers=answers
        )
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _homeless(asked, plan, form)
    return _said(asked, plan, made.segment_id, _("Your comment is there."), made)


@bp.post("/consultations/<plan_id>/comments/<comment_id>")
def edit(plan_id: str, comment_id: str) -> Response | BaseResponse:
    """Change one's own comment."""
    asked, plan = _readable(plan_id)
    form = CommentForm()
    if not form.validate():
        segment_id = request.form.get("segment", WHOLE)
        return _refused(asked, plan, segment_id, Refused("edit", comment_id, form))
    changed = operations.edit(db.session, asker(), asked, comment_id, form.text.data or "")
    db.session.commit()
    return _said(asked, plan, changed.segment_id, _("Your comment is changed."), changed)


@bp.post("/consultations/<plan_id>/comments/<comment_id>/delete")
def delete(plan_id: str, comment_id: str) -> Response | BaseResponse:
    """Delete one's own comment for good."""
    asked, plan = _readable(plan_id)
    gone = operations.delete(db.session, asker(), asked, comment_id)
    db.session.commit()
    return _said(asked, plan, gone.segment_id, _("Your comment is deleted."), None)


@bp.post("/consultations/<plan_id>/comments/<comment_id>/settle")
def settle(plan_id: str, comment_id: str) -> Response | BaseResponse:
    """Mark what was said as dealt with, or as open again."""
    asked, plan = _readable(plan_id)
    settled = request.form.get("settled") == "1"
    top = operations.settle(db.session, asker(), asked, comment_id, settled)
    db.session.commit()
    said = _("Marked as dealt with.") if settled else _("It is open again.")
    return _said(asked, plan, top.segment_id, said, top)


def _said(
    asked: Asked, plan: Plan, segment_id: str, said: str, focused: Comment | None
) -> Response | BaseResponse:
    """The comments on that step as they are now, and how many there are."""
    if not wants_fragment():
        place = f"comment-{focused.id}" if focused else f"thread-{segment_id or 'whole'}"
        return go(url_for("consulting.show", plan_id=asked.plan_id, _anchor=place), said)
    context = _talk(asked, plan, None, focused.id if focused else segment_id or "whole")
    return fragments(
        "consulting/_thread.html", "consulting/_counts.html", said=said, key=segment_id, **context
    )


def _refused(asked: Asked, plan: Plan, segment_id: str, refused: Refused) -> Response:
    """The form again, where it stood, with what was typed."""
    context = _talk(asked, plan, refused)
    if not wants_fragment() or segment_id not in context["found"]:
        return _page(asked, plan, refused, 422)
    return fragments("consulting/_thread.html", code=422, key=segment_id, **context)


def _homeless(asked: Asked, plan: Plan, form: CommentForm) -> Response | BaseResponse:
    """What a comment was about has gone meanwhile: the text stands in the form for the whole plan."""
    form.text.errors = [
        _("What you wrote about has gone meanwhile. Send it as a comment on the whole plan, if you like.")
    ]
    response = _page(asked, plan, Refused("new", WHOLE, form), 409)
    # The page has changed in more than one place, so all of it is shown anew.
    response.headers["HX-Retarget"] = response.headers["HX-Reselect"] = "main"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
