"""Bounds where the other list does not tell; nothing invented."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.figures.rule import rules
from constancia.domain.matching.linking.records import Days, Record
from constancia.domain.matching.linking.union import Bounds, counts, together

D = date(2026, 2, 1).toordinal()
IN: Days = (D - 30, D - 30)
FREE_RULE = next(rule for rule in rules().values() if rule.recognition == "none" and not rule.contexts_out)
ASKS = next(rule for rule in rules().values() if rule.recognition != "none")


def record(entered: Days | None = None, left: Days | None = None, custody: str = "") -> Record:
    return Record(2, "", {}, {}, entered=entered, left=left, custody=custody)


@pytest.mark.parametrize(
    ("one", "says", "expected"),
    [
        (record(IN, None), {"day", "released"}, (True, True)),
        (record(IN, None), {"day"}, (False, True)),
        (record(IN, (D - 1, D - 1)), {"day", "released"}, (False, False)),
        (record(IN, (D, D)), {"day", "released"}, (False, False)),
        (record(IN, (D + 1, D + 1)), {"day", "released"}, (True, True)),
        (record(IN, (D - 5, D + 5)), {"day", "released"}, (False, True)),
        (record((D + 1, D + 1), None), {"day", "released"}, (False, False)),
        (record(None, None), {"day", "released"}, (False, True)),
        (record(IN, None, "free"), {"day", "custody"}, (False, False)),
        (record(IN, None, "unknown"), {"day", "custody"}, (False, True)),
        (record(IN, None, "in_custody"), {"day", "custody"}, (True, True)),
        (record(), set(), (False, True)),
    ],
)
def test_what_a_list_says_decides_and_what_it_does_not_say_is_a_bound(
    one: Record, says: set[str], expected: tuple[bool, bool]
) -> None:
    assert counts(FREE_RULE, one, frozenset(says), D) == expected


def test_a_rule_that_asks_for_recognition_counts_none_of_them_for_certain() -> None:
    assert counts(ASKS, record(IN, None), frozenset({"day", "released"}), D) == (False, True)


def test_who_may_be_ours_adds_nothing_for_certain() -> None:
    inside = record(IN, None)
    says = frozenset({"day", "released"})
    assert together(FREE_RULE, [inside], [inside], says, D) == Bounds(1, 2)
