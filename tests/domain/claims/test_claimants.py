"""Claimants by any of their names."""

from __future__ import annotations

import pytest

from constancia.domain.claims.claimants import claimants, key_of, printed
from constancia.domain.figures.rule import rules


@pytest.mark.parametrize(
    "written",
    [
        "Foro Penal",
        "FORO PENAL VENEZOLANO",
        "foro penal (Onésima Ficticia)",
        "the Penal Forum"[4:],
        "foro_penal",
    ],
)
def test_an_organisation_is_known_by_any_of_its_names_and_whoever_speaks_for_it(written: str) -> None:
    assert key_of(written) == "foro_penal"


def test_a_name_with_its_initials_in_brackets_is_no_speaker() -> None:
    assert key_of("Justicia, Encuentro y Perdón (JEP)") == "jep"


def test_whom_the_house_does_not_know_keeps_its_own_name() -> None:
    assert key_of("Comité Imaginario (Onésima Ficticia)") == "comite imaginario"
    assert key_of("article") == "article"
    assert printed("Comité Imaginario") == "Comité Imaginario"
    assert printed("jep") == claimants()["jep"].name


def test_every_rule_that_a_claimant_names_is_one_of_ours() -> None:
    assert {one.rule for one in claimants().values() if one.rule} <= set(rules())


def test_no_two_claimants_share_a_name() -> None:
    names = [
        (key_of(name), one.key)
        for one in claimants().values()
        for name in (one.name, one.short, *one.aliases)
    ]
    assert all(found == key for found, key in names)
