"""Base64 and decimal numbers in the one form that is accepted, so that no two texts mean the same thing."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

from constancia.domain.ledger.refused import ProofRefused

HASH = 32
LARGEST = 2**63 - 1
"""The largest size of a tree (tlog-checkpoint)."""

MOST_HASHES = 64
"""No proof of a tree of LARGEST leaves is longer."""

_NUMBER = re.compile("0|[1-9][0-9]{0,18}")


def b64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str, length: int | None = None) -> bytes:
    """The bytes of canonical base64. Raises ProofRefused `proof.base64` for another form or length."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ProofRefused("proof.base64") from None
    if b64(data) != text or (length is not None and len(data) != length):
        raise ProofRefused("proof.base64")
    return data


def unhash(text: str) -> bytes:
    """A hash of 32 bytes. Raises ProofRefused `proof.base64`."""
    return unb64(text, HASH)


def unhashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Hashes, one a line. Raises ProofRefused `proof.base64`, `proof.length` for more than MOST_HASHES."""
    if len(lines) > MOST_HASHES:
        raise ProofRefused("proof.length")
    return tuple(unhash(line) for line in lines)


def number(text: str) -> int:
    """A number from 0 to 2^63 - 1 without sign or leading zeros. Raises ProofRefused `proof.number`."""
    if not _NUMBER.fullmatch(text) or int(text) > LARGEST:
        raise ProofRefused("proof.number")
    return int(text)


def utf8(data: bytes, limit: int) -> str:
    """The text of at most `limit` bytes of UTF-8 with no control character but the line feed.

    Raises ProofRefused `proof.text`.
    """
    if len(data) > limit:
        raise ProofRefused("proof.text")
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise ProofRefused("proof.text") from None
    if any((ord(one) < 32 and one != "\n") or one in "\x7f\ufeff" for one in text):
        raise ProofRefused("proof.text")
    return text
