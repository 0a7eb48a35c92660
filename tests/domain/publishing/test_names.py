from __future__ import annotations

import pytest

from constancia.domain.publishing.names import merged, names, numbered, printed
from tests.support.editions import content
from tests.support.report_texts import bare


@pytest.mark.parametrize(
    ("name", "es", "en"),
    [
        ("held", "541", "541"),
        ("held.lowest", "538", "538"),
        ("held.as_of", "2 de marzo de 2026", "2 March 2026"),
        ("held.known_at", "2 de marzo de 2026, 23:59", "2 March 2026, 23:59"),
        ("released_since_previous.start", "25 de febrero de 2026", "25 February 2026"),
        ("detained_since", "18.931", "18,931"),
        ("balance.opening", "573", "573"),
        ("balance.change", "−32", "−32"),
        ("balance.difference", "32", "32"),
        ("balance.in", "10", "10"),
        ("balance.out.released", "41", "41"),
        ("balance.out.released.full", "11", "11"),
        ("table.held_by_sex.woman", "104", "104"),
        ("table.held_by_place.El Rodeo I", "190", "190"),
        ("table.held_by_state.merged.1", "12", "12"),
        ("table.held_by_state_and_sex.VE-A/woman", "60", "60"),
        ("table.held_by_state_and_sex.total/man", "424", "424"),
        ("table.held_by_nationality.foreign+dual", "64", "64"),
        ("announcement.1.remaining", "38", "38"),
        ("announcement.1.claimant", "Ministerio", "Ministry"),
        ("claim.11.difference", "193", "193"),
        ("bridge.foro_penal.jep.second", "563", "563"),
        ("daily.daily_releases.2026-01-08", "42", "42"),
        ("daily.daily_releases.highest", "66", "66"),
        ("daily.daily_releases.highest_day", "17 de enero de 2026", "17 January 2026"),
        ("edition.title", "Situación al 2 de marzo de 2026", "Situation on 2 March 2026"),
        ("previous.as_of", "24 de febrero de 2026", "24 February 2026"),
        ("named.reserved", "421", "421"),
        ("protection.threshold", "5", "5"),
    ],
)
def test_what_was_frozen_has_a_name(name: str, es: str, en: str) -> None:
    one = names(content())[name]
    assert (printed(one, "es"), printed(one, "en")) == (es, en)


def test_what_nobody_said_has_no_name() -> None:
    found = names(content())
    assert "announcement.2.value" not in found
    assert "claim.11.start" not in found
    assert "held.start" not in found


def test_merged_cells_have_no_name_but_their_sum_has() -> None:
    found = names(content())
    assert "table.held_by_state.VE-Z" not in found
    instead, table = merged(content())["table.held_by_state.VE-Z"]
    assert instead in found
    assert table.name == "held_by_state"


def test_the_total_of_a_daily_series_is_the_sum_of_its_days() -> None:
    assert names(content())["daily.daily_releases.total"].value == sum(
        day.value for day in content().daily[0].days
    )


def test_a_name_that_two_things_claim_belongs_to_neither() -> None:
    table = content().table("held_by_place")
    assert table is not None
    # A place called "total" would otherwise pass for the total of all places.
    cells = tuple(
        cell.model_copy(update={"key": ("total",)}) if cell.key == ("Yare II",) else cell
        for cell in table.cells
    )
    odd = table.model_copy(update={"cells": cells})
    found = names(content().model_copy(update={"tables": (odd,)}))
    assert "table.held_by_place.total" not in found
    assert found["table.held_by_place.El Rodeo I"].value == 190


def test_an_edition_with_next_to_nothing_has_names_too() -> None:
    empty = bare(content())
    assert names(empty)["edition.number"].value == 2
    assert not [name for name in names(empty) if name.startswith(("balance", "previous", "named", "table"))]


def test_numbers_of_an_edition_stand_ready_in_both_languages() -> None:
    assert numbered(content(), "en")["detained_since"].text == "18,931"
    assert numbered(content(), "en")["detained_since"].name == "detained_since"
