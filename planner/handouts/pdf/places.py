"""Where a page leaves room to write, tick or choose: found in its HTML, by the classes that sheets use.

rule          writing lines; those that follow each other are one place, with the words before them
ticks         a list of things to tick
scale, boxes  numbers of which one is chosen
table td      an empty cell, with the words of its heads
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class Place:
    """Room for one field: "lines", "cell", "tick" or "scale".

    `boxes` are its elements of HTML and `words` say what belongs there; a scale has a value for each box.
    """

    kind: str
    boxes: tuple[Element, ...]
    words: str
    values: tuple[str, ...] = ()


def places(root: Element) -> Iterator[Place]:
    """Where there is room for fields below an element of HTML, in order."""
    classes = _classes(root)
    if "ticks" in classes:
        label = _label(root)
        for item in root.iter("li"):
            yield Place("tick", (item,), _joined(label, _text(item)))
        return
    if "scale" in classes:
        yield _scale(root)
        return
    if root.tag == "table":
        yield from _cells(root)
        return
    run: list[Element] = []
    for child in root:
        if "rule" in _classes(child):
            run.append(child)
            continue
        if run:
            yield Place("lines", tuple(run), _before(root, run[0]))
            run = []
        yield from places(child)
    if run:
        yield Place("lines", tuple(run), _before(root, run[0]))


def _scale(scale: Element) -> Place:
    ends = [_text(end) for each in scale.iter("div") if "ends" in _classes(each) for end in each.iter("p")]
    numbers = tuple(item for each in scale.iter("ol") for item in each.iter("li"))
    # Where one label serves several scales, the template says whose each is.
    words = scale.get("data-words") or _joined(_label(scale), " – ".join(end for end in ends if end))
    return Place("scale", numbers, words, tuple(_text(number) for number in numbers))


def _cells(table: Element) -> Iterator[Place]:
    caption = next((_text(each) for each in table.iter("caption")), "")
    columns = [_text(head) for row in table.iter("thead") for head in row.iter("th")]
    rows = [row for body in table.iter("tbody") for row in body.iter("tr")]
    for number, row in enumerate(rows, start=1):
        head = next((_text(each) for each in row.iter("th")), str(number))
        for column, cell in enumerate(row):
            if cell.tag == "td" and not _text(cell) and not len(cell):
                named = columns[column] if column < len(columns) else str(column + 1)
                yield Place("cell", (cell,), _joined(caption, f"{head}, {named}"))


def _before(parent: Element, rule: Element) -> str:
    """The words that a run of writing lines belongs to: the last that stand before it."""
    words = ""
    for child in parent:
        if child is rule:
            break
        words = _text(child) or words
    return words or _text(parent)


def _label(element: Element) -> str:
    return next((_text(each) for each in element.iter() if "label" in _classes(each)), "")


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _joined(first: str, second: str) -> str:
    return (
        f"{first} {second}"
        if first.endswith((":", "?", ".", "…", "؟")) or not first
        else f"{first}: {second}"
    )
