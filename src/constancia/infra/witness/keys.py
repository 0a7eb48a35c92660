"""The key that a witness cosigns with, in a file of one line that is its owner's alone.

The line is that of Go's sumdb/note, which other witnesses read too:
"PRIVATE+KEY+<name>+<key id, 8 hex digits>+<base64 of the byte 4 and the 32 bytes of the private key>".
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.encoding import b64, unb64
from constancia.domain.ledger.note import COSIGNATURE, Key, Sign, signature_line
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra.files import PRIVATE_FILE, open_to_others, sync_folder

PREFIX = "PRIVATE+KEY+"
LARGEST = 1_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")


@dataclass(frozen=True, slots=True)
class Signer:
    """A witness that can cosign. `key`: what others know it by."""

    key: Key
    sign: Sign

    def cosign(self, text: str, time: int) -> str:
        """The signature line under a checkpoint's text; `time` in seconds since 1970, above zero."""
        return signature_line(text, self.key, self.sign, time)


def check_name(name: str) -> None:
    """Raises InputRefused `witness.name` unless it is one: letters, digits, ".", "_", "-" and "/", as of an
    address without "https://"."""
    if not _NAME.fullmatch(name):
        raise InputRefused("witness.name")


def create(path: Path, name: str) -> Signer:
    """A new key under `name` in a new file at `path`, durably.

    Raises as `check_name`; StoreRefused `witness.taken` where the file is there: a key is never overwritten.
    """
    check_name(name)
    seed = secrets.token_bytes(32)
    signer = _signer(name, seed)
    line = f"{PREFIX}{name}+{signer.key.id.hex()}+{b64(bytes([COSIGNATURE]) + seed)}\n"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    except FileExistsError:
        raise StoreRefused("witness.taken") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    return signer


def load(path: Path) -> Signer:
    """The key in the file at `path`.

    Raises StoreRefused: `witness.missing`, `witness.mode` (others may read it), `witness.key` (no such line,
    or its parts do not belong together).
    """
    if not path.is_file():
        raise StoreRefused("witness.missing", file=path.name)
    if (mode := open_to_others(path)) is not None:
        raise StoreRefused("witness.mode", file=path.name, mode=mode)
    with path.open("rb") as file:
        data = file.read(LARGEST)
    try:
        line = data.decode("ascii")
        name, digits, blob = line.removeprefix(PREFIX).removesuffix("\n").split("+", 2)
        raw = unb64(blob, 33)
    except (ValueError, ProofRefused):
        raise StoreRefused("witness.key") from None
    if not line.startswith(PREFIX) or not _NAME.fullmatch(name) or raw[0] != COSIGNATURE:
        raise StoreRefused("witness.key")
    signer = _signer(name, raw[1:])
    if signer.key.id.hex() != digits:
        raise StoreRefused("witness.key")
    return signer


def _signer(name: str, seed: bytes) -> Signer:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signer(Key(name, COSIGNATURE, public), private.sign)
