"""The learning finds what made the data, although the rules hide a part of it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from constancia.domain.matching.linking.learning import Learnt, Seen, learn

M = (np.array([0.2, 0.8]), np.array([0.3, 0.7]), np.array([0.15, 0.85]))
U = (np.array([0.98, 0.02]), np.array([0.95, 0.05]), np.array([0.97, 0.03]))
RULES = ((0, 1), (1, 2), (0, 2))
PAIRS, TRUE = 1_000_000, 1000
USUAL = [np.array([0.25, 0.75])] * 3


def seen(rules: tuple[tuple[int, ...], ...], everything: bool) -> Seen:
    """What would be seen, on average, of a world with these shares."""
    patterns = np.array(list(itertools.product((0, 1), repeat=3)))
    counts = TRUE * joint(patterns, M) + (PAIRS - TRUE) * joint(patterns, U)
    let = np.array([everything or any(all(p[list(rule)]) for rule in rules) for p in patterns])
    return Seen(patterns[let], counts[let], PAIRS, everything, rules)


def joint(patterns: np.ndarray, shares: tuple[np.ndarray, ...]) -> np.ndarray:
    return np.prod([shares[at][patterns[:, at]] for at in range(3)], axis=0)


def learnt(everything: bool = False) -> Learnt:
    return learn(seen(RULES, everything), USUAL, U, [0.0, 0.0, 0.0])


def test_the_pairs_that_rules_hide_are_counted_not_forgotten() -> None:
    found = learnt()
    for at in range(3):
        assert found.m[at][-1] == pytest.approx(M[at][-1], abs=0.02)
    assert found.share * PAIRS == pytest.approx(TRUE, rel=0.05)
    hidden = 1 - sum(joint(np.array([p]), M)[0] for p in itertools.product((0, 1), repeat=3) if sum(p) >= 2)
    assert found.missed == pytest.approx(TRUE * hidden, rel=0.15)


def test_taken_for_all_there_is_the_same_pairs_would_mislead() -> None:
    blind = seen(RULES, False)
    found = learn(
        Seen(blind.patterns, blind.counts, int(blind.counts.sum()), False, ()), USUAL, U, [0.0, 0.0, 0.0]
    )
    assert abs(found.m[1][-1] - M[1][-1]) > 0.05, "the control shows nothing"


def test_where_everything_is_seen_two_people_are_learnt_too() -> None:
    found = learnt(everything=True)
    assert found.u[0][-1] == pytest.approx(U[0][-1], abs=0.005)
    assert found.m[0][-1] == pytest.approx(M[0][-1], abs=0.03)
    assert found.missed == 0


def test_a_level_that_no_pair_shows_keeps_its_usual_share_and_is_told() -> None:
    patterns = np.array([[2], [0]])
    found = learn(
        Seen(patterns, np.array([50.0, 10_000.0]), 10_050, True),
        [np.array([0.1, 0.2, 0.7])],
        [np.array([0.9, 0.09, 0.01])],
        [0.0],
    )
    assert (0, 1) in found.unseen
    assert found.m[0][1] > 0


def test_one_pair_and_pairs_all_alike_come_to_an_end() -> None:
    for counts in ([1.0], [10_000.0]):
        found = learn(
            Seen(np.array([[1]]), np.array(counts), int(counts[0]), True),
            [np.array([0.2, 0.8])],
            [np.array([0.5, 0.5])],
            [0.0],
        )
        assert np.isfinite(found.share)
        assert 0 < found.share < 1
