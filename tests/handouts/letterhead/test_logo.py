"""Logos that practices send: what is taken, what is refused, and that nothing of the file itself is kept."""

from __future__ import annotations

import contextlib
import struct
import zlib
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from planner.accounts.letterhead import _REFUSALS
from planner.handouts.letterhead.accent import can_be_read, contrast, nearest, read_colour
from planner.handouts.letterhead.logo import FILE_LIMIT, HIGHEST, WIDEST, checked
from planner.handouts.letterhead.refused import REASONS, LogoRefused

SHAPE = '<path d="M0 0h90v40z"/>'


def svg(inside: str, before: str = "", **root: str) -> bytes:
    said = "".join(f' {name}="{value}"' for name, value in ({"viewBox": "0 0 100 50"} | root).items())
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {spaces}{said}>{inside}</svg>".encode()


def png(picture: Image.Image, **said: object) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", **said)  # type: ignore[arg-type]
    return file.getvalue()


def disc(colour: str, mode: str = "RGBA", size: tuple[int, int] = (300, 200)) -> Image.Image:
    """A disc of 100 pixels in the middle of nothing, or of white where nothing cannot be said."""
    picture = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((100, 50, 199, 149), fill=colour)
    return picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def reason(content: bytes) -> str:
    with pytest.raises(LogoRefused) as refused:
        checked(content)
    return refused.value.reason


