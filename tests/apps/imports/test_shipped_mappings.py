"""The shipped mappings, on invented rows with the same difficulties and on the real files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from constancia.apps.imports.opening import open_import, shipped
from constancia.domain.mapping import PlannedCase, PlannedFact, Refusal

SHARED = Path(os.environ.get("CONSTANCIA_SHARED", Path(__file__).parents[4] / "shared")) / "data"
FIXTURES = Path(__file__).parents[2] / "fixtures" / "mappings"

Planned = dict[str, list[PlannedFact]]


def plan(file: Path, mapping: str) -> tuple[list[PlannedCase], list[Refusal]]:
    opened = open_import(file, shipped()[mapping])
    found = list(opened.planner.plan(opened.table.rows()))
    cases = [each for each in found if isinstance(each, PlannedCase)]
    return cases, [each for each in found if isinstance(each, Refusal)]


def of(cases: Iterable[PlannedCase], number: str, kind: str) -> list[PlannedFact]:
    case = next(case for case in cases if case.external_id and case.external_id[1] == number)
    return [fact for fact in case.facts if fact.kind == kind]


def dates(cases: Iterable[PlannedCase], number: str, kind: str) -> list[str]:
    return [fact.when.edtf for fact in of(cases, number, kind)]


@pytest.fixture(scope="module")
def chile() -> tuple[list[PlannedCase], list[Refusal]]:
    return plan(FIXTURES / "rettig_like.csv", "chile_rettig")


@pytest.fixture(scope="module")
def baku() -> tuple[list[PlannedCase], list[Refusal]]:
    return plan(FIXTURES / "baku_like.csv", "azerbaijan_2014")


Found = tuple[list[PlannedCase], list[Refusal]]


def test_every_row_of_the_chilean_kind_becomes_a_person(chile: Found) -> None:
    cases, _ = chile
    assert [case.row for case in cases] == list(range(2, 12))
    assert all(case.known is not None and case.known.isoformat() == "1991-02-08" for case in cases)


def test_a_daily_date_goes_before_a_monthly_one_which_means_the_month(chile: Found) -> None:
    cases, _ = chile
    assert dates(cases, "1", "arrest") == ["1973-09-13"]
    assert dates(cases, "2", "arrest") == ["1974-08"]
    assert dates(cases, "2", "disappearance") == ["1974-09-02/.."]
    assert dates(cases, "3", "disappearance") == [""]
    assert dates(cases, "9", "disappearance") == ["1975~"]


def test_places_of_custody_become_transfers_in_their_order(chile: Found) -> None:
    cases, _ = chile
    assert [(dict(fact.fields), fact.when.edtf) for fact in of(cases, "1", "transfer")] == [
        ({"place": "Comisaría inventada", "from_place": "Casa", "step": 2}, "1973-09-13/1973-10-20"),
        (
            {"place": "Estadio inventado", "from_place": "Comisaría inventada", "step": 3},
            "1973-09-13/1973-10-20",
        ),
    ]
    assert of(cases, "1", "arrest")[0].fields["place"] == "Casa"
    assert of(cases, "4", "arrest")[0].fields["held_at"] == "Cuartel inventado"


def test_only_who_was_held_died_in_custody(chile: Found) -> None:
    cases, _ = chile
    deaths = {
        case.external_id[1]: of(cases, case.external_id[1], "death_in_custody")
        for case in cases
        if case.external_id
    }
    assert {number: dict(facts[0].fields)["cause"] for number, facts in deaths.items() if facts} == {
        "1": "Killed: Gun",
        "4": "Suicide",
        "7": "Disappearance, Information of Death",
        "8": "Killed",
    }
    (in_the_street,) = [case for case in cases if case.external_id == ("rettig", "5")]
    assert in_the_street.detentions == ()


def test_an_end_before_the_start_is_refused_with_the_reason_and_the_rest_stays(chile: Found) -> None:
    cases, refusals = chile
    assert [(found.row, found.column, found.code, found.whole_row) for found in refusals] == [
        (7, "end_date_daily", "mapping.ends_before_start", False)
    ]
    assert dates(cases, "6", "arrest") == ["1974-10-01"]
    assert of(cases, "6", "death_in_custody") == []


def test_previous_arrests_are_detentions_before_this_one(chile: Found) -> None:
    cases, _ = chile
    (case,) = [case for case in cases if case.external_id == ("rettig", "10")]
    assert len(case.detentions) == 3
    assert dates(cases, "10", "arrest") == ["1975-11-20", "../1975-11-19", "../1975-11-19"]
    assert dates(cases, "10", "release") == ["../1975-11-19", "../1975-11-19"]


def test_sex_age_minority_nationality_and_profile_are_read(chile: Found) -> None:
    cases, _ = chile
    assert [of(cases, n, "sex")[0].fields["value"] for n in ("1", "2")] == ["man", "woman"]
    assert of(cases, "3", "sex") == []
    assert of(cases, "2", "age")[0].fields["years"] == 0
    assert of(cases, "2", "group")[0].fields["value"] == "adolescent"
    assert dict(of(cases, "7", "nationality")[0].fields) == {
        "value": "dual",
        "countries": ["France", "Chile"],
    }
    assert of(cases, "8", "profile")[0].fields["value"] == "military"


def test_dates_in_words_broken_digits_and_sentences_are_read(baku: Found) -> None:
    cases, refusals = baku
    assert refusals == []
    assert [dates(cases, str(n), "arrest")[0] for n in range(1, 8)] == [
        "2013-11-22", "2014-07-23", "2013-04-01", "2014-08-02", "../2014-04-14", "", "2014-08-08"
    ]  # fmt: skip


def test_patronymics_say_the_sex_and_split_the_name(baku: Found) -> None:
    cases, _ = baku
    assert [dict(of(cases, n, "name")[0].fields) for n in ("1", "2", "3")] == [
        {"full": "Anvar Kamran oglu Testov", "given": "Anvar", "surnames": "Testov"},
        {"full": "Farid Numunov, Raqif oğlu", "given": "Farid", "surnames": "Numunov"},
        {"full": "Nigar Numun", "given": "Nigar", "surnames": "Numun"},
    ]
    assert of(cases, "3", "alias")[0].fields["value"] == "Nigar Islam qızı Numunova"
    assert of(cases, "3", "sex")[0].fields["value"] == "woman"


def test_one_facility_spelled_in_many_ways_is_one(baku: Found) -> None:
    cases, _ = baku
    assert [of(cases, str(n), "seen_held")[0].fields.get("place", "") for n in range(1, 8)] == [
        "Baku Investigative Prison No. 1 (Kurdakhani)", "Baku Investigative Prison No. 1 (Kurdakhani)",
        "Prison No. 14", "Prison No. 14", "Prison No. 11", "", "Baku Investigative Prison No. 1 (Kurdakhani)",
    ]  # fmt: skip


def test_charges_are_the_articles_without_what_explains_them(baku: Found) -> None:
    cases, _ = baku
    assert of(cases, "2", "charge")[0].fields["offences"] == ["234.4.3", "28", "57-1"]


real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not here (CONSTANCIA_SHARED)")


@real
def test_the_whole_chilean_file_is_imported() -> None:
    cases, refusals = plan(SHARED / "chile-rettig" / "pinochet.csv", "chile_rettig")
    assert len(cases) == 2398
    assert [(found.row, found.code, found.whole_row) for found in refusals] == [
        (229, "mapping.ends_before_start", False),
        (652, "mapping.ends_before_start", False),
        (1542, "mapping.ends_before_start", False),
    ]
    kinds = Counter(fact.kind for case in cases for fact in case.facts)
    assert kinds["name"] == kinds["external_id"] == kinds["nationality"] == 2398
    assert kinds["disappearance"] == 853 + 108
    assert kinds["sex"] == 2398 - 65
    assert kinds["release"] == 42 + 2 * 3 + 3 + 4


@real
def test_the_whole_azerbaijani_file_is_imported() -> None:
    cases, refusals = plan(SHARED / "azerbaijan-2014" / "prisoners_parsed.csv", "azerbaijan_2014")
    assert (len(cases), refusals) == (98, [])
    arrests = [fact.when for case in cases for fact in case.facts if fact.kind == "arrest"]
    assert Counter(when.span for when in arrests) == {1: 95, None: 3}
    places = [fact.fields.get("place") for case in cases for fact in case.facts if fact.kind == "seen_held"]
    assert len(set(places)) <= 25
    assert all(fact.fields["offences"] for case in cases for fact in case.facts if fact.kind == "charge")
