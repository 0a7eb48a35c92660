"""Tables add up, as far as they are shown; hostile ones are refused at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.publishing.canonical import content_bytes
from constancia.verifier.adding import check_adding, proven_cells
from constancia.verifier.bundle import CONTENT
from constancia.verifier.edition import Cell, Edition, Merged
from tests.support import bundles, editions
from tests.support.effort import examples

EDITION = Edition.read(bundles.usual().second[CONTENT])
BY_SEX, PROFILE, BOTH = EDITION.tables


def refusal(edition: Edition) -> str:
    with pytest.raises(ProofRefused) as refused:
        check_adding(edition)
    return refused.value.code


def test_tables_with_groups_and_margins_add_up() -> None:
    assert check_adding(EDITION) == 3


def test_what_is_proven_of_a_table_are_its_inner_cells_groups_as_one() -> None:
    assert proven_cells(PROFILE) == {"civilian": 13, "military+police": 5, "not_known": 2}
    both = proven_cells(BOTH)
    assert both["man/military+man/police"] == 4
    assert both["woman/civilian"] == 5
    assert sum(both.values()) == 20
    assert all("" not in part.split("/") for name in both for part in name.split("+"))


def test_a_table_of_categories_without_end_is_refused_before_it_is_written_out() -> None:
    many = tuple(str(number) for number in range(50_000))
    bomb = replace(BOTH, dimensions=("a", "b", "c"), categories=(many, many, many))
    assert refusal(replace(EDITION, tables=(bomb,))) == "proof.table_cells"


def test_a_category_twice_is_refused() -> None:
    twice = replace(BY_SEX, categories=(("woman", "man", "woman"),))
    assert refusal(replace(EDITION, tables=(twice,))) == "proof.table_cells"


def test_cells_of_two_groups_are_refused() -> None:
    group = PROFILE.groups[0]
    both = replace(PROFILE, groups=(group, Merged(2, group.cells, group.value)))
    assert refusal(replace(EDITION, tables=(both,))) == "proof.table_cells"


def test_two_tables_of_one_figure_cannot_say_two_numbers() -> None:
    cells = tuple(
        Cell(cell.key, cell.value + {"woman": 1, "man": -1}.get(cell.key[0], 0), None)
        for cell in BY_SEX.cells
        if cell.value is not None
    )
    other = replace(BY_SEX, name="again", cells=cells)
    assert refusal(replace(EDITION, tables=(BY_SEX, other))) == "proof.tables_differ"


def test_a_table_that_is_withheld_is_counted_out() -> None:
    nothing = replace(BY_SEX, withheld=True, cells=(), categories=((),))
    assert check_adding(replace(EDITION, tables=(nothing, PROFILE))) == 1


@settings(max_examples=examples(60))
@given(st.integers(0, 19), st.integers(-5, 5).filter(bool))
def test_no_number_that_is_shown_can_be_moved_alone(place: int, change: int) -> None:
    cell = BOTH.cells[place]
    if cell.value is None or cell.value + change < 0:
        return
    moved = replace(cell, value=cell.value + change)
    table = replace(BOTH, cells=(*BOTH.cells[:place], moved, *BOTH.cells[place + 1 :]))
    assert refusal(replace(EDITION, tables=(table,))).startswith("proof.table")


def test_the_edition_that_tests_of_outputs_invent_does_not_add_up_and_is_refused() -> None:
    """A negative control: its numbers were made up for print, one by one."""
    assert refusal(Edition.read(content_bytes(editions.content()))) == "proof.tables_differ"
