"""The line of a stock over weeks, with the band of what is possible."""

from __future__ import annotations

from collections.abc import Callable

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    HAIRLINE,
    INK,
    MUTED,
    PAPER,
    SHEETS,
    Size,
    steps_to,
)
from constancia.apps.publishing.outputs.charts.measure import BOLD, width_of
from constancia.domain.language import Language
from constancia.domain.publishing.charts.levels import has_band
from constancia.domain.publishing.charts.printing import month_and_year, short_day
from constancia.domain.publishing.content import Content, Level, Levels
from constancia.domain.publishing.printing import number

_BAND = "#c9d9e8"
_LONG = 400  # days: beyond it the dates under the chart have their year


def draw_levels(content: Content, series: Levels, language: Language, size: Size) -> Drawing:
    """The chart of a stock. The series has at least one point; its value axis begins at zero."""
    sheet = SHEETS[size]
    points = series.points
    levels = steps_to(max(1, max(one.highest for one in points)))
    end = number(points[-1].value, language)
    axis = width_of(number(levels[-1], language), sheet.small) + 10
    left, right = axis + 6, sheet.width - width_of(end, sheet.large, face=BOLD) - 12
    top, bottom = 22.0, 200.0
    span = max(1, (points[-1].day - points[0].day).days)

    def x(index: int) -> float:
        return left + (right - left) * (points[index].day - points[0].day).days / span

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / levels[-1]

    drawing = Drawing(sheet.width, bottom + 24)
    drawing.lines(
        [{"x": axis, "x2": right, "y": y(at), "y2": y(at), "stroke": HAIRLINE} for at in levels[1:]],
        width=0.8,
    )
    names: list[Row] = [
        {"x": axis - 6, "y": y(at), "text": number(at, language), "fill": MUTED} for at in levels
    ]
    drawing.texts(names, size=sheet.small, align="right")
    if has_band(series) and len(points) > 1:
        rows = [{"x": x(i), "y": y(one.lowest), "y2": y(one.highest)} for i, one in enumerate(points)]
        drawing.band(rows, colour=_BAND)
    drawing.lines([{"x": axis, "x2": right, "y": bottom, "y2": bottom, "stroke": INK}])
    if len(points) > 1:
        drawing.path([{"x": x(i), "y": y(one.value)} for i, one in enumerate(points)], colour=BLUE, width=2.2)
    if len(points) <= 60:
        dots = [{"x": x(i), "y": y(one.value), "fill": BLUE} for i, one in enumerate(points)]
        drawing.dots(dots, size=26, stroke=PAPER)
    room = width_of("mmm 2026", sheet.small) + 12
    label = month_and_year if span > _LONG else short_day
    dates, ticks, used = [], [], -room
    for index, one in enumerate(points):
        half = width_of(label(one.day, language), sheet.small) / 2
        if x(index) - used >= room and x(index) + half <= sheet.width:
            used = x(index)
            text = label(one.day, language)
            dates.append({"x": max(used, half), "y": bottom + 14, "text": text, "fill": MUTED})
            ticks.append({"x": used, "x2": used, "y": bottom, "y2": bottom + 5, "stroke": INK})
    drawing.lines(ticks, width=0.8)
    drawing.texts(dates, size=sheet.small, align="center")
    last = len(points) - 1
    drawing.dots([{"x": x(last), "y": y(points[last].value), "fill": BLUE}], size=70, stroke=PAPER)
    closing = {"x": x(last) + 9, "y": y(points[last].value), "text": end, "fill": BLUE}
    drawing.texts([closing], size=sheet.large, bold=True)
    shown = [0] if last else []
    top_at = max(range(len(points)), key=lambda index: points[index].value)
    if top_at not in (0, last) and x(top_at) - x(0) > 40 and x(last) - x(top_at) > 40:
        shown.append(top_at)
    tops: list[Row] = [
        {"x": x(i), "y": _label_y(points, i, y), "text": number(points[i].value, language)} for i in shown
    ]
    drawing.texts(tops[:1], size=sheet.text, bold=True, align="left", halo=True)
    drawing.texts(tops[1:], size=sheet.text, bold=True, align="center", halo=True)
    return drawing


def _label_y(points: tuple[Level, ...], index: int, y: Callable[[float], float]) -> float:
    """Over a point; under the first one where the line rises from it."""
    rises = index == 0 and len(points) > 1 and points[1].value > points[0].value
    below = y(points[index].lowest) + 13
    return below if rises and below < y(0) - 8 else y(points[index].highest) - 11
