"""Bounds, repairs, identities and strains, on claims made for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

from constancia.domain.claims.reconcile.assertion import Assertion, Measure
from constancia.domain.claims.reconcile.bounds import Bound
from constancia.domain.claims.reconcile.from_figures import from_figure
from constancia.domain.claims.reconcile.report import shape
from constancia.domain.vocabulary.terms import Qualifier
from tests.domain.claims.reconcile.said import conflicts, january, of_day, period, report, stock, total

LIST = [stock("s1", 902, 2), total("r1", 61, 3, 5), total("r2", 436, 8, 24), stock("s2", 573, 24, ">=")]


def bounds(*claims: Assertion, kind: str) -> list[Bound]:
    return [b for finding in report(*claims).findings for b in finding.bounds if b.kind == kind]


def test_a_list_that_shrank_too_little_must_have_been_added_to() -> None:
    [found] = bounds(*LIST, of_day("d1", 45, 4, ">="), kind="registered")
    assert (found.low, found.high) == (168, None)
    assert set(found.low_claims) == {"s1", "r1", "r2", "s2"}


def test_without_any_of_the_claims_named_the_bound_falls() -> None:
    for three in combinations(LIST, 3):
        assert all(found.low < 168 for found in bounds(*three, kind="registered"))


def test_arrests_that_are_counted_are_not_late_cases() -> None:
    arrests = total("a", 20, 2, 24, what="detained")
    [found] = bounds(*LIST, arrests, kind="late")
    assert found.low == 148


def test_a_list_that_shrank_more_than_was_released_lost_people_otherwise() -> None:
    [found] = bounds(
        stock("a", 900, 2), total("b", 50, 1, 20, "<="), stock("c", 800, 20), kind="left_otherwise"
    )
    assert found.low == 50


def test_what_a_part_leaves_is_told() -> None:
    soldiers = stock("b", 182, 25, filters=(("profile", "military"),))
    [found] = bounds(stock("a", 568, 25), soldiers, kind="rest")
    assert (found.low, found.high, found.low_claims) == (386, 386, ("a", "b"))


def test_what_was_verified_between_two_totals_is_told() -> None:
    [found] = bounds(total("a", 100, 8, 16), total("b", 156, 8, 23, ">="), kind="verified_between")
    assert (found.low, found.high) == (56, None)


def test_what_must_have_been_verified_late_is_told() -> None:
    [found] = bounds(total("a", 8, 8, 9), of_day("b", 42, 8, published=30), kind="verified_later")
    assert (found.low, found.of) == (34, "b")


def test_figures_of_ours_are_ranges() -> None:
    ours = [
        from_figure("s", "held", 90, 95, january(3)),
        from_figure("t", "held", 99, 104, january(20)),
        from_figure("u", "released", 10, 12, january(20), start=january(4)),
    ]
    [found] = bounds(*ours, kind="registered")
    assert found.low == 99 - 95 + 10


def test_a_figure_of_ours_that_is_certain_is_one_number_of_its_rule() -> None:
    made = from_figure("s", "detained", 5, 5, january(3), rule="jep", filters=(("context", "protests"),))
    assert (made.high, made.own, made.claimant) == (None, True, "ours:jep")
    told = {language: str(shape(report(made), language)["assertions"]) for language in ("es", "en")}
    assert "5–5" not in told["es"]
    assert "contexto: protests" in told["es"]
    assert "este registro (Regla de" in told["es"]
    assert "context: protests" in told["en"]
    police = from_figure(
        "s", "held", 5, 6, january(3), filters=(("case_state", "charged"), ("state", "zulia"))
    )
    assert "estado: Zulia" in str(shape(report(police), "es")["assertions"])


TYPO = [
    total("a", 270, 8, 17, published=30),
    total("b", 156, 8, 23),
    total("c", 266, 8, 26),
    total("d", 302, 8, 29),
]


def test_a_wrong_digit_is_found() -> None:
    first = report(*TYPO).conflicts[0].repairs[0]
    assert (first.kind, first.claim, first.end) == ("digit", "a", january(27))
    assert (first.settles, first.leaves, first.adds) == ((0, 1), (), False)


def test_a_day_that_the_claim_was_not_yet_published_on_is_not_offered() -> None:
    early = [total("a", 270, 8, 17), *TYPO[1:]]
    assert all(
        one.end is None or one.end <= january(17)
        for conflict in report(*early).conflicts
        for one in conflict.repairs
        if one.claim == "a"
    )


def test_a_small_fall_is_first_of_all_a_retraction() -> None:
    first, *others = report(total("a", 444, 8, 15), total("b", 436, 8, 24)).conflicts[0].repairs
    assert (first.kind, first.amount) == ("retraction", 8)
    assert {(one.kind, one.claim, one.value) for one in others} >= {("value", "a", 436), ("value", "b", 444)}


def test_the_day_of_publication_is_tried() -> None:
    claims = [total("a", 200, 8, 12, published=16), total("b", 150, 8, 15), total("c", 200, 8, 18)]
    repairs = report(*claims).conflicts[0].repairs
    assert any(one.claim == "a" and one.end == january(16) for one in repairs)


def test_a_claim_that_looks_back_may_hold_what_was_verified_since() -> None:
    claims = [total("a", 120, 8, 10, published=30), total("b", 100, 8, 15)]
    assert "looks_back" in {one.kind for one in report(*claims).conflicts[0].repairs}


def test_every_repair_that_is_offered_settles_its_conflict() -> None:
    by_id = {a.id: a for a in TYPO}
    for conflict in report(*TYPO).conflicts:
        for one in conflict.repairs:
            if one.kind == "value":
                mended = replace(by_id[one.claim], value=one.value)
            elif one.end is not None:
                mended = replace(by_id[one.claim], end=one.end)
            else:
                continue
            assert not conflicts(mended, *[by_id[id] for id in conflict.claims - {one.claim}])


def test_a_pace_beyond_every_stated_day_is_called_a_strain_and_no_conflict() -> None:
    found = report(total("a", 100, 8, 16), total("b", 270, 8, 17), of_day("c", 104, 25))
    assert not found.conflicts
    [strain] = found.findings[0].strains
    assert (strain.first, strain.second, strain.needed, strain.record) == ("a", "b", 170, 104)


def sums(*claims: Assertion) -> set[tuple[str, frozenset[str], str]]:
    return {
        (one.kind, frozenset(one.plus) | frozenset(one.minus), one.total)
        for one in report(*claims).identities
    }


def test_sums_that_hold_are_told() -> None:
    assert sums(total("a", 459, 8, 20), period("b", 144, 20, 30), total("c", 603, 8, 30)) == {
        ("periods", frozenset("ab"), "c")
    }
    days = [of_day(f"d{n}", value, 20 + n) for n, value in enumerate((7, 15, 46, 41))]
    assert sums(*days, period("w", 109, 20, 23)) == {("days", frozenset({"d0", "d1", "d2", "d3"}), "w")}
    listed = [stock("s", 893, 8), stock("t", 902, 15)]
    moves = [period("i", 10, 9, 15, what="detained"), period("o", 1, 9, 15)]
    assert sums(*listed, *moves) == {("stock", frozenset({"s", "i", "o"}), "t")}
    prisons = [
        of_day(f"p{n}", value, 4, population=f"prison {n}") for n, value in enumerate((14, 4, 2, 1, 1))
    ]
    assert {total for _, _, total in sums(*prisons, of_day("w", 22, 4))} == {"w"}


def test_sums_that_do_not_hold_are_not_told() -> None:
    assert not sums(total("a", 99, 25, 25), total("b", 87, 26, 30), total("c", 187, 25, 30))


def test_the_sentences_are_complete_in_both_languages() -> None:
    found = report(*LIST, *[replace(a, claimant="foro_penal") for a in TYPO])
    for language, part in (("es", "antes no estaban en su lista"), ("en", "not in its list before")):
        told = str(shape(found, language))  # type: ignore[arg-type]
        assert part in told
        assert "{" not in " ".join(one["words"] for one in shape(found, language)["conflicts"])  # type: ignore[arg-type]


def test_the_shape_has_stable_keys() -> None:
    found = shape(report(*TYPO), "en")
    assert list(found) == [
        "tolerance", "together", "complete", "limited", "assertions", "not_used", "identities", "bounds",
        "conflicts", "suspects", "strains", "set_aside",
    ]  # fmt: skip
    assert [one["number"] for one in found["conflicts"]] == [1, 2]
    assert found["suspects"][0]["claim"] == "a"
    assert found["set_aside"] == ["a"]


def test_about_and_ranges_say_their_bounds() -> None:
    made = Assertion("a", "house", "held", Measure.STOCK, 720, Qualifier.ABOUT, date(2026, 1, 1))
    assert made.bounds() == (648, 792)
    assert made.bounds(0.0) == (720, 720)
    assert Assertion(
        "a", "h", "held", Measure.STOCK, 5, Qualifier.EXACT, date(2026, 1, 1), high=9
    ).bounds() == (5, 9)
    assert Assertion("a", "h", "held", Measure.STOCK, 5, Qualifier.MORE_THAN, date(2026, 1, 1)).bounds() == (
        5,
        None,
    )


def test_one_is_told_in_the_singular() -> None:
    told = shape(report(total("a", 16, 8, 10), total("b", 17, 8, 11)), "es")["bounds"]
    assert any("exactamente 1 excarcelación." in one["words"] for one in told)
