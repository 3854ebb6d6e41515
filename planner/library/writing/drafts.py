"""Drafts: exercises that are being written. A draft is its author's alone until it is put into the library.

Nothing here looks into what was typed but `check` and `publish`: a draft keeps whatever stands in the form.
"""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from planner.db import new_id, now
from planner.errors import NotFound, Stale
from planner.library import queries
from planner.library.models import ExerciseDraft, ExerciseRecord
from planner.library.own import authoring
from planner.library.own.authoring import Origin
from planner.library.writing.checking import TITLE_LIMIT, faults
from planner.library.writing.written import (
    BLANK,
    Written,
    flowing,
    from_exercise,
    from_json,
    sketch,
    source,
    to_json,
)
from planner.text import one_line
from planner.who import Asker

# Titles in the list that one types into; those beyond can be typed all the same.
OFFERED = 500


class NewerVersion(Stale):
    """Somebody saved another version of the exercise since the draft began."""


# Beginning


def begin(session: Session, asker: Asker) -> ExerciseDraft:
    """A blank draft; the asker's last one when nothing was written into it yet."""
    return _reused(session, asker, None) or _new(session, asker, BLANK)


def edit(session: Session, asker: Asker, slug: str) -> ExerciseDraft:
    """The asker's draft of an exercise, begun now or earlier. Raises NotFound, NotAllowed."""
    found = authoring.editable(session, asker, slug)
    begun = session.scalar(
        select(ExerciseDraft).where(
            ExerciseDraft.member_id == asker.id, ExerciseDraft.exercise_id == found.id
        )
    )
    return begun or _new(session, asker, _typed(session, asker, found), exercise=found)


def adapt(session: Session, asker: Asker, slug: str) -> ExerciseDraft:
    """A draft of a new exercise with the text of one that the asker may see. Raises NotFound."""
    found = queries.record(session, asker, slug)
    origin = Origin(found.slug, found.digest)
    begun = _reused(session, asker, origin)
    if begun is not None:
        return begun
    written = _typed(session, asker, found)
    title = _("%(title)s (my version)", title=written.title)
    return _new(
        session, asker, replace(written, title=title if len(title) <= TITLE_LIMIT else written.title), origin
    )


def _new(
    session: Session,
    asker: Asker,
    written: Written,
    origin: Origin | None = None,
    *,
    exercise: ExerciseRecord | None = None,
) -> ExerciseDraft:
    draft = ExerciseDraft(
        id=new_id(),
        practice_id=asker.practice_id,
        member_id=asker.id,
        exercise_id=exercise.id if exercise else None,
        base=exercise.digest if exercise else "",
        origin_slug=origin.slug if origin else None,
        origin_digest=origin.digest if origin else None,
        fields=to_json(written),
    )
    session.add(draft)
    session.flush()
    return draft


def _reused(session: Session, asker: Asker, origin: Origin | None) -> ExerciseDraft | None:
    """A draft of the same beginning that nothing was written into: who presses twice means one."""
    return session.scalar(
        select(ExerciseDraft).where(
            ExerciseDraft.member_id == asker.id,
            ExerciseDraft.exercise_id.is_(None),
            ExerciseDraft.origin_slug.is_not_distinct_from(origin.slug if origin else None),
            ExerciseDraft.origin_digest.is_not_distinct_from(origin.digest if origin else None),
            ExerciseDraft.revision == 1,
        )
    )


def _typed(session: Session, asker: Asker, found: ExerciseRecord) -> Written:
    """An exercise as it would stand in the form: other exercises by their titles."""
    exercise = queries.parsed(found, queries.source(session, found, found.digest))
    written = flowing(from_exercise(exercise))
    titles = {one.slug: one.title for one in queries.named(session, asker, written.builds_on)}
    return replace(written, builds_on=tuple(titles.get(slug, slug) for slug in written.builds_on))


# Reading


def opened(session: Session, asker: Asker, draft_id: str) -> ExerciseDraft:
    """One of the asker's drafts. Raises NotFound."""
    found = session.scalar(
        select(ExerciseDraft).where(ExerciseDraft.id == draft_id, ExerciseDraft.member_id == asker.id)
    )
    if found is None or found.practice_id != asker.practice_id:
        raise NotFound
    return found


def mine(session: Session, asker: Asker) -> list[ExerciseDraft]:
    """The asker's drafts, the one that was last written in first."""
    return list(
        session.scalars(
            select(ExerciseDraft)
            .where(ExerciseDraft.member_id == asker.id, ExerciseDraft.practice_id == asker.practice_id)
            .order_by(ExerciseDraft.changed_at.desc(), ExerciseDraft.id)
        )
    )


def written_in(draft: ExerciseDraft) -> Written:
    return from_json(draft.fields)


def title_of(draft: ExerciseDraft) -> str:
    """What a list calls a draft."""
    return one_line(written_in(draft).title) or _("No title yet")


def exercise_of(session: Session, draft: ExerciseDraft) -> ExerciseRecord | None:
    """The exercise that a draft will be a new version of."""
    return session.get(ExerciseRecord, draft.exercise_id) if draft.exercise_id else None


