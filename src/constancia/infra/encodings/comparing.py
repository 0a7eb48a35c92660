"""How alike encodings are, and which are the same person's: one for one at most, the most alike first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from constancia.infra.encodings.scheme import Encoded

KEPT = 0.45
"""The least likeness that is ever asked for."""
WRONG = 0.02
"""In which share of records somebody else's may reach the likeness asked for: see `accepted_from`."""
_BLOCK = 2048

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Pairs from `accept` on: places in the two lists and their Dice coefficient, the most alike first."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    dice: Floats
    accept: float


def likeness(one: Encoded, other: Encoded, accept: float | None = None) -> Likeness:
    """Every pair that is alike enough; without `accept`, as `accepted_from` says."""
    if accept is None:
        best = [np.zeros((len(side), 2), dtype=np.float32) for side in (one, other)]
        for left, right, dice in _blocks(one, other):
            _keep_two(best[0][left : left + _BLOCK], dice)
            _keep_two(best[1][right : right + _BLOCK], dice.T)
        accept = accepted_from([side[:, 0] for side in best])
    found: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]] = []
    for left, right, dice in _blocks(one, other):
        a, b = np.nonzero(dice >= accept)
        found.append((a + left, b + right, dice[a, b].astype(np.float64)))
    first, second, dice64 = (np.concatenate([part[at] for part in found]) for at in range(3))
    order = np.lexsort((second, first, -dice64))
    return Likeness(first[order], second[order], dice64[order], accept)


def _blocks(one: Encoded, other: Encoded) -> Iterator[tuple[int, int, npt.NDArray[np.float32]]]:
    """Dice, 2·|a ∧ b| / (|a| + |b|), block by block: shared bits are a product of matrices (exact in single
    precision: no encoding has 2²⁴ bits)."""
    sizes = [np.bitwise_count(side).sum(axis=1, dtype=np.float32) for side in (one, other)]
    for left in range(0, len(one), _BLOCK):
        rows = np.unpackbits(one[left : left + _BLOCK], axis=1).astype(np.float32)
        for right in range(0, len(other), _BLOCK):
            columns = np.unpackbits(other[right : right + _BLOCK], axis=1).astype(np.float32)
            total = sizes[0][left : left + _BLOCK, None] + sizes[1][None, right : right + _BLOCK]
            yield left, right, 2 * (rows @ columns.T) / np.maximum(total, 1)


def _keep_two(best: npt.NDArray[np.float32], dice: npt.NDArray[np.float32]) -> None:
    """The two highest of each line so far, the second-best first."""
    together = np.concatenate([best, dice], axis=1)
    best[:] = np.sort(np.partition(together, -2, axis=1)[:, -2:], axis=1)


def accepted_from(seconds: Sequence[npt.NDArray[np.float32]]) -> float:
    """From which likeness on two encodings are taken for one person's, without a single known pair.

    `seconds`: for each record of each list, how alike the second-best of the other is. That is nearly always
    somebody else's: what it reaches in WRONG of the records, chance reaches. Where a list holds people
    twice this is too strict, never too lenient.
    """
    return max(KEPT, *(float(np.quantile(side, 1 - WRONG)) for side in seconds))


def linked(found: Likeness) -> list[tuple[int, int, float]]:
    """One for one at most: the most alike pair first, then what it leaves."""
    left: set[int] = set()
    right: set[int] = set()
    chosen: list[tuple[int, int, float]] = []
    for a, b, dice in zip(found.first.tolist(), found.second.tolist(), found.dice.tolist(), strict=True):
        if a not in left and b not in right:
            left.add(a)
            right.add(b)
            chosen.append((a, b, dice))
    return chosen
