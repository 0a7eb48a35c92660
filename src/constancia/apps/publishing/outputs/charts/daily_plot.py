"""Where things stand in the chart of a flow by day: days across, people up, marks above, the key."""

from __future__ import annotations

from datetime import date

from constancia.apps.publishing.outputs.charts.drawing import Row
from constancia.apps.publishing.outputs.charts.house import BLUE, LIGHT, MUTED, Sheet, steps_to
from constancia.apps.publishing.outputs.charts.measure import width_of
from constancia.domain.language import Language
from constancia.domain.publishing.charts.daily import statements_of
from constancia.domain.publishing.charts.described import words
from constancia.domain.publishing.content import Content, Daily, Day

LATER = "#dbe5ee"
SHADES = (("daily.key_at_once", BLUE), ("daily.key_week", LIGHT), ("daily.key_later", LATER))
DOT = 8.5
"""The radius of a statement's dot."""

_ROW, _MOST_ROWS = 20, 4
_AXIS, _BELOW = 30, 24
_CANDIDATES, _THINNEST, _APART, _LEADER = 8, 4.0, 15.0, 13.0


def parts(one: Day) -> tuple[int, int, int]:
    """Of a day: known on it, within the week after, later."""
    return one.by_that_day, one.within_a_week - one.by_that_day, one.value - one.within_a_week


class Plot:
    """The measures of one chart. `keyed`: the shades' key stands over it, not beside a bar."""

    def __init__(
        self, content: Content, series: Daily, sheet: Sheet, language: Language, *, keyed: bool
    ) -> None:
        self.days, self.sheet, self.language = series.days, sheet, language
        self.marks = statements_of(content, series)
        self.levels = steps_to(max(1, max(one.value for one in series.days)))
        self.left, self.right = float(_AXIS), sheet.width - DOT - 0.5
        self.step = (self.right - self.left) / len(self.days)
        self.rows = self._mark_rows()
        self.used = [at for at in range(3) if any(parts(one)[at] for one in self.days)]
        self.key_lines = self._key_lines() if keyed else []
        above = 18.0 * len(self.key_lines) + 8 if keyed else 0.0
        self.top = above + (_ROW * (max(self.rows) + 1) if self.rows else 0) + 22
        self.bottom = self.top + (200 if sheet.width > 400 else 170)
        self.height = self.bottom + _BELOW

    def x(self, index: float) -> float:
        """The left edge of day `index`."""
        return self.left + index * self.step

    def y(self, value: float) -> float:
        """The height at which `value` people stand."""
        return self.bottom - (self.bottom - self.top) * value / self.levels[-1]

    def at(self, day: date) -> int:
        """The index of a day."""
        return (day - self.days[0].day).days

    def mark_y(self, row: int) -> float:
        """The middle of a dot in a row, counted from the lowest."""
        return self.top - 22 - _ROW * row - DOT

    def _mark_rows(self) -> list[int]:
        """For each mark the row of its dot, from the lowest; dots of near days stand over each other."""
        ends: list[float] = []
        rows = []
        for mark in self.marks:
            x = self.x(self.at(mark.said_on))
            row = next((row for row, end in enumerate(ends) if end <= x), len(ends))
            row = min(row, _MOST_ROWS - 1)
            ends += [0.0] if row == len(ends) else []
            ends[row] = x + 2 * DOT + 3
            rows.append(row)
        return rows

    def _key_lines(self) -> list[list[tuple[str, str]]]:
        """The key of the shades that there are, as many on a line as there is room for."""
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0.0
        for key, colour in (SHADES[at] for at in self.used):
            text = words(key, self.language)
            room = 15 + width_of(text, self.sheet.small) + 16
            if lines[-1] and used + room > self.sheet.width - 4:
                lines.append([])
                used = 0.0
            lines[-1].append((text, colour))
            used += room
        return lines


def labels_beside(plot: Plot) -> tuple[list[Row], list[Row], bool] | None:
    """The shades' names beside a tall bar: texts, the lines that lead to them, whether they stand left of it.

    None where no bar is tall enough with room beside it: the key then stands over the chart.
    """
    used = plot.used
    if not used:  # nobody, on any day
        return None
    order = sorted(range(len(plot.days)), key=lambda index: (-plot.days[index].value, index))
    for index in order[:_CANDIDATES]:
        if plot.days[index].provisional:
            continue
        heights = _middles(plot, index, used)
        if heights is None:
            continue
        for left in (False, True):
            found = _beside(plot, index, used, heights, left=left)
            if found is not None:
                return (*found, left)
    return None


def _middles(plot: Plot, index: int, used: list[int]) -> list[float] | None:
    """The middle of each part of a bar; None where one is too thin to be pointed at."""
    found, level = [], 0
    for at, value in enumerate(parts(plot.days[index])):
        if at in used:
            if plot.y(level) - plot.y(level + value) < _THINNEST:
                return None
            found.append((plot.y(level) + plot.y(level + value)) / 2)
        level += value
    return found


def _beside(
    plot: Plot, index: int, used: list[int], middles: list[float], *, left: bool
) -> tuple[list[Row], list[Row]] | None:
    texts = [words(SHADES[at][0], plot.language) for at in used]
    wide = max(width_of(text, plot.sheet.small) for text in texts)
    edge = plot.x(index) if left else plot.x(index + 1)
    place = edge - _LEADER if left else edge + _LEADER
    start, end = sorted((edge, place - wide - 4 if left else place + wide + 4))
    if start < plot.left or end > plot.right:
        return None
    heights = list(middles)
    for at in range(1, len(heights)):  # from the lowest part up
        heights[at] = min(heights[at], heights[at - 1] - _APART)
    for other, one in enumerate(plot.days):
        inside = other != index and plot.x(other + 1) > start and plot.x(other) < end
        if inside and (plot.y(one.value) < heights[0] + 10 or one.provisional):
            return None
    rows = [{"x": place, "y": y, "text": text} for y, text in zip(heights, texts, strict=True)]
    inner = 3 if left else -3
    leaders = [
        {"x": edge, "y": middle, "x2": place + inner, "y2": y, "stroke": MUTED}
        for middle, y in zip(middles, heights, strict=True)
    ]
    return rows, leaders
