"""The one style of all charts in documents: colours, type, sizes, and what Vega-Lite is told of them.

Lengths are pixels of the drawing: 620 wide is the width of a report's text (16.5 cm), 340 that of a
telephone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Size = Literal["page", "phone"]

INK, PAPER, MUTED, HAIRLINE = "#1d2330", "#ffffff", "#5b6472", "#d5d9e0"
BLUE, LIGHT, PALE = "#1f4e79", "#9dbdd9", "#dfe9f2"
OCHRE, GREY = "#b5651d", "#a8adb5"

HATCHED = "#a8adb4"
"""Stands for grey hatching, which Vega cannot draw: `finishing` puts the pattern in its place."""

VEILED = "#fffffe"
"""Stands for white stripes over what is drawn, the mark of what is provisional."""

SANS = "'Source Sans Pro', system-ui, sans-serif"
SERIF = "'Source Serif Pro', Georgia, serif"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a size means: the width of the drawing and its type, in pixels."""

    width: int
    text: float
    small: float
    large: float


SHEETS: dict[Size, Sheet] = {
    "page": Sheet(width=620, text=12.5, small=11.5, large=15),
    "phone": Sheet(width=340, text=13, small=12, large=15),
}


def config() -> dict[str, Any]:
    """The configuration of every chart."""
    return {
        "background": PAPER,
        "font": SANS,
        "padding": 0,
        "view": {"stroke": None, "fill": None},
        "text": {"font": SANS, "color": INK},
        "bar": {"color": BLUE},
        "line": {"color": BLUE},
        "axis": {"labelFont": SANS, "domain": False, "ticks": False, "title": None},
    }


def steps_to(top: float, most: int = 4) -> list[int]:
    """Round values from 0 to at least `top`, at most `most` above 0, for a value axis."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if step * most >= top:
                count = -(-int(top) // step) if top else 1
                return [step * at for at in range(count + 1)]
        scale *= 10
