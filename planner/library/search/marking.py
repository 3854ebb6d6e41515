"""The words of a search, marked where they stand in a text."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from planner.library.search.words import Term, places, spans


def marked(text: str, terms: Sequence[Term]) -> Markup:
    """`text` with every word that one of `terms` found in <mark>; everything else is escaped."""
    pieces, end = [], 0
    for start, stop in _places(text, terms) if terms else ():
        pieces += [escape(text[end:start]), Markup("<mark>"), escape(text[start:stop]), Markup("</mark>")]
        end = stop
    return Markup("").join([*pieces, escape(text[end:])])


def _places(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where something was found, in order; places that touch or overlap are one."""
    words, found = list(spans(text)), list[tuple[int, int]]()
    folded = [word for word, _, _ in words]
    places_of_all = (place for term in terms for place in places(term, folded))
    for start, end in sorted((words[first][1], words[after - 1][2]) for first, after in places_of_all):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
