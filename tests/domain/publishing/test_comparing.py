"""What differs between two contents: numbers, never words."""

from __future__ import annotations

from constancia.domain.publishing.comparing import MOST, unlike
from tests.support.edition_tables import words
from tests.support.editions import content


def test_a_content_differs_from_itself_in_nothing() -> None:
    assert unlike(content(), content()) == []


def test_one_other_number_is_told_by_its_place() -> None:
    one = content()
    figure = one.figures[0].model_copy(update={"value": 999})
    other = one.model_copy(update={"figures": (figure, *one.figures[1:])})
    assert unlike(one, other) == ["figures.held.value: 541 ≠ 999"]


def test_words_said_better_are_no_difference() -> None:
    one = content()
    figure = one.figures[0].model_copy(update={"label": words("otras palabras", "other words")})
    other = one.model_copy(update={"figures": (figure, *one.figures[1:]), "software": "9.9.9"})
    assert unlike(one, other) == []


def test_one_part_more_is_one_difference() -> None:
    one = content()
    other = one.model_copy(update={"figures": one.figures[1:]})
    (found,) = unlike(one, other)
    assert found.startswith("figures.held: ")
    assert found.endswith("≠ None")


def test_a_cell_that_changed_is_told_by_its_categories() -> None:
    one = content()
    table = one.tables[0]
    cells = (table.cells[0].model_copy(update={"value": 105}), *table.cells[1:])
    other = one.model_copy(update={"tables": (table.model_copy(update={"cells": cells}), *one.tables[1:])})
    (found,) = unlike(one, other)
    assert found.startswith("tables.held_by_sex.cells.")
    assert found.endswith(".value: 104 ≠ 105")


def test_not_more_are_told_than_anybody_reads() -> None:
    one = content()
    days = tuple(day.model_copy(update={"value": day.value + 1}) for day in one.daily[0].days)
    other = one.model_copy(update={"daily": (one.daily[0].model_copy(update={"days": days}),)})
    assert len(unlike(one, other)) == MOST
