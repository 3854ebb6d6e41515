"""A counsellor's own exercises: written, adapted, shared with the practice, archived.

Every function takes the text of an exercise file, checked by the same parser as the files that ship.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from planner.db import new_id
from planner.errors import NotAllowed, NotFound, RuleBroken, Stale
from planner.library import operations, queries, search
from planner.library.exercise import Exercise
from planner.library.front_matter import Fault, Faulty
from planner.library.models import (
    ExerciseDraft,
    ExerciseNote,
    ExerciseRecord,
    ExerciseTag,
    ExerciseUse,
    ExerciseVersion,
    Favourite,
)
from planner.library.parse import parse
from planner.who import Asker


@dataclass(frozen=True)
class Origin:
    """The exercise that another was adapted from, and in which version: slug and digest."""

    slug: str
    digest: str


def may_edit(asker: Asker, found: ExerciseRecord) -> bool:
    """True for the author, and for an owner of the practice once the exercise is shared there."""
    if found.practice_id is None or found.practice_id != asker.practice_id:
        return False
    return found.member_id == asker.id or (asker.is_owner and found.shared)


def editable(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """The row of an exercise that the asker may change. Raises NotFound, NotAllowed."""
    found = queries.record(session, asker, slug)
    if not may_edit(asker, found):
        raise NotAllowed(_("You can adapt this exercise: that makes a copy of your own to change."))
    return found


def named(title: str) -> str:
    """A new address for an exercise: the words of its title, and six hexadecimal digits."""
    return f"{stem(title)}-{secrets.token_hex(3)}"


def stem(title: str) -> str:
    """A title as the name of a file: small letters, digits and single hyphens."""
    flat = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:60].strip("-")
    return words or "exercise"


def create(
    session: Session,
    asker: Asker,
    slug: str,
    source: str,
    *,
    shared: bool = False,
    origin: Origin | None = None,
) -> ExerciseRecord:
    """A new exercise of the asker's, private unless `shared`. `slug` comes from `named`. Raises Faulty."""
    exercise = _checked(session, asker, slug, source)
    found = ExerciseRecord(
        id=new_id(),
        slug=slug,
        practice_id=asker.practice_id,
        member_id=asker.id,
        shared=shared,
        origin_slug=origin.slug if origin else None,
        origin_digest=origin.digest if origin else None,
    )
    operations.write(session, found, exercise, source, asker)
    return found


def revise(
    session: Session, asker: Asker, slug: str, source: str, base: str, *, seen: str = ""
) -> ExerciseRecord:
    """Save a new version, made from version `base`; an archived exercise is listed again.

    `seen` is the version of the original whose changes were brought in, if there is one. Raises NotFound,
    NotAllowed, Faulty, and Stale when somebody saved another version meanwhile.
    """
    found = editable(session, asker, slug)
    # Where there are several writers, the next one waits here; SQLite has only one.
    session.refresh(found, with_for_update=True)
    exercise = _checked(session, asker, slug, source)
    if found.digest != base:
        raise Stale
    if seen and found.origin_slug is not None:
        found.origin_digest = seen
    operations.write(session, found, exercise, source, asker)
    return found


def restore(session: Session, asker: Asker, slug: str, digest: str, base: str) -> ExerciseRecord:
    """Make an older version the current one. Raises NotFound, NotAllowed, Faulty, Stale."""
    found = editable(session, asker, slug)
    return revise(session, asker, slug, queries.source(session, found, digest), base)


def share(session: Session, asker: Asker, slug: str, shared: bool) -> ExerciseRecord:
    """Show an exercise to the whole practice, or only to its author again. Raises NotFound, NotAllowed.

    Only the author may; plans that colleagues made with it keep the version that they took.
    """
    found = editable(session, asker, slug)
    if found.member_id != asker.id:
        raise NotAllowed(_("Only the colleague who wrote this exercise can share it or make it private."))
    found.shared = shared
    if shared:
        session.execute(
            update(ExerciseVersion)
            .where(ExerciseVersion.exercise_id == found.id, ExerciseVersion.digest == found.digest)
            .values(was_shared=True)
        )
    session.flush()
    return found


