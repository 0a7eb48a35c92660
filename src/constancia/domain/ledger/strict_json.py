"""JSON in the one form that is accepted: RFC 8785, without fractions, of which no two texts mean the same."""

from __future__ import annotations

import json
from typing import Any

from constancia.domain.ledger.refused import ProofRefused

_EXACT = 2**53 - 1


def canonical(value: Any) -> bytes:
    """The bytes of text, whole numbers, true, false, null, and lists and objects of them.

    Raises ProofRefused `proof.json` for what has no such form: fractions, numbers beyond 2^53 - 1, half
    characters, anything nested without end.
    """
    try:
        return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()
    except (UnicodeEncodeError, RecursionError):
        raise ProofRefused("proof.json") from None


def read_canonical(data: bytes, limit: int) -> Any:
    """The value of at most `limit` bytes. Raises ProofRefused `proof.json` for any other form: a key twice,
    blanks, another order, another escape."""
    if len(data) > limit:
        raise ProofRefused("proof.json")
    try:
        found = json.loads(data.decode("utf-8", "strict"))
    except (ValueError, RecursionError):
        raise ProofRefused("proof.json") from None
    if canonical(found) != data:
        raise ProofRefused("proof.json")
    return found


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ProofRefused("proof.json")
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _ordered(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if value is None or isinstance(value, bool | str) or (isinstance(value, int) and abs(value) <= _EXACT):
        return value
    raise ProofRefused("proof.json")
