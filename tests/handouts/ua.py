"""What PDF/UA-1 (ISO 14289-1) asks of a file, and a little more that we promise, as assertions.

`check` holds one PDF to all of it. Where a rule has a clause of the standard, its function names it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from tests.handouts.painted import Colour, contrast, luminance, painted, readings

_STANDARD = re.compile(
    "/(Document|Part|Art|Sect|Div|BlockQuote|Caption|NonStruct|P|H[1-6]|L|LI|Lbl|LBody"
    "|Table|TR|TH|TD|THead|TBody|TFoot|Span|Link|Figure|Form)"
)
# What may stand right below what.
_BELOW = {
    "/L": {"/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
_ABOVE = {
    "/LI": {"/L"},
    "/Lbl": {"/LI"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
}


def check(pdf: bytes, *, lang: str) -> None:
    """Hold a PDF to PDF/UA-1; `lang` is the language that it says it is in. Raises AssertionError."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        says_what_it_is(opened, lang)
        holds_nothing_active(opened)
        every_piece_has_a_place(opened)
        elements_stand_where_they_may(opened)
        headings_leave_no_gap(opened)
        figures_are_described(opened)
        tables_are_regular(opened)
        numbered_lists_say_so(opened)
        languages_are_known(opened)
        annotations_are_named(opened)
        fonts_are_inside(opened)


