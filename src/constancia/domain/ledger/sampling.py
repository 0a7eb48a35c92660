"""Audits by sample: which cases are drawn, and what it shows when so many of them were found in order.

The checkpoint of the roster must be older than the beacon, and the beacon announced before its value was
known: otherwise who keeps the roster could arrange it around the draw.
"""

from __future__ import annotations

import hmac
from fractions import Fraction

from constancia.domain.ledger.refused import ProofRefused

LEAST_BEACON = 16
"""Bytes. A shorter one could be guessed before it is drawn, and the roster arranged around every guess."""

USUAL = Fraction(95, 100)
"""The usual confidence."""

MOST = 5_000
"""Cases in a sample; more would be a recount."""

GRID = 1_000_000


def draw(beacon: bytes, origin: str, size: int, count: int) -> list[int]:
    """`count` different indices of a roster of `size` cases, in the order drawn. Each case is given a lot,
    HMAC-SHA256 under the beacon of

        constancia/sample/v1 LF origin LF size LF index LF

    and the lowest lots are drawn: no case is likelier than another, a larger sample begins with the smaller
    one, and anybody can draw again. Raises ProofRefused `proof.beacon`, `proof.sample`.
    """
    if len(beacon) < LEAST_BEACON:
        raise ProofRefused("proof.beacon", least=LEAST_BEACON)
    if not 0 < count <= min(size, MOST):
        raise ProofRefused("proof.sample")
    start = f"constancia/sample/v1\n{origin}\n{size}\n".encode()
    lots = [(hmac.digest(beacon, start + b"%d\n" % index, "sha256"), index) for index in range(size)]
    return [index for _, index in sorted(lots)[:count]]


def excluded_share(examined: int, bad: int = 0, confidence: Fraction = USUAL) -> Fraction:
    """With this confidence, no larger share of the roster is bad, when `bad` of `examined` cases were.

    The exact one-sided bound of C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
    illustrated in the case of the binomial", Biometrika 26 (1934): the share at which so few bad ones would
    have the probability 1 - confidence. In whole millionths, rounded up; computed with whole numbers, so that
    every machine gives the same. A draw without repetition, as ours, excludes slightly more than this says.

    Raises ProofRefused `proof.sample`, `proof.share`.
    """
    if not 0 <= bad <= examined or not 0 < examined <= MOST:
        raise ProofRefused("proof.sample")
    doubt = _doubt(confidence)
    if bad == examined:
        return Fraction(1)
    low, high = 0, GRID  # at `high` so few are unlikely enough, at `low` they are not
    while high - low > 1:
        middle = (low + high) // 2
        if _is_unlikely(bad, examined, middle, doubt):
            high = middle
        else:
            low = middle
    return Fraction(high, GRID)


def smallest_sample(share: Fraction, confidence: Fraction = USUAL) -> int:
    """How many cases must be drawn so that, if all are in order, a larger `share` of bad ones is excluded:
    the least n with (1 - share)^n <= 1 - confidence. Raises ProofRefused `proof.share` (under one in a
    thousand, or no share)."""
    if not Fraction(1, 1000) <= share < 1:
        raise ProofRefused("proof.share")
    doubt, count, left = _doubt(confidence), 1, 1 - share
    while left**count > doubt:
        count *= 2
    low, high = count // 2, count
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if left**middle <= doubt else (middle, high)
    return high


def _is_unlikely(bad: int, examined: int, share: int, doubt: Fraction) -> bool:
    """Whether at most `bad` among `examined` have a probability of at most `doubt`, where each is bad with a
    probability of `share` millionths. Exact."""
    p, q = share, GRID - share
    ways = term = 1  # `term` is (examined over k) * p^k; `ways` the sum of the terms, each times a power of q
    for k in range(1, bad + 1):
        term = term * (examined - k + 1) // k * p
        ways = ways * q + term
    rest: int = q ** (examined - bad)
    whole: int = GRID**examined
    return ways * rest * doubt.denominator <= doubt.numerator * whole


def _doubt(confidence: Fraction) -> Fraction:
    if not Fraction(1, 2) <= confidence <= Fraction(9999, 10_000):
        raise ProofRefused("proof.share")
    return 1 - confidence
