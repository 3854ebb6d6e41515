"""The empty edge of an SVG logo: a box around all that it paints, from its shapes alone.

The box may be larger than what is seen, never smaller: curves and clippings are taken generously, and where
something cannot be told for sure there is none, so that the drawing stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import radians
from typing import Protocol, Self

from fontTools.misc.arrayTools import unionRect
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import PenError
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path.parser import parse_path

from planner.handouts.letterhead.logo_css import seen_on_white

# Left, top, right and bottom, in units of the drawing.
Box = tuple[float, float, float, float]

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_LENGTH = re.compile(rf"({_NUMBER.pattern})(?:px)?", re.ASCII | re.IGNORECASE)
_FUNCTION = re.compile(r"(\w+)\s*\(([^)]*)\)")
# What an element takes over from the one around it, and what it is where nobody says so.
_PAINT = {"fill": "#000000", "stroke": "none", "stroke-width": "1", "stroke-linejoin": "miter"}
_INHERITED = {**_PAINT, "stroke-linecap": "butt", "stroke-miterlimit": "4"}
_ROUND = {"circle", "ellipse", "rect"}
# Where a gradient runs; without one of these it depends on the size of the drawing.
_RUNS = {"linearGradient": ("x1", "y1", "x2", "y2"), "radialGradient": ("cx", "cy", "r")}


class Node(Protocol):
    """An element of a drawing that was checked."""

    tag: str
    given: dict[str, str]
    children: list[Self]

    def below(self) -> Iterator[Self]: ...


class _Unsure(Exception):
    """It cannot be told how far something reaches."""


def painted(root: Node) -> Box | None:
    """The box around what is painted in a drawing with a `viewBox`, and within it; None when unsure.

    `root` has been bounded before: it unfolds to no more than can be drawn.
    """
    try:
        if "transform" in root.given:
            raise _Unsure
        _runs_are_known(root)
        shape = _Painted({node.given["id"]: node for node in root.below() if "id" in node.given}, {})
        boxes = list(shape.boxes(root, Identity, _INHERITED))
    # The last are what the reader of paths says to nonsense.
    except (_Unsure, ValueError, ArithmeticError, LookupError, TypeError, AssertionError, PenError):
        return None
    if not boxes:
        return None
    left, top, width, height = (float(each) for each in _NUMBER.findall(root.given["viewBox"]))
    found = boxes[0]
    for box in boxes[1:]:
        found = unionRect(found, box)
    within = max(found[0], left), max(found[1], top), min(found[2], left + width), min(found[3], top + height)
    return within if within[0] < within[2] and within[1] < within[3] else None


def _runs_are_known(root: Node) -> None:
    """A gradient that is measured by the whole drawing would look otherwise when its edge is gone."""
    gradients = [node for node in root.below() if node.tag in _RUNS]
    by_drawing = [node for node in gradients if node.given.get("gradientUnits") == "userSpaceOnUse"]
    for node in by_drawing:
        if any(name not in node.given for name in _RUNS[node.tag]):
            raise _Unsure
    if by_drawing and any("%" in node.given.get(name, "") for node in gradients for name in _RUNS[node.tag]):
        raise _Unsure


@dataclass(frozen=True)
class _Painted:
    """The elements by their ids, and the box of each shape once it was measured, without its outline."""

    named: Mapping[str, Node]
    known: dict[int, Box | None]

    def boxes(self, node: Node, around: Transform, over: Mapping[str, str]) -> Iterator[Box]:
        """A box for each shape of an element that is seen. Raises _Unsure and what numbers raise."""
        given = node.given
        if given.get("display", "").strip() == "none":
            return
        here = around.transform(_moved(given.get("transform", "")))
        paint = {name: given.get(name, usual) for name, usual in over.items()}
        if node.tag == "use":
            aim = self.named.get(given.get("href", "")[1:])
            if aim is None:
                return
            if aim.tag == "symbol" and "viewBox" in aim.given:
                raise _Unsure
            yield from self.boxes_in(aim, here.translate(_length(given, "x"), _length(given, "y")), paint)
        elif node.tag in ("svg", "g"):
            for child in node.children:
                yield from self.boxes(child, here, paint)
        elif node.tag not in ("defs", "symbol", "clipPath", *_RUNS):
            yield from self.shape(node, here, paint)

    def boxes_in(self, aim: Node, here: Transform, paint: Mapping[str, str]) -> Iterator[Box]:
        """What a `use` draws: a symbol is drawn by such only."""
        if aim.tag != "symbol":
            yield from self.boxes(aim, here, paint)
            return
        here = here.transform(_moved(aim.given.get("transform", "")))
        paint = {name: aim.given.get(name, usual) for name, usual in paint.items()}
        for child in aim.children:
            yield from self.boxes(child, here, paint)

    def shape(self, node: Node, here: Transform, paint: Mapping[str, str]) -> Iterator[Box]:
        outlined = _is_seen(paint["stroke"])
        if not outlined and not _is_seen(paint["fill"]):
            return
        if id(node) not in self.known:
            self.known[id(node)] = _box_of(node)
        box = self.known[id(node)]
        if box is None:
            return
        wide = _reach(node.tag, paint) if outlined else 0.0
        left, top, right, bottom = box[0] - wide, box[1] - wide, box[2] + wide, box[3] + wide
        corners = here.transformPoints([(left, top), (right, top), (left, bottom), (right, bottom)])
        across, down = zip(*corners, strict=True)
        yield min(across), min(down), max(across), max(down)


def _is_seen(paint: str) -> bool:
    return paint.startswith("url(") or seen_on_white(paint)


def _reach(tag: str, paint: Mapping[str, str]) -> float:
    """How far an outline may reach beyond its shape: half its width, at sharp corners and ends more."""
    half = _length(paint, "stroke-width") / 2
    if tag in _ROUND:
        return half
    sharp = (
        1.0 if paint["stroke-linejoin"].strip() in ("round", "bevel") else float(paint["stroke-miterlimit"])
    )
    square = 1.5 if paint["stroke-linecap"].strip() == "square" else 1.0
    return half * max(1.0, square if tag == "line" else max(sharp, square))


def _box_of(node: Node) -> Box | None:
    """The box of a shape in its own units; None for one of which there is nothing."""
    given, tag = node.given, node.tag
    if tag == "rect":
        x, y = _length(given, "x"), _length(given, "y")
        return x, y, x + _length(given, "width"), y + _length(given, "height")
    if tag in ("circle", "ellipse"):
        x, y = _length(given, "cx"), _length(given, "cy")
        # An ellipse that says one radius may have the other one too.
        wide, high = ("r", "r") if tag == "circle" else ("rx", "ry")
        across = _length(given, wide if wide in given else high)
        down = _length(given, high if high in given else wide)
        return x - across, y - down, x + across, y + down
    if tag == "line":
        points: Sequence[float] = [_length(given, name) for name in ("x1", "y1", "x2", "y2")]
    elif tag in ("polyline", "polygon"):
        points = [float(each) for each in _NUMBER.findall(given.get("points", ""))]
    elif tag == "path":
        pen = BoundsPen(None)
        if given.get("d", "").strip():
            parse_path(given["d"], pen)
        return pen.bounds
    else:
        raise _Unsure
    xs, ys = points[::2], points[1::2]
    return (min(xs), min(ys), max(xs), max(ys)) if ys else None


def _length(given: Mapping[str, str], name: str) -> float:
    """A length in units of the drawing; 0 where there is none. Raises _Unsure for parts of the whole."""
    said = given.get(name, "0").strip()
    match = _LENGTH.fullmatch(said)
    if match is None:
        raise _Unsure
    return float(match[1])


def _moved(said: str) -> Transform:
    """What a `transform` does. Raises _Unsure."""
    found = Identity
    for name, inside in _FUNCTION.findall(said):
        numbers = [float(each) for each in _NUMBER.findall(inside)]
        found = found.transform(_one(name, numbers))
    return found


def _one(name: str, numbers: list[float]) -> Transform:
    match name, len(numbers):
        case "matrix", 6:
            return Transform(*numbers)
        case "translate", 1 | 2:
            return Identity.translate(*numbers)
        case "scale", 1 | 2:
            return Identity.scale(*numbers)
        case "rotate", 1:
            return Identity.rotate(radians(numbers[0]))
        case "rotate", 3:
            x, y = numbers[1:]
            return Identity.translate(x, y).rotate(radians(numbers[0])).translate(-x, -y)
        case "skewX", 1:
            return Identity.skew(radians(numbers[0]), 0)
        case "skewY", 1:
            return Identity.skew(0, radians(numbers[0]))
    raise _Unsure
