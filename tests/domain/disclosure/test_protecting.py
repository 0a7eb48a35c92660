"""What is published tells nobody that a small cell is small, and no more is merged than need be."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.disclosure.attack import MERGED_SMALL, NARROW, SMALL, SOLVED, findings
from constancia.domain.disclosure.pattern import Merged, canonical, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.protecting import protect, protection, withheld
from constancia.domain.disclosure.table import MARGIN, Table
from constancia.domain.errors import InputRefused
from tests.domain.disclosure.attackers import leaks, leaks_by_hand
from tests.domain.disclosure.made_up import (
    counted,
    layout_of_225_cells,
    people,
    places_in_states,
    random_table,
    table,
)
from tests.support import effort
from tests.support.effort import examples

POLICY = Policy()
SHARED = (("state", "sex"), ("state", "profile"), ("sex",), ("state",))


@pytest.mark.parametrize("tens", range(20))
def test_no_random_table_leaks_to_either_attacker(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + effort.size(10, 3)):
        one = random_table(seed, most=4)
        made = protect([one], POLICY)
        assert not leaks([one], made, POLICY), seed
        assert not findings([one], made, POLICY), seed


def test_no_tiny_table_leaks_to_somebody_who_goes_through_every_world() -> None:
    for seed in range(240):
        one = random_table(seed, dimensions=1 + seed % 3, most=2 + (seed % 3 != 2))
        if sum(one.counts.values()) <= 25:
            assert not leaks_by_hand([one], protect([one], POLICY), POLICY), seed


def test_the_attacker_finds_what_every_world_says_on_half_protected_tables() -> None:
    found = 0
    for seed in range(80):
        one = random_table(seed, dimensions=1 + seed % 2, most=3)
        if sum(one.counts.values()) > 25:
            continue
        half = protect([one], POLICY)[:1]
        mine = {(f.table, f.cell) for f in findings([one], half, POLICY) if f.reason != MERGED_SMALL}
        assert mine == set(leaks_by_hand([one], half, POLICY)), seed
        found += len(mine)
    assert found > 50


def test_the_layout_of_225_cells_comes_clean() -> None:
    one = layout_of_225_cells()
    made = protection([one], POLICY)
    assert len(list(one.cells())) == 225
    assert not findings([one], made.pattern, POLICY)
    assert not leaks([one], made.pattern, POLICY)
    assert made.gap <= 0.01
    assert not made.withheld


def test_hiding_small_cells_alone_leaks_and_the_attacker_sees_it() -> None:
    one = layout_of_225_cells()
    policy = Policy(threshold=3)
    small = {c for c, v in one.values().items() if 0 < v < 3}
    views: dict[tuple[bool, ...], set[tuple[str, ...]]] = {}
    for cell in small:
        views.setdefault(tuple(part == MARGIN for part in cell), set()).add(cell)
    primary = canonical(Merged(one.name, frozenset(cells)) for cells in views.values())
    found = findings([one], primary, policy)
    assert len(small) == 41
    assert sum(f.reason == SOLVED for f in found) >= 29


def test_the_table_of_sdctable_is_protected_with_three_cells_more() -> None:
    counts = {("A", "m"): 18, ("A", "f"): 2, ("B", "m"): 14, ("B", "f"): 19}
    counts |= {("C", "m"): 12, ("C", "f"): 10, ("D", "m"): 11, ("D", "f"): 14}
    one = Table("microdata1", ("region", "sex"), counts, "held")
    policy = Policy(threshold=3)
    made = protection([one], policy)
    cells = {cell for merged in made.pattern for cell in merged.cells}
    assert cells == {("A", "m"), ("A", "f"), ("C", "m"), ("C", "f")}
    assert made.gap == 0.0
    assert not leaks([one], made.pattern, policy)


@pytest.mark.parametrize("seed", range(6))
def test_no_choice_of_fewer_cells_is_safe(seed: int) -> None:
    one = random_table(seed, dimensions=2, most=3)
    policy = Policy(threshold=3)
    made = protection([one], policy)
    if made.withheld:
        return
    inner = [cell for cell in one.cells() if MARGIN not in cell]
    hidden = {cell for merged in made.pattern for cell in merged.cells}
    if not hidden <= set(inner):
        return  # margins are merged: what is lost is no longer a number of cells
    for size in range(len(hidden)):
        for cells in combinations(inner, size):
            merged = canonical([Merged(one.name, frozenset(cells))] if cells else [])
            assert leaks([one], merged, policy), cells


def test_a_small_category_takes_a_partner_and_two_small_groups_stay_apart() -> None:
    one = table("state", amazonas=4, apure=3, delta=1, lara=90, zulia=2)
    made = protect([one], POLICY)
    sums = {merged.cells: sum(one.value(cell) for cell in merged.cells) for merged in made}
    assert len(sums) == 2
    assert all(value >= 5 for value in sums.values())
    assert not any(("lara",) in cells for cells in sums)


def test_what_is_published_shows_each_cell_once_and_sums_to_the_total() -> None:
    one = table("state", amazonas=4, apure=3, lara=90)
    shown = published(one, protect([one], POLICY))
    assert shown.values == {("lara",): 90, (MARGIN,): 97}
    assert shown.groups == ((frozenset({("amazonas",), ("apure",)}), 7),)


def test_empty_cells_protect_nobody_and_may_be_shown() -> None:
    one = table("sex", man=30, woman=3, other=0)
    made = protect([one], POLICY)
    assert made == (Merged("sex", frozenset({("man",), ("woman",)})),) or withheld([one], made)
    alone = (Merged("sex", frozenset({("woman",), ("other",)})),)
    assert {f.reason for f in findings([one], alone, POLICY)} == {NARROW, MERGED_SMALL}


def test_a_cell_shown_small_is_found() -> None:
    found = findings([table("sex", man=30, woman=3, other=9)], (), POLICY)
    assert [(f.cell, f.lowest, f.highest, f.reason) for f in found] == [(("woman",), 3, 3, SMALL)]


def test_a_margin_merged_in_one_table_and_shown_in_another_is_found() -> None:
    tables = counted(people(4, 150), SHARED)
    made = protect(tables, POLICY)
    assert not findings(tables, made, POLICY)
    loose = tuple(merged for merged in made if merged.table != "held_by_state")
    assert any(f.table == "held_by_state" and f.reason == SMALL for f in findings(tables, loose, POLICY))
    assert leaks(tables, loose, POLICY)


def test_linked_tables_come_clean_even_for_whoever_thinks_of_the_joint_table() -> None:
    tables = counted(people(4, 150), SHARED)
    assert not leaks(tables, protect(tables, POLICY), POLICY)


def test_an_edition_of_nine_linked_tables_comes_clean() -> None:
    tables = counted(people(1))
    made = protection(tables, POLICY)
    assert not findings(tables, made.pattern, POLICY)
    assert made.gap <= 0.02
    assert not made.withheld


def test_places_nested_in_states_are_protected_with_them() -> None:
    columns = people(5, 200)
    tables, nested = counted(columns, (("state",), ("place",))), places_in_states(columns)
    apart = protect(tables, POLICY)
    assert findings(tables, apart, POLICY, [nested])
    together = protect(tables, POLICY, nested=[nested])
    assert not findings(tables, together, POLICY, [nested])


def test_the_same_tables_always_give_the_same_merges() -> None:
    tables = counted(people(6, 200), SHARED)
    assert protect(tables, POLICY) == protect(tables[::-1], POLICY)


def test_an_editors_merges_stay_together() -> None:
    one = table("state", amazonas=2, apure=30, lara=90, zulia=60, sucre=3)
    kept = (Merged("state", frozenset({("lara",), ("zulia",)})),)
    made = protect([one], POLICY, kept)
    assert any(kept[0].cells <= merged.cells for merged in made)
    assert not findings([one], made, POLICY)


def test_a_merge_of_cells_that_are_gone_is_passed_over() -> None:
    kept = (Merged("sex", frozenset({("other",), ("not_known",)})),)
    assert protect([table("sex", man=30, woman=9)], POLICY, kept) == ()


def test_a_table_of_fewer_people_than_the_threshold_is_withheld() -> None:
    one = table("sex", man=2, woman=1)
    made = protection([one], POLICY)
    assert [w.table for w in made.withheld] == ["sex"]
    assert not findings([one], made.pattern, POLICY)
    assert published(one, made.pattern).values == {(MARGIN,): 3}


def test_a_table_of_one_small_category_is_withheld() -> None:
    one = table("sex", man=3)
    made = protection([one], POLICY)
    assert [w.table for w in made.withheld] == ["sex"]
    assert published(one, made.pattern).values == {(MARGIN,): 3}


def test_a_total_that_no_policy_exempts_and_that_is_small_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        protect([table("sex", man=2, woman=1)], Policy(exempt=frozenset()))
    assert refused.value.code == "disclosure.total_small"


def test_tables_of_nobody_need_nothing() -> None:
    empty = Table("held", ("sex",), {}, "held")
    none = Table("held_2", ("state", "sex"), {("lara", "man"): 0}, "held")
    assert protect([empty, none], POLICY) == ()
    assert findings([empty, none], (), POLICY) == []
    assert protect([], POLICY) == ()


def test_an_exempt_table_is_shown_as_it_is() -> None:
    policy = Policy(exempt=frozenset({"total", "sex"}))
    one = table("sex", man=30, woman=3)
    assert protect([one], policy) == ()
    assert findings([one], (), policy) == []


def test_tables_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        protect([table("sex", man=30, woman=9), table("state", lara=30)], POLICY)
    assert refused.value.code == "disclosure.sums"


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)


@settings(max_examples=examples(25), deadline=None)
@given(st.dictionaries(st.tuples(names, names), st.integers(0, 12), min_size=1, max_size=6))
def test_any_names_of_categories_are_protected(counts: dict[tuple[str, str], int]) -> None:
    one = Table("held", ("state", "sex"), counts, "held")
    made = protect([one], POLICY)
    assert not findings([one], made, POLICY)
    assert not leaks([one], made, POLICY)


def test_of_two_categories_listed_for_somebody_five_are_too_few_to_hide_them() -> None:
    """Four and one make five, and both are named: neither can be five."""
    cells = {("a",): 4, ("b",): 1, ("c",): 30}
    closed = Table("place", ("place",), cells, "held")
    both = (Merged("place", frozenset({("a",), ("b",)})),)
    assert not findings([closed], both, Policy())
    listed = Table("place", ("place",), cells, "held", listed=frozenset(("place", x) for x in "abc"))
    assert {(one.cell, one.reason) for one in findings([listed], both, Policy())} == {
        (("a",), "narrow"),
        (("b",), "narrow"),
    }
    made = protect([listed], Policy())
    assert not findings([listed], made, Policy())
    assert withheld([listed], made) or any(len(one.cells) > 2 for one in made)
