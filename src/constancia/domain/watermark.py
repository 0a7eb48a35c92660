"""Marks that tell which export a leaked file came from, without one false datum in it.

Every export has a secret of 32 random bytes, its mark. Two things follow from it:

- `reference`: one opaque word per row, 26 letters and digits. Whoever has the mark learns the row's number
  from it; to anybody else it is random. One row is enough, in any order.
- `in_order`: the order of the rows. A list promises no order, so the order can carry something. It survives
  that the column with the references is taken away and that rows are cut; it does not survive sorting.

A reference is 80 bits of check and 48 bits of the number under it (a synthetic initialisation vector made of
HMAC-SHA256): a word of another file passes with a chance of 2^-80.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import lgamma, log, log2
from typing import TypeVar

MARK = 32
"""Bytes of an export's secret."""
WORD = re.compile(r"(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])", re.IGNORECASE)
SURE = 40.0
"""Bits of evidence from which on an order is believed: by chance alone once in a million millions."""
_CHECK, _NUMBER = 10, 6

T = TypeVar("T")


def reference(mark: bytes, number: int) -> str:
    """The word for the row with this number (0 to 2^48 - 1) in the export of `mark`."""
    plain = number.to_bytes(_NUMBER, "big")
    check = _keyed(mark, b"check", plain)[:_CHECK]
    return b32encode(check + _hidden(mark, check, plain)).decode().rstrip("=").lower()


def read(mark: bytes, word: str) -> int | None:
    """The number of the row whose word this is; None for a word of another export or of none."""
    if not WORD.fullmatch(word):
        return None
    whole = b32decode(word.upper() + "======")
    check = whole[:_CHECK]
    plain = _hidden(mark, check, whole[_CHECK:])
    return int.from_bytes(plain, "big") if _keyed(mark, b"check", plain)[:_CHECK] == check else None


def words(text: str) -> Iterator[str]:
    """What in `text` may be a reference."""
    for found in WORD.finditer(text):
        yield found.group().lower()


def in_order(mark: bytes, rows: Iterable[T], key: Callable[[T], str]) -> list[T]:
    """`rows` in the order of this export. `key`: what tells a row from the others and leaves with it."""
    return sorted(rows, key=lambda row: _place(mark, key(row)))


def evidence(mark: bytes, keys: Sequence[str]) -> float:
    """How sure the order of `keys` is that of this export, in bits (2^-bits: by chance), 0 or more.

    Of n different things in a random order, at most (d + 1)^n of the n! orders have d steps down.
    """
    places = [_place(mark, key) for key in dict.fromkeys(keys)]
    count = len(places)
    if count < 2:
        return 0.0
    down = sum(after < before for before, after in pairwise(places))
    bits = lgamma(count + 1) / log(2) - count * log2(down + 1)
    return max(bits, 0.0)


def _place(mark: bytes, key: str) -> bytes:
    return _keyed(mark, b"order", key.encode())


def _hidden(mark: bytes, check: bytes, number: bytes) -> bytes:
    stream = _keyed(mark, b"stream", check)
    return bytes(one ^ other for one, other in zip(number, stream, strict=False))


def _keyed(mark: bytes, purpose: bytes, message: bytes) -> bytes:
    return hmac.digest(mark, purpose + b"\x00" + message, "sha256")
