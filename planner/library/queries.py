"""Reading the library: the starter exercises and those of the asker's own practice, nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.library import search
from planner.library.exercise import Exercise
from planner.library.facets import FACETS, Counted, Facet, Kind, Wanted, cells, count, fits
from planner.library.ladders import Rung, rungs
from planner.library.models import ExerciseRecord, ExerciseTag, ExerciseVersion, Favourite
from planner.library.parse import parse
from planner.who import Asker

PAGE = 50
_TAGS = ("area", "fear", "part")


@dataclass(frozen=True)
class Found:
    """A line of the library."""

    record: ExerciseRecord
    starred: bool


@dataclass(frozen=True)
class Loosened:
    """What there would be without one of the things asked for. `facet` None stands for the words."""

    facet: Facet | None
    wanted: Wanted
    total: int


@dataclass(frozen=True)
class Browse:
    """One page of what was wanted.

    `counts[facet][value]` is how many a value would find beside what is chosen in the other facets.
    """

    wanted: Wanted
    rows: tuple[Found, ...]
    total: int
    counts: dict[str, dict[str, int]]
    loosen: tuple[Loosened, ...] = ()
    cells: dict[str, dict[str, int]] | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def busiest(self) -> int:
        """The largest number on the map, at least 1."""
        return max((n for row in (self.cells or {}).values() for n in row.values()), default=0) or 1


def browse(session: Session, asker: Asker, wanted: Wanted) -> Browse:
    """The page of the library that `wanted` asks for; a page past the last one is the last one."""
    kinds = _kinds(session, asker, wanted.q)
    counted = count(kinds, wanted)
    total = counted.total
    if wanted.view == "map":
        return Browse(wanted, (), total, counted.values, cells=cells(kinds, wanted))
    wanted = replace(wanted, page=min(wanted.page, max(1, -(-total // PAGE))))
    rows = _rows(session, asker, wanted) if total else ()
    loosen = () if total else _loosen(session, asker, wanted, counted)
    return Browse(wanted, rows, total, counted.values, loosen)


def record(session: Session, asker: Asker, slug: str) -> ExerciseRecord:
    """The row of one exercise, listed or not. Raises NotFound."""
    found = session.scalar(select(ExerciseRecord).where(_visible(asker), ExerciseRecord.slug == slug))
    if found is None:
        raise NotFound
    return found


def exercise(session: Session, asker: Asker, slug: str) -> tuple[ExerciseRecord, Exercise]:
    """An exercise as it stands now; also one that is no longer listed, as plans hold it. Raises NotFound."""
    found = record(session, asker, slug)
    return found, _text(session, found, found.digest)


def version(session: Session, asker: Asker, slug: str, digest: str) -> Exercise:
    """An exercise as it stood when a plan took it. Raises NotFound."""
    return _text(session, record(session, asker, slug), digest)


def is_starred(session: Session, asker: Asker, found: ExerciseRecord) -> bool:
    return session.get(Favourite, (asker.id, found.id)) is not None


def _text(session: Session, found: ExerciseRecord, digest: str) -> Exercise:
    source = session.scalar(
        select(ExerciseVersion.source).where(
            ExerciseVersion.exercise_id == found.id, ExerciseVersion.digest == digest
        )
    )
    if source is None:
        raise NotFound
    return _parsed(found.slug, source)


@lru_cache(maxsize=1024)
def _parsed(slug: str, source: str) -> Exercise:
    return parse(source, f"{slug}.md")


# What may be seen, and what each facet asks of a row


def _visible(asker: Asker) -> ColumnElement[bool]:
    return ExerciseRecord.practice_id.is_(None) | (ExerciseRecord.practice_id == asker.practice_id)


def _favourites(asker: Asker) -> Select[str]:
    return select(Favourite.exercise_id).where(Favourite.member_id == asker.id)


def _passes(asker: Asker, facet: Facet, values: tuple[str, ...]) -> ColumnElement[bool]:
    if facet.key in _TAGS:
        tagged = select(ExerciseTag.exercise_id).where(
            ExerciseTag.facet == facet.key, ExerciseTag.value.in_(values)
        )
        return ExerciseRecord.id.in_(tagged)
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        "mode": lambda: ExerciseRecord.mode.in_(values),
        "intensity": lambda: ExerciseRecord.intensity.in_([int(value) for value in values]),
        "minutes": lambda: ExerciseRecord.minutes_short <= max(int(value) for value in values),
        "audience": lambda: ExerciseRecord.audience.in_(values),
        "without": lambda: ExerciseRecord.mode != "touch",
        "evidence": lambda: ExerciseRecord.evidence.in_(values),
        "starred": lambda: ExerciseRecord.id.in_(_favourites(asker)),
    }
    return conditions[facet.key]()


# Counting


def _kinds(session: Session, asker: Asker, query: str) -> list[Kind]:
    """Everything that holds the words of `query`, grouped by what facets ask about."""
    columns = (
        ExerciseRecord.tags,
        ExerciseRecord.mode,
        ExerciseRecord.intensity,
        ExerciseRecord.minutes_short,
        ExerciseRecord.audience,
        ExerciseRecord.evidence,
        ExerciseRecord.id.in_(_favourites(asker)).label("starred"),
    )
    grouped = select(*columns, func.count()).where(_visible(asker), ExerciseRecord.listed).group_by(*columns)
    match = search.matches(query)
    if match is not None:
        grouped = grouped.join(match, match.c.exercise_id == ExerciseRecord.id)
    kinds = []
    for tags, mode, intensity, minutes, audience, evidence, starred, number in session.execute(grouped):
        one = {
            "mode": (mode,),
            "intensity": (str(intensity),),
            "audience": (audience,),
            "minutes": fits(minutes),
            "without": ("touch",) if mode != "touch" else (),
            "evidence": (evidence,),
        }
        one |= {"starred": ("yes",) if starred else (), **_untagged(tags)}
        kinds.append(Kind(tuple(one.get(facet.key, ()) for facet in FACETS), number))
    return kinds


@lru_cache(maxsize=4096)
def _untagged(tags: str) -> dict[str, tuple[str, ...]]:
    """The values of each tag facet, from the text in which a row keeps them."""
    pairs = [tag.split(":") for tag in tags.split()]
    return {facet: tuple(value for key, value in pairs if key == facet) for facet in _TAGS}


def _loosen(session: Session, asker: Asker, wanted: Wanted, counted: Counted) -> tuple[Loosened, ...]:
    """After finding nothing: what giving up one thing would bring, most first."""
    found = [Loosened(f, wanted.loosened(f), counted.without[f.key]) for f in FACETS if wanted.values(f)]
    if search.words(wanted.q):
        without = replace(wanted, q="", page=1)
        found.append(Loosened(None, without, count(_kinds(session, asker, ""), without).total))
    return tuple(sorted((one for one in found if one.total), key=lambda one: -one.total))


# Rows


def _rows(session: Session, asker: Asker, wanted: Wanted) -> tuple[Found, ...]:
    starred = ExerciseRecord.id.in_(_favourites(asker))
    query = select(ExerciseRecord, starred).where(_visible(asker), ExerciseRecord.listed)
    for facet in FACETS:
        if wanted.values(facet):
            query = query.where(_passes(asker, facet, wanted.values(facet)))
    match = search.matches(wanted.q)
    if match is not None:
        query = query.join(match, match.c.exercise_id == ExerciseRecord.id).order_by(match.c.rank)
    query = query.order_by(func.lower(ExerciseRecord.title), ExerciseRecord.id)
    page = query.limit(PAGE).offset((wanted.page - 1) * PAGE)
    return tuple(Found(found, bool(star)) for found, star in session.execute(page))


# What stands near an exercise


@dataclass(frozen=True)
class Alike:
    """Exercises with the same purpose (main area, and a fear in common): in four directions, two of each."""

    gentler: tuple[ExerciseRecord, ...]
    bolder: tuple[ExerciseRecord, ...]
    shorter: tuple[ExerciseRecord, ...]
    other_mode: tuple[ExerciseRecord, ...]

    def __bool__(self) -> bool:
        return any((self.gentler, self.bolder, self.shorter, self.other_mode))


def alike(session: Session, asker: Asker, found: ExerciseRecord) -> Alike:
    """What else serves the same purpose; one step up or down is the nearest intensity that there is."""
    fears = select(ExerciseTag.value).where(ExerciseTag.exercise_id == found.id, ExerciseTag.facet == "fear")
    shares = select(ExerciseTag.exercise_id).where(ExerciseTag.facet == "fear", ExerciseTag.value.in_(fears))
    same = select(ExerciseRecord).where(
        _visible(asker),
        ExerciseRecord.listed,
        ExerciseRecord.area == found.area,
        ExerciseRecord.id != found.id,
        ExerciseRecord.id.in_(shares),
    )
    level, length = ExerciseRecord.intensity, ExerciseRecord.minutes_full
    near = (func.abs(length - found.minutes_full), ExerciseRecord.title)

    def some(query: Select[ExerciseRecord]) -> tuple[ExerciseRecord, ...]:
        return tuple(session.scalars(query.limit(2)))

    return Alike(
        gentler=some(same.where(level < found.intensity).order_by(level.desc(), *near)),
        bolder=some(same.where(level > found.intensity).order_by(level, *near)),
        shorter=some(same.where(length < found.minutes_full, level <= found.intensity).order_by(*near)),
        other_mode=some(
            same.where(ExerciseRecord.mode != found.mode, level <= found.intensity).order_by(
                level.desc(), *near
            )
        ),
    )


def named(session: Session, asker: Asker, slugs: tuple[str, ...]) -> tuple[ExerciseRecord, ...]:
    """The rows of these exercises, gentlest first; those that are no longer listed are left out."""
    query = select(ExerciseRecord).where(
        _visible(asker), ExerciseRecord.listed, ExerciseRecord.slug.in_(slugs)
    )
    return tuple(session.scalars(query.order_by(ExerciseRecord.intensity, ExerciseRecord.title)))


def next_steps(session: Session, asker: Asker, slug: str) -> tuple[ExerciseRecord, ...]:
    """The exercises that build on this one, gentlest first."""
    building = select(ExerciseTag.exercise_id).where(
        ExerciseTag.facet == "builds_on", ExerciseTag.value == slug
    )
    query = select(ExerciseRecord).where(
        _visible(asker), ExerciseRecord.listed, ExerciseRecord.id.in_(building)
    )
    return tuple(session.scalars(query.order_by(ExerciseRecord.intensity, ExerciseRecord.title)))


@dataclass(frozen=True)
class Step:
    """An exercise as a ladder needs it; its record is what a page shows."""

    record: ExerciseRecord
    slug: str
    title: str
    intensity: int
    builds_on: tuple[str, ...]


def ladder(session: Session, asker: Asker, fear: str) -> tuple[Rung[Step], ...]:
    """The ladder of one fear, gentlest first."""
    tagged = select(ExerciseTag.exercise_id).where(ExerciseTag.facet == "fear", ExerciseTag.value == fear)
    records = session.scalars(
        select(ExerciseRecord).where(_visible(asker), ExerciseRecord.listed, ExerciseRecord.id.in_(tagged))
    ).all()
    links: dict[str, list[str]] = {}
    for exercise_id, slug in session.execute(
        select(ExerciseTag.exercise_id, ExerciseTag.value).where(
            ExerciseTag.facet == "builds_on", ExerciseTag.exercise_id.in_(tagged)
        )
    ):
        links.setdefault(exercise_id, []).append(slug)
    return rungs(
        Step(one, one.slug, one.title, one.intensity, tuple(links.get(one.id, ()))) for one in records
    )
