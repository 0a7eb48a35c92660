"""Sums of many multiples on edwards25519, in plain Python: what makes checking thousands of proofs quick.

For public data only (variable time). Points come as `edwards.decode` gives them, with Z = 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256

from constancia.domain.ledger.edwards import IDENTITY, ORDER, PRIME, D, Point, add, double, equal, multiply

_TWICE_D = 2 * D % PRIME
_BLOCK = 6
_SUBSETS = 128

Affine = tuple[int, int, int]
"""(y - x, y + x, 2dxy) of a point: what adding it to another needs (Hisil and others 2008, 3.1)."""


def combined(terms: Sequence[tuple[int, Point]]) -> Point:
    """The sum of factor * point over `terms`; factors from 0 to 2^256.

    Pippenger's method: in each window of bits, points are thrown into buckets by their digit, which runs from
    -2^(w-1) to 2^(w-1), and the buckets are summed once.
    """
    width = max(3, min(12, len(terms).bit_length() - 2))
    half, full = 1 << (width - 1), 1 << width
    longest = max((factor.bit_length() for factor, _ in terms), default=0)
    windows: list[list[Point | None]] = [[None] * (half + 1) for _ in range(longest // width + 1)]
    for factor, point in terms:
        plus = _affine(point)
        minus = (plus[1], plus[0], -plus[2] % PRIME)
        rest, at = factor, 0
        while rest:
            digit = rest & (full - 1)
            rest >>= width
            if digit > half:
                buckets, digit = windows[at], full - digit
                buckets[digit] = _add(buckets[digit] or IDENTITY, minus)
                rest += 1
            elif digit:
                buckets = windows[at]
                buckets[digit] = _add(buckets[digit] or IDENTITY, plus)
            at += 1
    found = IDENTITY
    for window in reversed(windows):
        if found != IDENTITY:
            for _ in range(width):
                found = double(found)
        found = add(found, _summed(window))
    return found


def vanishes(point: Point) -> bool:
    """Whether a point is the neutral one but for a part of small order: eight times it is."""
    return equal(multiply(8, point), IDENTITY)


def is_torsion_free(points: Sequence[Point], seed: bytes) -> bool:
    """Whether all points lie in the subgroup of prime order, wrong with a probability of 2^-128.

    Few are tried one by one. For many, one weighted sum would not do, whatever the weights: the part of small
    order has no more than eight values, and a part of order two is lost in every other sum. So 128 subsets
    are drawn from `seed` (a hash of the points, or of something that fixes them) and the sum of each is
    tested. A point outside the subgroup is in a subset, or not, with even chances, so each subset finds it
    with at least one half.

    Subset sums of blocks of six points are tabulated, as in the method of the four Russians.
    """
    if len(points) <= _SUBSETS:
        return all(_is_neutral(one) for one in points)
    sums = [IDENTITY] * _SUBSETS
    for begin in range(0, len(points), _BLOCK):
        _gather(sums, [_affine(one) for one in points[begin : begin + _BLOCK]], seed, begin)
    return all(_is_neutral(one) for one in sums)


def _is_neutral(point: Point) -> bool:
    """Of ORDER times the point."""
    return equal(multiply(ORDER, point), IDENTITY)


def _gather(sums: list[Point], block: list[Affine], seed: bytes, begin: int) -> None:
    table = [IDENTITY]
    for one in block:
        table += [_add(below, one) for below in table]
    drawn = shake_256(seed + begin.to_bytes(8, "big")).digest(_SUBSETS)
    for at, byte in enumerate(drawn):
        chosen = byte & (len(table) - 1)
        if chosen:
            sums[at] = add(sums[at], table[chosen])


def _summed(buckets: Sequence[Point | None]) -> Point:
    """The sum of digit * what is in its bucket."""
    running = found = IDENTITY
    for bucket in reversed(buckets[1:]):
        if bucket is not None:
            running = add(running, bucket)
        if running is not IDENTITY:
            found = add(found, running)
    return found


def _affine(point: Point) -> Affine:
    return point[1] - point[0], point[1] + point[0], point[3] * _TWICE_D % PRIME


def _add(left: Point, right: Affine) -> Point:
    x, y, z, t = left
    a = (y - x) * right[0]
    b = (y + x) * right[1]
    c = t * right[2] % PRIME
    e, h = (b - a) % PRIME, (b + a) % PRIME
    z += z
    f, g = z - c, z + c
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME
