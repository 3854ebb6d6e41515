"""Reading templates: the starters, and those of the asker's own practice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from planner.errors import NotFound
from planner.sharing.facets import FACETS, Wanted
from planner.sharing.models import Template, TemplateTag
from planner.sharing.stripping import about
from planner.who import Asker

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A line of the gallery."""

    id: str
    title: str
    when_to_use: str
    is_starter: bool
    made_by: str
    length: int
    steps: int
    areas: tuple[str, ...]
    fears: tuple[str, ...]


@dataclass(frozen=True)
class Gallery:
    """A page of templates, and for each value of a facet how many there would be with it.

    `wanted` is what was asked for; of pages past the last one, the last.
    """

    wanted: Wanted
    rows: tuple[Row, ...]
    total: int
    counts: dict[str, dict[str, int]]
    pages: int


def may_withdraw(template: Template, asker: Asker) -> bool:
    """Its maker may, and an owner of its practice. Nobody may withdraw a starter."""
    if template.is_starter or template.practice_id != asker.practice_id:
        return False
    return asker.is_owner or template.made_by_id == asker.id


def template(session: Session, asker: Asker, template_id: str, *, withdrawn: bool = False) -> Template:
    """One template. With `withdrawn`, also one that the asker may put back. Raises NotFound."""
    found = session.scalar(select(Template).where(Template.id == template_id, _of(asker)))
    if found is None:
        raise NotFound
    if found.withdrawn_at is not None and not (withdrawn and may_withdraw(found, asker)):
        raise NotFound
    return found


def gallery(session: Session, asker: Asker, wanted: Wanted) -> Gallery:
    """The practice's own templates first, newest on top; then the starters by title."""
    here = [_of(asker), Template.withdrawn_at.is_(None)]
    asked = {facet: _has(facet, wanted.chosen(facet)) for facet in FACETS if wanted.chosen(facet)}
    total = session.scalar(select(func.count()).select_from(Template).where(*here, *asked.values())) or 0
    pages = max(1, -(-total // PAGE))
    wanted = wanted.on_page(min(wanted.page, pages))
    found = session.scalars(
        select(Template)
        .where(*here, *asked.values())
        .order_by(
            Template.practice_id.is_(None),
            case((Template.practice_id.is_not(None), Template.created_at)).desc(),
            Template.title,
            Template.id,
        )
        .limit(PAGE)
        .offset((wanted.page - 1) * PAGE)
    )
    counts = {
        facet: _counts(session, facet, [*here, *(where for name, where in asked.items() if name != facet)])
        for facet in FACETS
    }
    return Gallery(wanted, tuple(_row(one) for one in found), total, counts, pages)


def _of(asker: Asker) -> ColumnElement[bool]:
    return (Template.practice_id == asker.practice_id) | Template.practice_id.is_(None)


def _has(facet: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    # An alias, so that it stays a query of its own where tags are counted.
    tag = aliased(TemplateTag)
    return Template.id.in_(select(tag.template_id).where(tag.facet == facet, tag.value.in_(values)))


def _counts(session: Session, facet: str, where: list[ColumnElement[bool]]) -> dict[str, int]:
    counted = session.execute(
        select(TemplateTag.value, func.count())
        .join(Template, Template.id == TemplateTag.template_id)
        .where(TemplateTag.facet == facet, *where)
        .group_by(TemplateTag.value)
    )
    found: dict[str, int] = dict(counted.all())
    return {value: found.get(value, 0) for value in FACETS[facet]}


def _row(found: Template) -> Row:
    plan = found.plan
    tags = about(plan)
    return Row(
        id=found.id,
        title=found.title,
        when_to_use=found.when_to_use,
        is_starter=found.is_starter,
        made_by=found.made_by_name,
        length=plan.length,
        steps=len(plan.segments),
        areas=tags["area"],
        fears=tags["fear"],
    )
