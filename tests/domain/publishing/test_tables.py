from __future__ import annotations

from constancia.domain.publishing.blocks import Aside, DataTable
from constancia.domain.publishing.content import Content, Group, Table
from constancia.domain.publishing.names import numbered
from constancia.domain.publishing.tables import marks, table_block
from tests.support.editions import content
from tests.support.report_texts import numbers, row, words


def table(name: str) -> Table:
    found = content().table(name)
    assert found is not None
    return found


def drawn(name: str, whole: Content | None = None) -> DataTable:
    found = table_block(table(name), whole or content(), "es")
    assert isinstance(found, DataTable)
    return found


def rows(block: DataTable) -> list[str]:
    return [row(one.cells) for one in block.rows]


def test_merged_rows_are_one_row_where_the_first_of_them_would_stand() -> None:
    assert rows(drawn("held_by_state"))[3:] == [
        "La Guaira | 70",
        "Amazonas y Delta Amacuro (en conjunto) | 12",
        "No consta | 0",
        "Total | 541",
    ]


def test_the_rows_of_every_table_add_up_to_its_total() -> None:
    for one in content().tables:
        if len(one.dimensions) == 1:
            *parts, total = [int(number.text) for number in numbers(drawn(one.name).rows)]
            assert sum(parts) == total == one.total


def test_merged_cells_carry_a_sign_and_the_note_gives_their_sum() -> None:
    block = drawn("held_by_state_and_sex")
    assert rows(block)[1] == "Zulia | 14 | 84 | a | 98"
    assert rows(block)[-1] == "Total | 104 | 424 | 13 | 541"
    assert words(block.notes[1]).endswith("La Guaira, no consta: 15 en conjunto.")
    assert block.numbers == (False, True, True, True, True)


def test_cells_that_are_all_of_their_row_share_one_sign_and_one_note() -> None:
    frozen = table("held_by_state_and_sex")
    keys = (("VE-V", "man"), ("VE-V", "not_known"), ("VE-V", "woman"))
    merged = [
        one.model_copy(update={"value": None, "group": 7}) if one.key in keys else one for one in frozen.cells
    ]
    group = Group(number=7, cells=keys, value=98)
    whole = frozen.model_copy(update={"cells": tuple(merged), "groups": (group,)})
    block = table_block(whole, content(), "es")
    assert isinstance(block, DataTable)
    assert rows(block)[1] == "Zulia | † | † | † | 98"
    assert "suman el total de su fila" in words(block.notes[1])
    part = whole.model_copy(update={"groups": (group.model_copy(update={"value": 90}),)})
    assert marks(part) == {7: "a"}


def test_no_cell_that_was_merged_is_printed() -> None:
    for one in content().tables:
        for group in one.groups:
            names = {f"table.{one.name}.{'/'.join(key)}" for key in group.cells}
            assert not names & {number.name for number in numbers(table_block(one, content(), "es"))}


def test_every_number_of_a_table_is_the_frozen_one() -> None:
    for language in ("es", "en"):
        frozen = numbered(content(), language)
        for one in content().tables:
            for number in numbers(table_block(one, content(), language)):
                assert frozen[number.name] == number


def test_a_withheld_table_says_so_and_gives_its_total_alone() -> None:
    withheld = table("held_by_place").model_copy(update={"withheld": True, "cells": ()})
    block = table_block(withheld, content(), "es")
    assert isinstance(block, Aside)
    assert [number.text for number in numbers(block)] == ["5", "541"]


def test_the_caption_has_the_day_of_its_figure_and_the_first_note_since_when_it_is_known() -> None:
    block = drawn("held_by_sex")
    assert words(block.caption) == "Personas detenidas por sexo, al 2 de marzo de 2026"
    assert words(block.notes[0]) == "Según lo sabido al final de ese día."


def test_a_table_of_a_figure_that_was_not_frozen_still_has_a_caption() -> None:
    block = table_block(table("held_by_sex"), content().model_copy(update={"figures": ()}), "en")
    assert isinstance(block, DataTable)
    assert words(block.caption) == "People held by sex"
