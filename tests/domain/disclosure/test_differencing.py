"""An edition that, beside an earlier one, isolates people is noticed and mended."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.disclosure.attack import findings
from constancia.domain.disclosure.differencing import differences
from constancia.domain.disclosure.mending import mend
from constancia.domain.disclosure.pattern import Merged, Published, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.protecting import protect, withheld
from constancia.domain.disclosure.table import Table
from tests.domain.disclosure.made_up import counted, people, table
from tests.support.effort import examples

POLICY = Policy(sensitive=frozenset({"age_group", "sex"}))


def edition(name: str, *tables: Table) -> list[Published]:
    made = protect(tables, POLICY)
    return [published(one, made, name) for one in tables]


def test_one_adolescent_freed_is_isolated_by_two_editions() -> None:
    before = edition("may", table("age_group", adult=890, adolescent=6, not_known=6))
    after = table("age_group", adult=882, adolescent=5, not_known=6)
    found = differences(before, [after], (), POLICY)
    assert [(f.cells, f.then, f.now, f.edition) for f in found] == [
        (frozenset({("adolescent",)}), 6, 5, "may")
    ]
    assert found[0].dimensions == ("age_group",)


def test_the_total_may_change_by_few() -> None:
    before = edition("may", table("age_group", adult=890, adolescent=6))
    assert not differences(before, [table("age_group", adult=890, adolescent=6)], (), POLICY)
    whole = (Merged("age_group", frozenset({("adult",), ("adolescent",)})),)
    assert not differences(before, [table("age_group", adult=889, adolescent=6)], whole, POLICY)


def test_the_smallest_merge_mends_it() -> None:
    before = edition("may", table("age_group", adult=890, adolescent=6, not_known=16))
    after = table("age_group", adult=882, adolescent=5, not_known=9)
    made = mend(before, [after], (), POLICY)
    assert made == (Merged("age_group", frozenset({("adolescent",), ("not_known",)})),)
    assert not differences(before, [after], made, POLICY)
    assert not withheld([after], made)


def test_a_cell_shown_alone_before_and_merged_now_is_compared_within_its_group() -> None:
    before = edition("may", table("sex", man=800, woman=90, other=9))
    after = table("sex", man=790, woman=90, other=8)
    pair = (Merged("sex", frozenset({("woman",), ("other",)})),)
    assert [(f.then, f.now) for f in differences(before, [after], pair, POLICY)] == [(99, 98)]


def test_all_earlier_editions_are_compared_and_not_the_last_alone() -> None:
    first = edition("may", table("sex", man=800, woman=90))
    second = edition("june", table("sex", man=790, woman=80))
    after = table("sex", man=780, woman=89)
    assert [f.edition for f in differences([*first, *second], [after], (), POLICY)] == ["may"]


def test_dimensions_that_are_not_sensitive_may_change_by_few() -> None:
    before = edition("may", table("state", lara=50, zulia=40))
    assert not differences(before, [table("state", lara=49, zulia=40)], (), POLICY)


def test_a_category_that_appears_counted_nobody_before() -> None:
    before = edition("may", table("sex", man=800, woman=90))
    after = table("sex", man=800, woman=90, other=2)
    assert (frozenset({("other",)}), 0, 2) in {
        (f.cells, f.then, f.now) for f in differences(before, [after], (), POLICY)
    }


def test_what_margins_leave_of_merged_cells_is_compared_too() -> None:
    counts = {("a", "m"): 20, ("a", "w"): 9, ("b", "m"): 20, ("b", "w"): 9, ("c", "m"): 20, ("c", "w"): 9}
    then = Table("t", ("state", "sex"), counts, "held")
    now = Table("t", ("state", "sex"), {**counts, ("a", "w"): 8, ("c", "m"): 30}, "held")
    row = (Merged("t", frozenset({("a", "m"), ("a", "w")})),)
    found = differences([published(then, row, "may")], [now], row, POLICY)
    assert frozenset({("a", "w")}) in {f.cells for f in found}


def test_a_table_that_nothing_mends_is_withheld() -> None:
    before = edition("may", table("sex", man=60, woman=50, other=40))
    after = table("sex", man=59, woman=49, other=41)
    made = mend(before, [after], (), POLICY)
    assert not differences(before, [after], made, POLICY)
    assert withheld([after], made)


def test_editions_of_linked_tables_are_mended_and_stay_protected() -> None:
    asked = (("state",), ("state", "sex"), ("sex",), ("age_group",))
    random, columns, before = np.random.default_rng(0), people(1, 400), []
    for number in range(3):
        tables = counted(columns, asked)
        made = mend(before, tables, protect(tables, POLICY), POLICY)
        assert not differences(before, tables, made, POLICY)
        assert not findings(tables, made, POLICY)
        before += [published(one, made, str(number)) for one in tables]
        stay = [i for i in range(len(columns["sex"])) if random.random() > 0.02]
        columns = {name: [values[i] for i in stay] for name, values in columns.items()}


triples = st.lists(st.integers(0, 30), min_size=4, max_size=4)


@settings(max_examples=examples(30), deadline=None)
@given(triples, triples, triples)
def test_mending_leaves_nothing_isolated(one: list[int], two: list[int], three: list[int]) -> None:
    tables = [table("sex", **dict(zip("abcd", some, strict=True))) for some in (one, two, three)]
    before = [*edition("1", tables[0]), *edition("2", tables[1])]
    made = mend(before, [tables[2]], (), POLICY)
    assert not differences(before, [tables[2]], made, POLICY)
    assert not findings([tables[2]], made, POLICY)