def origin_of(session: Session, asker: Asker, draft: ExerciseDraft) -> ExerciseRecord | None:
    """The exercise that a new one is adapted from, as far as the asker may see it."""
    if draft.origin_slug is None:
        return None
    return session.scalar(
        select(ExerciseRecord).where(queries.visible(asker), ExerciseRecord.slug == draft.origin_slug)
    )


def offered(session: Session, asker: Asker, draft: ExerciseDraft, written: Written) -> list[str]:
    """Titles of exercises that may come before this one: none bolder, and not itself."""
    query = (
        select(ExerciseRecord.title)
        .where(
            queries.visible(asker),
            ExerciseRecord.listed,
            ExerciseRecord.intensity <= sketch(written).intensity,
            ExerciseRecord.id.is_distinct_from(draft.exercise_id),
        )
        .order_by(ExerciseRecord.title)
    )
    return list(session.scalars(query.limit(OFFERED)))


def linked(session: Session, asker: Asker, written: Written) -> Written:
    """With the names of other exercises in place of their titles, as far as there is one of that title."""
    typed = {one_line(each): one_line(each).casefold() for each in written.builds_on}
    if not typed:
        return written
    rows = session.execute(
        select(ExerciseRecord.title, ExerciseRecord.slug)
        .where(
            queries.visible(asker),
            ExerciseRecord.listed,
            # SQLite knows the small forms of plain letters only.
            ExerciseRecord.title.in_(typed) | func.lower(ExerciseRecord.title).in_(map(str.lower, typed)),
        )
        .order_by(ExerciseRecord.practice_id.is_not(None), ExerciseRecord.slug)
    ).all()
    # A starter exercise comes before one's own of the same title, which can still be named by its address.
    slugs = {row.title.casefold(): row.slug for row in reversed(rows)}
    named = dict.fromkeys(slugs.get(low, each) for each, low in typed.items())
    return replace(written, builds_on=tuple(named))


def check(session: Session, asker: Asker, draft: ExerciseDraft, written: Written) -> dict[str, str]:
    """What still keeps it out of the library: a message for each field that has one."""
    named = linked(session, asker, written)
    found = exercise_of(session, draft)
    messages = faults(named, found.slug if found else "sketch")
    exercise = sketch(named, found.slug if found else "sketch")
    links = authoring.link_faults(session, asker, exercise)
    return messages | ({"builds_on": " ".join(links)} if links else {})


# Changing


def keep(session: Session, asker: Asker, draft_id: str, written: Written, revision: int) -> ExerciseDraft:
    """Keep what stands in the form. Raises NotFound, and Stale when `revision` is not the current one."""
    draft = opened(session, asker, draft_id)
    text = to_json(written)
    if draft.revision == revision and draft.fields == text:
        return draft
    moved = session.execute(
        update(ExerciseDraft)
        .where(ExerciseDraft.id == draft_id, ExerciseDraft.revision == revision)
        .values(fields=text, revision=revision + 1, changed_at=now())
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    session.refresh(draft)
    return draft


def discard(session: Session, asker: Asker, draft_id: str) -> None:
    """Throw a draft away. Raises NotFound."""
    session.delete(opened(session, asker, draft_id))
    session.flush()


def follow(session: Session, asker: Asker, draft_id: str, base: str) -> None:
    """Let a draft follow on version `base` of its exercise, which its author has seen. Raises NotFound."""
    opened(session, asker, draft_id).base = base
    session.flush()


def set_apart(session: Session, asker: Asker, draft_id: str) -> None:
    """Make a draft one of a new exercise, adapted from the one that it was to change. Raises NotFound."""
    draft = opened(session, asker, draft_id)
    found = exercise_of(session, draft)
    if found is not None:
        draft.exercise_id, draft.origin_slug, draft.origin_digest = None, found.slug, draft.base
        session.flush()


def publish(
    session: Session, asker: Asker, draft_id: str, revision: int, *, shared: bool = False
) -> ExerciseRecord:
    """Put a draft into the library: a new exercise, or a new version of the one that it is a draft of.

    `shared` is for a new one. Raises NotFound, NotAllowed, Faulty, Stale when `revision` is not the current
    one, and NewerVersion when the exercise got another version since the draft began.
    """
    draft = opened(session, asker, draft_id)
    if draft.revision != revision:
        raise Stale
    written = linked(session, asker, written_in(draft))
    found = exercise_of(session, draft)
    if found is None:
        origin = Origin(draft.origin_slug, draft.origin_digest or "") if draft.origin_slug else None
        slug = authoring.named(one_line(written.title))
        found = authoring.create(session, asker, slug, source(written), shared=shared, origin=origin)
    else:
        try:
            # A draft that brings in changes of an original says which version of it was seen.
            seen = draft.origin_digest or ""
            found = authoring.revise(session, asker, found.slug, source(written), draft.base, seen=seen)
        except Stale as error:
            raise NewerVersion from error
    session.delete(draft)
    session.flush()
    return found
