"""The map of Venezuela's states as equal squares: where each stands, and what it shows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from constancia.domain.language import Language
from constancia.domain.publishing.charts.shown import Shown, rows_of
from constancia.domain.publishing.content import Table
from constancia.domain.vocabulary.states import state_code


@dataclass(frozen=True, slots=True)
class Tile:
    """A square. `value` None: the state is merged with others (`group`) or the table does not name it."""

    state: str
    column: int
    row: int
    short: str
    code: str
    value: int | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class TileMap:
    """The squares of all states, and the rows that have no square (not known, abroad, merged with such)."""

    tiles: tuple[Tile, ...]
    beside: tuple[Shown, ...]
    groups: tuple[Shown, ...]


@cache
def _places() -> Mapping[str, Mapping[str, str | int]]:
    text = resources.files(__package__).joinpath("tiles.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)["ve"])


def tile_map(table: Table, language: Language) -> TileMap:
    """The map of a table by state. A category is known as a state by its key or by its Spanish label."""
    state_of = {one.key: state_code(one.key) or state_code(one.label.es) for one in table.categories[0]}
    values: dict[str, int] = {}
    grouped: dict[str, int] = {}
    beside: list[Shown] = []
    groups: list[Shown] = []
    for row in rows_of(table, language):
        states = [state for key in row.keys if (state := state_of.get(key)) is not None]
        if row.group is not None:
            groups.append(row)
            grouped.update(dict.fromkeys(states, row.group))
        elif states and states[0] not in values:
            values[states[0]] = row.value
        else:
            beside.append(row)
    tiles = tuple(
        Tile(
            state=state,
            column=int(place["column"]),
            row=int(place["row"]),
            short=str(place.get(f"short_{language}", place["short"])),
            code=str(place["code"]),
            value=values.get(state) if state not in grouped else None,
            group=grouped.get(state),
        )
        for state, place in _places().items()
    )
    return TileMap(tiles, tuple(beside), tuple(groups))
