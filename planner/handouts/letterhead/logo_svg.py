"""SVG logos: read with limits, and written anew from an allow-list. Nothing of the file is copied unseen.

Browsers show what comes of it, and the PDF process draws it, so it must be free of scripts, addresses,
entities and drawings that unfold without end. Styles become attributes: our pages forbid inline styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from planner.handouts.letterhead.logo_css import Rules, colour, declarations, rules_of, seen_on_white
from planner.handouts.letterhead.logo_edge import painted
from planner.handouts.letterhead.refused import LogoRefused

# Elements, how deep they stand in each other, and how many are drawn once every `use` is unfolded.
NODES, DEPTH, DRAWN = 3000, 40, 20_000
# Attributes that say where something is; no logo needs a larger number.
_LARGEST = 1e6
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_GRADIENTS = {"linearGradient", "radialGradient"}
_TAKEN = {"svg", "g", "defs", "symbol", "use", "clipPath", "stop"} | _SHAPES | _GRADIENTS
# Notes of drawing programs; what they say is not kept.
_LEFT_OUT = {"title", "desc", "metadata", "style"}
_REFUSED = {
    **dict.fromkeys(("script", "handler", "listener"), "script"),
    "a": "links",
    **dict.fromkeys(("image", "feimage", "foreignobject", "iframe", "object", "embed"), "pictures"),
    **dict.fromkeys(("html", "video", "audio", "canvas", "link"), "pictures"),
    **dict.fromkeys(("animate", "animatecolor", "animatemotion", "animatetransform", "set"), "moving"),
    **dict.fromkeys(("text", "tspan", "textpath", "tref", "font", "font-face", "glyph"), "text"),
    **dict.fromkeys(("filter", "mask", "pattern", "marker", "switch"), "effects"),
}

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_FORMS = {
    re.compile(r"[-+\d.e]{1,24}(?:px|pt|mm|cm|in|pc|em|%)?", re.ASCII | re.IGNORECASE): (
        *("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "fx", "fy", "fr"),
        *("offset", "opacity", "fill-opacity", "stroke-opacity", "stop-opacity"),
        *("stroke-width", "stroke-miterlimit", "stroke-dashoffset"),
    ),
    re.compile(r"[-+\d.e,\s]+", re.ASCII | re.IGNORECASE): ("points", "viewBox", "stroke-dasharray"),
    re.compile(r"[-+\d.e,\smlhvcsqtaz]+", re.ASCII | re.IGNORECASE): ("d",),
    re.compile(
        r"(?:\s*,?\s*(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+\d.e,\s]+\))+\s*",
        re.ASCII | re.IGNORECASE,
    ): ("transform", "gradientTransform"),
    re.compile(r"[a-zA-Z\s-]{1,40}", re.ASCII): (
        *("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "display", "visibility"),
        *("gradientUnits", "clipPathUnits", "spreadMethod", "preserveAspectRatio"),
    ),
}
_FORM_OF = {name: form for form, names in _FORMS.items() for name in names}
_COLOURS = {"fill", "stroke", "stop-color", "color"}
# What a style sheet may say as well as an attribute.
_STYLED = (
    _COLOURS
    | {"clip-path", "display", "visibility", "fill-rule", "clip-rule"}
    | {
        *("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "stroke-width", "stroke-miterlimit"),
        *("stroke-dashoffset", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    }
)
_ID = re.compile(r"[\w.:-]{1,100}")
_WITHIN = re.compile(r"""\s*url\(\s*["']?#([\w.:-]{1,100})["']?\s*\)\s*[\w#]*\s*""")
_REACHES_OUT = re.compile(r"url\s*\(|image\s*\(|image-set|@import|expression|javascript:|\\", re.IGNORECASE)


@dataclass
class _Node:
    """An element as it was read; `text` only of style sheets."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def below(self) -> Iterator[_Node]:
        """This element and all within it."""
        yield self
        for child in self.children:
            yield from child.below()


def drawing(content: bytes) -> bytes:
    """An SVG file, written anew. Raises LogoRefused."""
    root = _Reading().read(content)
    rules = rules_of("\n".join("".join(each.text) for each in root.below() if each.tag == "style"))
    kept = _kept(root, rules, set())
    _sized(kept)
    _bounded(kept)
    if not _is_seen(kept):
        raise LogoRefused("unseen")
    _crop(kept)
    return _written(kept).encode()


class _Reading:
    """Reads a file with limits that hold while it is read, not only afterwards."""

    def __init__(self) -> None:
        self.open: list[_Node] = []
        self.root: _Node | None = None
        self.count = 0
        # In an element that is left out: nothing within it is looked at, but what must not be there.
        self.left_out = 0

    def read(self, content: bytes) -> _Node:
        """The root element. Raises LogoRefused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise LogoRefused("broken") from error
        if self.root is None:
            raise LogoRefused("kind")
        return self.root

    def _entity(self, *_what: object) -> None:
        raise LogoRefused("entities")

    def _instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            raise LogoRefused("links")

    def _start(self, full: str, given: dict[str, str]) -> None:
        space, _, tag = full.rpartition(" ")
        self.count += 1
        if self.count > NODES or len(self.open) >= DEPTH:
            raise LogoRefused("much")
        if self.root is None and tag != "svg":
            raise LogoRefused("kind")
        if reason := _REFUSED.get(tag.lower()):
            raise LogoRefused(reason)
        node = _Node(tag, _attributes(given))
        foreign = space not in (_SVG, "") or tag in _LEFT_OUT - {"style"}
        if not foreign and tag not in _TAKEN | {"style"}:
            raise LogoRefused("effects")
        if not foreign and tag == "svg" and self.root:
            raise LogoRefused("effects")
        if self.left_out or foreign:
            self.left_out += 1
        elif self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def _end(self, _full: str) -> None:
        self.open.pop()
        self.left_out = max(0, self.left_out - 1)

    def _text(self, text: str) -> None:
        if self.open and self.open[-1].tag == "style" and not self.left_out:
            self.open[-1].text.append(text)


def _attributes(given: dict[str, str]) -> dict[str, str]:
    """Attributes by their plain names; those of other makers are left out. Raises LogoRefused."""
    found = {}
    for full, value in given.items():
        space, _, name = full.rpartition(" ")
        if name.lower().startswith("on"):
            raise LogoRefused("script")
        if name == "href" or name == "src":
            if space in ("", _XLINK) and not value.strip().startswith("#"):
                raise LogoRefused("links")
            found["href"] = value.strip()
        elif not space:
            found[name] = value
    return found


def _kept(node: _Node, rules: Rules, ids: set[str]) -> _Node:
    """The element with what is allowed of it, its styles as attributes."""
    given = node.given
    styled = rules.of(node.tag, given.get("class", ""), given.get("id", ""))
    styled |= declarations(given.get("style", ""))
    if (
        _REACHES_OUT.search(styled.pop("filter", ""))
        or "mask" in styled
        or "mask" in given
        or "filter" in given
    ):
        raise LogoRefused("effects")
    wanted = given | {name: value for name, value in styled.items() if name in _STYLED}
    kept = _Node(node.tag)
    for name, value in wanted.items():
        said = _said(node.tag, name, value)
        if said is not None:
            kept.given[name] = said
    if (own := kept.given.get("id")) is not None:
        if own in ids:
            del kept.given["id"]
        ids.add(own)
    kept.children = [_kept(child, rules, ids) for child in node.children if child.tag not in _LEFT_OUT]
    return kept


def _said(tag: str, name: str, value: str) -> str | None:
    """What an attribute says, None when it says nothing to us. Raises LogoRefused."""
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "href":
        inside = tag in {"use"} | _GRADIENTS and _ID.fullmatch(value[1:])
        return value if inside else None
    if name in _COLOURS or name == "clip-path":
        if match := _WITHIN.fullmatch(value):
            return f"url(#{match[1]})"
        if _REACHES_OUT.search(value):
            raise LogoRefused("links")
        return colour(value) if name in _COLOURS else None
    form = _FORM_OF.get(name)
    if form is None or not form.fullmatch(value.strip()):
        if _REACHES_OUT.search(value) and name not in ("class", "style"):
            raise LogoRefused("links")
        return None
    if any(abs(float(number)) > _LARGEST for number in _NUMBER.findall(value)):
        raise LogoRefused("broken")
    return value.strip()


def _sized(root: _Node) -> None:
    """Say how wide and high the drawing is, in its own units. Raises LogoRefused when it has no size."""
    numbers = [float(each) for each in _NUMBER.findall(root.given.get("viewBox", ""))]
    if len(numbers) != 4:
        sizes = [root.given.get(side, "") for side in ("width", "height")]
        if any(not _NUMBER.match(size) or size.endswith("%") for size in sizes):
            raise LogoRefused("broken")
        numbers = [0.0, 0.0, *(float(_NUMBER.findall(size)[0]) for size in sizes)]
    _x, _y, width, height = numbers
    if not _has_shape(width, height):
        raise LogoRefused("broken")
    root.given |= {"viewBox": " ".join(f"{each:.10g}" for each in numbers)}
    root.given |= {"width": f"{200 * width / height:g}", "height": "200"}
    for name in ("x", "y"):
        root.given.pop(name, None)


def _has_shape(width: float, height: float) -> bool:
    return min(width, height) > 0.01 and max(width, height) <= 50 * min(width, height)


def _bounded(root: _Node) -> None:
    """Refuse what unfolds to too much or never ends; forget references to what is not there."""
    named = {each.given["id"]: each for each in root.below() if "id" in each.given}
    for each in root.below():
        for name, value in list(each.given.items()):
            reference = _reference(name, value)
            if reference and reference not in named:
                del each.given[name]
    known: dict[int, tuple[int, int]] = {}
    under_way: set[int] = set()

    def measure(node: _Node) -> tuple[int, int]:
        """How much is drawn for an element, and how deep it goes."""
        if id(node) in under_way:
            raise LogoRefused("much")
        if id(node) not in known:
            under_way.add(id(node))
            drawn = 1 + sum(len(node.given.get(name, "")) for name in ("d", "points")) // 500
            deep = 0
            aims = (_reference(name, value) for name, value in node.given.items())
            for part in [*node.children, *(named[aim] for aim in aims if aim)]:
                more, deeper = measure(part)
                drawn, deep = drawn + more, max(deep, deeper)
            if drawn > DRAWN or deep > 2 * DEPTH:
                raise LogoRefused("much")
            under_way.remove(id(node))
            known[id(node)] = drawn, deep + 1
        return known[id(node)]

    try:
        measure(root)
    except RecursionError:
        raise LogoRefused("much") from None


def _crop(root: _Node) -> None:
    """Leave out the empty edge, which would make the logo small on paper and stand off the margin."""
    box = painted(root)
    if box is None:
        return
    left, top, right, bottom = box
    if _has_shape(right - left, bottom - top):
        root.given["viewBox"] = " ".join(f"{each:.10g}" for each in (left, top, right - left, bottom - top))
        _sized(root)


def _reference(name: str, value: str) -> str:
    """The id that an attribute points at, "" for none."""
    if name == "href":
        return value[1:]
    match = _WITHIN.fullmatch(value)
    return match[1] if match else ""


def _is_seen(root: _Node, fill: str = "", stroke: str = "none") -> bool:
    """True when something in the drawing is not white. A shape that says nothing is filled with black."""
    fill, stroke = root.given.get("fill", fill), root.given.get("stroke", stroke)
    if root.tag in _SHAPES and any(map(seen_on_white, (fill or "#000000", stroke))):
        return True
    if root.tag == "stop" and seen_on_white(root.given.get("stop-color", "#000000")):
        return True
    # What cuts out is not seen itself.
    return any(_is_seen(child, fill, stroke) for child in root.children if child.tag != "clipPath")


def _written(node: _Node) -> str:
    own = f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"' if node.tag == "svg" else ""
    said = "".join(
        f" {'xlink:href' if name == 'href' else name}={quoteattr(value)}"
        for name, value in node.given.items()
    )
    inside = "".join(_written(child) for child in node.children)
    return f"<{node.tag}{own}{said}>{inside}</{node.tag}>" if inside else f"<{node.tag}{own}{said}/>"
