"""Ed25519 keys that sign notes, each in a file of one line that is its owner's alone.

The line is that of Go's sumdb/note, which other programs read too:
"PRIVATE+KEY+<name>+<key id, 8 hex digits>+<base64 of the kind and the 32 bytes of the private key>".
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.domain.ledger.encoding import b64, unb64
from constancia.domain.ledger.note import Key, Sign
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra.files import PRIVATE_FILE, sync_folder

PREFIX = "PRIVATE+KEY+"
LARGEST = 1_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A key that can sign. `key`: what others know it by."""

    key: Key
    sign: Sign


def is_name(name: str) -> bool:
    """Letters, digits, ".", "_", "-" and "/", as of an address without "https://"."""
    return _NAME.fullmatch(name) is not None


def create(path: Path, name: str, kind: int) -> NoteKey:
    """A new key under `name` in a new file at `path`, durably. Raises FileExistsError: a key is never
    overwritten."""
    seed = secrets.token_bytes(32)
    made = _of(name, kind, seed)
    line = f"{PREFIX}{name}+{made.key.id.hex()}+{b64(bytes([kind]) + seed)}\n"
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    return made


def load(path: Path, kind: int) -> NoteKey | None:
    """The key in the file at `path`; None where it has no such line of this `kind`, or the parts of it do
    not belong together."""
    with path.open("rb") as file:
        data = file.read(LARGEST)
    try:
        line = data.decode("ascii")
        name, digits, blob = line.removeprefix(PREFIX).removesuffix("\n").split("+", 2)
        raw = unb64(blob, 33)
    except (ValueError, ProofRefused):
        return None
    if not line.startswith(PREFIX) or not is_name(name) or raw[0] != kind:
        return None
    found = _of(name, kind, raw[1:])
    return found if found.key.id.hex() == digits else None


def _of(name: str, kind: int, seed: bytes) -> NoteKey:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return NoteKey(Key(name, kind, public), private.sign)
