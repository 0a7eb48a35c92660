"""Step 3: the manifest is signed with the publication key."""

from __future__ import annotations

from constancia.domain.ledger.ed25519 import is_signed
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import KEY_FILE, SIGNATURE_FILE, Bundle
from constancia.verifier.manifest import Manifest

_PEM_HEAD = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key (RFC 8410)."""


def check_signed(bundle: Bundle, manifest: Manifest, expected: bytes | None = None) -> None:
    """`expected`: the publication key that the reader had from elsewhere.

    Raises ProofRefused: `proof.key_file` (clave.pem is not the key that the manifest names),
    `proof.manifest_signature`, `proof.unexpected_key`.
    """
    if bundle[KEY_FILE] != as_pem(manifest.key):
        raise ProofRefused("proof.key_file")
    if expected is not None and manifest.key != expected:
        raise ProofRefused("proof.unexpected_key")
    if not is_signed(manifest.key, manifest.data, bundle[SIGNATURE_FILE]):
        raise ProofRefused("proof.manifest_signature")


def as_pem(key: bytes) -> bytes:
    """The public key of 32 bytes as openssl reads it, in the one form that is accepted."""
    return f"-----BEGIN PUBLIC KEY-----\n{b64(_PEM_HEAD + key)}\n-----END PUBLIC KEY-----\n".encode()
