"""The bars of a flow by day: as it happened, shaded by when it became known."""

from __future__ import annotations

from datetime import date, timedelta

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    HAIRLINE,
    INK,
    LIGHT,
    MUTED,
    PAPER,
    SHEETS,
    VEILED,
    Sheet,
    Size,
    steps_to,
)
from constancia.apps.publishing.outputs.charts.measure import width_of
from constancia.domain.language import Language
from constancia.domain.publishing.charts.daily import statements_of
from constancia.domain.publishing.charts.described import words
from constancia.domain.publishing.charts.printing import number, short_day
from constancia.domain.publishing.content import Content, Daily, Day

LATER = "#dbe5ee"
SHADES = (("daily.key_at_once", BLUE), ("daily.key_week", LIGHT), ("daily.key_later", LATER))
_PROVISIONAL = "#f1f3f6"
_DOT, _ROW, _MOST_ROWS = 8.5, 20, 4
_AXIS = 30
_BELOW = 24


class _Plot:
    """Where things stand: days across, people up."""

    def __init__(self, content: Content, series: Daily, sheet: Sheet, language: Language) -> None:
        self.days, self.sheet, self.language = series.days, sheet, language
        self.marks = statements_of(content, series)
        self.levels = steps_to(max(1, max(one.value for one in series.days)))
        self.left, self.right = _AXIS, sheet.width - 4.0
        self.step = (self.right - self.left) / len(self.days)
        self.rows = self._mark_rows()
        self.key_lines = _key_lines(sheet, language)
        self.above = 18.0 * len(self.key_lines) + 8
        self.top = self.above + (_ROW * (max(self.rows) + 1) if self.rows else 0) + 22
        self.bottom = self.top + (200 if sheet.width > 400 else 170)
        self.height = self.bottom + _BELOW

    def x(self, index: float) -> float:
        """The left edge of day `index`."""
        return self.left + index * self.step

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.levels[-1]

    def at(self, day: date) -> int:
        return (day - self.days[0].day).days

    def _mark_rows(self) -> list[int]:
        """For each mark the row of its dot, from the lowest; dots of near days stand over each other."""
        ends: list[float] = []
        rows = []
        for mark in self.marks:
            x = self.x(self.at(mark.said_on))
            row = next((row for row, end in enumerate(ends) if end <= x), len(ends))
            row = min(row, _MOST_ROWS - 1)
            ends += [0.0] if row == len(ends) else []
            ends[row] = x + 2 * _DOT + 3
            rows.append(row)
        return rows


def draw_daily(content: Content, series: Daily, language: Language, size: Size) -> Drawing:
    """The chart of a flow by day. The series has at least one day."""
    plot = _Plot(content, series, SHEETS[size], language)
    drawing = Drawing(plot.sheet.width, plot.height)
    _provisional(drawing, plot)
    _grid(drawing, plot)
    _key(drawing, plot)
    _mark_lines(drawing, plot)
    _bars(drawing, plot)
    drawing.lines([_line(plot.left, plot.bottom, plot.right, plot.bottom, INK)], width=1)
    _calendar(drawing, plot)
    _highest(drawing, plot)
    _mark_dots(drawing, plot)
    return drawing


def _line(x: float, y: float, x2: float, y2: float, stroke: str) -> Row:
    return {"x": x, "y": y, "x2": x2, "y2": y2, "stroke": stroke}


