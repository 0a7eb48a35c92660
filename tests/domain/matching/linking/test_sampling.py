"""A stratified sample weighs what it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from constancia.domain.matching.linking.sampling import Judged, Stratum, curve, draw, strata, tallied

PROBABILITIES = [0.01] * 900 + [0.3] * 40 + [0.7] * 40 + [0.97] * 100 + [1.0] * 900


def test_strata_hold_every_pair_once_and_are_cut_at_the_threshold() -> None:
    found = strata(PROBABILITIES, 0.6)
    assert sum(one.pairs for one in found) == len(PROBABILITIES)
    assert 0.6 in [one.low for one in strata([0.55, 0.65], 0.6)]


def test_the_doubtful_are_looked_at_as_often_as_the_many() -> None:
    drawn = draw(PROBABILITIES, 0.5, 100)
    sizes = [len(places) for places in drawn]
    assert sum(sizes) == 100
    assert max(sizes) - min(sizes) <= 1
    assert draw(PROBABILITIES, 0.5, 100) == drawn, "drawn differently the second time"


def test_a_sample_larger_than_the_pairs_takes_them_all() -> None:
    assert sum(len(places) for places in draw(PROBABILITIES, 0.5, 10_000)) == len(PROBABILITIES)


def test_precision_and_recall_are_weighted_by_pairs_not_by_labels() -> None:
    low, high = Stratum(0.05, 0.5, 1000), Stratum(0.5, 1.0, 100)
    points = curve([Judged(low, same=1, different=9), Judged(high, same=10, different=0)])
    at = {point.threshold: point for point in points}
    assert at[0.5].precision == 1
    assert at[0.5].recall == pytest.approx(100 / (100 + 100)), "by labels it would be 10 of 11"
    assert at[0.05].precision == pytest.approx(200 / 1100)
    assert at[0.5].recall_interval[0] < 0.5 < at[0.5].recall_interval[1]


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(3)
    layers = [
        (Stratum(0.05, 0.5, 2000), 0.1),
        (Stratum(0.5, 0.95, 300), 0.7),
        (Stratum(0.95, 1.0, 1000), 0.98),
    ]
    true = sum(layer.pairs * rate for layer, rate in layers)
    recall = sum(layer.pairs * rate for layer, rate in layers[1:]) / true
    inside = 0
    for _ in range(100):
        counts = [int(random.binomial(40, rate)) for _, rate in layers]
        judged = [Judged(one[0], n, 40 - n) for one, n in zip(layers, counts, strict=True)]
        low, high = curve(judged)[1].recall_interval
        inside += low <= recall <= high
    assert inside >= 88


def test_what_was_looked_at_whole_is_known() -> None:
    points = curve([Judged(Stratum(0.5, 1.0, 10), same=9, different=1)])
    assert points[0].precision_interval == (pytest.approx(0.9), pytest.approx(0.9))


def test_unsure_says_nothing() -> None:
    layer = Stratum(0.5, 1.0, 10)
    found = tallied({0.5: layer}, [(0.5, "same"), (0.5, "unsure"), (0.5, "different")])
    assert found == [Judged(layer, 1, 1, 1)]
