"""One encoding of a content and of a manifest, byte for byte, so that they can be hashed and signed.

RFC 8785 (JSON Canonicalization Scheme) for the values that occur here: objects with sorted keys, arrays,
strings, whole numbers, true, false and null. No floats: nothing published is one.
"""

from __future__ import annotations

import hashlib
from typing import Any

from constancia.domain.errors import IntegrityBroken
from constancia.domain.ledger import strict_json
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.publishing.content import Content


def canonical(value: Any) -> bytes:
    """The bytes of a JSON value. Raises IntegrityBroken `edition.encoding` for what has no such encoding."""
    try:
        return strict_json.canonical(value)
    except ProofRefused:
        raise IntegrityBroken("edition.encoding") from None


def content_bytes(content: Content) -> bytes:
    """The bytes that are hashed, signed and kept of a content."""
    return canonical(content.model_dump(mode="json"))


def sha256(data: bytes) -> str:
    """In lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()
