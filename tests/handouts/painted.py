"""What the content of a page paints, piece by piece, with the marks around each and the colour of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

_TEXT = {"Tj", "TJ", "'", '"'}
_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}
# Of a filled area that text can stand on, in points: less is a rule or a mark.
_AREA = 4.0
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Piece:
    """Something that is painted. `marks` are the tags around it from outside in; `text` is what it reads.

    `gaps` counts characters that no letter form stands for; `area` is True for a filled area.
    """

    marks: tuple[str, ...]
    mcid: int | None
    colour: Colour
    text: str | None = None
    gaps: int = 0
    area: bool = False


@dataclass(frozen=True)
class _State:
    colour: Colour = (0.0, 0.0, 0.0)
    font: str = ""
    scale: float = 1.0


@dataclass
class _Reader:
    fonts: dict[str, dict[int, str]]
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    marks: list[tuple[str, int | None]] = field(default_factory=list)
    boxes: list[tuple[float, float]] = field(default_factory=list)

    def read(self, operands: Any, operator: str) -> Piece | None:
        if operator == "q":
            self.kept.append(self.state)
        elif operator == "Q":
            self.state = self.kept.pop()
        elif operator == "cm":
            self.state = replace(self.state, scale=self.state.scale * abs(float(operands[0])))
        elif operator in ("rg", "g", "scn", "sc"):
            values = [float(value) for value in operands if not isinstance(value, pikepdf.Name)]
            self.state = replace(
                self.state, colour=(values * 3)[:3] if len(values) == 1 else tuple(values[:3])
            )  # type: ignore[arg-type]
        elif operator == "Tf":
            self.state = replace(self.state, font=str(operands[0]))
        elif operator in ("BMC", "BDC"):
            about = operands[1] if len(operands) > 1 else {}
            mcid = int(about["/MCID"]) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else None
            self.marks.append((str(operands[0]), mcid))
            # A line of nothing but spaces has a mark and paints nothing.
            return self._piece(text="") if mcid is not None else None
        elif operator == "EMC":
            self.marks.pop()
        elif operator == "re":
            self.boxes.append((abs(float(operands[2])), abs(float(operands[3]))))
        elif operator == "n":
            self.boxes.clear()
        if operator in _TEXT:
            return self._text(operands)
        if operator in _PAINT:
            return self._painted(operator)
        return None

    def _piece(self, **fields: Any) -> Piece:
        mcid = next((mcid for _tag, mcid in reversed(self.marks) if mcid is not None), None)
        return Piece(tuple(tag for tag, _mcid in self.marks), mcid, self.state.colour, **fields)

    def _painted(self, operator: str) -> Piece:
        large = any(min(box) * self.state.scale > _AREA for box in self.boxes)
        self.boxes.clear()
        return self._piece(area=operator.startswith("f") and large)

    def _text(self, operands: Any) -> Piece:
        known = self.fonts.get(self.state.font, {})
        strings = operands[-1] if isinstance(operands[-1], pikepdf.Array) else [operands[-1]]
        data = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
        codes = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
        text = "".join(known.get(code, "") for code in codes)
        return self._piece(text=text, gaps=sum(code == 0 or code not in known for code in codes))


def painted(page: pikepdf.Page) -> Iterator[Piece]:
    """Everything that a page paints, in the order of its content."""
    fonts = {str(name): readings(font) for name, font in page.Resources.get("/Font", {}).items()}
    reader = _Reader(fonts)
    for operands, operator in pikepdf.parse_content_stream(page):
        piece = reader.read(operands, str(operator))
        if piece is not None:
            yield piece
    assert not reader.marks, "every mark ends on its page"
    assert not reader.kept


def readings(font: Any) -> dict[int, str]:
    """What each character code of a font reads."""
    cmap = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "surrogatepass")
    return found


def luminance(colour: Colour) -> float:
    """WCAG's relative luminance of an sRGB colour, each part from 0 to 1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
