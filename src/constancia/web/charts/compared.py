"""Our stock over time with everybody else's figures as points beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from constancia.domain.language import Language
from constancia.web.charts.frame import NARROW, WIDE, Frame, picture, ticks
from constancia.web.charts.lines import Reading, band, last_value, steps

SHAPES = 6
"""Signs that the eye tells apart without colour; a seventh claimant begins with the first again."""

_SIZE = 5.5


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's figures: (day, value) pairs under one label."""

    label: str
    points: Sequence[tuple[date, int]]


def compared_chart(
    ident: str,
    title: str,
    description: str,
    readings: Sequence[Reading],
    said: Sequence[Said],
    lang: Language = "es",
) -> str:
    """Two pictures, wide and narrow; empty text without readings. One reading per day, in order.

    Points of other days than the readings' are not drawn. The scale begins at zero.
    """
    if not readings:
        return ""
    high = max([reading.highest for reading in readings] + [value for one in said for _, value in one.points])
    levels = ticks(0, max(high, 1), 4)
    days = [reading.day for reading in readings]
    place = {day: index for index, day in enumerate(days)}
    drawn = []
    for css, (width, height) in (("wide", WIDE), ("narrow", NARROW)):
        frame = Frame(width, height, days, levels, right=48)
        points = "".join(
            sign(order, frame.x(place[day] + 0.5), frame.y(value), one.label)
            for order, one in enumerate(said)
            for day, value in one.points
            if day in place
        )
        body = (
            frame.grid(lang)
            + f'<path class="c-band" d="{band(frame, readings)}"/>'
            + f'<path class="c-line" d="{steps(frame, [reading.value for reading in readings])}"/>'
            + last_value(frame, readings[-1], lang)
            + points
            + frame.calendar(lang)
        )
        drawn.append(picture(width, height, css, title, description, body, f"{ident}-{css}"))
    return "".join(drawn)


def sign(order: int, x: float, y: float, label: str = "") -> str:
    """The sign of the claimant in place `order`, at x, y; `label` is its name for the pointer."""
    shape, r = order % SHAPES, _SIZE
    if shape == 0:
        path = f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
    elif shape == 1:
        path = f"M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h{-2 * r}z"
    elif shape == 2:
        path = f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {2 * r}h{-2 * r - 2}z"
    elif shape == 3:
        path = f"M{x:.1f} {y - r - 1.5:.1f}l{r + 1.5} {r + 1.5}l{-r - 1.5} {r + 1.5}l{-r - 1.5} {-r - 1.5}z"
    elif shape == 4:
        path = f"M{x:.1f} {y + r + 1:.1f}l{r + 1} {-2 * r}h{-2 * r - 2}z"
    else:
        path = f"M{x - r:.1f} {y:.1f}h{2 * r}M{x:.1f} {y - r:.1f}v{2 * r}"
    named = f"<title>{escape(label)}</title>" if label else ""
    return f'<path class="c-q c-q{shape}" d="{path}">{named}</path>'


def key(order: int) -> str:
    """The same sign alone, for a legend."""
    drawn = sign(order, 8, 8)
    return f'<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{drawn}</svg>'
