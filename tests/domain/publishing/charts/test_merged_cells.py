"""Cells that were merged stay merged: one row, one sum, and nothing that would part them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.publishing.charts import described
from constancia.domain.publishing.charts.described import plain
from constancia.domain.publishing.charts.shown import largest, rows_of
from constancia.domain.publishing.charts.tiles import tile_map
from constancia.domain.publishing.content import Category, Cell, Group, Table
from constancia.domain.vocabulary.states import states
from tests.support.edition_tables import words
from tests.support.editions import content


def table(values: list[int], merged: set[int]) -> Table:
    """A table by state of as many states as values, those of `merged` shown as one."""
    keys = list(states())[: len(values)]
    cells = tuple(
        Cell(key=(key,), value=None if at in merged else value, group=1 if at in merged else None)
        for at, (key, value) in enumerate(zip(keys, values, strict=True))
    )
    group = Group(
        number=1,
        cells=tuple((keys[at],) for at in sorted(merged)),
        value=sum(values[at] for at in merged),
    )
    return Table(
        name="held_by_state",
        title=words("Por estado", "By state"),
        total_of="held",
        total=sum(values),
        dimensions=("state",),
        dimension_labels=(words("Estado", "State"),),
        categories=(tuple(Category(key=key, label=words(states()[key]["es"])) for key in keys),),
        cells=cells,
        groups=(group,) if merged else (),
    )


def test_a_group_is_one_row_of_the_table_behind_the_chart() -> None:
    told = described(content(), "map:held_by_state", "es")
    rows = {plain(row.cells[0].runs): plain(row.cells[1].runs) for row in told.data.rows}
    assert rows["Amazonas y Delta Amacuro (en\u00a0conjunto)"] == "12"
    assert "Amazonas" not in rows
    assert "Delta Amacuro" not in rows
    assert any("suman 12" in plain(note) for note in told.notes)
    assert "suman 12" in told.alt


def test_merged_squares_have_no_number() -> None:
    frozen = content().table("held_by_state")
    assert frozen is not None
    tiles = {tile.state: tile for tile in tile_map(frozen, "es").tiles}
    assert (tiles["amazonas"].value, tiles["amazonas"].group) == (None, 1)
    assert (tiles["distrito_capital"].value, tiles["distrito_capital"].group) == (301, None)


def test_all_states_have_a_square_of_their_own() -> None:
    tiles = tile_map(table([1] * len(states()), set()), "es").tiles
    assert {tile.state for tile in tiles} == set(states())
    assert len({(tile.column, tile.row) for tile in tiles}) == len(tiles)
    assert len({tile.code for tile in tiles}) == len(tiles)


def test_places_outside_the_country_stand_beside_the_map() -> None:
    frozen = content().table("held_by_state")
    assert frozen is not None
    abroad = frozen.model_copy(
        update={
            "categories": ((*frozen.categories[0], Category(key="Boyacá", label=words("Boyacá"))),),
            "cells": (*frozen.cells, Cell(key=("Boyacá",), value=8)),
        }
    )
    assert ("Boyacá", 8) in [(one.labels[0], one.value) for one in tile_map(abroad, "es").beside]


def test_a_withheld_table_tells_its_total_and_nothing_else() -> None:
    frozen = content()
    hidden = tuple(
        one.model_copy(update={"withheld": True, "cells": (), "groups": ()})
        if one.name == "held_by_place"
        else one
        for one in frozen.tables
    )
    told = described(frozen.model_copy(update={"tables": hidden}), "bars:held_by_place", "es")
    assert [plain(row.cells[1].runs) for row in told.data.rows] == ["541"]
    assert plain(told.notes[0]).startswith("Este desglose no se publica")


@given(
    values=st.lists(st.integers(0, 500), min_size=3, max_size=24),
    data=st.data(),
)
def test_rows_add_up_to_the_total_and_no_merged_value_is_told(values: list[int], data: st.DataObject) -> None:
    merged = data.draw(st.sets(st.integers(0, len(values) - 1), min_size=2, max_size=len(values)))
    made = table(values, merged)
    rows = rows_of(made, "es")
    assert sum(row.value for row in rows) == made.total
    assert [len(row.keys) for row in rows if row.group] == [len(merged)]
    alone = {row.keys[0] for row in rows if not row.group}
    assert not alone & {key[0] for group in made.groups for key in group.cells}


@given(
    values=st.lists(st.integers(0, 500), min_size=3, max_size=24),
    data=st.data(),
)
def test_none_is_called_the_largest_that_a_merged_one_could_exceed(
    values: list[int], data: st.DataObject
) -> None:
    merged = data.draw(st.sets(st.integers(0, len(values) - 1), min_size=2, max_size=len(values)))
    rows = rows_of(table(values, merged), "es")
    hidden = sum(values[at] for at in merged)
    assert all(row.value >= hidden for row in largest(rows))
