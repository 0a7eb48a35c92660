"""A planted contradiction is named exactly; what is only unlikely, revised or counted otherwise is none."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.claims.reconcile import conflicts as searching
from constancia.domain.claims.reconcile.assertion import Assertion, Measure
from tests.domain.claims.reconcile.said import claim, conflicts, january, of_day, period, report, stock, total
from tests.domain.claims.reconcile.worlds import truthful, world
from tests.support.effort import examples

WOMAN, MAN = (("sex", "woman"),), (("sex", "man"),)
SOLDIER, CIVILIAN = (("profile", "military"),), (("profile", "civilian"),)
YOUNG, ADULT = (("age_group", "adolescent"),), (("age_group", "adult"),)

PLANTED = {
    "a total that falls": [total("p1", 270, 1, 10), total("p2", 156, 1, 16)],
    "days beyond their total": [
        of_day("p1", 60, 3, ">="),
        of_day("p2", 50, 5, ">="),
        total("p3", 100, 1, 9),
    ],
    "periods beyond theirs": [period("p1", 200, 1, 9), period("p2", 150, 10, 20), total("p3", 300, 1, 20)],
    "a list that cannot have shrunk so": [
        stock("p1", 900, 2),
        period("p2", 10, 2, 20, what="added"),
        period("p3", 50, 2, 20, what="removed"),
        stock("p4", 880, 20),
    ],
    "two lengths of one day": [stock("p1", 568, 9), stock("p2", 573, 9)],
    "more soldiers than prisoners": [stock("p1", 120, 4), stock("p2", 121, 4, ">=", filters=SOLDIER)],
    "adults and one adolescent": [
        stock("p1", 687, 2),
        stock("p2", 687, 2, filters=ADULT),
        stock("p3", 1, 2, filters=YOUNG),
    ],
    "women and men over the whole": [
        total("p1", 100, 1, 4),
        total("p2", 55, 1, 4, filters=WOMAN),
        total("p3", 50, 1, 4, filters=MAN),
    ],
    "women, men and adolescents that add up neither way": [
        of_day("p1", 45, 4),
        of_day("p2", 15, 4, filters=WOMAN),
        of_day("p3", 29, 4, filters=MAN),
        of_day("p4", 3, 4, filters=YOUNG),
    ],
    "a change that two lengths deny": [
        stock("p1", 500, 2),
        claim("p2", "net_change", Measure.NET_CHANGE, 12, 9, "=", start=january(2)),
        stock("p3", 510, 9),
    ],
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_contradiction_is_named_exactly(planted: list[Assertion]) -> None:
    bystanders = [
        stock("b1", 400, 1, ">="),
        total("b2", 5, 1, 2, ">="),
        total("b3", 700, 1, 30, "<="),
        total("b4", 90, 1, 25, claimant="other"),
        total("b5", 80, 1, 26, ">=", claimant="other"),
    ]
    assert conflicts(*planted, *bystanders) == [{one.id for one in planted}]


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(sorted(PLANTED)))
def test_among_the_true_claims_of_others_too(seed: int, name: str) -> None:
    random = Random(seed)
    others = [replace(a, claimant="other") for a in truthful(world(random), random, 8)]
    assert conflicts(*others, *PLANTED[name]) == [{one.id for one in PLANTED[name]}]


NONE = {
    "the same number for two periods": [total("a", 383, 1, 26), total("b", 383, 8, 30)],
    "a day counted again through the evening": [
        of_day("a", 80, 25),
        of_day("b", 104, 25, minute=1200, published=26),
        of_day("c", 110, 25, published=26),
    ],
    "a day counted twice, once without saying when": [
        of_day("a", 80, 25),
        of_day("b", 104, 25, published=None),
    ],
    "a total raised within a day": [total("a", 41, 8, 12), total("b", 49, 8, 12)],
    "a day that a total of its morning lacks": [
        total("a", 375, 8, 27),
        total("b", 383, 8, 28, published=29),
        of_day("c", 35, 28, ">=", published=29),
    ],
    "a day verified later": [total("a", 8, 8, 9), of_day("b", 42, 8, published=30)],
    "full releases beside releases": [total("a", 436, 8, 24), total("b", 500, 8, 24, what="full_releases")],
    "other claimants": [total("a", 270, 1, 10), total("b", 156, 1, 16, claimant="other")],
    "more than, said of the very number": [
        stock("a", 573, 24, ">="),
        stock("b", 573, 24),
    ],
    "about": [total("a", 110, 1, 10, "~"), total("b", 99, 1, 12)],
    "a list that grew by late cases": [stock("a", 687, 2), period("b", 199, 3, 25), stock("c", 568, 25)],
    "adolescents beside women and men": [
        of_day("a", 45, 4, ">="),
        of_day("b", 15, 4, filters=WOMAN),
        of_day("c", 27, 4, filters=MAN),
        of_day("d", 3, 4, filters=YOUNG),
    ],
    "another population": [total("a", 270, 1, 10), total("b", 156, 1, 16, population="tocoron")],
    "days that touch": [total("a", 459, 8, 20), period("b", 144, 20, 30), total("c", 603, 8, 30)],
    "two lengths of a day on which some left": [
        stock("a", 902, 9),
        of_day("b", 45, 9, ">="),
        stock("c", 857, 9),
    ],
}


@pytest.mark.parametrize("claims", NONE.values(), ids=NONE)
def test_what_can_be_true_is_no_contradiction(claims: list[Assertion]) -> None:
    assert conflicts(*claims) == []


def test_claimants_are_compared_only_where_it_is_asked_for() -> None:
    claims = [total("a", 270, 1, 10), total("b", 156, 1, 16, claimant="other")]
    assert conflicts(*claims, together=True) == [{"a", "b"}]


def test_the_tolerance_of_about_is_as_asked() -> None:
    claims = [total("a", 110, 1, 10, "~"), total("b", 99, 1, 12)]
    assert conflicts(*claims, tolerance=0.05) == [{"a", "b"}]


def test_several_contradictions_are_all_found() -> None:
    found = conflicts(
        total("a", 270, 1, 10), total("b", 156, 1, 16), total("c", 266, 1, 19), total("d", 100, 1, 9)
    )
    assert sorted(map(sorted, found)) == [["a", "b"], ["a", "c"]]


def test_a_search_cut_short_says_so() -> None:
    claims = [total(f"c{number}", 100 - number, 1, 2 + number) for number in range(20)]
    found = report(*claims)
    assert searching.MOST_CONFLICTS <= len(found.conflicts) <= 2 * searching.MOST_CONFLICTS
    assert not found.complete
    assert not report(*claims, effort=30).complete


def test_the_answer_does_not_depend_on_the_order_of_the_claims() -> None:
    claims = [*PLANTED["days beyond their total"], total("a", 270, 1, 10), total("b", 156, 1, 16)]
    assert report(*claims).conflicts == report(*reversed(claims)).conflicts


def test_soldiers_and_civilians_are_the_whole() -> None:
    claims = [stock("a", 100, 2), stock("b", 30, 2, filters=SOLDIER), stock("c", 60, 2, filters=CIVILIAN)]
    assert conflicts(*claims) == [{"a", "b", "c"}]