def archive(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """Take an exercise out of the library's lists. Raises NotFound, NotAllowed."""
    found = editable(session, asker, slug)
    operations.withdraw(session, [found])
    return found


def bring_back(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """List an archived exercise again. Raises NotFound, NotAllowed."""
    found = editable(session, asker, slug)
    text = queries.source(session, found, found.digest)
    operations.write(session, found, queries.parsed(found, text), text, asker)
    return found


def is_used(session: Session, found: ExerciseRecord) -> bool:
    """True when somebody put it into a plan, another exercise builds on it or was adapted from it, or a
    colleague keeps a note on it."""
    others_note = (ExerciseNote.exercise_id == found.id) & (ExerciseNote.member_id != found.member_id)
    return bool(
        session.scalar(
            select(
                exists().where(ExerciseUse.exercise_id == found.id)
                | exists().where(others_note)
                | exists().where(ExerciseTag.facet == "builds_on", ExerciseTag.value == found.slug)
                | exists().where(ExerciseRecord.origin_slug == found.slug)
            )
        )
    )


def remove(session: Session, asker: Asker, slug: str) -> None:
    """Delete an exercise for good. Raises NotFound, NotAllowed, and RuleBroken when something uses it.

    Only the author may: an owner of the practice can archive what a colleague wrote.
    """
    found = editable(session, asker, slug)
    if found.member_id != asker.id:
        raise NotAllowed(_("Only the colleague who wrote this exercise can delete it. You can archive it."))
    if is_used(session, found):
        raise RuleBroken(_("Something else relies on it, so it can be archived but not deleted."))
    search.forget(session, [found.id])
    for table in (ExerciseDraft, ExerciseNote, ExerciseTag, ExerciseVersion, Favourite):
        session.execute(delete(table).where(table.exercise_id == found.id))
    session.delete(found)
    session.flush()


def keep_as_it_is(session: Session, asker: Asker, slug: str, seen: str) -> ExerciseRecord:
    """Say that version `seen` of the original was looked at and the copy stays.

    Raises NotFound, NotAllowed, and Stale when the original changed once more since.
    """
    found = editable(session, asker, slug)
    original = original_of(session, asker, found)
    if original is None:
        raise NotFound
    if original.digest != seen:
        raise Stale
    found.origin_digest = seen
    session.flush()
    return found


def original_of(session: Session, asker: Asker, found: ExerciseRecord) -> ExerciseRecord | None:
    """The exercise that this one was adapted from, as far as the asker may see it."""
    if found.origin_slug is None:
        return None
    try:
        return queries.record(session, asker, found.origin_slug)
    except NotFound:
        return None


# What a text is checked for beyond its own form


def _checked(session: Session, asker: Asker, slug: str, source: str) -> Exercise:
    """Raises Faulty."""
    exercise = parse(source, f"{slug}.md", complete=False)
    faults = link_faults(session, asker, exercise)
    if faults:
        line = next((i for i, text in enumerate(source.split("\n"), 1) if text.startswith("builds_on:")), 1)
        raise Faulty([Fault(f"{slug}.md", line, message) for message in faults])
    return exercise


def link_faults(session: Session, asker: Asker, exercise: Exercise) -> list[str]:
    """What is wrong with the exercises that this one builds on, in words."""
    if not exercise.builds_on:
        return []
    rows = session.scalars(
        select(ExerciseRecord).where(queries.visible(asker), ExerciseRecord.slug.in_(exercise.builds_on))
    )
    before = {row.slug: row for row in rows}
    found = [
        _("There is no exercise “%(slug)s” in the library.", slug=slug)
        for slug in exercise.builds_on
        if slug not in before
    ]
    found += [
        _("“%(title)s” is bolder than this exercise, so it cannot come before it.", title=row.title)
        for row in before.values()
        if row.intensity > exercise.intensity
    ]
    if _leads_back(session, exercise):
        found.append(_("These exercises build on this one by way of others."))
    return found


def _leads_back(session: Session, exercise: Exercise) -> bool:
    """True when one comes back to `exercise` by following what its forerunners build on."""
    seen: set[str] = set()
    waiting = set(exercise.builds_on)
    while waiting:
        if exercise.slug in waiting:
            return True
        seen |= waiting
        further = session.scalars(
            select(ExerciseTag.value)
            .join(ExerciseRecord, ExerciseRecord.id == ExerciseTag.exercise_id)
            .where(ExerciseTag.facet == "builds_on", ExerciseRecord.slug.in_(waiting))
        )
        waiting = set(further) - seen
    return False
