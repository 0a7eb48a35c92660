"""The states as a map of equal squares."""

from __future__ import annotations

from math import sqrt
from string import ascii_lowercase

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    GREY,
    HAIRLINE,
    HATCHED,
    INK,
    LIGHT,
    MUTED,
    PAPER,
    SHEETS,
    Size,
)
from constancia.apps.publishing.outputs.charts.measure import wrapped
from constancia.apps.publishing.outputs.charts.tables import draw_withheld
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Text
from constancia.domain.publishing.charts.described import listed, plain, sentence
from constancia.domain.publishing.charts.tiles import Tile, TileMap, tile_map
from constancia.domain.publishing.content import Table
from constancia.domain.publishing.printing import number

SHADES = ("#eaf1f7", "#cbdceb", LIGHT, "#3d729f", BLUE)
"""From few to many. No shade lies in the middle, where neither ink nor paper can be read on it."""

_DARK = frozenset(SHADES[3:])
_GAP, _LINE, _INDENT = 4.0, 18.0, 16.0


def shade(value: int, most: int) -> str:
    """The shade of a square: by the square root, so that small numbers still differ."""
    if value <= 0:
        return PAPER
    return SHADES[min(len(SHADES) - 1, int(sqrt(value / most) * len(SHADES)))]


def draw_map(table: Table, language: Language, size: Size) -> Drawing:
    """The map, and under it the rows that have no square of their own."""
    if table.withheld:
        return draw_withheld(table, language, size)
    sheet = SHEETS[size]
    shown = tile_map(table, language)
    columns = max(tile.column for tile in shown.tiles) + 1
    lines = max(tile.row for tile in shown.tiles) + 1
    wide = (sheet.width - 1 - _GAP * (columns - 1)) / columns
    tall = wide * (0.84 if size == "page" else 1.0)
    bottom = lines * (tall + _GAP)
    under = [
        (letter if not at else "", part)
        for letter, text in _under(shown, language)
        for at, part in enumerate(wrapped(text, sheet.text, sheet.width - _INDENT, 6))
    ]
    drawing = Drawing(sheet.width, bottom + (10 + _LINE * len(under) if under else 0))
    places = {
        tile.state: (0.5 + tile.column * (wide + _GAP), 0.5 + tile.row * (tall + _GAP))
        for tile in shown.tiles
    }
    boxes = [
        {"x": x, "x2": x + wide, "y": y, "y2": y + tall, "fill": _fill(tile, _most(shown))}
        for tile in shown.tiles
        for x, y in [places[tile.state]]
    ]
    drawing.bars([box for box in boxes if box["fill"] not in (PAPER, HATCHED)])
    drawing.bars([box for box in boxes if box["fill"] == PAPER], stroke=HAIRLINE, stroke_width=1)
    drawing.bars([box for box in boxes if box["fill"] == HATCHED], stroke=GREY, stroke_width=1)
    _names(drawing, shown, places, wide, tall, language, size)
    middles = [bottom + 16 + _LINE * at for at in range(len(under))]
    letters = [{"x": 0, "y": y, "text": letter} for y, (letter, _) in zip(middles, under, strict=True)]
    drawing.texts(letters, size=sheet.text, bold=True)
    rows = [{"x": _INDENT, "y": y, "text": text} for y, (_, text) in zip(middles, under, strict=True)]
    drawing.texts(rows, size=sheet.text)
    return drawing


def _most(shown: TileMap) -> int:
    return max((tile.value for tile in shown.tiles if tile.value), default=1)


def _fill(tile: Tile, most: int) -> str:
    if tile.group is not None:
        return HATCHED
    return shade(tile.value or 0, most)


def _names(
    drawing: Drawing,
    shown: TileMap,
    places: dict[str, tuple[float, float]],
    wide: float,
    tall: float,
    language: Language,
    size: Size,
) -> None:
    """In each square its name or code, and its number; in a merged one the letter of its group."""
    letters = _letters(shown)
    names: list[Row] = []
    values: list[Row] = []
    over: list[Row] = []
    over_names: list[Row] = []
    for tile in shown.tiles:
        x, y = places[tile.state]
        fill = _fill(tile, _most(shown))
        name = tile.short if size == "page" else tile.code
        row: Row = {"x": x + wide / 2, "y": y + tall * 0.27, "text": name}
        value: Row = {"x": x + wide / 2, "y": y + tall * 0.64}
        if tile.group is not None:
            over_names.append(row)
            over.append({**value, "text": letters[tile.group]})
            continue
        colour = PAPER if fill in _DARK else INK if tile.value else MUTED
        names.append({**row, "fill": colour})
        if tile.value is not None:
            values.append({**value, "text": number(tile.value, language), "fill": colour})
    small, large = (10.5, 17) if size == "page" else (10, 13)
    drawing.texts(names, size=small, align="center")
    drawing.texts(over_names, size=small, align="center", halo=True)
    drawing.texts(values, size=large, align="center", bold=True)
    drawing.texts(over, size=large, align="center", bold=True, halo=True)


def _letters(shown: TileMap) -> dict[int, str]:
    """a, b, … z, then aa, bb, …: one for each group."""
    return {
        one.group: ascii_lowercase[at % 26] * (1 + at // 26)
        for at, one in enumerate(shown.groups)
        if one.group is not None
    }


def _under(shown: TileMap, language: Language) -> list[tuple[str, str]]:
    """(letter, words) for each group, then one for everything that has no square."""
    letters = _letters(shown)
    found = []
    for one in shown.groups:
        cells = listed([(Text(label),) for label in one.labels], language)
        text = plain(sentence("all.joint", language, cells=cells, value=number(one.value, language)))
        found.append((letters[one.group or 0], text))
    others = [f"{one.label(language)}: {number(one.value, language)}" for one in shown.beside if one.value]
    return found + ([("", "; ".join(others))] if others else [])
