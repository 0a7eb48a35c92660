"""The bars of a flow by day: as it happened, shaded by when it became known."""

from __future__ import annotations

from datetime import timedelta

from constancia.apps.publishing.outputs.charts.daily_plot import DOT, SHADES, Plot, labels_beside, parts
from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    HAIRLINE,
    INK,
    MUTED,
    PAPER,
    SHEETS,
    VEILED,
    Size,
)
from constancia.apps.publishing.outputs.charts.measure import BOLD, width_of
from constancia.domain.language import Language
from constancia.domain.publishing.charts.described import words
from constancia.domain.publishing.charts.printing import month_and_year, short_day
from constancia.domain.publishing.content import Content, Daily
from constancia.domain.publishing.printing import number

_PROVISIONAL = "#f1f3f6"
_LONG = 400  # days: beyond it the dates under the chart have their year
_TALL = 0.3  # of the highest day: lower ones get no number of their own


def draw_daily(content: Content, series: Daily, language: Language, size: Size) -> Drawing:
    """The chart of a flow by day. The series has at least one day."""
    plot = Plot(content, series, SHEETS[size], language, keyed=False)
    beside = labels_beside(plot)
    if beside is None:
        plot = Plot(content, series, SHEETS[size], language, keyed=True)
    drawing = Drawing(plot.sheet.width, plot.height)
    _provisional(drawing, plot)
    _grid(drawing, plot)
    _key(drawing, plot)
    _mark_lines(drawing, plot)
    _bars(drawing, plot)
    drawing.lines([_line(plot.left, plot.bottom, plot.right, plot.bottom, INK)], width=1)
    _calendar(drawing, plot)
    if beside is not None:
        texts, leaders, left = beside
        drawing.lines(leaders, width=0.8)
        drawing.texts(texts, size=plot.sheet.small, align="right" if left else "left", halo=True)
    _highest(drawing, plot)
    _mark_dots(drawing, plot)
    return drawing


def _line(x: float, y: float, x2: float, y2: float, stroke: str) -> Row:
    return {"x": x, "y": y, "x2": x2, "y2": y2, "stroke": stroke}


def _key(drawing: Drawing, plot: Plot) -> None:
    boxes, texts = [], []
    for at, line in enumerate(plot.key_lines):
        x, y = 0.0, 9.0 + 18 * at
        for text, colour in line:
            boxes.append({"x": x, "x2": x + 11, "y": y - 5.5, "y2": y + 5.5, "fill": colour})
            texts.append({"x": x + 16, "y": y, "text": text, "fill": INK})
            x += 15 + width_of(text, plot.sheet.small) + 16
    drawing.bars(boxes)
    drawing.texts(texts, size=plot.sheet.small)


def _grid(drawing: Drawing, plot: Plot) -> None:
    levels = plot.levels[1:]
    drawing.lines(
        [_line(plot.left, plot.y(at), plot.right, plot.y(at), HAIRLINE) for at in levels], width=0.8
    )
    rows = [
        {"x": plot.left - 6, "y": plot.y(at), "text": number(at, plot.language), "fill": MUTED}
        for at in plot.levels
    ]
    drawing.texts(rows, size=plot.sheet.small, align="right")


def _provisional(drawing: Drawing, plot: Plot) -> None:
    """A pale ground behind the provisional days, and the word over them."""
    indexes = [index for index, one in enumerate(plot.days) if one.provisional]
    if not indexes:
        return
    left, right = plot.x(indexes[0]), plot.x(indexes[-1] + 1)
    top = plot.top - 18
    drawing.bars([{"x": left, "x2": right, "y": top, "y2": plot.bottom, "fill": _PROVISIONAL}])
    bracket = [
        _line(left + 1, top, right - 1, top, MUTED),
        _line(left + 1, top, left + 1, top + 4, MUTED),
        _line(right - 1, top, right - 1, top + 4, MUTED),
    ]
    drawing.lines(bracket, width=1)
    text = words("daily.mark_provisional", plot.language)
    half = width_of(text, plot.sheet.small) / 2
    middle = max(half, min((left + right) / 2, plot.sheet.width - half))
    row = {"x": middle, "y": top + 10, "text": text, "fill": MUTED}
    drawing.texts([row], size=plot.sheet.small, align="center", halo=True)


