"""Others' figures beside ours: two dots for each claim, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

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
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.charts.theirs import beside, claims_about, dated, said
from constancia.domain.publishing.content import Claim, Content
from constancia.domain.publishing.printing import capital, number, signed

_LINE, _TALL, _START, _NEAR = 17.0, 40.0, 6.0, 14.0


@dataclass(frozen=True, slots=True)
class _End:
    """A dot, and what stands beside it: the longest of its texts that there is room for."""

    x: float
    colour: str
    text: str
    short: str = ""

    def fitting(self, room: float, sheet: Sheet) -> str:
        """The text, or the short one where it does not fit."""
        return self.short if self.short and width_of(self.text, sheet.text, face=BOLD) > room else self.text


def draw_theirs(content: Content, about: str, language: Language, size: Size) -> Drawing:
    """One row for each claim, all on one scale that begins at zero."""
    sheet = SHEETS[size]
    ones = claims_about(content, about)
    most = max(1, *(max(one.value, beside(one) or 0) for one in ones))
    room = max(width_of(plain(said(one, language)), sheet.text, face=BOLD) for one in ones) + 18
    if any((beside(one) or 0) > one.value for one in ones):
        label = f"{words('claims.label_ours', language)}: {number(most, language)}"
        room = max(room, width_of(label, sheet.text, face=BOLD) + 18)
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
    who, when = capital(clean(one.claimant.in_language(language))), dated(one, language)
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
    """The dots of one claim at the height `y`: the smaller figure's label stands left, the larger's right."""
    theirs, ours = _START + per * one.value, beside(one)
    base = {"x": _START, "x2": sheet.width, "y": y, "y2": y, "stroke": HAIRLINE}
    zero = {"x": _START, "x2": _START, "y": y - 5, "y2": y + 5, "stroke": INK}
    drawing.lines([base, zero], width=1)
    ends = [_End(theirs, OCHRE, plain(said(one, language)))]
    if ours is not None:
        key = "claims.label_restated" if one.restated is not None else "claims.label_ours"
        shown = number(ours, language)
        mine = _START + per * ours
        ends.append(_End(mine, BLUE, f"{words(key, language)}: {shown}", shown))
        drawing.lines([{"x": mine, "x2": theirs, "y": y, "y2": y, "stroke": MUTED}], width=2.2)
        _gap(drawing, one.difference, (mine, theirs), y, sheet, language)
    near = max(end.x for end in ends) - min(end.x for end in ends) < _NEAR
    for end in ends:  # ours last, and smaller where it would hide theirs
        size = 160 if not near else 250 if end.colour == OCHRE else 100
        drawing.dots([{"x": end.x, "y": y, "fill": end.colour}], size=size, stroke=PAPER)
    ends.sort(key=lambda end: (end.x, end.colour == OCHRE))
    last = ends[-1].x + 12
    right = ends[-1].fitting(sheet.width - last, sheet)
    texts: dict[str, list[Row]] = {
        "left": [{"x": last, "y": y, "text": right, "fill": ends[-1].colour}],
        "right": [],
    }
    if len(ends) == 2:
        room = ends[0].x - _START - 16
        text = ends[0].fitting(room, sheet)
        if width_of(text, sheet.text, face=BOLD) <= room:
            texts["right"].append({"x": ends[0].x - 11, "y": y, "text": text, "fill": ends[0].colour})
        else:  # both stand at the right, each in its colour
            place = last + width_of(right, sheet.text, face=BOLD) + 14
            text = ends[0].fitting(sheet.width - place, sheet)
            texts["left"].append({"x": place, "y": y, "text": text, "fill": ends[0].colour})
    drawing.texts(texts["left"], size=sheet.text, bold=True, halo=True)
    drawing.texts(texts["right"], size=sheet.text, align="right", bold=True, halo=True)
    none = words("claims.label_none", language)
    if ours is None and width_of(none, sheet.small) + _START + 16 <= theirs:
        row = {"x": theirs - 12, "y": y, "text": none, "fill": MUTED}
        drawing.texts([row], size=sheet.small, align="right", halo=True)


def _gap(
    drawing: Drawing,
    difference: int | None,
    ends: tuple[float, float],
    y: float,
    sheet: Sheet,
    language: Language,
) -> None:
    """The difference over the line between the dots, where there is room for it."""
    text = signed(difference, language) if difference else ""
    if abs(ends[0] - ends[1]) >= width_of(text, sheet.small) + 14:
        row = {"x": sum(ends) / 2, "y": y - 9, "text": text, "fill": INK}
        drawing.texts([row], size=sheet.small, align="center", halo=True)
