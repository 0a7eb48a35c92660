"""A secret in `of` shares, of which any `need` give it back and fewer say nothing (A. Shamir, "How to Share a
Secret", 1979), byte by byte over GF(2^8).

A share is 44 bytes: version (1) | mark of its set (4) | need (1) | of (1) | number (1) | value (32) | the
first 4 bytes of SHA-256 of all before under a label. It is written in 22 words that can be dictated
(proquints, as checkpoints on paper), four to a line.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from constancia.domain.errors import InputRefused
from constancia.domain.ledger.spoken_root import proquints

SECRET = 32
MOST_SHARES = 16
VERSION = 1
LENGTH = 44
WORDS_IN_A_LINE = 4

_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_WORD = re.compile(f"(?:[{_CONSONANTS}][{_VOWELS}]){{2}}[{_CONSONANTS}]")
_CHECK = b"constancia/share/1\x00"
_IDENTITY = b"constancia/share-identity/1\x00"


def _tables() -> tuple[list[int], list[int]]:
    """Powers of the generator 3 modulo x^8 + x^4 + x^3 + x + 1, twice over, and their logarithms."""
    powers, value = [], 1
    for _ in range(255):
        powers.append(value)
        double = value << 1 ^ (0x11B if value & 0x80 else 0)
        value ^= double
    logarithms = [0] * 256
    for exponent, power in enumerate(powers):
        logarithms[power] = exponent
    return powers + powers, logarithms


_EXP, _LOG = _tables()


@dataclass(frozen=True, slots=True)
class Share:
    """One share. `mark`: the same 4 random bytes in all shares of a set; `number`: 1 to `of`; `value`: 32
    bytes that are as good as random to whoever has fewer than `need`."""

    mark: bytes
    need: int
    of: int
    number: int
    value: bytes

    def data(self) -> bytes:
        body = bytes([VERSION]) + self.mark + bytes([self.need, self.of, self.number]) + self.value
        return body + sha256(_CHECK + body).digest()[:4]

    def identity(self) -> bytes:
        """32 bytes to know the share again by, which say nothing of it: its value has 256 random bits."""
        return sha256(_IDENTITY + self.data()).digest()

    def __str__(self) -> str:
        """Twenty-two words, four to a line."""
        found = proquints(self.data()).split("-")
        return "\n".join(
            " ".join(found[at : at + WORDS_IN_A_LINE]) for at in range(0, len(found), WORDS_IN_A_LINE)
        )

    def __repr__(self) -> str:
        return f"Share({self.number} of {self.of}, …)"

    @staticmethod
    def read(text: str) -> Share:
        """The share in a text: its words, in any case and with whatever stands between them.

        Raises InputRefused `share.damaged` where the words do not agree with their check.
        """
        words = re.split(r"[^a-z]+", text.lower().strip())
        words = [word for word in words if word]
        if len(words) != LENGTH // 2 or not all(map(_WORD.fullmatch, words)):
            raise InputRefused("share.damaged")
        data = b"".join(map(_bytes, words))
        body, check = data[:-4], data[-4:]
        share = Share(body[1:5], body[5], body[6], body[7], body[8:])
        if sha256(_CHECK + body).digest()[:4] != check or body[0] != VERSION or not _makes_sense(share):
            raise InputRefused("share.damaged")
        return share


def split(secret: bytes, need: int, of: int) -> list[Share]:
    """`of` shares of a secret of 32 bytes. Raises InputRefused `share.numbers` unless
    2 <= need <= of <= 16: one share alone would be the secret."""
    if len(secret) != SECRET:
        raise ValueError("a secret is 32 bytes")
    if not 2 <= need <= of <= MOST_SHARES:
        raise InputRefused("share.numbers", most=MOST_SHARES)
    mark = secrets.token_bytes(4)
    values = divided(secret, need, range(1, of + 1), secrets.token_bytes(SECRET * (need - 1)))
    return [Share(mark, need, of, number, value) for number, value in enumerate(values, start=1)]


def join(shares: Sequence[Share]) -> bytes:
    """The secret. Raises InputRefused: `share.foreign` (not all of one set), `share.twice` (the same number),
    `share.few`; where more are given than needed, `share.disagree` unless all lie on one polynomial."""
    if not shares:
        raise InputRefused("share.few", need=2, have=0)
    first = shares[0]
    if any((one.mark, one.need, one.of) != (first.mark, first.need, first.of) for one in shares):
        raise InputRefused("share.foreign")
    if len({one.number for one in shares}) != len(shares):
        raise InputRefused("share.twice")
    if len(shares) < first.need:
        raise InputRefused("share.few", need=first.need, have=len(shares))
    used = [(one.number, one.value) for one in shares[: first.need]]
    if any(at(used, one.number) != one.value for one in shares[first.need :]):
        raise InputRefused("share.disagree")
    return at(used, 0)


def divided(secret: bytes, need: int, numbers: Iterable[int], randomness: bytes) -> list[bytes]:
    """The values at `numbers` of the polynomials whose constant terms are the bytes of `secret` and whose
    other coefficients are `randomness`, `need - 1` times the length of the secret."""
    size = len(secret)
    if len(randomness) != size * (need - 1):
        raise ValueError("one random byte for each coefficient")
    coefficients = [secret, *(randomness[size * one : size * (one + 1)] for one in range(need - 1))]
    values = []
    for number in numbers:
        value = bytes(size)
        for each in reversed(coefficients):  # Horner's rule
            value = bytes(_times(have, number) ^ more for have, more in zip(value, each, strict=True))
        values.append(value)
    return values


def at(points: Sequence[tuple[int, bytes]], where: int) -> bytes:
    """The value at `where` of the polynomials through `points` (number, value), by Lagrange."""
    total = bytes(len(points[0][1]))
    for number, value in points:
        weight = 1
        for other, _ in points:
            if other != number:
                weight = _times(weight, _over(where ^ other, number ^ other))
        total = bytes(have ^ _times(weight, one) for have, one in zip(total, value, strict=True))
    return total


def _times(one: int, other: int) -> int:
    return _EXP[_LOG[one] + _LOG[other]] if one and other else 0


def _over(one: int, other: int) -> int:
    return _EXP[_LOG[one] - _LOG[other] + 255] if one else 0


def _makes_sense(share: Share) -> bool:
    return 2 <= share.need <= share.of <= MOST_SHARES and 1 <= share.number <= share.of


def _bytes(word: str) -> bytes:
    value = 0
    for letter in word:
        value = (
            value << 2 | _VOWELS.index(letter)
            if letter in _VOWELS
            else value << 4 | _CONSONANTS.index(letter)
        )
    return value.to_bytes(2, "big")
