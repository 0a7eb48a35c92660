"""The file `llave.json`: the root key wrapped once per way of unlocking it, and which epoch each key is in.

Version 1 had the slots alone; it opens for ever, with every epoch 1. Version 2 is written since there are
shares and epochs, and carries a seal under a key from the root: an epoch, a cost or a way of unlocking that
somebody else wrote into it is refused once the root is known.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from constancia.domain.errors import StoreRefused
from constancia.infra import clock
from constancia.infra.files import clear_left, write_whole
from constancia.infra.home import Home

NONCE = 12
VERSION = 2
Slot = dict[str, Any]

# A keystore is read before anything is trusted: these bounds keep a planted one from eating the memory.
LARGEST_MEMORY_KIB = 2 * 1024 * 1024
LARGEST_PASSES = 64
LARGEST_LANES = 64
LARGEST_EPOCH = 1_000_000

# One memory-hard derivation at a time: many at once would be many times the memory.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id memory (KiB), passes, lanes."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Keystore:
    """`slots`: one per way of unlocking. `epochs`: of each purpose that is not in epoch 1. `pending`: the
    epoch that a purpose is on its way to; `retired`: when the epoch before stopped being the present one."""

    slots: tuple[Slot, ...]
    epochs: Mapping[str, int] = field(default_factory=dict)
    pending: Mapping[str, int] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    seal: str | None = None

    def epoch(self, purpose: str) -> int:
        return self.epochs.get(purpose, 1)

    def with_slots(self, slots: list[Slot]) -> Keystore:
        return replace(self, slots=tuple(slots))

    def beginning(self, purposes: Mapping[str, int]) -> Keystore:
        """The same, with these purposes on their way to these epochs."""
        return replace(self, pending={**self.pending, **purposes})

    def arrived(self, purpose: str, epoch: int) -> Keystore:
        """The same, with `purpose` in `epoch` and on its way nowhere."""
        return replace(
            self,
            epochs={**self.epochs, purpose: epoch},
            pending={name: to for name, to in self.pending.items() if name != purpose},
            retired={**self.retired, purpose: clock.now().isoformat()},
        )

    def staying(self, purpose: str) -> Keystore:
        """The same, with `purpose` in the epoch it is in and on its way nowhere."""
        return replace(self, pending={name: to for name, to in self.pending.items() if name != purpose})

    def retired_at(self, purpose: str) -> datetime | None:
        """When the epoch before the present one was retired; None in epoch 1."""
        return datetime.fromisoformat(self.retired[purpose]) if purpose in self.retired else None

    def _body(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "slots": list(self.slots),
            "epochs": dict(self.epochs),
            "pending": dict(self.pending),
            "retired": dict(self.retired),
        }

    def sealed(self, key: bytes) -> str:
        """What stands under `seal`, with the key "keystore/1"."""
        text = json.dumps(self._body(), sort_keys=True, separators=(",", ":"))
        return hmac.digest(key, text.encode(), "sha256").hex()

    def is_ours(self, key: bytes) -> bool:
        """Whether the seal holds; a file of version 1 has none."""
        return self.seal is None or hmac.compare_digest(self.seal, self.sealed(key))

    def write(self, home: Home, key: bytes) -> None:
        """Put it in the place of the present file, whole or not at all."""
        body = self._body() | {"seal": self.sealed(key)}
        write_whole(home.keystore, json.dumps(body, indent=1).encode())


@contextmanager
def held(home: Home) -> Iterator[None]:
    """One at a time reads the file and writes it anew. Not to be entered twice."""
    file = os.open(home.path / "llaves.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        # What a killed writer left may open by a way that is no longer one.
        clear_left(home.keystore)
        yield
    finally:
        os.close(file)


def read(home: Home) -> Keystore:
    """Raises StoreRefused `store.keystore`: missing or damaged."""
    return read_file(home.keystore)


def read_file(path: Path) -> Keystore:
    """The same of a file elsewhere."""
    try:
        found = json.loads(path.read_bytes())
        slots = found["slots"]
        if found["version"] not in (1, VERSION) or not all(isinstance(slot["kind"], str) for slot in slots):
            raise StoreRefused("store.keystore")
        if found["version"] == 1:
            return Keystore(tuple(slots))
        if not isinstance(found["seal"], str) or not found["seal"].isascii():
            raise StoreRefused("store.keystore")
        return Keystore(
            tuple(slots),
            _epochs(found["epochs"]),
            _epochs(found["pending"]),
            {str(name): datetime.fromisoformat(when).isoformat() for name, when in found["retired"].items()},
            found["seal"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreRefused("store.keystore") from error


def wrap(root: bytes, kind: str, key: bytes, parameters: Mapping[str, Any]) -> Slot:
    """A new slot: `root` wrapped under `key`, with what is needed to find that key again."""
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(_wrapping_key(key, kind)).encrypt(nonce, root, _purpose(kind))
    since = clock.now().date().isoformat()
    return {"kind": kind, "since": since, **parameters, "wrapped": b64(sealed)}


def unwrap(slot: Slot, key: bytes) -> bytes | None:
    """The root, or None where this is not the key of the slot. Raises StoreRefused `store.keystore`."""
    try:
        sealed = base64.b64decode(slot["wrapped"], validate=True)
        return AESGCM(_wrapping_key(key, slot["kind"])).decrypt(
            sealed[:NONCE], sealed[NONCE:], _purpose(slot["kind"])
        )
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise StoreRefused("store.keystore") from error


def passphrase_slot(root: bytes, passphrase: str, cost: Cost) -> Slot:
    salt = secrets.token_bytes(16)
    return wrap(root, "passphrase", stretch(passphrase, salt, cost), {**asdict(cost), "salt": b64(salt)})


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes by Argon2id, one derivation at a time. Raises StoreRefused `store.keystore`."""
    # Keyboards differ in how they compose accents; the same words must give the same key.
    words = unicodedata.normalize("NFKC", passphrase).encode()
    with _one_at_a_time:
        try:
            return hash_secret_raw(
                words, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
            )
        except HashingError as error:
            raise StoreRefused("store.keystore") from error


def parameters(slot: Slot) -> tuple[bytes, Cost]:
    """Salt and cost of a passphrase's slot. Raises StoreRefused `store.keystore`."""
    try:
        cost = Cost(int(slot["memory_kib"]), int(slot["passes"]), int(slot["lanes"]))
        salt = base64.b64decode(slot["salt"], validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreRefused("store.keystore") from error
    bounded = (
        0 < cost.memory_kib <= LARGEST_MEMORY_KIB
        and 0 < cost.passes <= LARGEST_PASSES
        and 0 < cost.lanes <= LARGEST_LANES
    )
    if not bounded:
        raise StoreRefused("store.keystore")
    return salt, cost


def b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _epochs(found: Any) -> dict[str, int]:
    if not all(type(epoch) is int and 1 <= epoch <= LARGEST_EPOCH for epoch in found.values()):
        raise StoreRefused("store.keystore")
    return {str(purpose): epoch for purpose, epoch in found.items()}


def _wrapping_key(key: bytes, kind: str) -> bytes:
    return hashlib.sha256(b"constancia/wrap/1\x00" + kind.encode() + b"\x00" + key).digest()


def _purpose(kind: str) -> bytes:
    return f"constancia/root/1|{kind}".encode()
