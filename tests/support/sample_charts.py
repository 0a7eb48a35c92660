"""Drawings for the sample report, in the shape that the chart maker's are: plain SVG with texts in it."""

from __future__ import annotations

from collections.abc import Sequence

import vl_convert

_SANS = 'font-family="Source Sans Pro, sans-serif" font-size="13"'


def bars(values: Sequence[int], first: str, last: str, mark: str) -> str:
    """Columns day by day, the last seven hatched as provisional, one marked by a statement."""
    step, base = 860 / len(values), 260
    columns = "".join(
        f'<rect x="{20 + index * step:.1f}" y="{base - value * 3}" '
        f'width="{step * 0.7:.1f}" height="{value * 3}" '
        f'fill="{"url(#hatch)" if index >= len(values) - 7 else "#1f4e79"}"/>'
        for index, value in enumerate(values)
    )
    at = 20 + 9 * step
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300" viewBox="0 0 900 300">'
        '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse">'
        '<path d="M0,4L4,0" stroke="#a8adb5" stroke-width="1.5"/></pattern></defs>'
        f'<g style="mix-blend-mode: normal">{columns}</g>'
        f'<path d="M20,{base}H880" stroke="#1d2330"/>'
        f'<text x="20" y="282" {_SANS} fill="#5b6472">{first}</text>'
        f'<text x="880" y="282" {_SANS} fill="#5b6472" text-anchor="end">{last}</text>'
        f'<path d="M{at:.1f},24V52" stroke="#b5651d" stroke-width="1.5"/>'
        f'<text x="{at:.1f}" y="18" {_SANS} fill="#b5651d">{mark}</text></svg>'
    )


def line(values: Sequence[int], first: str, last: str) -> str:
    """A falling line with its two ends said beside it."""
    step = 760 / (len(values) - 1)
    points = [(60 + index * step, 240 - (value - 500) / 2) for index, value in enumerate(values)]
    drawn = "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="280">'
        '<path d="M60,240H820" stroke="#d5d9e0"/>'
        f'<path d="M{drawn}" stroke="#1f4e79" stroke-width="3" fill="none"/>'
        f'<text x="60" y="{points[0][1] - 12:.1f}" {_SANS} fill="#1f4e79">{values[0]}</text>'
        f'<text x="828" y="{points[-1][1] + 5:.1f}" {_SANS} fill="#1f4e79">{values[-1]}</text>'
        f'<text x="60" y="264" {_SANS} fill="#5b6472">{first}</text>'
        f'<text x="820" y="264" {_SANS} fill="#5b6472" text-anchor="end">{last}</text></svg>'
    )


def png(svg: str) -> bytes:
    """The drawing at twice its size."""
    return bytes(vl_convert.svg_to_png(svg, scale=2.0))
