"""Building a cut: the same bytes again, and nothing that is inconsistent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constancia.domain.ledger.totals_proving import Case, prove
from tests.support.small_totals import LAYOUT, case, head, roster, small, some


def test_the_same_cut_is_the_same_bytes() -> None:
    assert small(4).proven == small(4).proven


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    cases = some(3)
    prove(head(), LAYOUT, roster(cases), cases, lambda done, whole: told.append((done, whole)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    "counted",
    [
        {("by_sex", "man"), ("profile", "civilian")},
        {("", ""), ("by_sex", "man")},
        {("", ""), ("by_sex", "man"), ("by_sex", "woman"), ("profile", "civilian")},
        {("", ""), ("by_sex", "child"), ("profile", "civilian")},
        {("", ""), ("by_sex", "man"), ("profile", "civilian"), ("more", "x")},
        {("", "")},
    ],
    ids=[
        "not in the total",
        "not in a table",
        "in two cells",
        "in no cell",
        "in no table",
        "in the total alone",
    ],
)
def test_a_case_that_is_not_in_one_cell_of_each_table_is_not_proven(counted: set[tuple[str, str]]) -> None:
    cases = [replace(case(0), counted=frozenset(counted))]
    with pytest.raises(ValueError, match="not in one cell"):
        prove(head(), LAYOUT, roster(cases), cases)


@pytest.mark.parametrize(
    "cases", [some(3), some(5), [*some(3), case(9)], []], ids=["fewer", "more", "other", "none"]
)
def test_other_cases_than_those_of_the_roster_are_not_proven(cases: list[Case]) -> None:
    with pytest.raises(ValueError, match="roster"):
        prove(head(), LAYOUT, roster(some(4)), cases)


def test_a_key_has_32_bytes() -> None:
    cases = [replace(case(0), key=b"short")]
    with pytest.raises(ValueError, match="32 bytes"):
        prove(head(), LAYOUT, roster(cases), cases)
