"""Commitments to 0 or 1 of which only sums are opened, and the check that each hides 0 or 1.

A commitment (Pedersen 1991) is C = v*G + r*H on edwards25519, where nobody knows the logarithm of H to G. It
hides v whatever is computed, and whoever could open it in two ways could compute that logarithm. The proof
that v is 0 or 1 is that of Cramer, Damgård and Schoenmakers (1994), made non-interactive by a hash over all
that it says: of which figure, edition, roster and layout, which table, cell and line.

A proof holds the first messages A0 and A1 rather than both challenges: 32 bytes more, and thousands of proofs
can be checked as one weighted sum, several times as quick as one by one. All equations hold up to a part of
small order, that is in the quotient of the curve by its eight such points, which is a group of prime order.
So what is proven rests on no check of subgroups.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256, sha512, shake_256
from itertools import count

from constancia.domain.ledger.edwards import BASE, IDENTITY, ORDER, Point, decode, encode, equal, multiply
from constancia.domain.ledger.multiscalar import combined, vanishes

TOKEN = 192
"""Bytes of a commitment with its proof: C, A0, A1, then the scalars c0, z0, z1."""
AT_ONCE = 8192
"""Proofs in one sum: beyond it memory grows and time per proof hardly falls."""

_WEIGHT = 16


def _hashed(tag: bytes) -> Point:
    for counter in count():
        point = decode(sha256(tag + bytes([counter])).digest())
        if point is not None:
            found = decode(encode(multiply(8, point)))
            if found is not None and not equal(found, IDENTITY):
                return found
    raise AssertionError  # pragma: no cover


H = _hashed(b"constancia/tally/H/v1")
"""By hashing to the curve, counting up from 0 until there is a point, times eight."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a commitment is of: one line, in one cell of one table, of what `statement` (32 bytes, see
    `totals.statement`) says to be proven."""

    statement: bytes
    table: str
    cell: str
    index: int

    def framed(self) -> bytes:
        """Bytes that no other place has."""
        return framed(
            self.statement, self.table.encode(), self.cell.encode(), self.index.to_bytes(8, "big")
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """That `token` commits to 0 or 1 at `place`; `point`: its commitment, decoded."""

    place: Place
    token: bytes
    point: Point


def framed(*parts: bytes) -> bytes:
    """The parts with their lengths, so that no two lists give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def cut_key(case_key: bytes, cut: bytes) -> bytes:
    """The secret of a case's line in one cut: all of the line follows from it, and nothing of any other cut.

    `case_key`, `cut`: 32 bytes each.
    """
    return hmac.new(case_key, b"cut\x00" + cut, sha256).digest()


def blinding_source(key: bytes, place: Place, value: int) -> bytes:
    """64 bytes that give, modulo the order, the factor r of a commitment. `key`: as `cut_key`.

    It depends on the value too: should one cut ever be built with two values in one place, the commitments
    still say nothing of each other.
    """
    return shake_256(
        b"constancia/tally/blinding/v1\x00" + framed(key, place.framed(), bytes([value]))
    ).digest(64)  # fmt: skip


def challenge(place: Place, commitment: bytes, first: bytes, second: bytes) -> bytes:
    """64 bytes, to be taken modulo the order: the verifier's coin in a proof of 0 or 1."""
    return sha512(b"constancia/tally/v1\x00" + place.framed() + commitment + first + second).digest()


def scalar(data: bytes) -> int | None:
    """A scalar of 32 bytes, None where it is not below the order."""
    found = int.from_bytes(data, "little")
    return found if len(data) == 32 and found < ORDER else None


def weights(seed: bytes, number: int) -> list[int]:
    """128-bit weights for a sum that is to vanish only if each of its parts does. `seed`: a hash over all
    that is checked, so that who makes a proof cannot choose against the weights, and a check repeats."""
    drawn = shake_256(b"constancia/weights/v1\x00" + seed).digest(_WEIGHT * number)
    return [int.from_bytes(drawn[at : at + _WEIGHT], "little") for at in range(0, len(drawn), _WEIGHT)]


def first_false(
    claims: Sequence[Claim], seed: bytes, on_progress: Callable[[int], object] | None = None
) -> int | None:
    """The index of a claim that does not hold, None where all do. `on_progress` is told how many are done.

    A false claim passes with a probability of 2^-128.
    """
    for begin in range(0, len(claims), AT_ONCE):
        part = claims[begin : begin + AT_ONCE]
        rows = []
        drawn = weights(seed + begin.to_bytes(8, "big"), 2 * len(part))
        for at, claim in enumerate(part):
            row = _row(claim, drawn[2 * at], drawn[2 * at + 1])
            if row is None:
                return begin + at
            rows.append(row)
        if not _holds(rows):
            return begin + _searched(rows)
        if on_progress:
            on_progress(begin + len(part))
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """One claim's share of the sum: factors of H and G, and further terms."""

    of_h: int
    of_g: int
    terms: tuple[tuple[int, Point], ...]


def _row(claim: Claim, left: int, right: int) -> _Row | None:
    """left * (z0*H - c0*C - A0) + right * (z1*H - c1*(C - G) - A1), taken negative."""
    token = claim.token
    if len(token) != TOKEN:
        return None
    commitment, first, second = token[:32], token[32:64], token[64:96]
    c0, z0, z1 = (scalar(token[at : at + 32]) for at in (96, 128, 160))
    a0, a1 = decode(first), decode(second)
    if c0 is None or z0 is None or z1 is None or a0 is None or a1 is None:
        return None
    c1 = (int.from_bytes(challenge(claim.place, commitment, first, second), "little") - c0) % ORDER
    return _Row(
        -(left * z0 + right * z1), -right * c1,
        (((left * c0 + right * c1) % ORDER, claim.point), (left, a0), (right, a1)),
    )  # fmt: skip


def _holds(rows: Sequence[_Row]) -> bool:
    terms = [term for row in rows for term in row.terms]
    terms.append((sum(row.of_h for row in rows) % ORDER, H))
    terms.append((sum(row.of_g for row in rows) % ORDER, BASE))
    return vanishes(combined(terms))


def _searched(rows: Sequence[_Row]) -> int:
    """The index of a row that does not hold, by halving, where the sum of all does not."""
    begin, end = 0, len(rows)
    while end - begin > 1:
        middle = (begin + end) // 2
        begin, end = (middle, end) if _holds(rows[begin:middle]) else (begin, middle)
    return begin
