"""What a matcher's answers are worth: recall of the first and of five, recall at a precision, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 1.0001)


@dataclass(frozen=True, slots=True)
class Answers:
    """A matcher's answers to one list. `first`: place of the first person, -1 for none; `score` of it and
    `margin` to the second, for choosing whom to accept; `five`: whether the right one is among five."""

    truth: Sequence[int]
    first: Sequence[int]
    score: Sequence[float]
    margin: Sequence[float]
    five: Sequence[bool]
    seconds: float
    building: float = 0.0

    @property
    def present(self) -> int:
        return sum(one >= 0 for one in self.truth)

    def recall_first(self) -> float:
        return sum(a == b >= 0 for a, b in zip(self.first, self.truth, strict=True)) / self.present

    def recall_five(self) -> float:
        return sum(self.five) / self.present

    def accepted(self, rule: Rule) -> tuple[float, float]:
        """Precision among those that `rule` accepts, and recall of them among those present."""
        right = [
            a == b >= 0
            for a, b, s, m in zip(self.first, self.truth, self.score, self.margin, strict=True)
            if s >= rule.score and m >= rule.margin
        ]
        return (sum(right) / len(right) if right else 1.0), sum(right) / self.present

    def rule(self, precision: float) -> Rule:
        """The least score and margin with the best recall at `precision` on this list."""
        score, margin = np.array(self.score), np.array(self.margin)
        right = np.array([a == b >= 0 for a, b in zip(self.first, self.truth, strict=True)])
        best, found = -1, Rule(float("inf"), 0.0)
        for least in np.unique(np.quantile(margin, np.linspace(0, 1, 60))):
            chosen = np.flatnonzero(margin >= least)
            chosen = chosen[np.argsort(-score[chosen], kind="stable")]
            hits = np.cumsum(right[chosen])
            good = np.flatnonzero(hits / np.arange(1, len(chosen) + 1) >= precision)
            if len(good) and hits[good[-1]] > best:
                best = int(hits[good[-1]])
                found = Rule(float(score[chosen[good[-1]]]), float(least))
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom to accept: from this score on, with this margin to the second."""

    score: float
    margin: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs given a probability from `low` to `high`: how many, the mean of it, the share that is right."""

    low: float
    high: float
    pairs: int
    said: float
    right: float


def reliability(said: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """The reliability table: of the pairs given p, p are to be right."""
    given, hit = np.array(said), np.array(right)
    found = []
    for low, high in pairwise(BINS):
        inside = (given >= low) & (given < high)
        if inside.any():
            found.append(
                Bin(
                    low,
                    min(high, 1.0),
                    int(inside.sum()),
                    float(given[inside].mean()),
                    float(hit[inside].mean()),
                )
            )
    return found