def elements(node: Any) -> Iterator[Any]:
    """Every structure element from `node` down, in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node and node.get("/Type") not in ("/OBJR", "/MCR"):
            yield from elements(node.K)


def kids(element: Any) -> list[Any]:
    """The structure elements right below one."""
    return [kid for kid in _held(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def tree(pdf: pikepdf.Pdf) -> list[Any]:
    return list(elements(pdf.Root.StructTreeRoot))


def texts(pdf: pikepdf.Pdf) -> str:
    """What a screen reader says, in order: the pieces of text in the structure tree, one a line.

    Numbers of lists are left out.
    """
    found = {}
    for number, page in enumerate(pdf.pages):
        for piece in painted(page):
            if piece.mcid is not None and piece.text is not None:
                found[number, piece.mcid] = found.get((number, piece.mcid), "") + piece.text
    said = [
        str(element.get("/ActualText", found.get(place, "")))
        for place, element in _marks(pdf)
        if element.S != "/Lbl" and element.P.S != "/Lbl"
    ]
    return "\n".join(said)


def says_what_it_is(pdf: pikepdf.Pdf, lang: str) -> None:
    """Clauses 5, 7.1, 7.2: identification, title, language, and that it is tagged."""
    root = pdf.Root
    assert root.MarkInfo.Marked, "marked as tagged"
    assert not root.MarkInfo.get("/Suspects", False)
    assert root.ViewerPreferences.DisplayDocTitle, "the title shows, not the file's name"
    assert str(root.get("/Lang", "")) == lang, "the language of the document"
    metadata = root.Metadata.read_bytes().decode()
    assert re.search(r'pdfuaid:part(="1"|>1<)', metadata), "says that it is PDF/UA-1"
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", metadata, re.S)
    assert title, "the title is in the metadata"
    assert title[1].strip()
    assert title[1] == title[1].strip(), "nothing stands around the title"
    for page in pdf.pages:
        assert page.get("/Tabs") == "/S", "the tabulator follows the structure"


def holds_nothing_active(pdf: pikepdf.Pdf) -> None:
    """Clause 7.15 and more: no script, no forms of another kind, no files, no forms in disguise."""
    assert "/XFA" not in pdf.Root.get("/AcroForm", {}), "no XFA"
    assert "/OpenAction" not in pdf.Root
    names = pdf.Root.get("/Names", {})
    assert "/JavaScript" not in names
    assert "/EmbeddedFiles" not in names
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            assert "/JS" not in each, "no script"
            assert each.get("/S") != "/JavaScript", "no script"
            assert "/AA" not in each, "nothing that starts by itself"


def every_piece_has_a_place(pdf: pikepdf.Pdf) -> None:
    """Clause 7.1: each piece of a page is text with a place in the tree, or decoration."""
    root = pdf.Root.StructTreeRoot
    parents = _numbers(root.ParentTree)
    marks = _marks(pdf)
    places = [place for place, _element in marks]
    assert len(places) == len(set(places)), "no piece has two places"
    pages = [page for page, _mcid in places]
    assert pages == sorted(pages), "the tree goes from page to page"
    owners = dict(marks)
    for number, page in enumerate(pdf.pages):
        entries = parents[int(page.StructParents)]
        seen = set()
        for piece in painted(page):
            decoration = "/Artifact" in piece.marks
            assert decoration or piece.mcid is not None, "nothing is without a mark"
            assert not (decoration and piece.mcid is not None), "decoration is not tagged"
            if piece.mcid is not None:
                seen.add(piece.mcid)
                assert (number, piece.mcid) in owners, "what is marked is in the tree"
                entry = entries[piece.mcid]
                assert entry.objgen == owners[number, piece.mcid].objgen, "the parent tree is right"
        mine = {mcid for at, mcid in places if at == number}
        assert mine == seen, "what the tree names is on the page"
    for each in elements(root):
        for kid in kids(each):
            assert kid.P.objgen == each.objgen, "each element knows its parent"


def elements_stand_where_they_may(pdf: pikepdf.Pdf) -> None:
    """Clause 7.1, 7.5, 7.6: standard kinds only, lists and tables built as they must be."""
    for element in tree(pdf):
        kind = str(element.S)
        assert _STANDARD.fullmatch(kind), kind
        for kid in kids(element):
            assert str(kid.S) in _BELOW.get(kind, {str(kid.S)}), f"{kid.S} in {kind}"
            assert kind in _ABOVE.get(str(kid.S), {kind}), f"{kid.S} in {kind}"
        if kind in ("/L", "/LI", "/Table", "/TR"):
            assert kids(element), f"an empty {kind}"


def headings_leave_no_gap(pdf: pikepdf.Pdf) -> None:
    """Clause 7.4: from level one on, no level left out, none empty."""
    found = [element for element in tree(pdf) if re.fullmatch(r"/H[1-6]", str(element.S))]
    levels = [int(str(element.S)[2]) for element in found]
    assert levels, "there is a heading"
    assert levels[0] == 1, "headings begin at level one"
    assert all(after <= before + 1 for before, after in pairwise(levels)), f"headings without gaps: {levels}"
    assert all(_held(element) for element in found), "no heading is empty"


def figures_are_described(pdf: pikepdf.Pdf) -> None:
    """Clause 7.3: pictures say what they show, and stand on their page."""
    for element in tree(pdf):
        if element.S == "/Figure":
            assert str(element.get("/Alt", "")).strip(), "a picture without words"
            left, bottom, right, top = [float(value) for value in element.A.BBox]
            page = [float(value) for value in element.Pg.MediaBox]
            assert page[0] <= left < right <= page[2] + 1, "a picture beside its page"
            assert page[1] - 1 <= bottom < top <= page[3] + 1, "a picture beside its page"


def tables_are_regular(pdf: pikepdf.Pdf) -> None:
    """Clause 7.5: each row has as many cells, and each head says which way it points."""
    for table in tree(pdf):
        if table.S != "/Table":
            continue
        rows = [row for row in elements(table) if row.S == "/TR"]
        widths = {sum(_span(cell) for cell in kids(row)) for row in rows}
        assert len(widths) == 1, f"rows of {widths} cells"
        heads = [cell for row in rows for cell in kids(row) if cell.S == "/TH"]
        assert heads, "a table has heads"
        for head in heads:
            assert "/A" in head, "a head says which way it points"
            assert head.A.get("/Scope") in ("/Column", "/Row", "/Both"), "a head says which way it points"
        captions = [at for at, kid in enumerate(kids(table)) if kid.S == "/Caption"]
        assert captions in ([], [0]), "a caption comes first"
        assert sum(kid.S == "/THead" for kid in kids(table)) <= 1, "heads are said once"


def numbered_lists_say_so(pdf: pikepdf.Pdf) -> None:
    """Clause 7.6."""
    for element in tree(pdf):
        if element.S == "/L" and any(kid.S == "/Lbl" for item in kids(element) for kid in kids(item)):
            assert "/A" in element, "a numbered list says so"
            assert element.A.get("/ListNumbering") == "/Decimal", "a numbered list says so"


def languages_are_known(pdf: pikepdf.Pdf) -> None:
    """Clause 7.2: what is said about a passage's language is a language."""
    for element in tree(pdf):
        if "/Lang" in element:
            assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(element.Lang)), "a language"


