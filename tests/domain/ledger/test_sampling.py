"""Who is drawn, and what a sample shows: against exact fractions."""

from __future__ import annotations

import hmac
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.sampling import GRID, draw, excluded_share, smallest_sample
from tests.domain.ledger.grown import refused
from tests.support.effort import examples

ORIGIN = "foro.example/constancia/casos/1"
BEACON = bytes(range(32))


def tail(bad: int, examined: int, share: Fraction) -> Fraction:
    """P(at most `bad`) of the binomial distribution, by its definition."""
    terms = (comb(examined, k) * share**k * (1 - share) ** (examined - k) for k in range(bad + 1))
    return sum(terms, Fraction(0))


@given(st.integers(1, 200), st.data())
def test_those_drawn_are_different_and_of_the_roster(size: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, size))
    drawn = draw(BEACON, ORIGIN, size, count)
    assert len(set(drawn)) == len(drawn) == count
    assert set(drawn) <= set(range(size))
    assert draw(BEACON, ORIGIN, size, size)[:count] == drawn


def test_anybody_can_draw_again_from_the_description() -> None:
    lots = {
        at: hmac.new(BEACON, f"constancia/sample/v1\n{ORIGIN}\n50\n{at}\n".encode(), "sha256").hexdigest()
        for at in range(50)
    }
    assert draw(BEACON, ORIGIN, 50, 7) == sorted(lots, key=lambda at: lots[at])[:7]


def test_every_beacon_origin_and_size_draws_anew() -> None:
    drawn = [
        draw(BEACON, ORIGIN, 1000, 10),
        draw(BEACON[::-1], ORIGIN, 1000, 10),
        draw(BEACON, "otra", 1000, 10),
        draw(BEACON, ORIGIN, 1001, 10),
    ]
    assert len({tuple(one) for one in drawn}) == 4


def test_nobody_is_likelier_than_another() -> None:
    """Of 4,000 draws of 3 in 12, each is expected 1,000 times, with a deviation of 27."""
    times = [0] * 12
    for at in range(4000):
        for index in draw(at.to_bytes(16, "big"), ORIGIN, 12, 3):
            times[index] += 1
    assert sum(times) == 12_000
    assert all(abs(one - 1000) < 5 * 28 for one in times), times


@pytest.mark.parametrize(("size", "count"), [(10, 0), (10, 11), (0, 0), (0, 1), (10, -1), (100_000, 5001)])
def test_a_sample_that_cannot_be_is_refused(size: int, count: int) -> None:
    with refused("proof.sample"):
        draw(BEACON, ORIGIN, size, count)


def test_a_beacon_that_could_be_guessed_is_refused() -> None:
    with refused("proof.beacon"):
        draw(b"17", ORIGIN, 10, 1)


@pytest.mark.parametrize(("percent", "count"), [(5, 59), (2, 149), (1, 299), (10, 29), (50, 5)])
def test_published_sizes_of_samples(percent: int, count: int) -> None:
    assert smallest_sample(Fraction(percent, 100)) == count


@settings(max_examples=examples(40))
@given(st.fractions(Fraction(1, 200), Fraction(99, 100)), st.fractions(Fraction(1, 2), Fraction(999, 1000)))
def test_one_case_fewer_would_not_be_enough(share: Fraction, confidence: Fraction) -> None:
    count = smallest_sample(share, confidence)
    assert tail(0, count, share) <= 1 - confidence
    assert count == 1 or tail(0, count - 1, share) > 1 - confidence


@settings(max_examples=examples(60))
@given(st.integers(1, 60), st.data(), st.sampled_from([Fraction(1, 2), Fraction(9, 10), Fraction(95, 100)]))
def test_the_bound_is_exact_to_a_millionth(examined: int, data: st.DataObject, confidence: Fraction) -> None:
    bad = data.draw(st.integers(0, examined - 1))
    found = excluded_share(examined, bad, confidence)
    assert tail(bad, examined, found) <= 1 - confidence
    assert tail(bad, examined, found - Fraction(1, GRID)) > 1 - confidence


@pytest.mark.parametrize(
    ("examined", "bad", "confidence", "share"),
    [
        (59, 0, 95, 0.0495),
        (149, 0, 95, 0.0199),
        (10, 0, 95, 0.2589),
        (10, 1, 95, 0.3942),
        (20, 3, 95, 0.3437),
    ],
)
def test_bounds_of_published_tables(examined: int, bad: int, confidence: int, share: float) -> None:
    assert round(float(excluded_share(examined, bad, Fraction(confidence, 100))), 4) == share


def test_where_all_are_bad_nothing_is_excluded() -> None:
    assert excluded_share(5, 5) == 1


@pytest.mark.parametrize(("examined", "bad"), [(0, 0), (5, 6), (5, -1), (5001, 0)])
def test_results_that_cannot_be_are_refused(examined: int, bad: int) -> None:
    with refused("proof.sample"):
        excluded_share(examined, bad)


@pytest.mark.parametrize("confidence", [Fraction(0), Fraction(49, 100), Fraction(1), Fraction(2)])
def test_a_confidence_that_is_none_is_refused(confidence: Fraction) -> None:
    with refused("proof.share"):
        excluded_share(5, 0, confidence)
    with refused("proof.share"):
        smallest_sample(Fraction(1, 20), confidence)


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 1001)])
def test_a_share_that_is_none_is_refused(share: Fraction) -> None:
    with refused("proof.share"):
        smallest_sample(share)
