"""Logos that practices send: checked, and written anew by us, so that nothing of the file itself is kept.

A file is data from a stranger that later reaches a PDF process and other people's browsers.
"""

from __future__ import annotations

import base64
import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops

from planner.handouts.letterhead.logo_svg import drawing
from planner.handouts.letterhead.refused import LogoRefused

# Bytes of a file, and pixels of a picture before anything of it is unpacked.
FILE_LIMIT, PIXEL_LIMIT = 300_000, 4_000_000
# Pixels: more would not be seen at 60 by 14 mm.
WIDEST, HIGHEST = 1200, 480
# Bytes of what is kept: it travels inside every page that is printed.
_KEPT = 300_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PAINTS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
# Of 255: what differs less from white is not seen on paper.
_SEEN = 24
_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Logo:
    """A checked picture: `kind` is "png" or "svg"."""

    kind: str
    content: bytes

    @property
    def media_type(self) -> str:
        return _TYPES[self.kind]

    @property
    def address(self) -> str:
        """The picture as a `data:` address, for paper."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


def checked(content: bytes) -> Logo:
    """The logo in an upload, whatever its name says it is. Raises LogoRefused with a reason of REASONS."""
    if not content.strip():
        raise LogoRefused("empty")
    if len(content) > FILE_LIMIT:
        raise LogoRefused("large")
    if content.startswith(_PNG):
        return Logo("png", _picture(content))
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return Logo("svg", drawing(content))
    raise LogoRefused("kind")


def _picture(content: bytes) -> bytes:
    """A PNG of red, green, blue and, where it is needed, transparency; the first frame of several."""
    bare = _bare(content)
    width, height = struct.unpack(">II", bare[16:24])
    # Before Pillow looks: some kilobytes can claim, and unpack to, gigabytes.
    if width * height > PIXEL_LIMIT:
        raise LogoRefused("pixels")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of some damage
            with Image.open(BytesIO(bare), formats=["PNG"]) as opened:
                opened.load()
                picture = _plain(opened)
    except (OSError, SyntaxError, ValueError, Warning, struct.error, Image.DecompressionBombError) as error:
        raise LogoRefused("broken") from error
    picture = _cropped(picture)
    picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    written = _written(picture)
    while len(written) > _KEPT:
        picture.thumbnail((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.LANCZOS)
        written = _written(picture)
    return written


def _bare(content: bytes) -> bytes:
    """The parts of a PNG that make its picture: no texts, profiles or further frames. Raises LogoRefused.

    Whether a file is whole is looked at here, as WeasyPrint makes Pillow overlook it for the whole process.
    """
    parts, at, name = [_PNG], len(_PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at) if at + 12 <= len(content) else (0, b"")
        part = content[at : at + 12 + length]
        if len(part) < 12 + length or zlib.crc32(part[4:-4]) != int.from_bytes(part[-4:], "big"):
            raise LogoRefused("broken")
        if (at == len(_PNG)) != (name == b"IHDR" and length == 13):
            raise LogoRefused("broken")
        if name in _PAINTS:
            parts.append(part)
        at += len(part)
    return b"".join(parts)


def _plain(opened: Image.Image) -> Image.Image:
    """Eight bits each of red, green and blue, with transparency if there is some."""
    if opened.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at white
        opened = opened.convert("I").point([value >> 8 for value in range(65536)], "L")
    clear = "A" in opened.getbands() or "transparency" in opened.info
    return opened.convert("RGBA" if clear else "RGB")


def _cropped(picture: Image.Image) -> Image.Image:
    """Without the empty edge that would make it small on paper. Raises LogoRefused if it is all empty."""
    white = Image.new("RGBA", picture.size, "white")
    seen = Image.alpha_composite(white, picture.convert("RGBA"))
    difference = ImageChops.difference(seen.convert("RGB"), white.convert("RGB"))
    bands = [
        band.point([255 if value >= _SEEN else 0 for value in range(256)]) for band in difference.split()
    ]
    box = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2]).getbbox()
    if box is None:
        raise LogoRefused("unseen")
    return picture.crop(box)


def _written(picture: Image.Image) -> bytes:
    """The file, without anything that the upload said beside its pixels."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    file = BytesIO()
    bare.save(file, "PNG", optimize=True)
    return file.getvalue()
