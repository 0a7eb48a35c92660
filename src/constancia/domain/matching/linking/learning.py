"""Learning, without labels, how often one person's two records agree: expectation-maximisation.

Only pairs that the blocking rules bring together are seen. That choice is part of the model: which
patterns of agreement the rules let through is known, so the pairs of one person that they miss are counted
by the model instead of being forgotten. Trained rule by rule on what each lets through, as is usual, the
agreement of the columns not in the rule comes out too low (a pair that agrees in the birth date must
differ somewhere, or it would not be a pair of two spellings).

Source: Fellegi and Sunter 1969; Winkler 1988 for the method; the correction for truncation is the textbook
one for a multinomial of which some cells are not seen (Dempster, Laird, Rubin 1977, section 4.2).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ROUNDS = 500
CLOSE = 1e-6
PRIOR = 4.0
"""Pairs of one person that the usual shares weigh as much as."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Pairs by pattern: `patterns` (one line each; one number per comparison: 0 for "else", higher for
    better, -1 where nothing can be said) and how often each came. `everything`: no pair was left out; else
    `rules` (sets of comparisons, by place, that agree in full) chose them out of `pairs`."""

    patterns: npt.NDArray[np.int64]
    counts: Floats
    pairs: int
    everything: bool
    rules: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Learnt:
    """`m`, `u`: per comparison, from "else" up. `share`: of all pairs, those of one person. `missed`: how
    many of those the rules did not bring together. `unseen`: (comparison, level) that no likely pair showed,
    for which the usual share stands."""

    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    share: float
    missed: float
    rounds: int
    unseen: tuple[tuple[int, int], ...]


def learn(seen: Seen, usual: Sequence[Floats], u: Sequence[Floats], silent: Sequence[float]) -> Learnt:
    """`usual`: m to begin with; `u`: shares among any two records; `silent`: how often nothing can be said.

    Where every pair was seen, u is learnt too.
    """
    patterns, counts = seen.patterns, seen.counts
    prior = [PRIOR * one for one in usual]
    m, other = [one.copy() for one in usual], [one.copy() for one in u]
    table, hidden = _hidden(seen, len(usual))
    unobserved = max(seen.pairs - float(counts.sum()), 0.0)
    share = _beginning(seen)
    missed = 0.0
    weights = np.zeros(len(counts))
    rounds = 0
    while rounds < ROUNDS:
        rounds += 1
        one, two = share * _joint(patterns, m), (1 - share) * _joint(patterns, other)
        weights = one / np.maximum(one + two, 1e-300)
        full, rest = _states(table, hidden, m, silent), _states(table, hidden, other, silent)
        missed = 0.0
        if unobserved and hidden.any():
            likely = share * full.sum()
            missed = unobserved * likely / max(likely + (1 - share) * rest.sum(), 1e-300)
        fresh = [
            _levels(patterns[:, at], weights * counts, len(old))
            + (missed * _hidden_levels(table, full, at, m[at], silent[at]) if missed else 0.0)
            + prior[at]
            for at, old in enumerate(m)
        ]
        fresh = [one / one.sum() for one in fresh]
        if seen.everything:
            against = (1 - weights) * counts
            other = [
                _normal(_levels(patterns[:, at], against, len(old)) + 0.5 / len(old))
                for at, old in enumerate(other)
            ]
        before, share = share, min((float((weights * counts).sum()) + missed) / max(seen.pairs, 1), 0.9)
        moved = max(float(np.abs(new - old).max()) for new, old in zip(fresh, m, strict=True))
        m = fresh
        if moved < CLOSE and abs(before - share) < CLOSE * before:
            break
    unseen = tuple(
        (at, level)
        for at, old in enumerate(m)
        for level in range(len(old))
        if float((weights * counts)[patterns[:, at] == level].sum()) < 0.5
    )
    return Learnt(tuple(m), tuple(other), share, missed, rounds, unseen)


def _beginning(seen: Seen) -> float:
    """Few enough: a tenth of what was brought together, or of the square root of all pairs."""
    likely = min(0.1 * float(seen.counts.sum()), 0.5 * float(np.sqrt(seen.pairs)))
    return max(likely, 0.1) / max(seen.pairs, 1)


def _normal(one: Floats) -> Floats:
    return np.asarray(one / one.sum(), dtype=np.float64)


def _joint(patterns: npt.NDArray[np.int64], shares: Sequence[Floats]) -> Floats:
    found = np.ones(len(patterns))
    for at, one in enumerate(shares):
        levels = patterns[:, at]
        found *= np.where(levels < 0, 1.0, one[np.maximum(levels, 0)])
    return found


def _levels(levels: npt.NDArray[np.int64], weights: Floats, size: int) -> Floats:
    keep = levels >= 0
    return np.bincount(levels[keep], weights=weights[keep], minlength=size).astype(np.float64)


def _hidden(seen: Seen, width: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Every combination of full agreement or not, of the comparisons in rules; which no rule lets through."""
    used = sorted({at for rule in seen.rules for at in rule})
    table = np.zeros((2 ** len(used), width), dtype=bool)
    table[:, used] = list(itertools.product((False, True), repeat=len(used)))
    let = np.zeros(len(table), dtype=bool)
    for rule in seen.rules:
        let |= table[:, list(rule)].all(axis=1)
    hidden = ~let if used and not seen.everything else np.zeros(len(table), dtype=bool)
    return table, hidden


def _states(
    table: npt.NDArray[np.bool_],
    hidden: npt.NDArray[np.bool_],
    shares: Sequence[Floats],
    silent: Sequence[float],
) -> Floats:
    """How likely each hidden combination is; comparisons in no rule do not matter."""
    found = np.ones(len(table))
    for at in np.flatnonzero(table.any(axis=0)).tolist():
        full = shares[at][-1] * (1 - silent[at])
        found *= np.where(table[:, at], full, 1 - full)
    return found * hidden


def _hidden_levels(
    table: npt.NDArray[np.bool_], states: Floats, at: int, share: Floats, silent: float
) -> Floats:
    """The levels that a missed pair reaches in one comparison, on average."""
    said = share * (1 - silent)
    total = states.sum()
    if not table[:, at].any() or total <= 0:
        return np.asarray(said, dtype=np.float64)
    agreeing = float(states[table[:, at]].sum() / total)
    found = said.copy()
    found[-1] = agreeing
    below = 1 - said[-1]
    found[:-1] *= (1 - agreeing) / below if below > 0 else 0.0
    return np.asarray(found, dtype=np.float64)
