from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.matching.evidence import COMPARISONS, Common, beyond_the_name, document_key
from constancia.domain.matching.shapes import Known, Mention

COMMON = Common(
    sex={"man": 0.9, "woman": 0.1}, state={"lara": 0.1, "zulia": 0.3}, born={1980: 0.03, 1981: 0.03}
)


def _weight(mention: Mention, known: Known) -> dict[str, float]:
    return {one.comparison: one.weight for one in beyond_the_name(mention, known, COMMON)}


FINDINGS = [
    (Mention("a", document="V-12.345.678"), Known(1, ("a",), documents=("12345678",)), "document.same", 1),
    (Mention("a", document="12345768"), Known(1, ("a",), documents=("12345678",)), "document.slip", 1),
    (Mention("a", document="99345678"), Known(1, ("a",), documents=("12345678",)), "document.other", -1),
    (Mention("a", document="123457"), Known(1, ("a",), documents=("123456",)), "document.other", -1),
    (Mention("a", born=(723000, 723100)), Known(1, ("a",), born=(723050, 723050)), "born.agrees", 1),
    (Mention("a", born=(723000, 723100)), Known(1, ("a",), born=(725000, 725365)), "born.other", -1),
    (Mention("a", sex="woman"), Known(1, ("a",), sex="woman"), "sex.agrees", 1),
    (Mention("a", sex="woman"), Known(1, ("a",), sex="man"), "sex.other", -1),
    (Mention("a", state="lara"), Known(1, ("a",), states=("zulia", "lara")), "state.agrees", 1),
    (Mention("a", state="lara"), Known(1, ("a",), states=("zulia",)), "state.other", -1),
    (Mention("a", place="Tocorón"), Known(1, ("a",), places=("Cárcel de Tocoron",)), "place.agrees", 1),
    (Mention("a", place="Tocorón"), Known(1, ("a",), places=("Yare",)), "place.other", -1),
    (Mention("a", day=(739000, 739000)), Known(1, ("a",), days=((739002, 739002),)), "day.agrees", 1),
    (Mention("a", day=(739000, 739000)), Known(1, ("a",), days=((739900, 739900),)), "day.other", -1),
    (Mention("a", occupation="Chofer"), Known(1, ("a",), occupation="chofer de bus"), "occupation.agrees", 1),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "known", "finding", "sign"), FINDINGS)
def test_what_agrees_speaks_for_it_and_what_differs_against(
    mention: Mention, known: Known, finding: str, sign: int
) -> None:
    (found,) = beyond_the_name(mention, known, COMMON)
    assert found.comparison == finding
    assert found.weight * sign > 0


def test_births_a_year_apart_speak_little_against() -> None:
    near = _weight(Mention("a", born=(723000, 723100)), Known(1, ("a",), born=(723300, 723400)))["born.near"]
    assert -1.5 < near <= 0


@pytest.mark.parametrize("compare", COMPARISONS)
def test_nothing_said_on_a_side_weighs_nothing(compare: object) -> None:
    assert beyond_the_name(Mention("a"), Known(1, ("a",), sex="man", states=("lara",)), COMMON) == []
    assert beyond_the_name(Mention("a", sex="man", state="lara"), Known(1, ("a",)), COMMON) == []


def test_a_rare_value_says_more_than_a_common_one() -> None:
    rare = _weight(Mention("a", state="lara"), Known(1, ("a",), states=("lara",)))
    common = _weight(Mention("a", state="zulia"), Known(1, ("a",), states=("zulia",)))
    assert rare["state.agrees"] > common["state.agrees"]


NUMBERS = [
    ("V-12.345.678", "12345678"),
    ("v 12345678", "12345678"),
    ("E-81.000.111", "81000111"),
    ("0012", "12"),
]


@pytest.mark.parametrize(("written", "key"), NUMBERS)
def test_a_document_number_is_its_digits(written: str, key: str) -> None:
    assert document_key(written) == key


SPANS = [
    ((date(2024, 12, 1), date(2024, 12, 31)), "2024-12"),
    ((date(1980, 1, 1), date(1980, 12, 31)), "1980"),
    ((date(1980, 1, 1), date(1981, 12, 31)), "1980/1981"),
    ((date(2024, 12, 26), date(2024, 12, 26)), "2024-12-26"),
    ((date(2024, 12, 26), date(2025, 1, 2)), "2024-12-26/2025-01-02"),
]


@pytest.mark.parametrize(("span", "edtf"), SPANS)
def test_times_are_told_as_short_as_they_can_be(span: tuple[date, date], edtf: str) -> None:
    days = span[0].toordinal(), span[1].toordinal()
    (found,) = beyond_the_name(Mention("a", born=days), Known(1, ("a",), born=days), COMMON)
    assert found.theirs == found.ours == edtf


def test_a_day_of_mass_arrests_says_less_than_another() -> None:
    people = [Known(at, ("a",), days=((739000, 739000),)) for at in range(50)]
    people += [Known(100 + at, ("a",), days=((735000 + 40 * at, 735000 + 40 * at),)) for at in range(50)]
    common = Common.of(people)
    told = [
        beyond_the_name(Mention("a", day=(day, day)), Known(1, ("a",), days=((day, day),)), common)[0].weight
        for day in (739000, 735000)
    ]
    assert told[0] < 1 < told[1]
