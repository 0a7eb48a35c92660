"""A clerical sample: pairs for a person to look at, drawn by strata of probability, and what it proves.

Few pairs lie where the doubt is, so a plain sample would hardly meet them. Each stratum gets about the same
number of pairs; what is found in it weighs as much as it has pairs.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

EDGES = (0.001, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0)
SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
DRAWS = 4000
_SEED = 20260108


@dataclass(frozen=True, slots=True)
class Stratum:
    """Pairs from `low` to below `high` (the last one: up to 1): how many there are."""

    low: float
    high: float
    pairs: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What people said of the pairs drawn from a stratum. `unsure` ones say nothing."""

    stratum: Stratum
    same: int
    different: int
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall from `threshold` on, each with the interval that holds it 19 times in 20."""

    threshold: float
    precision: float
    precision_interval: tuple[float, float]
    recall: float
    recall_interval: tuple[float, float]


def strata(probabilities: Sequence[float], accept: float) -> list[Stratum]:
    """The strata, cut at `accept` too; those without pairs left out."""
    edges = sorted({*EDGES, accept})
    values = np.asarray(probabilities, dtype=np.float64)
    found = []
    for low, high in itertools.pairwise(edges):
        last = high == edges[-1]
        inside = int(((values >= low) & ((values <= high) if last else (values < high))).sum())
        if inside:
            found.append(Stratum(low, high, inside))
    return found


def draw(probabilities: Sequence[float], accept: float, size: int, *, seed: int = _SEED) -> list[list[int]]:
    """For each of `strata`, the places of the pairs to look at; about `size` in all, evenly spread."""
    values = np.asarray(probabilities, dtype=np.float64)
    random = np.random.default_rng(seed)
    layers = strata(probabilities, accept)
    left, chosen = size, []
    for count, layer in enumerate(sorted(layers, key=lambda one: one.pairs)):
        top = values <= layer.high if layer.high == 1.0 else values < layer.high
        places = np.flatnonzero((values >= layer.low) & top)
        wanted = min(len(places), max(1, left // (len(layers) - count)))
        left -= wanted
        chosen.append((layer.low, sorted(random.choice(places, wanted, replace=False).tolist())))
    return [places for _, places in sorted(chosen)]


def curve(judged: Sequence[Judged]) -> list[Point]:
    """Precision and recall at the lower edge of each stratum.

    Recall is of the pairs that were kept: those that the rules never brought together, or whose probability
    is below the least, no sample can hold. Intervals: Beta(½, ½) for each stratum, weighted by its pairs.
    """
    ordered = sorted(judged, key=lambda one: one.stratum.low)
    pairs = np.array([one.stratum.pairs for one in ordered], dtype=np.float64)
    same = np.array([one.same for one in ordered], dtype=np.float64)
    looked = same + np.array([one.different for one in ordered])
    rate = np.where(looked > 0, same / np.maximum(looked, 1), 0.5)
    random = np.random.default_rng(_SEED)
    drawn = random.beta(same + 0.5, looked - same + 0.5, size=(DRAWS, len(ordered)))
    # A stratum of which every pair was looked at is known, not estimated.
    drawn = np.where(looked >= pairs, rate, drawn)
    points = []
    for at, one in enumerate(ordered):
        precision = drawn[:, at:] @ pairs[at:] / pairs[at:].sum()
        recall = drawn[:, at:] @ pairs[at:] / np.maximum(drawn @ pairs, 1e-12)
        points.append(
            Point(
                one.stratum.low,
                float(rate[at:] @ pairs[at:] / pairs[at:].sum()),
                _interval(precision),
                float(rate[at:] @ pairs[at:] / max(float(rate @ pairs), 1e-12)),
                _interval(recall),
            )
        )
    return points


def _interval(values: object) -> tuple[float, float]:
    low, high = np.quantile(np.asarray(values), (0.025, 0.975))
    return float(low), float(min(high, 1.0))


def tallied(strata_of: Mapping[float, Stratum], labels: Sequence[tuple[float, str]]) -> list[Judged]:
    """Labels by the lower edge of their stratum, as counts."""
    return [
        Judged(
            stratum,
            sum(1 for at, label in labels if at == low and label == SAME),
            sum(1 for at, label in labels if at == low and label == DIFFERENT),
            sum(1 for at, label in labels if at == low and label == UNSURE),
        )
        for low, stratum in sorted(strata_of.items())
    ]
