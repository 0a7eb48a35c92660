"""Bars of a table by one dimension."""

from __future__ import annotations

from constancia.apps.publishing.outputs.charts.drawing import Drawing
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    GREY,
    HATCHED,
    INK,
    MUTED,
    PALE,
    SHEETS,
    Size,
)
from constancia.apps.publishing.outputs.charts.measure import BOLD, width_of, wrapped
from constancia.domain.language import Language
from constancia.domain.publishing.charts.described import plain, sentence
from constancia.domain.publishing.charts.shown import rows_of
from constancia.domain.publishing.charts.tables import bars_drawn
from constancia.domain.publishing.content import Table
from constancia.domain.publishing.printing import number

_THICK, _LINE, _BETWEEN = 17, 15, 9


def draw_bars(table: Table, language: Language, size: Size) -> Drawing:
    """One bar for each row that may be shown; merged categories have one hatched bar of their sum."""
    sheet = SHEETS[size]
    if table.withheld:
        return draw_withheld(table, language, size)
    rows = bars_drawn(table, rows_of(table, language))
    labels = [one.label(language) for one in rows]
    longest = max((width_of(label, sheet.text) for label in labels), default=0)
    left = min(longest + 12, sheet.width * (0.36 if size == "page" else 0.42))
    lines = [wrapped(label, sheet.text, left - 10) for label in labels]
    top = max((one.value for one in rows), default=0) or 1
    room = width_of(number(top, language), sheet.text, face=BOLD) + 10
    heights = [max(_THICK, _LINE * len(line)) + _BETWEEN for line in lines]
    drawing = Drawing(sheet.width, max(24.0, sum(heights) + 2.0))
    boxes, edges, names, values, y = [], [], [], [], 1.0
    for one, line, height in zip(rows, lines, heights, strict=True):
        middle = y + height / 2
        long = (sheet.width - left - room) * one.value / top
        box = {"x": left, "x2": left + long, "y": middle - _THICK / 2, "y2": middle + _THICK / 2}
        fill = HATCHED if one.group else GREY if one.unknown else BLUE
        if one.value:
            boxes.append({**box, "fill": fill})
        if one.group:
            edges.append({**box, "fill": "none"})
        for at, text in enumerate(line):
            place = middle + _LINE * (at - (len(line) - 1) / 2)
            names.append({"x": left - 8, "y": place, "text": text, "fill": MUTED if one.unknown else INK})
        values.append({"x": left + long + 6, "y": middle, "text": number(one.value, language)})
        y += height
    drawing.bars(boxes)
    drawing.bars(edges, stroke=GREY, stroke_width=1)
    drawing.lines([{"x": left, "x2": left, "y": 1, "y2": y, "stroke": INK}], width=1)
    drawing.texts(names, size=sheet.text, align="right")
    drawing.texts(values, size=sheet.text, bold=True)
    return drawing


def draw_withheld(table: Table, language: Language, size: Size) -> Drawing:
    """A box that says that the breakdown is not published."""
    sheet = SHEETS[size]
    text = plain(sentence("all.withheld", language, total=number(table.total, language)))
    lines = wrapped(text, sheet.text, sheet.width - 32, most=6)
    height = 18.0 * len(lines) + 26
    drawing = Drawing(sheet.width, height)
    drawing.bars([{"x": 0, "x2": sheet.width, "y": 0, "y2": height, "fill": PALE}])
    rows = [{"x": 16, "y": 22 + 18 * at, "text": line} for at, line in enumerate(lines)]
    drawing.texts(rows, size=sheet.text)
    return drawing
