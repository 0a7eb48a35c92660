"""Others' figures beside ours: two dots for each claim, and what lies between them."""

from __future__ import annotations

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    HAIRLINE,
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
from constancia.domain.publishing.charts.described import plain, words
from constancia.domain.publishing.charts.printing import clean, number, signed
from constancia.domain.publishing.charts.theirs import beside, claims_about, dated, said
from constancia.domain.publishing.content import Claim, Content

_LINE, _TALL = 17.0, 40.0


def draw_theirs(content: Content, about: str, language: Language, size: Size) -> Drawing:
    """One row for each claim, all on one scale that begins at zero."""
    sheet = SHEETS[size]
    ones = claims_about(content, about)
    most = max(1, *(max(one.value, beside(one) or 0) for one in ones))
    room = max(width_of(plain(said(one, language)), sheet.text, face=BOLD) for one in ones) + 18
    per = (sheet.width - room - 8) / most
    drawing = Drawing(sheet.width, 0)
    y = 0.0
    for one in ones:
        y = _heading(drawing, one, y, sheet, language)
        _row(drawing, one, y + 21, per, sheet, language)
        y += _TALL + 10
    drawing.height = y - 8
    return drawing


def _heading(drawing: Drawing, one: Claim, y: float, sheet: Sheet, language: Language) -> float:
    who, when = clean(one.claimant.in_language(language)), dated(one, language)
    names = wrapped(who, sheet.text, sheet.width, 2, face=BOLD)
    rows = [{"x": 0, "y": y + 9 + _LINE * at, "text": text} for at, text in enumerate(names)]
    drawing.texts(rows, size=sheet.text, bold=True)
    inline = width_of(names[-1], sheet.text, face=BOLD) + 10
    if inline + width_of(when, sheet.small) <= sheet.width:
        place = y + 9.4 + _LINE * (len(names) - 1)
        drawing.texts([{"x": inline, "y": place, "text": when, "fill": MUTED}], size=sheet.small)
        return y + _LINE * len(names)
    y += _LINE * len(names)
    lines = wrapped(when, sheet.small, sheet.width, 2)
    rows = [{"x": 0, "y": y + 9 + _LINE * at, "text": text, "fill": MUTED} for at, text in enumerate(lines)]
    drawing.texts(rows, size=sheet.small)
    return y + _LINE * len(lines)


def _row(drawing: Drawing, one: Claim, y: float, per: float, sheet: Sheet, language: Language) -> None:
    """The dots of one claim at the height `y`."""
    start = 6.0
    theirs, ours = start + per * one.value, beside(one)
    value = plain(said(one, language))
    base = {"x": start, "x2": sheet.width, "y": y, "y2": y, "stroke": HAIRLINE}
    zero = {"x": start, "x2": start, "y": y - 5, "y2": y + 5, "stroke": INK}
    drawing.lines([base, zero], width=1)
    dots: list[Row] = [{"x": theirs, "y": y, "fill": OCHRE}]
    right = [{"x": theirs + 10, "y": y, "text": value, "fill": OCHRE}]
    if ours is None:
        drawing.dots(dots, size=150, stroke=PAPER)
        _label(drawing, right, sheet)
        none = words("claims.label_none", language)
        place = {"x": theirs - 12, "y": y, "text": none, "fill": MUTED}
        if width_of(none, sheet.small) + start + 16 <= theirs:
            drawing.texts([place], size=sheet.small, align="right", halo=True)
        return
    mine = start + per * ours
    dots.append({"x": mine, "y": y, "fill": BLUE})
    drawing.lines([{"x": mine, "x2": theirs, "y": y, "y2": y, "stroke": MUTED}], width=2.2)
    drawing.dots(dots, size=150, stroke=PAPER)
    label = words("claims.label_restated" if one.restated is not None else "claims.label_ours", language)
    ours_text = f"{label} {number(ours, language)}"
    if mine <= theirs:
        if width_of(ours_text, sheet.text, face=BOLD) + start + 16 > mine:
            ours_text = number(ours, language)
        _label(drawing, right, sheet)
        fits = width_of(ours_text, sheet.text, face=BOLD) + start + 16 <= mine
        left = {"x": mine - 10, "y": y, "text": ours_text, "fill": BLUE}
        under = {"x": mine, "y": y + 17, "text": ours_text, "fill": BLUE}
        drawing.texts(
            [left if fits else under],
            size=sheet.text,
            align="right" if fits else "center",
            bold=True,
            halo=True,
        )
    else:
        _label(drawing, [{"x": mine + 10, "y": y, "text": number(ours, language), "fill": BLUE}], sheet)
        fits = width_of(value, sheet.text, face=BOLD) + start + 16 <= theirs
        left = {"x": theirs - 10, "y": y, "text": value, "fill": OCHRE}
        under = {"x": theirs, "y": y + 17, "text": value, "fill": OCHRE}
        drawing.texts(
            [left if fits else under],
            size=sheet.text,
            align="right" if fits else "center",
            bold=True,
            halo=True,
        )
    if one.difference:
        text = signed(one.difference, language)
        if abs(theirs - mine) >= width_of(text, sheet.small) + 14:
            middle = {"x": (mine + theirs) / 2, "y": y - 9, "text": text, "fill": INK}
            drawing.texts([middle], size=sheet.small, align="center", halo=True)


def _label(drawing: Drawing, rows: list[Row], sheet: Sheet) -> None:
    drawing.texts(rows, size=sheet.text, bold=True, halo=True)
