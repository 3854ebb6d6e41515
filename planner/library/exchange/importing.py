"""Bringing exercise files into the library: everything that is in them, or nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

import yaml
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.library import ladders, queries
from planner.library.exchange.archive import File, slug_of
from planner.library.exercise import Exercise
from planner.library.front_matter import Fault, Faulty, is_slug
from planner.library.models import ExerciseRecord, ExerciseVersion
from planner.library.operations import digest_of
from planner.library.own import authoring
from planner.library.own.authoring import Origin
from planner.library.parse import parse
from planner.who import Asker

NEW, VERSION, SAME = "new", "version", "same"


@dataclass(frozen=True)
class Item:
    """What becomes of one file: a new exercise, a new version of one, or nothing as it is there already.

    `slug` is that of the exercise in the library, `base` the version that was current before.
    """

    name: str
    what: str
    slug: str
    title: str
    base: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brought:
    """What an upload comes to, in the order of its files."""

    items: tuple[Item, ...]

    def those(self, what: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.what == what)

    @property
    def changes(self) -> int:
        """How many exercises are new or changed."""
        return len(self.items) - len(self.those(SAME))


@dataclass(frozen=True)
class _Read:
    """A file with the exercise in it, and what it will be: `record` is the one that it belongs to.

    `stood` says that this very text was in the library once before.
    """

    file: File
    stem: str
    exercise: Exercise
    record: ExerciseRecord | None
    what: str
    slug: str
    stood: bool = False


def fingerprint(files: Iterable[File], brought: Brought) -> str:
    """A name for exactly these files with exactly this outcome, whatever addresses new exercises get."""
    outcome = [(item.name, item.what, item.title, item.base, item.notices) for item in brought.items]
    said = json.dumps([[(file.name, file.text) for file in files], outcome])
    return hashlib.sha256(said.encode()).hexdigest()


def bring(session: Session, asker: Asker, files: list[File], *, shared: bool = False) -> Brought:
    """Write what these files hold, new ones as the asker's own. Nothing is committed.

    A file with the name of an exercise that the asker may change becomes its new version. Raises Faulty with
    the faults of all files; whoever calls then gives up the transaction.
    """
    read = _placed(session, asker, _parsed(files))
    _check_links(read)
    known = _known(session, asker, read)
    titles = _titles(session, asker, read)
    faults: list[Fault] = []
    failed: set[str] = set()
    items: dict[str, Item] = {}
    for one in _forerunners_first(read):
        if failed.intersection(one.exercise.builds_on):
            failed.add(one.stem)
            continue
        try:
            items[one.file.name] = _write(session, asker, one, known, titles, shared)
        except Faulty as error:
            failed.add(one.stem)
            faults += [replace(fault, file=one.file.name) for fault in error.faults]
    if faults:
        raise Faulty(sorted(faults))
    return Brought(tuple(items[one.file.name] for one in read))


# Reading


def _parsed(files: list[File]) -> list[tuple[File, str, Exercise]]:
    """Each file with the stem of its name and what it says. Raises Faulty with every fault of every file."""
    found: list[tuple[File, str, Exercise]] = []
    faults: list[Fault] = []
    for file in files:
        stem = slug_of(file.name)
        # A name that no file of ours has is no fault here: the exercise gets a name by its title.
        name = stem if is_slug(stem) else "exercise"
        try:
            found.append((file, stem, parse(file.text, f"{name}.md", complete=False)))
        except Faulty as error:
            faults += [replace(fault, file=file.name) for fault in error.faults]
    if faults:
        raise Faulty(sorted(faults))
    return found


def _placed(session: Session, asker: Asker, parsed: list[tuple[File, str, Exercise]]) -> list[_Read]:
    """Say of each file what it will be."""
    stems = [stem for _file, stem, _exercise in parsed]
    digests = [digest_of(file.text) for file, _stem, _exercise in parsed]
    seen = queries.visible(asker)
    by_slug = {
        row.slug: row
        for row in session.scalars(select(ExerciseRecord).where(seen, ExerciseRecord.slug.in_(stems)))
    }
    by_digest = {
        row.digest: row
        for row in session.scalars(
            select(ExerciseRecord).where(seen, ExerciseRecord.listed, ExerciseRecord.digest.in_(digests))
        )
    }
    past = _past(session, by_slug.values(), digests)
    read: list[_Read] = []
    for (file, stem, exercise), digest in zip(parsed, digests, strict=True):
        record = by_slug.get(stem)
        if record is None or not authoring.may_edit(asker, record):
            record = by_digest.get(digest, record)
        stood = record is not None and (record.id, digest) in past
        if record is None:
            what = NEW
        elif authoring.may_edit(asker, record):
            what = SAME if record.digest == digest and record.listed else VERSION
        else:
            # What others wrote may have moved on since it was saved: an earlier text is no change of it.
            what = SAME if record.digest == digest or stood else NEW
        slug = record.slug if record and what != NEW else authoring.named(exercise.title)
        read.append(_Read(file, stem, exercise, record, what, slug, stood))
    return read


def _past(session: Session, records: Iterable[ExerciseRecord], digests: list[str]) -> set[tuple[str, str]]:
    """Which of these texts stood in which of these exercises at some time: pairs of id and digest."""
    ids = [record.id for record in records]
    rows = session.execute(
        select(ExerciseVersion.exercise_id, ExerciseVersion.digest).where(
            ExerciseVersion.exercise_id.in_(ids), ExerciseVersion.digest.in_(digests)
        )
    )
    return {(exercise_id, digest) for exercise_id, digest in rows}


# What a file builds on


def _check_links(read: list[_Read]) -> None:
    """Raises Faulty when files build on each other in a circle, or on a bolder one."""
    here = {one.stem: one for one in read}
    among = [
        replace(
            one.exercise,
            slug=one.stem,
            builds_on=tuple(slug for slug in one.exercise.builds_on if slug in here),
        )
        for one in read
    ]
    faults = [
        Fault(here[stem].file.name, _line_of_links(here[stem].file.text), message)
        for stem, message in ladders.faults(among)
    ]
    if faults:
        raise Faulty(sorted(faults))


def _known(session: Session, asker: Asker, read: list[_Read]) -> dict[str, str]:
    """Under which name the library holds each exercise that a file builds on; without those it lacks."""
    wanted = {slug for one in read for slug in one.exercise.builds_on}
    rows = session.scalars(
        select(ExerciseRecord.slug).where(queries.visible(asker), ExerciseRecord.slug.in_(wanted))
    )
    return {slug: slug for slug in rows} | {one.stem: one.slug for one in read}


def _titles(session: Session, asker: Asker, read: list[_Read]) -> dict[str, set[str]]:
    """The exercises that have one of these titles already: their slugs by title."""
    found: dict[str, set[str]] = {}
    rows = session.execute(
        select(ExerciseRecord.title, ExerciseRecord.slug).where(
            queries.visible(asker),
            ExerciseRecord.listed,
            ExerciseRecord.title.in_({one.exercise.title for one in read}),
        )
    )
    for title, slug in rows:
        found.setdefault(title, set()).add(slug)
    return found


def _forerunners_first(read: list[_Read]) -> list[_Read]:
    """The same, each after those of them that it builds on; there is no circle."""
    waiting = {one.stem: one for one in read}
    ordered: list[_Read] = []
    while waiting:
        ready = [one for one in waiting.values() if not waiting.keys() & set(one.exercise.builds_on)]
        ordered += ready
        for one in ready:
            del waiting[one.stem]
    return ordered


def _line_of_links(text: str) -> int:
    return next((i for i, line in enumerate(text.split("\n"), 1) if line.startswith("builds_on:")), 1)


def relinked(text: str, slugs: tuple[str, ...]) -> str:
    """An exercise file that is well formed, with these in its field `builds_on`."""
    lines = text.split("\n")
    start = len(lines[0]) + 1
    front = "\n".join(lines[1 : [line.strip() for line in lines].index("---", 1)])
    node = yaml.compose(front, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 – the parser has read it
    key, value = next((key, value) for key, value in node.value if key.value == "builds_on")
    old = front[key.start_mark.index : value.end_mark.index]
    listed = yaml.safe_dump(list(slugs), default_flow_style=True, width=10_000).strip()
    new = f"builds_on: {listed}" + old[len(old.rstrip()) :]
    return text[: start + key.start_mark.index] + new + text[start + value.end_mark.index :]


# Writing


def _write(
    session: Session,
    asker: Asker,
    one: _Read,
    known: dict[str, str],
    titles: dict[str, set[str]],
    shared: bool,
) -> Item:
    """Make one exercise of its file. Raises Faulty."""
    base = one.record.digest if one.record else ""
    if one.what == SAME:
        return Item(one.file.name, SAME, one.slug, one.exercise.title, base)
    text, notices = _fitted(one, known)
    if one.what == VERSION:
        if one.record and not one.record.listed:
            notices.append(_("It was archived, and will be in the library again."))
        elif one.stood:
            notices.append(_("An earlier version of it: its text would be the current one again."))
        authoring.revise(session, asker, one.slug, text, base)
    else:
        # A changed copy of what one may not change is an adapted exercise, and remembers that.
        origin = Origin(one.record.slug, one.record.digest) if one.record else None
        if origin:
            notices.append(_("It becomes your own version; the one in the library stays as it is."))
        authoring.create(session, asker, one.slug, text, shared=shared, origin=origin)
    if titles.get(one.exercise.title, set()) - {one.slug}:
        notices.append(_("Your library already has an exercise with this title."))
    return Item(one.file.name, one.what, one.slug, one.exercise.title, base, tuple(notices))


def _fitted(one: _Read, known: dict[str, str]) -> tuple[str, list[str]]:
    """The file's text with the links that hold in this library, and a word about those that do not."""
    before = one.exercise.builds_on
    after = tuple(dict.fromkeys(known[slug] for slug in before if slug in known))
    gone = [slug for slug in before if slug not in known]
    notices = [
        _("It builds on “%(slug)s”, which is not in this library. That link is left out.", slug=slug)
        for slug in gone
    ]
    return (one.file.text if after == before else relinked(one.file.text, after)), notices
