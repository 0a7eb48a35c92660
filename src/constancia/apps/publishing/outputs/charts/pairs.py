"""Share bars: how the people held are divided, one bar for each breakdown."""

from __future__ import annotations

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    GREY,
    HATCHED,
    INK,
    LIGHT,
    MUTED,
    PALE,
    PAPER,
    SHEETS,
    Sheet,
    Size,
)
from constancia.apps.publishing.outputs.charts.measure import BOLD, width_of, wrapped
from constancia.domain.language import Language
from constancia.domain.publishing.charts.pairs import pair_rows, pair_tables
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.charts.shown import Shown
from constancia.domain.publishing.content import Content, Table
from constancia.domain.publishing.printing import number

_COLOURS = (BLUE, LIGHT, "#4f83b0", PALE, "#7396b5")
_TALL, _LINE = 27.0, 17.0


def draw_pairs(content: Content, language: Language, size: Size) -> Drawing:
    """The bars, in the order of print. Parts too small for their label have it under the bar."""
    sheet = SHEETS[size]
    left = 112.0 if size == "page" else 0.0
    drawing = Drawing(sheet.width, 0)
    y = 1.0
    for table in pair_tables(content):
        label = clean(table.dimension_labels[0].in_language(language))
        if left:
            lines = wrapped(label, sheet.text, left - 14, 2, face=BOLD)
            places = [y + _TALL / 2 + 15 * (at - (len(lines) - 1) / 2) for at in range(len(lines))]
            texts = [{"x": left - 12, "y": at, "text": line} for at, line in zip(places, lines, strict=True)]
            drawing.texts(texts, size=sheet.text, align="right", bold=True)
        else:
            drawing.texts([{"x": 0, "y": y + 8, "text": label}], size=sheet.text, bold=True)
            y += 20
        y = _bar(drawing, table, left, y, sheet, language) + 12
    drawing.height = y - 10
    return drawing


def _colour(at: int, one: Shown) -> str:
    if one.group is not None:
        return HATCHED
    return GREY if one.unknown else _COLOURS[at % len(_COLOURS)]


def _bar(drawing: Drawing, table: Table, left: float, y: float, sheet: Sheet, language: Language) -> float:
    """One bar with its labels; the place under all of it."""
    rows = pair_rows(table, language)
    whole = sum(one.value for one in rows) or 1
    boxes: list[Row] = []
    inside: dict[str, list[Row]] = {INK: [], PAPER: []}
    small: list[tuple[str, str]] = []
    first = False
    x = left
    for at, one in enumerate(rows):
        wide = (sheet.width - left) * one.value / whole
        colour = _colour(at, one)
        boxes.append({"x": x, "x2": x + wide, "y": y, "y2": y + _TALL, "fill": colour})
        text = f"{one.label(language)} {number(one.value, language)}"
        if width_of(text, sheet.text, face=BOLD) + 14 <= wide:
            ink = PAPER if colour in (BLUE, "#4f83b0") else INK
            inside[ink].append({"x": x + 8, "y": y + _TALL / 2 + 0.5, "text": text, "fill": ink})
        else:
            small.append((text, colour))
            first = first or at == 0
        x += wide
    drawing.bars(boxes, stroke=PAPER, stroke_width=1.2)
    for ink, texts in inside.items():
        drawing.texts(texts, size=sheet.text, bold=True, halo=ink == INK and any(one.group for one in rows))
    return _small(drawing, small, left, y + _TALL, sheet, first=first)


def _small(
    drawing: Drawing, labels: list[tuple[str, str]], left: float, y: float, sheet: Sheet, *, first: bool
) -> float:
    """The labels of small parts under their bar, each with a patch of its colour, flush right.

    `first`: the first of them is the first part of the bar, and stands under it at the left.
    """
    if not labels:
        return y
    lines: list[list[tuple[str, str]]] = [[]]
    room = sheet.width - left
    for label in labels:
        if lines[-1] and _long([*lines[-1], label], sheet) > room:
            lines.append([])
        lines[-1].append(label)
    patches: list[Row] = []
    texts: list[Row] = []
    for line in lines:
        x = rest = max(left, sheet.width - _long(line, sheet))
        middle = y + _LINE / 2 + 2
        for at, (text, colour) in enumerate(line):
            if first and line is lines[0]:
                x = left if not at else rest + 14 + width_of(line[0][0], sheet.small) + 12 if at == 1 else x
            patches.append({"x": x, "x2": x + 9, "y": middle - 4.5, "y2": middle + 4.5, "fill": colour})
            shown = wrapped(text, sheet.small, room - 14, 1)[0]
            texts.append({"x": x + 14, "y": middle, "text": shown, "fill": MUTED})
            x += 14 + width_of(text, sheet.small) + 12
        y += _LINE
    drawing.bars(patches, stroke=GREY, stroke_width=0.5)
    drawing.texts(texts, size=sheet.small)
    return y + 2


def _long(line: list[tuple[str, str]], sheet: Sheet) -> float:
    return sum(14 + width_of(text, sheet.small) + 12 for text, _ in line) - 12
