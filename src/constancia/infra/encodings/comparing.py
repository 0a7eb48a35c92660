"""How alike encodings are, and which are the same person's: one for one at most, the most alike first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from constancia.infra.encodings.scheme import Encoded

CHANCE = 0.01
"""Pairs of two different people that may pass for one, for each record of the longer list."""
FEW = 0.8
"""The likeness asked for where the lists are too short to tell what chance reaches."""
_FAR, _NEAR = 20, 5
_BLOCK = 2048
_STEPS = 1000

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
        counts = np.zeros(_STEPS + 1, dtype=np.int64)
        for _, _, dice in _blocks(one, other):
            counts += np.bincount((dice * _STEPS).astype(np.int64).ravel(), minlength=_STEPS + 1)
        accept = accepted_from(counts, max(len(one), len(other)))
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


def accepted_from(counts: npt.NDArray[np.int64], size: int) -> float:
    """From which likeness on two encodings are taken for one person's, without a single known pair.

    `counts`: pairs by likeness, in equal steps from 0 to 1; `size`: records of the longer list. Nearly all
    pairs are two people's, and how fast they become rarer shows between the likeness that 20 pairs a record
    reach and the one that 5 reach. Carried on at that rate (they thin out faster, so this is too strict
    rather than too lenient), CHANCE pairs a record are left at the likeness returned.
    """
    reached = counts[::-1].cumsum()[::-1]
    if reached[0] < 2 * _FAR * size:
        return FEW
    far, near = (float(np.flatnonzero(reached >= times * size).max()) / _STEPS for times in (_FAR, _NEAR))
    steps = math.log(_NEAR / CHANCE) / math.log(_FAR / _NEAR)
    return min(near + max(near - far, 1 / _STEPS) * steps, 1.0)


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
