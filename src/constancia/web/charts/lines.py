"""A stock over time: a stepped line with the band between lowest and highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from constancia.domain.language import Language
from constancia.web.charts.frame import HALF, NARROW, WIDE, Frame, picture, ticks
from constancia.web.words import number


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure on one day: lowest ≤ value ≤ highest."""

    day: date
    value: int
    lowest: int
    highest: int


def line_chart(
    ident: str,
    title: str,
    description: str,
    readings: Sequence[Reading],
    lang: Language = "es",
    half: bool = False,
) -> str:
    """Two pictures, wide and narrow; empty text without readings. The scale begins at zero: a
    scale cut short makes changes look larger than they are."""
    if not readings:
        return ""
    high = max(reading.highest for reading in readings)
    levels = ticks(0, max(high, 1), 4)
    days = [reading.day for reading in readings]
    drawn = []
    for css, (width, height) in (("wide", HALF if half else WIDE), ("narrow", NARROW)):
        frame = Frame(width, height, days, levels, right=48)
        body = (
            frame.grid(lang)
            + f'<path class="c-band" d="{band(frame, readings)}"/>'
            + f'<path class="c-line" d="{steps(frame, [reading.value for reading in readings])}"/>'
            + last_value(frame, readings[-1], lang)
            + frame.calendar(lang)
        )
        drawn.append(picture(width, height, css, title, description, body, f"{ident}-{css}"))
    return "".join(drawn)


def steps(frame: Frame, values: Sequence[int]) -> str:
    """A path that stays at each value for the width of its day."""
    path = [f"M{frame.x(0):.1f} {frame.y(values[0]):.1f}"]
    for index, value in enumerate(values):
        if index and value != values[index - 1]:
            path.append(f"H{frame.x(index):.1f}V{frame.y(value):.1f}")
    path.append(f"H{frame.x(len(values)):.1f}")
    return "".join(path)


def band(frame: Frame, readings: Sequence[Reading]) -> str:
    """The closed path between the highest and the lowest of each day."""
    upper = steps(frame, [reading.highest for reading in readings])
    lower = []
    for index in range(len(readings) - 1, -1, -1):
        y = frame.y(readings[index].lowest)
        lower.append(f"L{frame.x(index + 1):.1f} {y:.1f}L{frame.x(index):.1f} {y:.1f}")
    return upper + "".join(lower) + "z"


def last_value(frame: Frame, reading: Reading, lang: Language) -> str:
    """A dot at the end of the line, and its number beside it."""
    x, y = frame.x(len(frame.days)), frame.y(reading.value)
    return (
        f'<circle class="c-end" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
        f'<text class="c-peak" x="{x + 8:.1f}" y="{y + 4:.1f}">{number(reading.value, lang)}</text>'
    )
