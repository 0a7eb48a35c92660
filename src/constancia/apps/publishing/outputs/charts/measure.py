"""How wide texts are in the house's type: advance widths read from the font files themselves."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import font_source_sans_pro
import font_source_serif_pro
import vl_convert

Face = Literal["sans", "sans-bold", "serif", "serif-bold"]
BOLD: Face = "sans-bold"

_FILES: dict[Face, str] = {
    "sans": f"{font_source_sans_pro.font_directory}/SourceSansPro-Regular.ttf",
    "sans-bold": f"{font_source_sans_pro.font_directory}/SourceSansPro-Semibold.ttf",
    "serif": f"{font_source_serif_pro.font_directory}/SourceSerifPro-Regular.ttf",
    "serif-bold": f"{font_source_serif_pro.font_directory}/SourceSerifPro-Semibold.ttf",
}
_ELSEWHERE = 0.62  # of the size: about what a letter takes in the fonts that stand in for ours


@cache
def fonts() -> None:
    """Have the house's fonts known to whatever draws text here."""
    vl_convert.register_font_directory(font_source_sans_pro.font_directory)
    vl_convert.register_font_directory(font_source_serif_pro.font_directory)


def width_of(text: str, size: float, *, face: Face = "sans") -> float:
    """The width of a text set at `size`, in the same unit; kerning, which only narrows, is left out."""
    widths = _widths(face)
    return sum(widths.get(ord(char), _other(char)) for char in text) * size


def wrapped(text: str, size: float, room: float, most: int = 3, *, face: Face = "sans") -> list[str]:
    """The text in at most `most` lines of `room`; what does not fit ends in "…"."""
    lines: list[str] = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and width_of(longer, size, face=face) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    cut = len(lines) > most
    lines = lines[:most]
    return [
        _shortened(line, size, room, face, cut=cut and index == most - 1) for index, line in enumerate(lines)
    ]


def _shortened(line: str, size: float, room: float, face: Face, *, cut: bool) -> str:
    if width_of(line, size, face=face) <= room and not cut:
        return line
    while len(line) > 1 and width_of(f"{line}…", size, face=face) > room:
        line = line[:-1].rstrip()
    return f"{line}…"


def _other(char: str) -> float:
    """The part of the size that a character takes which our fonts do not have."""
    if unicodedata.combining(char):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else _ELSEWHERE


@cache
def _widths(face: Face) -> Mapping[int, float]:
    """Code point → advance width as a part of the size (tables head, hhea, hmtx, cmap of OpenType)."""
    data = Path(_FILES[face]).read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    at = {}
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        at[tag] = offset
    units = struct.unpack_from(">H", data, at[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", data, at[b"hhea"] + 34)[0]
    advances = [struct.unpack_from(">H", data, at[b"hmtx"] + 4 * glyph)[0] for glyph in range(metrics)]
    return {
        point: advances[min(glyph, metrics - 1)] / units
        for point, glyph in _glyphs(data, at[b"cmap"]).items()
    }


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Code point → glyph, from the character map of segments (format 4)."""
    found: dict[int, int] = {}
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        offset = cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * index + 4)[0]
        if struct.unpack_from(">H", data, offset)[0] != 4:
            continue
        size = struct.unpack_from(">H", data, offset + 6)[0]  # twice the number of segments
        ends, starts = offset + 14, offset + 16 + size
        deltas, ranges = starts + size, starts + 2 * size
        for segment in range(0, size, 2):
            first, last = (struct.unpack_from(">H", data, where + segment)[0] for where in (starts, ends))
            delta = struct.unpack_from(">H", data, deltas + segment)[0]
            start = struct.unpack_from(">H", data, ranges + segment)[0]
            for point in range(first, min(last, 0xFFFE) + 1):
                place = ranges + segment + start + 2 * (point - first)
                glyph = struct.unpack_from(">H", data, place)[0] if start else point
                if glyph:
                    found[point] = (glyph + delta) & 0xFFFF
        break
    return found
