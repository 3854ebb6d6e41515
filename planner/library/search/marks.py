"""Marks: what the search index knows of an exercise besides its words, so that few rows need a second look.

They narrow a search to rows that may fit. The conditions on `ExerciseRecord` decide all the same, so a facet
without marks works too, only less quickly where it leaves little of a large library.
"""

from __future__ import annotations

from planner.library.finding.facets import FACETS, Wanted
from planner.library.models import ExerciseRecord
from planner.who import Asker

# For each thing asked for, the marks of which a row has at least one.
Narrowed = tuple[tuple[str, ...], ...]

_SIGN = "¶"  # in no word, so no search for words finds a mark
_TAGS = ("area", "fear", "part", "works")
_COLUMNS = ("mode", "intensity", "audience", "evidence")


def of(record: ExerciseRecord) -> list[str]:
    """The marks of an exercise."""
    tags = [tag.split(":") for tag in record.tags.split()]
    values = [(facet, value) for facet, value in tags if facet in _TAGS]
    values += [(name, str(getattr(record, name))) for name in _COLUMNS]
    values += [("without", "touch")] if record.mode != "touch" else []
    return [_whose(record.practice_id), *(_mark(facet, value) for facet, value in values)]


def shown(asker: Asker) -> Narrowed:
    """What the asker may see carries one of these; not all that does may be seen."""
    return ((_whose(None), _whose(asker.practice_id)),)


def passing(asker: Asker, wanted: Wanted) -> Narrowed:
    """What passes every facet carries one of each of these."""
    marked = [
        facet for facet in FACETS if facet.key in (*_TAGS, *_COLUMNS, "without") and wanted.values(facet)
    ]
    return (
        *shown(asker),
        *_from(asker, wanted),
        *(tuple(_mark(facet.key, value) for value in wanted.values(facet)) for facet in marked),
    )


def _from(asker: Asker, wanted: Wanted) -> Narrowed:
    """One's own and what colleagues share carry the mark of the practice."""
    practices = {None if whose == "starter" else asker.practice_id for whose in wanted.whose}
    return (tuple(_whose(practice) for practice in sorted(practices, key=str)),) if practices else ()


def _whose(practice_id: str | None) -> str:
    return _mark("whose", practice_id or "starter")


def _mark(name: str, value: str) -> str:
    return f"{_SIGN}{name}{''.join(c for c in value if c.isalnum())}"
