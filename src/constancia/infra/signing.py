"""Ed25519 signatures under a key of this house. Who has `openssl` can check them without us."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.infra import unlocked

PUBLISHING = "publishing-signature/1"
"""What the key that signs editions is derived for."""


def sign(data: bytes, purpose: str = PUBLISHING) -> bytes:
    """64 bytes: the signature of `data` under this house's key for `purpose`."""
    return _private(purpose).sign(data)


def public_key(purpose: str = PUBLISHING) -> bytes:
    """The 32 bytes of the public key that checks what `sign` signs."""
    return _private(purpose).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def is_signed(data: bytes, signature: bytes, key: bytes) -> bool:
    """Whether `signature` is that of `data` under the public key; False for anything malformed."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def as_pem(key: bytes) -> bytes:
    """The public key as openssl reads it."""
    public = Ed25519PublicKey.from_public_bytes(key)
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _private(purpose: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(unlocked.root().derive(purpose))