def _key_lines(sheet: Sheet, language: Language) -> list[list[tuple[str, str]]]:
    """The shades' key, as many on a line as there is room for."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for key, colour in SHADES:
        text = words(key, language)
        room = 15 + width_of(text, sheet.small) + 16
        if lines[-1] and used + room > sheet.width - 4:
            lines.append([])
            used = 0.0
        lines[-1].append((text, colour))
        used += room
    return lines


def _key(drawing: Drawing, plot: _Plot) -> None:
    boxes, texts = [], []
    for at, line in enumerate(plot.key_lines):
        x, y = 0.0, 9.0 + 18 * at
        for text, colour in line:
            boxes.append({"x": x, "x2": x + 11, "y": y - 5.5, "y2": y + 5.5, "fill": colour})
            texts.append({"x": x + 16, "y": y, "text": text, "fill": INK})
            x += 15 + width_of(text, plot.sheet.small) + 16
    drawing.bars(boxes)
    drawing.texts(texts, size=plot.sheet.small)


def _grid(drawing: Drawing, plot: _Plot) -> None:
    levels = plot.levels[1:]
    drawing.lines(
        [_line(plot.left, plot.y(at), plot.right, plot.y(at), HAIRLINE) for at in levels], width=0.8
    )
    rows = [
        {"x": plot.left - 6, "y": plot.y(at), "text": number(at, plot.language), "fill": MUTED}
        for at in plot.levels
    ]
    drawing.texts(rows, size=plot.sheet.small, align="right")


def _provisional(drawing: Drawing, plot: _Plot) -> None:
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


def _parts(one: Day) -> tuple[int, int, int]:
    return one.by_that_day, one.within_a_week - one.by_that_day, one.value - one.within_a_week


def _bars(drawing: Drawing, plot: _Plot) -> None:
    gap = min(plot.step * 0.22, 3)
    rows, veils, edges = [], [], []
    for index, one in enumerate(plot.days):
        left, right, level = plot.x(index) + gap / 2, plot.x(index + 1) - gap / 2, 0
        for value, (_, colour) in zip(_parts(one), SHADES, strict=True):
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


def _calendar(drawing: Drawing, plot: _Plot) -> None:
    """A tick and a date every week, or every month where weeks would crowd."""
    first, last = plot.days[0].day, plot.days[-1].day
    room = width_of("30 mmm", plot.sheet.small) + 10
    every = next(weeks for weeks in (1, 2, 4, 8, 13, 26, 52) if weeks * 7 * plot.step >= room or weeks == 52)
    ticks, labels = [], []
    day = first
    while day <= last:
        x = plot.x(plot.at(day)) + plot.step / 2
        shown = plot.at(day) % (7 * every) == 0
        ticks.append(_line(x, plot.bottom, x, plot.bottom + (5 if shown else 3), INK))
        half = width_of(short_day(day, plot.language), plot.sheet.small) / 2
        if shown and x + half <= plot.sheet.width:
            text = short_day(day, plot.language)
            labels.append({"x": max(x, half), "y": plot.bottom + 14, "text": text, "fill": MUTED})
        day += timedelta(days=7)
    drawing.lines(ticks, width=0.8)
    drawing.texts(labels, size=plot.sheet.small, align="center")


def _highest(drawing: Drawing, plot: _Plot) -> None:
    """The numbers of the three highest days, where they do not stand on each other."""
    order = sorted(range(len(plot.days)), key=lambda index: (-plot.days[index].value, index))
    shown: list[int] = []
    rows = []
    for index in order[:6]:
        one = plot.days[index]
        near = any(abs(plot.x(index) - plot.x(other)) < 24 for other in shown)
        if not one.value or len(shown) == 3 or near:
            continue
        shown.append(index)
        x = plot.x(index + 0.5)
        rows.append({"x": x, "y": plot.y(one.value) - 8, "text": number(one.value, plot.language)})
    drawing.texts(rows, size=plot.sheet.text, align="center", bold=True, halo=True)


def _mark_y(plot: _Plot, row: int) -> float:
    return plot.top - 22 - _ROW * row - _DOT


def _mark_lines(drawing: Drawing, plot: _Plot) -> None:
    rows = [
        _line(x, _mark_y(plot, row) + _DOT, x, plot.bottom, MUTED)
        for mark, row in zip(plot.marks, plot.rows, strict=True)
        for x in [plot.x(plot.at(mark.said_on) + 0.5)]
    ]
    drawing.lines(rows, width=0.9, dash=(2, 2.5))


def _mark_dots(drawing: Drawing, plot: _Plot) -> None:
    dots, texts = [], []
    for at, (mark, row) in enumerate(zip(plot.marks, plot.rows, strict=True), start=1):
        x, y = plot.x(plot.at(mark.said_on) + 0.5), _mark_y(plot, row)
        dots.append({"x": x, "y": y, "fill": INK})
        texts.append({"x": x, "y": y + 0.3, "text": str(at), "fill": PAPER})
    drawing.dots(dots, size=3.14159 * _DOT**2)
    drawing.texts(texts, size=plot.sheet.small - 0.5, align="center", bold=True)
