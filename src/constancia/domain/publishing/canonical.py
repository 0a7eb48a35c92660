"""One encoding of a content and of a manifest, byte for byte, so that they can be hashed and signed.

RFC 8785 (JSON Canonicalization Scheme) for the values that occur here: objects with sorted keys, arrays,
strings, whole numbers, true, false and null. No floats: nothing published is one.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.content import Content

_EXACT = 2**53 - 1  # beyond it other languages' readers of JSON round


def canonical(value: Any) -> bytes:
    """The bytes of a JSON value. Raises IntegrityBroken `edition.encoding` for what has no such encoding."""
    try:
        return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # a lone surrogate
        raise IntegrityBroken("edition.encoding") from None


def content_bytes(content: Content) -> bytes:
    """The bytes that are hashed, signed and kept of a content."""
    return canonical(content.model_dump(mode="json"))


def sha256(data: bytes) -> str:
    """In lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _ordered(value: Any) -> Any:
    """The value with the keys of every object in the order of their UTF-16 code units."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise IntegrityBroken("edition.encoding")
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _ordered(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and abs(value) <= _EXACT:
        return value
    raise IntegrityBroken("edition.encoding")
