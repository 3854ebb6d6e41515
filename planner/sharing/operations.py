"""Publishing templates, withdrawing them, and loading the starters. Nothing here commits."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.errors import NotAllowed, RuleBroken
from planner.library.front_matter import Fault
from planner.plans.exchange import to_json
from planner.plans.plan import Plan
from planner.sharing import queries
from planner.sharing.models import Template, TemplateTag
from planner.sharing.starters import Starter, read_folder
from planner.sharing.stripping import about
from planner.who import Asker


def publish(session: Session, asker: Asker, plan: Plan, when_to_use: str) -> Template:
    """Put a plan, as `plan_for_template` made it, into the practice's gallery. Raises RuleBroken."""
    if not plan.segments:
        raise RuleBroken("A template needs at least one step.")
    if plan.date is not None or plan.time is not None:
        raise RuleBroken("A template has no date.")
    template = Template(
        id=new_id(), practice_id=asker.practice_id, made_by_id=asker.id, made_by_name=asker.name
    )
    _fill(session, template, plan, when_to_use)
    return template


def withdraw(session: Session, asker: Asker, template_id: str) -> Template:
    """Take a template out of the gallery; plans made from it stay. Raises NotFound, NotAllowed."""
    template = _own(session, asker, template_id)
    template.withdrawn_at = template.withdrawn_at or now()
    return template


def put_back(session: Session, asker: Asker, template_id: str) -> Template:
    """Show a withdrawn template in the gallery again. Raises NotFound, NotAllowed."""
    template = _own(session, asker, template_id)
    template.withdrawn_at = None
    return template


def load_starters(session: Session, starters: list[Starter] | None = None) -> list[Fault]:
    """Bring the starters in the database in line with the files; writes only what changed.

    Returns the faults of files that cannot be read; what an earlier start loaded from them stays.
    """
    faults: list[Fault] = []
    if starters is None:
        starters, faults = read_folder()
    known = {one.id: one for one in session.scalars(select(Template).where(Template.practice_id.is_(None)))}
    for starter in starters:
        template = known.pop(starter.slug, None)
        if template is None or template.digest != _digest(starter.plan, starter.when_to_use):
            template = template or Template(id=starter.slug, practice_id=None, made_by_name="")
            _fill(session, template, starter.plan, starter.when_to_use)
        if template.withdrawn_at is not None:
            template.withdrawn_at = None
    faulty = {fault.file.removesuffix(".toml") for fault in faults}
    for gone in known.values():
        if gone.id not in faulty and gone.withdrawn_at is None:
            gone.withdrawn_at = now()
    session.flush()
    return faults


def _own(session: Session, asker: Asker, template_id: str) -> Template:
    template = queries.template(session, asker, template_id, withdrawn=True)
    if not queries.may_withdraw(template, asker):
        raise NotAllowed("Only the colleague who made it, or an owner of the practice, can do this.")
    return template


def _fill(session: Session, template: Template, plan: Plan, when_to_use: str) -> None:
    template.title = plan.title
    template.when_to_use = when_to_use
    template.body = to_json(plan)
    template.digest = _digest(plan, when_to_use)
    session.add(template)
    session.flush()
    session.execute(delete(TemplateTag).where(TemplateTag.template_id == template.id))
    for facet, values in about(plan).items():
        session.add_all(TemplateTag(template_id=template.id, facet=facet, value=value) for value in values)
    session.flush()


def _digest(plan: Plan, when_to_use: str) -> str:
    text = json.dumps([plan.title, when_to_use, to_json(plan)])
    return hashlib.sha256(text.encode()).hexdigest()
