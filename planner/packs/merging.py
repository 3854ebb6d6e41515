"""Several PDFs as one that is still PDF/UA, each beginning on the front of a sheet of paper.

No library joins structure trees: the trees are put below one another, and every number by which a page or an
annotation finds its place in them is counted on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, Stream, String

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt>
</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
# Streams below these keys of a font are the same in many sheets, and need to stand in the file once only.
_IN_FONTS = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Part:
    """One PDF to be joined: its name in the outline, and how many times it is wanted."""

    name: str
    pdf: bytes
    copies: int = 1


def merged(parts: Sequence[Part], title: str, lang: str) -> bytes:
    """One PDF of all parts in their order, titled `title`, in the language `lang` ("en-GB").

    Each part, and each copy of one, begins on an odd page, so that it can be printed on both sides of the
    paper and taken apart. The parts are tagged PDFs of ours. Raises ValueError when there is none.
    """
    if not parts:
        raise ValueError("no parts")
    with Pdf.new() as made:
        joined = _Joined(made)
        for part in parts:
            for _ in range(part.copies):
                with Pdf.open(BytesIO(part.pdf)) as source:
                    joined.add(source, part.name)
        joined.finish(title, lang)
        file = BytesIO()
        made.save(file, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return file.getvalue()


class _Joined:
    """What was joined so far, and where the counting of its structure stands."""

    def __init__(self, made: Pdf) -> None:
        self._made = made
        self._document = made.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=Array())  # its parent follows at the end
        )
        self._tree: dict[int, Object] = {}
        self._next = 0
        self._places: dict[str, Object] = {}
        self._names: list[tuple[str, int]] = []
        self._ids: dict[str, Object] = {}
        self._streams: dict[bytes, Object] = {}
        self._count = 0

    def add(self, source: Pdf, name: str) -> None:
        """Put all pages of `source` at the end, on a front side."""
        made, first = self._made, len(self._made.pages)
        if first % 2:
            self._add_blank()
            first += 1
        made.pages.extend(source.pages)
        pages = list(made.pages)[first:]
        self._names.append((name, first))
        # Pages come first: what is copied afterwards then points to their copies.
        root = made.copy_foreign(source.make_indirect(source.Root.StructTreeRoot))
        prefix = f"{self._count}-"
        self._take_tree(root, prefix)
        self._take_places(source, prefix)
        highest = self._next
        for page in pages:
            highest = max(highest, self._count_on(page.obj, prefix))
        self._next = max(highest, 1 + max(self._tree, default=-1))
        self._count += 1

    def finish(self, title: str, lang: str) -> None:
        """Write what belongs to the whole file."""
        made, root = self._made, self._made.Root
        numbers = Array([each for pair in sorted(self._tree.items()) for each in pair])
        tree = made.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=self._document,
                ParentTree=made.make_indirect(Dictionary(Nums=numbers)),
                ParentTreeNextKey=self._next,
            )
        )
        if self._ids:
            tree.IDTree = _named(self._ids)
        self._document.P = tree
        root.StructTreeRoot = tree
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.Lang = String(lang)
        if self._places:
            root.Names = Dictionary(Dests=_named(self._places))
        with made.open_outline() as outline:
            outline.root.extend(OutlineItem(name, page) for name, page in self._names)
        metadata = Stream(made, _XMP.format(title=escape(title)).encode())
        metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
        root.Metadata = made.make_indirect(metadata)
        made.docinfo.Title = title
        for page in made.pages:
            self._share(page.obj)

    def _add_blank(self) -> None:
        """An empty back: there is nothing on it to be read, so its place in the structure is empty too."""
        last = self._made.pages[-1]
        size = (float(last.mediabox[2]), float(last.mediabox[3]))
        page = self._made.add_blank_page(page_size=size).obj
        page.Tabs, page.StructParents = Name.S, self._next
        self._tree[self._next] = Array()
        self._next += 1

    def _take_tree(self, root: Object, prefix: str) -> None:
        """Put the tree of one part below our document, and its numbers behind those that there are."""
        for element in _listed(root.K):
            element.P = self._document
            if element.get("/S") == Name.Document:
                element.S = Name.Part
            self._document.K.append(element)
            for below in _elements(element):
                if "/ID" in below:
                    known = String(prefix + str(below.ID))
                    below.ID = known
                    self._ids[str(known)] = below
                _rename_headers(below, prefix)
        for number, value in _numbers(root.ParentTree):
            self._tree[self._next + number] = value

    def _take_places(self, source: Pdf, prefix: str) -> None:
        if "/Names" not in source.Root or "/Dests" not in source.Root.Names:
            return
        places = self._made.copy_foreign(source.make_indirect(source.Root.Names.Dests))
        for name, place in _names(places):
            self._places[prefix + name] = place

    def _count_on(self, page: Object, prefix: str) -> int:
        """Count on the places of a page, its annotations and its pictures. Returns the next free number."""
        base, highest = self._next, self._next
        holders = [page, *_listed(page.get("/Annots")), *_pictures(page)]
        for holder in holders:
            for key in ("/StructParents", "/StructParent"):
                if key in holder:
                    number = base + int(holder[key])
                    holder[key] = number
                    highest = max(highest, number + 1)
        for note in _listed(page.get("/Annots")):
            action = note.get("/A")
            for keeper, key in ((note, "/Dest"), (action, "/D")):
                if keeper is not None and isinstance(keeper.get(key), String):
                    keeper[key] = String(prefix + str(keeper[key]))
        return highest

    def _share(self, page: Object) -> None:
        """Let fonts that are the same byte for byte be one: copies of a sheet then cost next to nothing."""
        fonts = page.get("/Resources", Dictionary()).get("/Font", Dictionary())
        for font in fonts.values():
            for below in (font, *_listed(font.get("/DescendantFonts"))):
                below_descriptor = below.get("/FontDescriptor")
                if "/ToUnicode" in below:
                    below.ToUnicode = self._one(below.ToUnicode)
                for key in _IN_FONTS:
                    if below_descriptor is not None and key in below_descriptor:
                        below_descriptor[key] = self._one(below_descriptor[key])
        if isinstance(page.get("/Contents"), Stream):
            page.Contents = self._one(page.Contents)

    def _one(self, stream: Object) -> Object:
        return self._streams.setdefault(hashlib.sha256(stream.read_raw_bytes()).digest(), stream)


def _listed(value: Object | None) -> list[Object]:
    """What may be missing, one thing, or an array of things, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _elements(element: Object) -> Iterator[Object]:
    """An element of a structure tree and all below it."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [each for each in _listed(one.get("/K")) if isinstance(each, Dictionary) and "/S" in each]


def _rename_headers(element: Object, prefix: str) -> None:
    """Let a cell find the heads that it names by their new names."""
    for attributes in _listed(element.get("/A")):
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(prefix + str(each)) for each in attributes.Headers])


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    """The pairs of a number tree."""
    flat = list(tree.get("/Nums", Array()))
    yield from ((int(number), value) for number, value in zip(flat[::2], flat[1::2], strict=True))
    for below in _listed(tree.get("/Kids")):
        yield from _numbers(below)


def _names(tree: Object) -> Iterator[tuple[str, Object]]:
    """The pairs of a name tree."""
    flat = list(tree.get("/Names", Array()))
    yield from ((str(name), value) for name, value in zip(flat[::2], flat[1::2], strict=True))
    for below in _listed(tree.get("/Kids")):
        yield from _names(below)


def _named(pairs: dict[str, Object]) -> Dictionary:
    """A name tree. Its names stand in the order of their bytes, as readers search by halves."""
    ordered = sorted(pairs, key=lambda name: bytes(String(name)))
    return Dictionary(Names=Array([each for name in ordered for each in (String(name), pairs[name])]))


def _pictures(page: Object) -> list[Object]:
    """The drawings and images of a page, which may have a place in the structure themselves."""
    return list(page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).values())
