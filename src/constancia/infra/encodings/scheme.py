"""The scheme: a cryptographic long-term key per record, as a Bloom filter of keyed hashes.

Each field's tokens (pairs of letters, parts of a date) set bits that a keyed hash chooses; similar values
share bits, and how many two filters share says how alike two records are (Schnell, Bachteler and Reiher
2009; one filter for all fields: 2011). Differences from the paper, each against a published attack:

- the positions of a token come from one HMAC-SHA-512 under a key of the field's own, not from double
  hashing (Niedermeyer et al. 2014);
- the filter is twice as long as what is given away: its halves are laid over each other by exclusive or
  (Schnell and Borgs 2016);
- each field sets about as many bits as its weight says, whatever its length usually is.

The secret is stretched with Argon2id. A key check value in the file tells a wrong secret, and lets
whoever holds the file test guesses of it: hence its least length.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from argon2.low_level import Type, hash_secret_raw

from constancia.domain.errors import InputRefused

NAME = "constancia-clk-1"
BITS = 1024
"""Of an encoding, after folding."""
INSERTED = 480
"""Bits set per record, about, before folding, all fields together."""
LEAST_SECRET = 24
"""Characters of the secret; at least ten of them different."""
USUAL_TOKENS = {
    "name": 18,
    "given": 8,
    "surnames": 9,
    "born": 7,
    "document": 9,
    "text": 14,
    "number": 4,
    "code": 1,
}
WEIGHTS = {
    "name": 2.0,
    "given": 1.0,
    "surnames": 1.0,
    "born": 1.0,
    "document": 1.0,
    "text": 0.8,
    "number": 0.5,
    "code": 0.2,
}
_MOST = 32
_SALT = hashlib.sha256(NAME.encode()).digest()[:16]

Encoded = npt.NDArray[np.uint8]
"""One line of BITS / 8 bytes per record."""


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: one of WEIGHTS."""

    name: str
    kind: str


class Encoder:
    """Encodes records whose fields are `fields`, under `secret`.

    Raises InputRefused `encoding.secret_short`.
    """

    def __init__(self, secret: str, fields: Sequence[Field]) -> None:
        if len(secret) < LEAST_SECRET or len(set(secret)) < 10:
            raise InputRefused("encoding.secret_short", least=LEAST_SECRET)
        self._key = hash_secret_raw(secret.encode(), _SALT, 3, 65_536, 1, 32, Type.ID)
        self.fields = tuple(fields)
        total = sum(WEIGHTS[field.kind] for field in fields)
        self._hashes = {
            field.name: max(
                1, min(_MOST, round(INSERTED * WEIGHTS[field.kind] / total / USUAL_TOKENS[field.kind]))
            )
            for field in fields
        }
        self._keys = {field.name: self._derived(f"field|{field.kind}|{field.name}") for field in fields}
        self._places: dict[tuple[str, str], npt.NDArray[np.int64]] = {}

    @property
    def check(self) -> str:
        """Equal for equal secrets; says nothing else of it that can be computed."""
        return self._derived("check")[:6].hex()

    def encode(self, records: Sequence[Mapping[str, Sequence[str]]]) -> Encoded:
        """Each record: field → its tokens."""
        bits = np.zeros((len(records), 2 * BITS), dtype=np.uint8)
        for at, record in enumerate(records):
            for field in self.fields:
                for token in record.get(field.name, ()):
                    bits[at, self._of(field.name, token)] = 1
        return np.packbits(bits[:, :BITS] ^ bits[:, BITS:], axis=1)

    def _of(self, field: str, token: str) -> npt.NDArray[np.int64]:
        found = self._places.get((field, token))
        if found is None:
            digest = hmac.new(self._keys[field], token.encode(), hashlib.sha512).digest()
            words = np.frombuffer(digest, dtype=">u2")[: self._hashes[field]]
            found = self._places[field, token] = (words % (2 * BITS)).astype(np.int64)
        return found

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self._key, f"{NAME}|{purpose}".encode(), hashlib.sha256).digest()


def grams(text: str) -> list[str]:
    """Pairs of letters of each word, its ends marked: "ana" → _a, an, na, a_. Each once."""
    found = [pair for word in text.split() for pair in map("".join, zip(f"_{word}", f"{word}_", strict=True))]
    return list(dict.fromkeys(found))
