"""A drawn chart as PNG, for writers that cannot take SVG."""

from __future__ import annotations

import vl_convert

from constancia.apps.publishing.outputs.charts.measure import fonts

SCALE = 2.5
"""Pixels of the PNG for one of the SVG: 620 wide become 1,550, sharp on paper 16.5 cm wide."""


def png(drawing: str, scale: float = SCALE) -> bytes:
    """The PNG of an SVG that `svg` drew, with the house's fonts. The same SVG has the same bytes."""
    fonts()
    found: bytes = vl_convert.svg_to_png(drawing, scale=scale)
    return found