def _bars(drawing: Drawing, plot: Plot) -> None:
    gap = min(plot.step * 0.22, 3)
    rows, veils, edges = [], [], []
    for index, one in enumerate(plot.days):
        left, right, level = plot.x(index) + gap / 2, plot.x(index + 1) - gap / 2, 0
        for value, (_, colour) in zip(parts(one), SHADES, strict=True):
            if value > 0:
                y, y2 = plot.y(level + value), plot.y(level)
                rows.append({"x": left, "x2": right, "y": y, "y2": y2, "fill": colour})
            level += value
        if one.value:
            box = {"x": left, "x2": right, "y": plot.y(one.value), "y2": plot.bottom}
            if one.provisional:
                veils.append({**box, "fill": VEILED})
            edges.append({**box, "fill": "none"})
    drawing.bars(rows)
    drawing.bars(veils)
    drawing.bars(edges, stroke="#7f97ac", stroke_width=0.6)


def _calendar(drawing: Drawing, plot: Plot) -> None:
    """A tick and a date every week, or every month where weeks would crowd."""
    first, last = plot.days[0].day, plot.days[-1].day
    label = month_and_year if len(plot.days) > _LONG else short_day
    room = width_of(label(last, plot.language), plot.sheet.small) + 14
    every = next(weeks for weeks in (1, 2, 4, 8, 13, 26, 52) if weeks * 7 * plot.step >= room or weeks == 52)
    ticks, labels = [], []
    day = first
    while day <= last:
        x = plot.x(plot.at(day)) + plot.step / 2
        shown = plot.at(day) % (7 * every) == 0
        ticks.append(_line(x, plot.bottom, x, plot.bottom + (5 if shown else 3), INK))
        half = width_of(label(day, plot.language), plot.sheet.small) / 2
        if shown and x + half <= plot.sheet.width:
            text = label(day, plot.language)
            labels.append({"x": max(x, half), "y": plot.bottom + 14, "text": text, "fill": MUTED})
        day += timedelta(days=7)
    drawing.lines(ticks, width=0.8)
    drawing.texts(labels, size=plot.sheet.small, align="center")


def _highest(drawing: Drawing, plot: Plot) -> None:
    """The numbers of the three highest days: over their bars, or beside them where the next one is there."""
    order = sorted(range(len(plot.days)), key=lambda index: (-plot.days[index].value, index))
    shown: list[int] = []
    over, left, right = [], [], []
    for index in order[:3]:
        value = plot.days[index].value
        if not value or value < _TALL * plot.days[order[0]].value:
            continue
        text = number(value, plot.language)
        wide = width_of(text, plot.sheet.text, face=BOLD) + 4
        near = [other for other in shown if abs(plot.x(index) - plot.x(other)) < wide]
        beside = {"y": plot.y(value) + 3, "text": text}
        if not near:
            over.append({"x": plot.x(index + 0.5), "y": plot.y(value) - 8, "text": text})
        elif len(near) == 1 and near[0] > index and _clear(plot, index, -wide, value):
            left.append({**beside, "x": plot.x(index) - 2})
        elif len(near) == 1 and near[0] < index and _clear(plot, index, wide, value):
            right.append({**beside, "x": plot.x(index + 1) + 2})
        shown.append(index)
    drawing.texts(over, size=plot.sheet.text, align="center", bold=True, halo=True)
    drawing.texts(left, size=plot.sheet.text, align="right", bold=True, halo=True)
    drawing.texts(right, size=plot.sheet.text, align="left", bold=True, halo=True)


def _clear(plot: Plot, index: int, wide: float, value: int) -> bool:
    """Whether a number of this width (to the left if negative) fits beside the top of a bar."""
    start, end = (
        (plot.x(index) + wide, plot.x(index)) if wide < 0 else (plot.x(index + 1), plot.x(index + 1) + wide)
    )
    if start < plot.left or end > plot.right:
        return False
    others = (
        one for at, one in enumerate(plot.days) if plot.x(at + 1) > start and plot.x(at) < end and at != index
    )
    return all(plot.y(one.value) > plot.y(value) + 11 for one in others)


def _mark_lines(drawing: Drawing, plot: Plot) -> None:
    rows = [
        _line(x, plot.mark_y(row) + DOT, x, plot.bottom, MUTED)
        for mark, row in zip(plot.marks, plot.rows, strict=True)
        for x in [plot.x(plot.at(mark.said_on) + 0.5)]
    ]
    drawing.lines(rows, width=0.9, dash=(2, 2.5))


def _mark_dots(drawing: Drawing, plot: Plot) -> None:
    dots, texts = [], []
    for at, (mark, row) in enumerate(zip(plot.marks, plot.rows, strict=True), start=1):
        x, y = plot.x(plot.at(mark.said_on) + 0.5), plot.mark_y(row)
        dots.append({"x": x, "y": y, "fill": INK})
        texts.append({"x": x, "y": y + 0.3, "text": str(at), "fill": PAPER})
    drawing.dots(dots, size=3.14159 * DOT**2)
    drawing.texts(texts, size=plot.sheet.small - 0.5, align="center", bold=True)
