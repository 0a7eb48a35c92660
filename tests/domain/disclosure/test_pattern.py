"""Tables, patterns and policies are read strictly and kept without loss."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constancia.domain.disclosure.pattern import (
    Merged,
    canonical,
    from_json,
    published,
    published_from_json,
    published_to_json,
    to_json,
)
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.table import MARGIN, Table
from constancia.domain.errors import InputRefused

TABLE = Table("t", ("state", "sex"), {("lara", "man"): 7, ("lara", "woman"): 2, ("zulia", "man"): 1}, "held")
PAIR = Merged("t", frozenset({("lara", "woman"), ("zulia", "man")}))


def test_margins_sum_what_they_stand_for() -> None:
    assert TABLE.value(("lara", MARGIN)) == 9
    assert TABLE.values()[(MARGIN, MARGIN)] == TABLE.value((MARGIN, MARGIN)) == 10
    assert len(list(TABLE.cells())) == 9
    for whole, parts in TABLE.lines():
        assert TABLE.value(whole) == sum(TABLE.value(part) for part in parts)


def test_a_pattern_survives_json_in_one_order() -> None:
    other = Merged("a", frozenset({("x",), ("ñandú\u200b",)}))
    pattern = canonical([PAIR, other, PAIR])
    assert from_json(json.loads(json.dumps(to_json(pattern)))) == pattern == (other, PAIR)


def test_a_published_table_survives_json() -> None:
    shown = published(TABLE, (PAIR,), "2026-05-01")
    assert published_from_json(json.loads(json.dumps(published_to_json(shown)))) == shown


@pytest.mark.parametrize(
    "data", [[1], [{"table": "t"}], [{"table": 1, "cells": []}], [{"table": "t", "cells": ["ab"]}]]
)
def test_other_json_is_refused(data: Any) -> None:
    with pytest.raises(InputRefused) as refused:
        from_json(data)
    assert refused.value.code == "disclosure.pattern_json"


@pytest.mark.parametrize(
    "cells",
    [{("lara", "nobody"), ("lara", "man")}, {("lara", "man"), ("lara", MARGIN)}, {("lara",), ("zulia",)}],
)
def test_a_merge_that_does_not_fit_its_table_is_refused(cells: set[tuple[str, ...]]) -> None:
    with pytest.raises(InputRefused) as refused:
        published(TABLE, (Merged("t", frozenset(cells)),))
    assert refused.value.code == "disclosure.pattern"


def test_a_cell_in_two_merges_is_refused() -> None:
    with pytest.raises(InputRefused):
        published(TABLE, (PAIR, Merged("t", frozenset({("lara", "woman"), ("lara", "man")}))))


@pytest.mark.parametrize(
    ("dimensions", "counts", "code"),
    [
        ((), {}, "disclosure.dimensions"),
        (("a", "a"), {}, "disclosure.dimensions"),
        (("a", "b", "c", "d"), {}, "disclosure.dimensions"),
        (("a",), {("",): 1}, "disclosure.cell"),
        (("a",), {("x", "y"): 1}, "disclosure.cell"),
        (("a",), {("x",): -1}, "disclosure.count"),
        (("a",), {("x",): True}, "disclosure.count"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(dimensions: Any, counts: Any, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        Table("t", dimensions, counts, "held")
    assert refused.value.code == code


def test_the_shipped_policy_says_why_in_both_languages() -> None:
    policy = Policy.load()
    assert (policy.threshold, policy.name, policy.version) == (5, "constancia", 1)
    assert set(policy.why) == {"es", "en"}
    assert policy.exempt == {"total"}
    assert policy.concerns([("age_group", "adolescent")])
    assert not policy.concerns([("age_group", "adult"), ("state", "lara")])


WRITTEN = 'name="p"\nversion=1\nthreshold={}\nsensitive=[]\nexempt=[{}]\n[why]\nes="x"\nen="y"\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("][", "disclosure.policy_unreadable"),
        ("name='p'", "disclosure.policy_key"),
        (WRITTEN.format(1, ""), "disclosure.threshold"),
        (WRITTEN.format("'5'", ""), "disclosure.policy_key"),
        (WRITTEN.format(5, "1"), "disclosure.policy_key"),
        (WRITTEN.format(5, "") + "more=1", "disclosure.policy_key"),
    ],
)
def test_a_policy_that_does_not_hold_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        Policy.load(text)
    assert refused.value.code == code
