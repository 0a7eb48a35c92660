from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.balance_lines import DIMENSIONS, breakdown_of, lines
from constancia.domain.publishing.balance_table import apart_table, balance_table, balance_text
from constancia.domain.publishing.content import Cell, Content, Table
from constancia.domain.publishing.names import numbered
from tests.support.editions import BEFORE, content
from tests.support.golden import golden
from tests.support.report_texts import bare, numbers, row, words

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_balance_reads_as_it_did_when_it_was_found_good(language: Language) -> None:
    golden(GOLDEN / f"balance.{language}.txt", balance_text(content(), language) + "\n")


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_each_breakdown_adds_up_to_the_total(dimension: str) -> None:
    found = [line for line in lines(content(), "es") if line.cells and line.of.startswith(f"{dimension}.")]
    assert sum(line.value or 0 for line in found if line.kind != "sub") == 541


def test_foreign_nationals_include_those_of_two_nationalities() -> None:
    found = {line.of: line.value for line in lines(content(), "es")}
    assert (found["nationality.foreign+dual"], found["nationality.dual"]) == (64, 20)


def test_every_number_of_the_balance_is_the_frozen_one() -> None:
    frozen = numbered(content(), "en")
    block = balance_table(content(), "en")
    for number in numbers((block.rows, block.notes)):
        assert frozen[number.name] == number


def earlier(**tables: Table) -> Content:
    """Edition 1: other numbers, and nobody merged unless a test says so."""
    figures = tuple(
        one.model_copy(update={"value": one.value + 32}) if one.name == "held" else one
        for one in content().figures
    )
    found = [tables.get(one.name, one) for one in content().tables]
    return content(1).model_copy(update={"as_of": BEFORE, "figures": figures, "tables": tuple(found)})


def age(adults: int | None, adolescents: int | None) -> Table:
    """The breakdown by age of the earlier edition; None is merged."""
    found = content().table("held_by_age_group")
    assert found is not None
    values = {"adult": adults, "adolescent": adolescents, "not_known": 9}
    cells = tuple(Cell(key=(key,), value=value) for key, value in values.items())
    return found.model_copy(update={"cells": cells, "groups": ()})


def column(block_of: Content, before: Content) -> dict[str, str]:
    block = balance_table(block_of, "es", before)
    return {words(one.cells[0].runs): words(one.cells[2].runs) for one in block.rows if len(one.cells) == 3}


def test_the_earlier_edition_stands_beside_it() -> None:
    found = column(content(), earlier())
    assert found["Total de personas detenidas"] == "573"
    block = balance_table(content(), "es", earlier())
    assert row(block.head) == "Personas | Al 02/03/2026 | Al 24/02/2026"
    assert "earlier.held" in {number.name for number in numbers(block)}


def test_cells_merged_now_are_added_up_in_the_earlier_column() -> None:
    found = column(content(), earlier(held_by_age_group=age(550, 14)))
    assert found["Adultas y adolescentes (en conjunto)"] == "564"


def test_cells_merged_then_are_never_worked_out() -> None:
    open_now = content().model_copy(
        update={
            "tables": tuple(
                age(520, 12) if one.name == "held_by_age_group" else one for one in content().tables
            )
        }
    )
    found = column(open_now, content(1))
    assert (found["Adultas"], found["Adolescentes"], found["No consta"]) == ("†", "†", "7")
    notes = " ".join(words(note) for note in balance_table(open_now, "es", content(1)).notes)
    assert "† En la edición anterior se publicó unida a otras." in notes


def test_what_the_earlier_edition_did_not_have_is_a_dash() -> None:
    assert column(content(), bare(content(1)))["Mujeres"] == "—"


def test_a_first_edition_has_a_balance_without_a_change() -> None:
    text = balance_text(bare(content()), "es")
    assert "Total de personas detenidas: 541" in text
    assert "Desde el balance anterior" not in text


def test_a_withheld_breakdown_says_so() -> None:
    found = tuple(one.model_copy(update={"withheld": True, "cells": ()}) for one in content().tables)
    text = balance_text(content().model_copy(update={"tables": found}), "es")
    assert "Por sexo: este desglose no se publica en esta edición" in text
    assert "Mujeres" not in text


def test_an_edition_without_figures_has_no_balance() -> None:
    with pytest.raises(InputRefused) as refused:
        balance_text(content().model_copy(update={"figures": ()}), "es")
    assert refused.value.code == "edition.no_figures"


def test_the_headline_is_broken_down_and_no_other_figure() -> None:
    other = tuple(one.model_copy(update={"total_of": "under_measures"}) for one in content().tables)
    assert breakdown_of(content().model_copy(update={"tables": other}), "sex") is None


def test_a_first_edition_shows_the_flows_of_its_own_period_and_names_its_day() -> None:
    balance = content().balance
    assert balance is not None
    opened = balance.model_copy(update={"edition": None})
    first = content().model_copy(update={"previous": None, "balance": opened})
    found = {line.of: line for line in lines(first, "es")}
    assert found["since"].label == "Desde el 24/02/2026"
    assert (found["since.released"].value, found["since.released"].name) == (32, "released_since_previous")
    assert "figure.released_since_previous" not in found


def test_where_the_flows_do_not_give_the_change_a_note_says_why() -> None:
    notes = [words(note) for note in balance_table(content(), "es").notes]
    assert any(note.startswith("Las encarcelaciones y las excarcelaciones son todas") for note in notes)
    balance = content().balance
    assert balance is not None
    even = balance.model_copy(update={"opening": balance.closing + 32 - 4})
    notes = [
        words(note) for note in balance_table(content().model_copy(update={"balance": even}), "es").notes
    ]
    assert not any("encarcelaciones" in note for note in notes)


def test_what_is_counted_apart_shares_no_column_with_the_balance_and_says_its_own_dates() -> None:
    whole = content()
    told = {number.name for number in numbers(balance_table(whole, "es"))}
    others = apart_table(whole, "es")
    assert others is not None
    apart_told = {number.name for number in numbers(others)}
    assert {"under_measures", "detained_since", "released_since_8_january"} <= apart_told
    assert "whereabouts_unknown" in told
    assert not {name for name in apart_told if name in told}
    assert "Del 8 de enero al 2 de marzo de 2026" in row(others.rows[0].cells)


def test_a_figure_of_another_day_is_no_part_of_those_held() -> None:
    whole = content()
    other = [
        one.model_copy(update={"as_of": one.as_of - timedelta(days=1)})
        if one.name == "whereabouts_unknown"
        else one
        for one in whole.figures
    ]
    changed = whole.model_copy(update={"figures": tuple(other)})
    assert "whereabouts_unknown" not in {number.name for number in numbers(balance_table(changed, "es"))}
