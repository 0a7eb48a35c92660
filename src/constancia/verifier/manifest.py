"""Step 1: every file of the manifest is there, as long and with the SHA-256 it says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import (
    BESIDE,
    CONTENT,
    MANIFEST,
    POLICY,
    PREVIOUS,
    PRINTED,
    Bundle,
    check_path,
)
from constancia.verifier.reading import Part, canonical_json

MANIFEST_FORMAT = "constancia-manifest-1"
_HEX_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Manifest:
    """What the manifest says. `digest`: SHA-256 of its bytes, which the log holds; `key`: the public key of
    publication; `content` and `previous`: SHA-256 in hexadecimal of this edition's content and of the one
    before; `log`, `week`: where its leaf is; `printed`: the state of the log as its reports print it, None
    where they do not; `files`: path → (size, SHA-256)."""

    data: bytes
    digest: bytes
    key: bytes
    organisation: str
    edition: int
    as_of: str
    known_at: str
    frozen_at: str
    approved_at: str
    software: str
    content: str
    previous: str | None
    log: str
    week: str
    printed: str | None
    files: Mapping[str, tuple[int, str]]

    @staticmethod
    def read(data: bytes) -> Manifest:
        """Raises ProofRefused `proof.json`, `proof.content`, `proof.format`, `proof.unlogged` (an
        edition from before the log), `proof.manifest`, `proof.path`."""
        found = Part(canonical_json(data))
        if found.text("format") != MANIFEST_FORMAT:
            raise ProofRefused("proof.format", format=found.text("format")[:60])
        if not found.has("log"):
            raise ProofRefused("proof.unlogged")
        paths: list[str] = []
        files: dict[str, tuple[int, str]] = {}
        for one in found.parts("files"):
            path = check_path(one.text("path"))
            paths.append(path)
            files[path] = (one.count("size"), _hexadecimal(one.text("sha256")))
        if paths != sorted(set(paths)) or BESIDE & set(paths) or not {CONTENT, POLICY} <= set(paths):
            raise ProofRefused("proof.manifest")
        previous = found.maybe_text("previous")
        return Manifest(
            data=data,
            digest=sha256(data).digest(),
            key=bytes.fromhex(_hexadecimal(found.text("key"))),
            organisation=found.text("organisation"),
            edition=found.count("edition"),
            as_of=found.text("as_of"),
            known_at=found.text("known_at"),
            frozen_at=found.text("frozen_at"),
            approved_at=found.text("approved_at"),
            software=found.text("software"),
            content=_hexadecimal(found.text("content")),
            previous=None if previous is None else _hexadecimal(previous),
            log=found.text("log"),
            week=found.text("week"),
            printed=found.maybe_text("printed"),
            files=files,
        )


def check_whole(bundle: Bundle) -> Manifest:
    """The manifest of a bundle that is whole. Raises ProofRefused: as `Manifest.read`; `proof.missing`,
    `proof.extra`, `proof.size`, `proof.sha256`."""
    manifest = Manifest.read(bundle[MANIFEST])
    expected = BESIDE - {
        *([PREVIOUS] if manifest.previous is None else []),
        *([PRINTED] if manifest.printed is None else []),
    }
    for path in sorted({*manifest.files, *expected}):
        bundle[path]
    for path in sorted(bundle.files):
        if path not in manifest.files and path not in expected:
            raise ProofRefused("proof.extra", path=path)
    for path, (size, digest) in manifest.files.items():
        data = bundle[path]
        if len(data) != size:
            raise ProofRefused("proof.size", path=path, size=len(data), told=size)
        if sha256(data).hexdigest() != digest:
            raise ProofRefused("proof.sha256", path=path)
    return manifest


def _hexadecimal(text: str) -> str:
    if not _HEX_HASH.fullmatch(text):
        raise ProofRefused("proof.manifest")
    return text
