"""What figures of one claimant share: a first day, a bulletin, a whole, a list's own day."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reconcile.assertion import Assertion, Measure
from constancia.domain.claims.reconcile.from_figures import from_figure
from constancia.domain.claims.reconcile.populations import counted
from constancia.domain.claims.reconcile.report import Report, shape
from tests.domain.claims.reconcile.said import claim, conflicts, january, of_day, period, report, stock, total

SOLDIER, CIVILIAN, POLICE = ((("profile", name),) for name in ("military", "civilian", "police"))
GUILTY, NOT_GUILTY = ((("convicted", name),) for name in ("convicted", "not_convicted"))
TOGETHER = {
    "days and a second difference from the day of a total": [
        total("a", 72, 8, 14),
        total("b", 100, 8, 16),
        total("c", 156, 8, 23),
        of_day("d", 28, 16, published=17),
        of_day("e", 20, 18),
        of_day("f", 20, 19),
        of_day("g", 16, 21),
        period("h", 56, 16, 23),
        period("i", 60, 16, 24),
    ],
    "a difference and the day that it begins on": [
        period("a", 12, 21, 23),
        of_day("b", 7, 21),
        of_day("c", 7, 22),
    ],
    "a difference that holds what was verified late": [
        total("a", 100, 8, 16),
        of_day("b", 5, 17, minute=1439),
        of_day("c", 5, 16, minute=1439),
        period("d", 40, 16, 17),
        total("e", 140, 8, 17),
    ],
    "two lengths of a day on which totals grew": [
        stock("a", 711, 26),
        stock("b", 707, 26),
        total("c", 266, 8, 26, minute=540),
        total("d", 270, 8, 26, minute=1320),
    ],
    "police beside soldiers and civilians": [
        stock("a", 568, 9),
        stock("b", 376, 9, filters=CIVILIAN),
        stock("c", 182, 9, filters=SOLDIER),
        stock("d", 10, 9, filters=POLICE),
    ],
    "police stated on another day": [
        stock("a", 568, 9),
        stock("b", 376, 9, filters=CIVILIAN),
        stock("c", 182, 9, filters=SOLDIER),
        stock("d", 9, 5, filters=POLICE),
    ],
    "parts of ours that leave some unknown": [
        from_figure("a", "held", 568, 568, january(9)),
        from_figure("b", "held", 72, 72, january(9), filters=GUILTY),
        from_figure("c", "held", 239, 239, january(9), filters=NOT_GUILTY),
    ],
    "a prison and a part of it": [
        of_day("a", 22, 4),
        of_day("b", 14, 4, filters=(("place", "Yare"),)),
        of_day("c", 10, 4, filters=(("place", "Yare III"),)),
    ],
    "a total of a morning beside the day": [
        total("a", 383, 8, 28, published=29),
        total("b", 375, 8, 27),
        of_day("c", 35, 28, ">=", published=29),
    ],
}  # fmt: skip


@pytest.mark.parametrize("claims", TOGETHER.values(), ids=TOGETHER)
def test_what_the_words_leave_open_is_no_contradiction(claims: list[Assertion]) -> None:
    assert conflicts(*claims) == []


APART = {
    "a part of a month beyond the month, told in one bulletin": [
        period("a", 70, 1, 14, published=25),
        period("b", 60, 1, 20, published=25),
    ],
    "two weeks beyond their month, told as it ends": [
        period("a", 30, 1, 14, published=29),
        period("b", 40, 15, 28, published=29),
        period("c", 60, 1, 28, published=29),
    ],
    "two weeks beyond their month, told long after": [
        period("a", 30, 1, 7, published=25),
        period("b", 40, 8, 14, published=25),
        period("c", 60, 1, 14, published=25),
    ],
    "days beyond a total that was told with them": [
        of_day("a", 46, 20, published=24),
        of_day("b", 51, 21, published=24),
        total("c", 90, 20, 24),
    ],
    "differences from one day of which the longer is less": [
        total("t", 100, 8, 16, ">="),
        period("a", 56, 16, 23),
        period("b", 50, 16, 24),
    ],
    "three categories beyond the whole": [
        stock("a", 100, 9),
        stock("b", 50, 9, filters=CIVILIAN),
        stock("c", 41, 9, filters=SOLDIER),
        stock("d", 10, 9, filters=POLICE),
    ],
    "prisons beyond the whole": [
        of_day("a", 22, 4),
        of_day("b", 14, 4, filters=(("place", "Tocorón"),)),
        of_day("c", 10, 4, filters=(("place", "Yare"),)),
    ],
    "states beyond the whole": [
        stock("a", 22, 4),
        stock("b", 14, 4, filters=(("state", "Aragua"),)),
        stock("c", 14, 4, filters=(("state", "Zulia"),)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("claims", APART.values(), ids=APART)
def test_what_they_share_makes_a_contradiction(claims: list[Assertion]) -> None:
    assert conflicts(*claims) == [{one.id for one in claims if one.id != "t"}]


def words(found: Report, part: str) -> list[str]:
    return [one["words"] for one in shape(found, "en")[part]]


def test_a_bound_over_the_day_of_a_list_says_what_it_assumes() -> None:
    found = report(stock("a", 687, 2), period("b", 199, 2, 25), stock("c", 568, 25))
    [bound] = [b for finding in found.findings for b in finding.bounds if b.kind == "registered"]
    assert (bound.low, len(bound.assumed)) == (80, 1)
    assert set(bound.low_claims) == {"a", "b", "c"}
    [told] = words(found, "bounds")
    assert "and what happened on 2 January 2026 came after that day’s list, house registered" in told


def test_a_bound_that_needs_no_assumption_makes_none() -> None:
    found = report(stock("a", 687, 2), period("b", 199, 3, 25), stock("c", 568, 25))
    [bound] = [b for finding in found.findings for b in finding.bounds if b.kind == "registered"]
    assert (bound.low, bound.assumed) == (80, ())


def test_a_list_of_the_same_length_a_day_later_says_nothing_twice() -> None:
    lists = [stock("a", 902, 2), stock("b", 573, 24), stock("c", 573, 25)]
    found = report(*lists, total("d", 436, 3, 24))
    assert len([b for finding in found.findings for b in finding.bounds if b.kind == "registered"]) == 1


def kinds(*claims: Assertion) -> list[tuple[str, str]]:
    return [(one.kind, one.claim) for one in report(*claims).conflicts[0].repairs]


def test_a_part_keeps_the_day_of_its_table() -> None:
    table = [
        stock("a", 687, 2, published=5),
        stock("b", 687, 2, published=5, filters=(("age_group", "adult"),)),
        stock("c", 1, 2, published=5, filters=(("age_group", "adolescent"),)),
    ]
    assert not {"day", "digit", "month", "published"} & {kind for kind, _ in kinds(*table)}


def test_a_bulletin_keeps_its_days() -> None:
    found = kinds(*APART["two weeks beyond their month, told long after"])
    assert not {"day", "published"} & {kind for kind, _ in found}


def test_the_day_of_publication_is_the_first_thought() -> None:
    assert kinds(stock("a", 711, 8), stock("b", 687, 8, published=15))[0] == ("published", "b")


def test_a_wrong_month_is_found() -> None:
    [found] = report(total("a", 436, 8, 24, published=None), total("b", 266, 8, 26)).conflicts
    assert date(2026, 2, 24) in [one.end for one in found.repairs if one.kind == "month"]


def test_another_day_that_only_makes_two_numbers_of_one_day_is_no_repair() -> None:
    [found] = report(total("a", 436, 8, 24), total("b", 266, 8, 26)).conflicts
    assert all(one.end != january(26) for one in found.repairs if one.claim == "a")


def test_only_of_a_total_that_falls_it_is_said_that_it_does_not_fall() -> None:
    falls = words(report(total("a", 270, 8, 17), total("b", 156, 8, 23)), "conflicts")
    sums = words(report(*APART["days beyond a total that was told with them"]), "conflicts")
    assert "does not fall" in falls[0]
    assert "does not fall" not in sums[0]


def test_a_part_of_a_figure_has_the_day_of_the_figure() -> None:
    women = (("sex", "woman"),)
    claims = [
        period("a", 60, 10, 20, published=25),
        period("b", 20, 10, 20, published=25, filters=women),
    ]
    assert words(report(*claims), "bounds") == [
        "If these 2 figures are true, those who are not “women” in the figure of house of 20 January 2026 "
        "are exactly 40."
    ]


def test_an_exact_figure_of_ours_is_one_number() -> None:
    context = (("context", "protests"),)
    ours = from_figure("a", "held", 568, 568, january(9), filters=context)
    [told] = words(report(ours), "assertions")
    assert "568 held (context: protests)" in told
    assert "568–568" not in told


def test_who_is_not_of_a_category_is_a_population_of_its_own() -> None:
    assert counted("non military").population == "non military"
    assert counted("non military").filters == ()


def test_a_crowd_of_contradictions_ends_in_time_and_says_so() -> None:
    claims = [total(f"t{n}", 400 - 7 * n + (n * n) % 40, 1, 2 + n % 28) for n in range(60)]
    claims += [claim(f"s{n}", "held", Measure.STOCK, 500 + (n * 37) % 90, 1 + n % 29, "=") for n in range(60)]
    found = report(*claims)
    assert "conflicts" in found.limited
    assert found.conflicts
