"""The manifest of an edition: what its files are, said once and signed.

The signature is Ed25519 over the manifest's bytes as they lie in the file, so that openssl checks it:
`openssl pkeyutl -verify -pubin -inkey clave.pem -rawin -in manifiesto.json -sigfile manifiesto.firma`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.content import Content

FORMAT = "constancia-manifest-1"
MANIFEST, SIGNATURE, KEY, CONTENT = "manifiesto.json", "manifiesto.firma", "clave.pem", "datos/edicion.json"


def manifest_of(
    content: Content,
    digest: str,
    frozen_at: datetime,
    approved_at: datetime,
    files: Mapping[str, bytes],
    key: bytes,
    log: tuple[str, str, str] | None = None,
) -> dict[str, Any]:
    """The manifest as JSON: the edition with its two dates, the SHA-256 of its content, and every file by
    path with its size in bytes and its SHA-256; `key`: the public key that checks the signature; `log`: the
    origin of the log that the manifest is entered into, the week of its entry, and
    the state of that log as bulletins and reports print it, in words."""
    placed = dict(zip(("log", "week", "printed"), log, strict=True)) if log else {}
    return placed | {
        "format": FORMAT,
        "organisation": content.organisation,
        "edition": content.number,
        "as_of": content.as_of.isoformat(),
        "known_at": text_of(content.known_at),
        "frozen_at": text_of(frozen_at),
        "approved_at": text_of(approved_at),
        "previous": content.previous.sha256 if content.previous else None,
        "content": digest,
        "software": content.software,
        "key": key.hex(),
        "files": [
            {"path": path, "size": len(files[path]), "sha256": sha256(files[path])} for path in sorted(files)
        ],
    }


def text_of(instant: datetime) -> str:
    """An instant in UTC, ISO 8601, ending in Z."""
    return instant.isoformat().replace("+00:00", "Z")
