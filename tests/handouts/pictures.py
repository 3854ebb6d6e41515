"""Pages as pictures: for proofs, and to compare them with pictures that were kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).parent / "reference"
# Pixels across a page of a reference picture, and how many pages are kept of a document.
WIDTH, MOST = 300, 4
# Of 255 shades, after the blur: a page is the same when it differs by less than both.
MEAN, WORST = 0.8, 30


@dataclass(frozen=True)
class Difference:
    """How far two pages are from each other, in shades of grey from 0 to 255.

    `mean` of all pixels; `worst` is what only one pixel in two hundred is above.
    """

    mean: float
    worst: int

    @property
    def is_seen(self) -> bool:
        return self.mean > MEAN or self.worst > WORST


def pages(pdf: bytes, width: int = WIDTH) -> list[Image.Image]:
    """Each page of a PDF as a greyscale picture of this many pixels across."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            page.render(scale=width / page.get_width(), grayscale=True, may_draw_forms=True).to_pil()
            for page in document
        ]
    finally:
        document.close()


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """How far two pages are apart. Slightly blurred first: how a letter's edge is drawn must not count."""
    if one.size != other.size:
        return Difference(255.0, 255)
    soft = [each.convert("L").filter(ImageFilter.GaussianBlur(1.5)) for each in (one, other)]
    shades = ImageChops.difference(*soft).histogram()
    total = sum(shades)
    mean = sum(shade * count for shade, count in enumerate(shades)) / total
    above, worst = 0, 255
    while worst and above + shades[worst] <= total / 200:
        above += shades[worst]
        worst -= 1
    return Difference(mean, worst)


def keep(name: str, pictures: list[Image.Image]) -> None:
    """Keep these pages as the reference of `name`, in place of those that were kept before."""
    FOLDER.mkdir(exist_ok=True)
    for path in kept_paths(name):
        path.unlink()
    for number, picture in enumerate(pictures[:MOST], start=1):
        # Sixteen shades are enough for the eye and for the comparison, and half the size.
        shades = picture.convert("L").quantize(16, dither=Image.Dither.NONE)
        shades.save(FOLDER / f"{name}.{number}.png", optimize=True)


def kept(name: str) -> list[Image.Image]:
    """The pages that were kept of `name`; none when it is new."""
    found = []
    for path in kept_paths(name):
        with Image.open(path) as picture:
            found.append(picture.convert("L"))
    return found


def kept_paths(name: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{name}.*.png"), key=lambda path: int(path.suffixes[0][1:]))
