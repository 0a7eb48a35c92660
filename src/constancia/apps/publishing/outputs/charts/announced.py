"""Announcements: an open bar for what was promised, a full one inside for what is verified."""

from __future__ import annotations

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    HATCHED,
    INK,
    MUTED,
    OCHRE,
    PAPER,
    SHEETS,
    Sheet,
    Size,
)
from constancia.apps.publishing.outputs.charts.measure import BOLD, width_of, wrapped
from constancia.domain.language import Language
from constancia.domain.publishing.announced_table import title_of
from constancia.domain.publishing.charts.announced import in_order, qualified
from constancia.domain.publishing.charts.described import plain, sentence, words
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.content import Announcement, Content
from constancia.domain.publishing.printing import capital, day, number

_TALL, _LINE, _BETWEEN = 19.0, 17.0, 20.0
_APART = 9.0
"""Steps nearer to the next are not drawn: they would fill the bar. The table has them."""


def draw_announced(content: Content, language: Language, size: Size) -> Drawing:
    """One bar for each announcement, all on one scale that begins at zero."""
    sheet = SHEETS[size]
    ones = in_order(content)
    most = max(1, *(max(one.value or 0, one.verified + one.reported) for one in ones))
    per = (sheet.width - 2) / most
    drawing = Drawing(sheet.width, 0)
    y = 0.0
    for one in ones:
        y = _heading(drawing, one, y, sheet, language)
        _bar(drawing, one, y, per)
        y = _labels(drawing, one, y + _TALL + 3, sheet, language) + _BETWEEN
    drawing.height = y - _BETWEEN + 2
    return drawing


def _heading(drawing: Drawing, one: Announcement, y: float, sheet: Sheet, language: Language) -> float:
    title = wrapped(plain(title_of(one, language)), sheet.text, sheet.width, 2, face=BOLD)
    drawing.texts(
        [{"x": 0, "y": y + 9 + _LINE * at, "text": text} for at, text in enumerate(title)],
        size=sheet.text,
        bold=True,
    )
    who = f"{capital(clean(one.claimant.in_language(language)))}, {day(one.announced_on, language)}"
    short = wrapped(who, sheet.small, sheet.width, 2)
    inline = width_of(title[-1], sheet.text, face=BOLD) + 10
    if len(title) == 1 and len(short) == 1 and inline + width_of(who, sheet.small) <= sheet.width:
        drawing.texts([{"x": inline, "y": y + 9.4, "text": who, "fill": MUTED}], size=sheet.small)
        return y + _LINE + 4
    y += _LINE * len(title)
    rows = [{"x": 0, "y": y + 9 + _LINE * at, "text": text, "fill": MUTED} for at, text in enumerate(short)]
    drawing.texts(rows, size=sheet.small)
    return y + _LINE * len(short) + 4


def _bar(drawing: Drawing, one: Announcement, y: float, per: float) -> None:
    def box(start: float, end: float, fill: str) -> Row:
        return {"x": 1 + per * start, "x2": 1 + per * end, "y": y, "y2": y + _TALL, "fill": fill}

    if one.value is not None:
        drawing.bars([box(0, one.value, PAPER)], stroke=OCHRE, stroke_width=1.4)
    if one.reported:
        drawing.bars([box(one.verified, one.verified + one.reported, HATCHED)])
    if one.verified:
        drawing.bars([box(0, one.verified, BLUE)])
    ticks, used = [], 1 + per * one.verified
    for step in reversed(one.steps):
        x = 1 + per * step.verified
        if step.verified > 0 and x <= used - _APART:
            used = x
            ticks.append({"x": x, "x2": x, "y": y + 2, "y2": y + _TALL - 2, "stroke": PAPER})
    drawing.lines(ticks, width=1.4)
    drawing.lines([{"x": 1, "x2": 1, "y": y - 2, "y2": y + _TALL + 2, "stroke": INK}])


def _labels(drawing: Drawing, one: Announcement, y: float, sheet: Sheet, language: Language) -> float:
    """Under the bar, side by side: verified, reported, announced; the place under them."""
    verified = number(one.verified, language)
    parts = [(plain(sentence("announced.label_verified", language, value=verified)), BLUE, True)]
    if one.reported:
        reported = number(one.reported, language)
        parts.append((plain(sentence("announced.label_reported", language, value=reported)), MUTED, False))
    if one.value is None:
        parts.append((words("announced.label_unsaid", language), MUTED, False))
    else:
        value = plain(qualified(one.value, one.qualifier, "", language))
        parts.append((plain(sentence("announced.label_announced", language, value=value)), OCHRE, True))
    x, middle = 0.0, y + 9
    for text, colour, bold in parts:
        wide = width_of(text, sheet.text, face=BOLD if bold else "sans")
        if x and x + wide > sheet.width:
            x, middle = 0.0, middle + _LINE
        drawing.texts([{"x": x, "y": middle, "text": text, "fill": colour}], size=sheet.text, bold=bold)
        x += wide + 12
    return middle + 9
