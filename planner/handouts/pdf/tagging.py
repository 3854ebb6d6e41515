"""The tags of a PDF, for those who hear it: WeasyPrint's, put right where PDF/UA-1 asks for more.

Structure elements are pydyf dictionaries: "S" is their kind, "P" their parent, "K" what they hold, that is
other elements by reference and pieces of the page by number (marked content identifiers, MCID).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unicodedata import bidirectional

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

# What goes on when a page ends is one element, not two.
_GOES_ON = {"Sect", "Art", "Div", "P", "L", "LI", "Table", "TBody", "TR", "TH", "TD"}
_CELLS = {"TH", "TD"}
_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
# CSS pixels to points.
POINTS = 0.75


@dataclass(frozen=True)
class Tagged:
    """A structure element, and the box on a page (from 0) that it came of."""

    box: Any
    page: int
    element: Any

    @property
    def source(self) -> Any:
        """The element of the HTML; None for what only the layout or a style sheet made."""
        made = self.box.element is None or "::" in self.box.element_tag
        return None if made else self.box.element


@contextmanager
def followed() -> Iterator[list[Tagged]]:
    """While a PDF is written, take down which structure element came of which box.

    WeasyPrint does not say it, and without it a language or a form field cannot be put in its place.
    """
    found: list[Tagged] = []
    plain = tags._build_box_tree

    def follow(box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
        real = getattr(box, "_box", box)
        passes_on = isinstance(real, boxes.PageBox) or real.element_tag in ("html", "body")
        for element in plain(box, parent, pdf, page, *rest):
            if not passes_on:
                found.append(Tagged(real, page, element))
            yield element

    tags._build_box_tree = follow
    try:
        yield found
    finally:
        tags._build_box_tree = plain


class _Nothing(pydyf.Object):
    """Stands where an object was taken out."""

    data = b"null"


class Tree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, document: Any, pdf: Any, found: list[Tagged]) -> None:
        self.document, self.pdf = document, pdf
        # The outermost box of an HTML element comes last; its parts come before.
        self.tagged = found
        root = self.at(pdf.catalog["StructTreeRoot"])
        self.root = self.at(root["K"][0])
        self.parents = self.at(root["ParentTree"])["Nums"]

    def at(self, reference: Any) -> Any:
        """The object that a reference means."""
        return self.pdf.objects[int(reference.split()[0])]

    def parent(self, element: Any) -> Any:
        return self.at(element["P"])

    def kids(self, element: Any) -> list[Any]:
        """The structure elements right below one."""
        found = [self.at(kid) for kid in element["K"] if isinstance(kid, bytes)]
        return [each for each in found if each.get("Type") == "/StructElem"]

    def below(self, element: Any) -> Iterator[Any]:
        """An element and all below it, in reading order."""
        yield element
        for kid in self.kids(element):
            yield from self.below(kid)

    def page(self, number: int) -> Any:
        """The dictionary of a page, counted from 0."""
        return self.at(self.pdf.page_references[number])

    def stands(self, element: Any) -> bool:
        """False for what was taken out, and for the foot of a page."""
        while element is not self.root:
            parent = self.parent(element)
            if element.get("Type") != "/StructElem" or element.reference not in parent["K"]:
                return False
            element = parent
        return True

    def add(self, kind: str, parent: Any, page: int) -> Any:
        """A new element at the end of its parent."""
        element = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": f"/{kind}",
                "K": pydyf.Array(),
                "Pg": self.pdf.page_references[page],
                "P": parent.reference,
            }
        )
        self.pdf.add_object(element)
        parent["K"].append(element.reference)
        return element

    def hold(self, element: Any, annotation: Any, page: int) -> None:
        """Put an annotation of a page (from 0) into an element."""
        reference = pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pdf.page_references[page]}
        )
        self.pdf.add_object(reference)
        element["K"].append(reference.reference)
        annotation["StructParent"] = self.parents[-2] + 1
        self.parents.extend((annotation["StructParent"], element.reference))

    def take_out(self, element: Any) -> None:
        """Take out an element that holds nothing that is still needed."""
        self.parent(element)["K"].remove(element.reference)
        for each in list(self.below(element)):
            self.pdf.objects[each.number] = _Nothing()
            self.pdf.objects[each.number].number = each.number
            each["Type"] = ""


def mend(tree: Tree) -> None:
    """Put a structure tree right."""
    _spell(tree)
    _name_once(tree)
    _say_languages(tree)
    _join(tree)
    _unwrap_columns(tree)
    _point_heads(tree)
    _mend_figures(tree)
    _mend_lists_and_links(tree)
    _prune(tree, tree.root)
    _silence_the_rest(tree)
    _order_annotations(tree)


def _spell(tree: Tree) -> None:
    """Say what is written from right to left beside how it is drawn.

    In Arabic fonts one form may stand for several letters, with their dots drawn apart: read back by its
    forms, a text would be another one.
    """
    named = {each.element.number for each in tree.tagged}
    for each in tree.tagged:
        texts = [box.text for box in _drawn(each.box) if isinstance(box, boxes.TextBox)]
        held = [each.element, *(kid for kid in tree.kids(each.element) if kid.number not in named)]
        pieces = [element for element in held for kid in element["K"] if isinstance(kid, int)]
        if len(texts) == len(pieces):
            for text, element in zip(texts, pieces, strict=True):
                if any(bidirectional(letter) in ("R", "AL") for letter in text):
                    said = element.setdefault("ActualText", pydyf.String())
                    said.string += text


def _drawn(box: Any) -> Iterator[Any]:
    """What a box holds, with lines passed over."""
    for child in getattr(box, "children", ()):
        yield from child.children if isinstance(child, boxes.LineBox) else [child]


def _name_once(tree: Tree) -> None:
    """What the layout puts around lines has the name of the element it is in: one of them is enough."""
    sources = {each.element.number: each.source for each in tree.tagged if each.source is not None}
    for each in tree.tagged:
        parent = tree.parent(each.element)
        if (
            each.source is not None
            and sources.get(parent.number) is each.source
            and parent["S"] == each.element["S"]
        ):
            each.element["S"] = "/NonStruct"


def _say_languages(tree: Tree) -> None:
    """The language of each passage that is in another than what is around it."""
    for each in tree.tagged:
        lang = each.source.get("lang") if each.source is not None else None
        if lang and lang != tree.document.metadata.lang:
            each.element["Lang"] = pydyf.String(lang)


def _join(tree: Tree) -> None:
    """Make one of the parts of an element that goes on over pages; heads of tables are said once."""
    first: dict[int, Any] = {}
    # From outside in: the parts of what is inside have one parent only after those outside were joined.
    for each in sorted(_outermost(tree), key=lambda tagged: _depth(tree, tagged.element)):
        element = each.element
        before = first.setdefault(id(each.source), element)
        if before is element or not tree.stands(element):
            continue
        kind = element["S"][1:]
        if kind == "THead":
            tree.take_out(element)
        elif kind in _GOES_ON and element["S"] == before["S"] and element["P"] == before["P"]:
            for kid in tree.kids(element):
                kid["P"] = before.reference
            before["K"].extend(element["K"])
            element["K"].clear()
            tree.take_out(element)


def _unwrap_columns(tree: Tree) -> None:
    """The items of a list that is set in columns belong to the list: a column is nothing that is heard."""
    for each in list(tree.below(tree.root)):
        for column in tree.kids(each) if each["S"] == "/L" else ():
            if column["S"] == "/NonStruct":
                for kid in tree.kids(column):
                    kid["P"] = each.reference
                place = each["K"].index(column.reference)
                each["K"][place:place] = column["K"]
                column["K"].clear()
                tree.take_out(column)


def _outermost(tree: Tree) -> list[Tagged]:
    """For each element of the HTML and each page its outermost structure element, in order of pages."""
    found = {(id(each.source), each.page): each for each in tree.tagged if each.source is not None}
    return sorted((each for each in found.values() if tree.stands(each.element)), key=lambda each: each.page)


def _depth(tree: Tree, element: Any) -> int:
    depth = 0
    while element is not tree.root:
        element, depth = tree.parent(element), depth + 1
    return depth


def _point_heads(tree: Tree) -> None:
    """Say which way each head of a table points; then cells need no list of their heads."""
    scopes = {
        each.element.number: _SCOPES.get(each.source.get("scope", ""))
        for each in tree.tagged
        if each.source is not None
    }
    for element in tree.below(tree.root):
        if element["S"][1:] not in _CELLS:
            continue
        element.pop("ID", None)
        about = element.pop("A", {})
        about.pop("Headers", None)
        if element["S"] == "/TH":
            in_head = tree.parent(tree.parent(element))["S"] == "/THead"
            about["Scope"] = scopes.get(element.number) or ("/Column" if in_head else "/Row")
        if len(about) > 1:  # more than whose attributes they are
            element["A"] = about


def _mend_figures(tree: Tree) -> None:
    """Pictures with words keep their place, in points from the foot of the page; others are silent."""
    for each in tree.tagged:
        element = each.element
        if element["S"] != "/Figure" or not tree.stands(element):
            continue
        if "Alt" not in element:
            tree.take_out(element)
            continue
        height = tree.document.pages[each.page].height
        x1, top, x2, bottom = element["A"]["BBox"]
        corners = (x1, height - bottom, x2, height - top)
        element["A"]["BBox"] = pydyf.Array(round(corner * POINTS, 2) for corner in corners)


def _mend_lists_and_links(tree: Tree) -> None:
    for each in tree.tagged:
        if not tree.stands(each.element):
            continue
        numbered = any(kid["S"] == "/Lbl" for item in tree.kids(each.element) for kid in tree.kids(item))
        if each.element["S"] == "/L" and numbered:
            each.element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})
        if each.element["S"] == "/Link" and each.box.link_annotation:
            words = " ".join("".join(each.box.element.itertext()).split())
            each.box.link_annotation["Contents"] = pydyf.String(words)


def _prune(tree: Tree, element: Any) -> None:
    """Take out what holds nothing. Cells stay: a table has as many in each row."""
    for kid in tree.kids(element):
        _prune(tree, kid)
    if not element["K"] and element["S"][1:] not in _CELLS and element is not tree.root:
        tree.take_out(element)


def _silence_the_rest(tree: Tree) -> None:
    """Mark as artifacts what is on a page and not in the tree: what stands on every page, and decoration."""
    heard = {
        (element["Pg"], kid)
        for element in tree.below(tree.root)
        for kid in element["K"]
        if isinstance(kid, int)
    }
    for number, page in enumerate(tree.pdf.page_references):
        elements = tree.parents[2 * number + 1]
        stream = tree.at(tree.at(page)["Contents"]).stream
        for place, item in enumerate(stream):
            if isinstance(item, pydyf.Dictionary) and "MCID" in item and (page, item["MCID"]) not in heard:
                stream[place - 1 : place + 1] = [b"/Artifact", b"<</Type/Pagination>>"]
                elements[item["MCID"]] = b"null"
    reached = {element.number for element in tree.below(tree.root)}
    for each in tree.pdf.objects:
        lost = isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"
        if lost and each.number not in reached:
            tree.pdf.objects[each.number] = _Nothing()
            tree.pdf.objects[each.number].number = each.number


def _order_annotations(tree: Tree) -> None:
    """Links and fields in reading order: viewers go through them in the order of this list."""
    held = [
        tree.at(kid)["Obj"]
        for element in tree.below(tree.root)
        for kid in element["K"]
        if isinstance(kid, bytes) and tree.at(kid).get("Type") == "/OBJR"
    ]
    places = {reference: place for place, reference in enumerate(held)}
    for reference in tree.pdf.page_references:
        page = tree.at(reference)
        if "Annots" in page:
            page["Annots"].sort(key=lambda each: places.get(each, len(places)))
