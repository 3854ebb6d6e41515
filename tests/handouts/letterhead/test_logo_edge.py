"""A drawing prints without its empty edge, and nothing of what it paints is ever cut away."""

from __future__ import annotations

import base64
import contextlib
from io import BytesIO
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from planner.handouts.letterhead.logo import checked
from planner.handouts.letterhead.refused import LogoRefused
from planner.handouts.pdf import worker
from tests.handouts.letterhead.test_logo import svg

WHOLE = [0.0, 0.0, 100.0, 50.0]
# In a drawing of 100 by 50, what is painted and the box that is left: left, top, width, height.
DRAWINGS = [
    ('<circle cx="20" cy="20" r="10"/>', [10, 10, 20, 20]),
    ('<rect width="100" height="50" fill="white"/><circle cx="20" cy="20" r="10"/>', [10, 10, 20, 20]),
    ('<ellipse cx="50" cy="20" rx="30" ry="10"/>', [20, 10, 60, 20]),
    ('<ellipse cx="50" cy="20" ry="10"/>', [40, 10, 20, 20]),
    ('<path d="M10 10h30v20h-30z"/>', [10, 10, 30, 20]),
    ('<path d="M20 30q15 -20 30 0"/>', [20, 20, 30, 10]),
    ('<path d="M20 20a5 5 0 0 1 10 0z"/>', [20, 15, 10, 5]),
    ('<polygon points="10,10 40,10 40,30"/>', [10, 10, 30, 20]),
    (
        '<rect x="20" y="10" width="40" height="20" fill="none" stroke="navy" stroke-width="4"/>',
        [18, 8, 44, 24],
    ),
    (
        '<g stroke="navy" stroke-width="2" stroke-linejoin="round"><path d="M20 20h20v10z"/></g>',
        [19, 19, 22, 12],
    ),
    (
        '<g transform="translate(10 5) scale(2)"><rect x="5" y="5" width="10" height="5"/></g>',
        [20, 15, 20, 10],
    ),
    (
        '<rect x="-5" y="-5" width="10" height="10" transform="translate(30,30) rotate(90)"/>',
        [25, 25, 10, 10],
    ),
    ('<rect x="20" y="20" width="10" height="10" transform="rotate(180 30 30)"/>', [30, 30, 10, 10]),
    ('<defs><rect id="r" width="10" height="10"/></defs><use href="#r" x="20" y="30"/>', [20, 30, 10, 10]),
    (
        '<symbol id="s"><rect width="10" height="10"/></symbol><use href="#s" x="20" y="30"/>',
        [20, 30, 10, 10],
    ),
    ('<rect x="40" y="30" width="500" height="500"/>', [40, 30, 60, 20]),
    (
        '<rect x="40" y="30" width="10" height="10"/><rect display="none" width="9" height="9"/>',
        [40, 30, 10, 10],
    ),
    # What cannot be told for sure, and what would be a hair when it was cropped.
    ('<circle cx="20%" cy="20" r="10"/>', WHOLE),
    ('<rect width="10mm" height="10"/>', WHOLE),
    ('<symbol id="s" viewBox="0 0 5 5"><rect width="5" height="5"/></symbol><use href="#s"/>', WHOLE),
    (
        '<linearGradient id="g" gradientUnits="userSpaceOnUse"><stop stop-color="red"/></linearGradient>'
        '<circle cx="20" cy="20" r="10" fill="url(#g)"/>',
        WHOLE,
    ),
    ('<path d="M5 5 nonsense"/><rect width="9" height="9"/>', [0, 0, 9, 9]),
    ('<path d="5 5h9"/><rect width="9" height="9"/>', WHOLE),
    ('<path d="M10 20h80" stroke="navy" stroke-width="1" stroke-linejoin="round"/>', WHOLE),
]


def box(inside: str) -> list[float]:
    root = ElementTree.fromstring(checked(svg(inside)).content)  # noqa: S314 (ours)
    return [float(each) for each in root.attrib["viewBox"].split()]


@pytest.mark.parametrize(("inside", "left"), DRAWINGS)
def test_a_drawing_stands_without_its_empty_edge(inside: str, left: list[float]) -> None:
    assert box(inside) == pytest.approx(left)


def test_its_shape_follows() -> None:
    kept = checked(svg(DRAWINGS[0][0])).content
    assert b'width="200" height="200"' in kept


def test_all_that_is_painted_is_still_there() -> None:
    """Each drawing on paper at its old place and size, as it was sent and as it is kept, looks the same."""
    pages = []
    for inside, _left in DRAWINGS:
        sent = svg(inside, width="400", height="200")
        for content, at in ((sent, WHOLE), (checked(sent).content, box(inside))):
            place = f"left:{at[0]}mm; top:{at[1]}mm; width:{at[2]}mm; height:{at[3]}mm"
            data = base64.b64encode(content).decode()
            image = f'<img alt="A logo" src="data:image/svg+xml;base64,{data}" style="{place}">'
            pages.append(f"<div>{image}</div>")
    css = "@page { size: 100mm 50mm; margin: 0 } img { position: absolute } body { margin: 0 }"
    css += "div { position: relative; height: 50mm; break-after: page }"
    html = f'<!doctype html><html lang="en-GB"><title>Logos</title><style>{css}</style>{"".join(pages)}'
    document = pypdfium2.PdfDocument(BytesIO(worker.make(html, 1)[0]))
    seen = [document[number].render(scale=1.5).to_pil().convert("L") for number in range(len(pages))]
    for number, (inside, _left) in enumerate(DRAWINGS):
        before, after = seen[2 * number : 2 * number + 2]
        # Of an ellipse with one radius WeasyPrint draws nothing, unlike browsers.
        assert before.getextrema()[0] < 128 or 'cy="20" ry="10"' in inside, inside
        # At the edges of shapes a pixel may be a little lighter or darker.
        assert ImageChops.difference(before, after).getextrema()[1] < 140, inside


@settings(max_examples=80)
@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz0123456789 .,-e", max_size=40))
def test_any_path_is_taken_or_left_as_it_is(d: str) -> None:
    with contextlib.suppress(LogoRefused):
        x, y, width, height = box(f'<path d="M1 1h40v20{d}"/>')
        assert width > 0
        assert height > 0
        assert x >= 0
        assert y >= 0