def annotations_are_named(pdf: pikepdf.Pdf) -> None:
    """Clause 7.18: links and fields have words, stand in the tree, and come in its order."""
    parents = _numbers(pdf.Root.StructTreeRoot.ParentTree)
    held = {}
    for element in tree(pdf):
        for kid in _held(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                held[kid.Obj.objgen] = element
    order = list(held)
    shown = []
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            shown.append(note.objgen)
            assert note.objgen in held, "an annotation has a place in the tree"
            element = held[note.objgen]
            assert parents[int(note.StructParent)].objgen == element.objgen, "the parent tree is right"
            if note.Subtype == "/Link":
                assert element.S == "/Link", "a link stands in a link"
                assert str(note.get("/Contents", "")).strip(), "a link has words"
            else:
                assert note.Subtype == "/Widget", "nothing but links and fields"
                assert element.S == "/Form", "a field stands in a form element"
                assert len(element.K) == 1, "one field in each"
                assert str(note.get("/TU", "")).strip(), "a field has words"
                assert "/N" in note.get("/AP", {}), "a field shows in any viewer"
                assert int(note.get("/F", 0)) & 4, "a field prints"
                assert not int(note.get("/F", 0)) & 2, "a field is not hidden"
    assert shown == order, "annotations come in reading order"
    fields = pdf.Root.get("/AcroForm", {}).get("/Fields", [])
    named = [str(each.T) for each in fields]
    assert len(named) == len(set(named)), "each field has a name of its own"
    assert all(str(each.get("/TU", "")).strip() for each in fields), "a field has words"


def fonts_are_inside(pdf: pikepdf.Pdf) -> None:
    """Clause 7.21: embedded, can be read back, and a form for every letter."""
    for font in _fonts(pdf):
        name = str(font.BaseFont)
        assert readings(font), f"{name} can be read back"
        assert font.Subtype == "/Type0", name
        assert font.Encoding == "/Identity-H", name
        (inner,) = font.DescendantFonts
        descriptor = inner.FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), f"{name} is embedded"
        if inner.Subtype == "/CIDFontType2":
            assert "/CIDToGIDMap" in inner, name
        # Parts of a letter that is drawn in parts, as in Arabic, read as nothing.
        assert not {"\0", "\ufeff", "\ufffe"} & set(readings(font).values()), name
    for page in pdf.pages:
        for piece in painted(page):
            assert not piece.gaps, f"no form for a letter in {piece.text!r}"


def least_contrast(pdf: bytes) -> float:
    """The least contrast of any text with white and with the tints that are filled on its page."""
    white: Colour = (1.0, 1.0, 1.0)
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            pieces = list(painted(page))
            tints = {piece.colour for piece in pieces if piece.area and luminance(piece.colour) > 0.5} | {
                white
            }
            inks = {piece.colour for piece in pieces if piece.text and piece.text.strip()}
            found += [contrast(ink, tint) for ink in inks for tint in tints]
    return min(found)


def _held(element: Any) -> list[Any]:
    """What an element holds: elements, references, and numbers of pieces."""
    if "/K" not in element:
        return []
    return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]


def _marks(pdf: pikepdf.Pdf) -> list[tuple[tuple[int, int], Any]]:
    """For each piece in the tree its page (from 0), its number and its element, in reading order."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(element: Any) -> Iterator[tuple[tuple[int, int], Any]]:
        for kid in _held(element):
            if isinstance(kid, int):
                yield (pages[element.Pg.objgen], kid), element
            elif "/S" in kid:
                yield from walk(kid)

    return [each for top in _held(pdf.Root.StructTreeRoot) for each in walk(top)]


def _numbers(node: Any) -> dict[int, Any]:
    """A number tree as a dictionary."""
    pairs = list(node.get("/Nums", []))
    found = {int(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
    for kid in node.get("/Kids", []):
        found |= _numbers(kid)
    return found


def _span(cell: Any) -> int:
    return int(cell.A.get("/ColSpan", 1)) if "/A" in cell else 1


def _fonts(pdf: pikepdf.Pdf) -> list[Any]:
    found = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            found[font.objgen] = font
    for font in pdf.Root.get("/AcroForm", {}).get("/DR", {}).get("/Font", {}).values():
        found[font.objgen] = font
    return list(found.values())