class TestPictures:
    @pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "LA"])
    def test_a_logo_stands_without_its_empty_edge(self, mode: str) -> None:
        logo = checked(png(disc("black", "RGBA" if "A" in mode else "RGB").convert(mode)))
        assert logo.kind == "png"
        assert opened(logo.content).size == (100, 100)
        assert opened(logo.content).mode in ("RGB", "RGBA")

    def test_what_is_clear_stays_clear(self) -> None:
        assert opened(checked(png(disc("navy"))).content).getpixel((0, 0))[3] == 0  # type: ignore[index]

    def test_nothing_else_of_the_file_is_kept(self) -> None:
        said = PngImagePlugin.PngInfo()
        said.add_text("Author", "CANARY", zip=False)
        sent = png(disc("navy"), pnginfo=said, exif=b"Exif\0\0CANARY", icc_profile=b"CANARY" * 40)
        assert b"CANARY" in sent
        kept = checked(sent + b"CANARY after the end").content
        assert b"CANARY" not in kept
        assert {part for part in (b"tEXt", b"eXIf", b"iCCP", b"zTXt") if part in kept} == set()

    def test_a_large_one_becomes_as_large_as_paper_needs(self) -> None:
        assert opened(checked(png(Image.new("RGB", (1900, 300), "teal"))).content).size[0] == WIDEST
        assert opened(checked(png(Image.new("RGB", (300, 1900), "teal"))).content).size[1] == HIGHEST

    def test_grey_of_sixteen_bits_keeps_its_tone(self) -> None:
        kept = opened(checked(png(Image.new("I;16", (40, 40), 100 * 257))).content).convert("RGB")
        assert abs(kept.getpixel((5, 5))[0] - 100) < 3  # type: ignore[index]

    def test_of_a_moving_one_the_first_picture_stands(self) -> None:
        kept = opened(checked(png(disc("navy"), save_all=True, append_images=[disc("red")])).content)
        assert getattr(kept, "n_frames", 1) == 1
        assert kept.convert("RGB").getpixel((50, 50)) == (0, 0, 128)

    @pytest.mark.parametrize("colour", ["white", "#f4f4f4"])
    def test_white_is_not_seen_on_paper(self, colour: str) -> None:
        assert reason(png(disc(colour))) == "unseen"
        assert reason(png(Image.new("RGBA", (50, 50)))) == "unseen"

    def test_a_bomb_is_refused_before_it_is_unpacked(self) -> None:
        head = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)

        def chunk(name: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

        unpacked = zlib.compress(bytes(10_000_000), 9)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", unpacked) + chunk(b"IEND", b"")
        assert len(bomb) < FILE_LIMIT
        assert reason(bomb) == "pixels"

    def test_text_that_unpacks_to_much_more_is_not_kept(self) -> None:
        said = PngImagePlugin.PngInfo()
        said.add_text("Comment", "x" * 3_000_000, zip=True)
        assert len(checked(png(disc("navy"), pnginfo=said)).content) < 10_000

    def test_what_is_cut_off_or_spoilt_is_refused(self) -> None:
        whole = png(disc("navy"))
        assert reason(whole[: len(whole) // 2]) == "broken"
        assert reason(whole[:20]) == "broken"
        assert reason(whole.replace(b"IDAT", b"IDAX")) == "broken"

    def test_other_kinds_are_refused_whatever_they_are_called(self) -> None:
        for kind in ("JPEG", "GIF", "BMP", "TIFF", "WEBP"):
            file = BytesIO()
            disc("navy", "RGB").save(file, kind)
            assert reason(file.getvalue()) == "kind"
        assert reason(b"%PDF-1.7") == "kind"
        assert reason(b"  ") == "empty"
        assert reason(b"x" * (FILE_LIMIT + 1)) == "large"


class TestDrawings:
    def test_shapes_colours_and_gradients_are_kept(self) -> None:
        logo = checked(
            svg(
                '<defs><linearGradient id="g"><stop offset="0" style="stop-color:#c00"/></linearGradient>'
                '<style>.a{fill:none;stroke:#123456;stroke-width:2px}</style></defs><g transform="scale(2)">'
                '<path class="a" d="M0 0C1 2 3 4 5 6z"/><circle r="9" fill="url(#g)"/></g>'
                '<use xlink:href="#b"/><rect id="b" width="3" height="4" style="fill:rgb(0,0,255)"/>',
                '<?xml version="1.0" encoding="utf-8"?><!-- By a program --><!DOCTYPE svg PUBLIC '
                '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
            )
        )
        assert logo.kind == "svg"
        root = ElementTree.fromstring(logo.content)  # noqa: S314 (ours)
        path = root.find(".//{*}path")
        assert path is not None
        assert (path.get("fill"), path.get("stroke"), path.get("stroke-width")) == ("none", "#123456", "2px")
        assert [each.get("fill") for each in root.iter("{http://www.w3.org/2000/svg}circle")] == ["url(#g)"]
        assert b"#0000ff" in logo.content
        assert b"#cc0000" in logo.content
        assert not {b"program", b"style", b"class", b"DOCTYPE"} & set(
            logo.content.replace(b"=", b" ").split()
        )

    def test_notes_of_drawing_programs_are_left_out(self) -> None:
        kept = checked(
            svg(
                "<title>CANARY</title><metadata><x:rdf xmlns:x='urn:x'>CANARY</x:rdf></metadata>"
                f"<x:view xmlns:x='urn:x' x:path='CANARY'/><!-- CANARY --><g data-name='CANARY'>{SHAPE}</g>"
            )
        ).content
        assert b"CANARY" not in kept
        assert b"M0 0h90v40z" in kept

    @pytest.mark.parametrize(
        ("inside", "why"),
        [
            ("<script>alert(1)</script>", "script"),
            ('<path onload="alert(1)" d="M0 0h9"/>', "script"),
            ("<metadata><script xmlns='http://www.w3.org/1999/xhtml'/></metadata>", "script"),
            (f'<a href="https://evil.example/">{SHAPE}</a>', "links"),
            ('<use xlink:href="https://evil.example/x.svg#a"/>', "links"),
            ('<use href="data:image/svg+xml;base64,AAAA#a"/>', "links"),
            ('<path fill="url(https://evil.example/#a)" d="M0 0h9"/>', "links"),
            ('<path style="fill:url(https://evil.example/)" d="M0 0h9"/>', "links"),
            ("<style>@import 'https://evil.example/a.css';</style>" + SHAPE, "links"),
            ("<style>.a{fill:u\\72l(https://evil.example/)}</style>" + SHAPE, "links"),
            ('<image xlink:href="data:image/png;base64,AAAA"/>', "pictures"),
            ("<foreignObject><p>Hello</p></foreignObject>", "pictures"),
            ('<path d="M0 0h9"><animate attributeName="d"/></path>', "moving"),
            ('<style>.a{animation:spin 1s}</style><path class="a" d="M0 0h9"/>', "moving"),
            ("<text>Harbour</text>", "text"),
            ("<filter id='f'/>" + SHAPE, "effects"),
            ('<path mask="url(#m)" d="M0 0h9"/>', "effects"),
            ("<style>g > path{fill:red}</style>" + SHAPE, "effects"),
            ("<hologram/>", "effects"),
            ('<path d="M1e999 0"/>', "broken"),
            ("<g>", "broken"),
            ('<path fill="#fff" d="M0 0h9v9z"/>', "unseen"),
            ('<g fill="white"><path d="M0 0h9v9z"/></g>', "unseen"),
            ("<g/>", "unseen"),
            ("<g/>" * 4000, "much"),
            ("<g>" * 60 + "</g>" * 60, "much"),
            (f'<path style="fill:{"(" * 5000}" d="M0 0h9"/>', "much"),
            ('<g id="a"><use href="#a"/></g>', "much"),
            ('<clipPath id="c"><path clip-path="url(#c)" d="M0 0h1"/></clipPath>' + SHAPE, "much"),
        ],
    )
    def test_what_runs_links_moves_or_never_ends_is_refused(self, inside: str, why: str) -> None:
        assert reason(svg(inside)) == why

    def test_a_drawing_that_unfolds_to_billions_is_refused(self) -> None:
        laughs = "".join(
            f'<g id="l{n}">' + f'<use xlink:href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 10)
        )
        assert reason(svg(f'<g id="l0">{SHAPE}</g>{laughs}')) == "much"

    def test_words_that_stand_for_other_words_are_refused(self) -> None:
        for kind in ('"x"', 'SYSTEM "file:///etc/passwd"'):
            assert reason(svg(SHAPE, f"<!DOCTYPE svg [<!ENTITY a {kind}>]>")) == "entities"

    def test_a_style_sheet_from_elsewhere_is_refused(self) -> None:
        assert reason(svg(SHAPE, '<?xml-stylesheet href="https://evil.example/a.css"?>')) == "links"

    def test_it_has_a_size_of_its_own(self) -> None:
        whole = '<path d="M0 0h300v100z"/>'
        assert (
            b'viewBox="0 0 300 100"' in checked(svg(whole, viewBox="", width="300px", height="100")).content
        )
        assert b'height="200"' in checked(svg(SHAPE, width="100%", height="100%")).content
        assert reason(svg(SHAPE, viewBox="0 0 0 0")) == "broken"
        assert reason(svg(SHAPE, viewBox="", width="100%", height="100%")) == "broken"
        assert reason(b"<html><body/></html>") == "kind"

    @settings(max_examples=60)
    @given(st.text(alphabet="<>/=\"'#;:(){} agpsuvetxylrfhrec\\@0.9&", max_size=80))
    def test_whatever_is_sent_is_taken_or_refused_in_words(self, inside: str) -> None:
        for content in (svg(inside), svg(f"<style>{inside}</style>{SHAPE}"), inside.encode()):
            with contextlib.suppress(LogoRefused):
                ElementTree.fromstring(checked(content).content)  # noqa: S314 (ours)


def test_every_refusal_has_its_words() -> None:
    assert set(_REFUSALS) == set(REASONS)


class TestColours:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("#2b5a87", "#2b5a87"),
            (" 2B5 ", "#22bb55"),
            ("blue", None),
            ("#12", None),
            ("", None),
            ("١٢٣", None),
        ],
    )
    def test_as_people_write_them(self, typed: str, read: str | None) -> None:
        assert read_colour(typed) == read

    def test_contrast_is_that_of_the_standard(self) -> None:
        assert round(contrast("#000000"), 1) == 21
        assert round(contrast("#ffffff"), 1) == 1
        assert round(contrast("#777777"), 2) == 4.48

    @settings(max_examples=100)
    @given(st.integers(0, 0xFFFFFF))
    def test_the_offered_shade_holds_and_is_hardly_darker_than_it_must_be(self, number: int) -> None:
        colour = f"#{number:06x}"
        offered = nearest(colour)
        assert can_be_read(offered)
        if can_be_read(colour):
            assert offered == colour
        else:
            assert contrast(offered) < 7.6
