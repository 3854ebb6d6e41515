"""Filters that a member keeps by name: what was wanted of the library, to be asked for again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from planner.errors import NotFound, RuleBroken
from planner.library.finding.facets import Wanted, from_args
from planner.library.models import SavedFilter
from planner.who import Asker

MOST = 30


class NameTaken(RuleBroken):
    """Something else is kept under this name; `id` is that filter's."""

    def __init__(self, message: str, taken_by: str) -> None:
        super().__init__(message)
        self.id = taken_by


@dataclass(frozen=True)
class Kept:
    """A filter as it stands in the list. What no longer exists of it is left out of `wanted`."""

    id: str
    name: str
    wanted: Wanted


def kept(session: Session, asker: Asker) -> tuple[Kept, ...]:
    """The asker's filters, by name."""
    found = session.scalars(select(SavedFilter).where(SavedFilter.member_id == asker.id))
    return tuple(sorted((_read(one) for one in found), key=lambda one: (one.name.casefold(), one.id)))


def save(session: Session, asker: Asker, name: str, wanted: Wanted, replacing: str = "") -> Kept:
    """Keep the words and the choices of `wanted` under `name`; the same name in other capitals is the same.

    Raises NameTaken when something else has the name and `replacing` is not its id, RuleBroken when nothing
    is chosen or there are MOST already.
    """
    if wanted.kept == Wanted():
        raise RuleBroken(_("Choose something first, or type a word to search for."))
    mine = kept(session, asker)
    same = next((one for one in mine if one.name.casefold() == name.casefold()), None)
    if same and same.wanted != wanted.kept and same.id != replacing:
        raise NameTaken(_("You have a filter called “%(name)s” already.", name=same.name), same.id)
    if same is None and len(mine) >= MOST:
        raise RuleBroken(_("There is room for %(most)d filters. Remove one first.", most=MOST))
    found = session.get(SavedFilter, same.id) if same else None
    if found is None:
        found = SavedFilter(practice_id=asker.practice_id, member_id=asker.id)
        session.add(found)
    found.name, found.arguments = name, urlencode(wanted.kept.to_args(), doseq=True)
    session.flush()
    return _read(found)


def remove(session: Session, asker: Asker, filter_id: str) -> Kept:
    """Forget one of the asker's filters. Returns what it was. Raises NotFound."""
    found = session.get(SavedFilter, filter_id)
    if found is None or found.member_id != asker.id:
        raise NotFound
    was = _read(found)
    session.delete(found)
    session.flush()
    return was


def _read(found: SavedFilter) -> Kept:
    return Kept(found.id, found.name, from_args(MultiDict(parse_qsl(found.arguments))).kept)
