"""From something a person knows or keeps to the root key that every other key is derived from.

The root key is 32 random bytes. `llave.json` holds it wrapped (AES-256-GCM) once per way of unlocking:
under Argon2id of a passphrase, or under a key file. The derivation runs once per unlock, not per
connection. Nothing here is ever derived from data about people.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra.files import open_to_others, write_whole
from constancia.infra.home import Home

PASSPHRASE_VARIABLE = "CONSTANCIA_PASSPHRASE"
KEY_FILE_VARIABLE = "CONSTANCIA_KEY_FILE"
SHORTEST_PASSPHRASE = 12
KEY_LINE = "constancia-key-1"
NONCE = 12

# A keystore is read before anything is trusted: these bounds keep a planted one from eating the memory.
LARGEST_MEMORY_KIB = 2 * 1024 * 1024
LARGEST_PASSES = 64
LARGEST_LANES = 64


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id memory (KiB), passes, lanes."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4


class RootKey:
    """The 32 bytes that all keys of a register come from. Lives in memory only, never printed."""

    __slots__ = ("_derived", "_secret")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise StoreRefused("store.key_length", expected=32, found=len(secret))
        self._secret = secret
        self._derived: dict[str, bytes] = {}

    def derive(self, label: str) -> bytes:
        """The 32-byte key for one purpose, e.g. "db/1" (HKDF-SHA256, RFC 5869, with `label` as info)."""
        if label not in self._derived:
            hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"constancia/" + label.encode())
            self._derived[label] = hkdf.derive(self._secret)
        return self._derived[label]

    def __repr__(self) -> str:
        return "RootKey(…)"

    def __reduce__(self) -> Any:
        raise TypeError("a root key is not to be stored or sent")


def create_secret(
    home: Home,
    passphrase: str | None = None,
    *,
    key_file: Path | None = None,
    cost: Cost | None = None,
) -> RootKey:
    """A new root key for `home`, wrapped under a passphrase, a new key file at `key_file`, or both.

    Raises StoreRefused `home.taken` if the home already has one, InputRefused `passphrase.short`.
    """
    if home.keystore.exists():
        raise StoreRefused("home.taken", folder=str(home.path))
    root = secrets.token_bytes(32)
    slots = []
    if passphrase is not None:
        slots.append(_passphrase_slot(root, passphrase, cost or Cost()))
    if key_file is not None:
        slots.append(_wrap(root, "keyfile", write_key_file(key_file, home.settings.demonstration), {}))
    if not slots:
        raise StoreRefused("store.locked")
    write_whole(home.keystore, json.dumps({"version": 1, "slots": slots}, indent=1).encode())
    return RootKey(root)


def unlock(home: Home, passphrase: str | None = None, *, ask: Callable[[], str] | None = None) -> RootKey:
    """The root key of `home`, by the first of: `passphrase`; a key file in the home itself
    (demonstrations, which open whatever the environment says); the key file named by
    CONSTANCIA_KEY_FILE; CONSTANCIA_PASSPHRASE; `ask()`, a prompt.

    Raises StoreRefused: `store.locked` (no way given), `store.wrong_passphrase`, `store.wrong_key_file`,
    `store.key_file_mode`, `store.key_file`, `store.keystore` (missing or damaged).
    """
    slots = _slots(home)
    if passphrase is None and home.keyfile.exists():
        return _by_key_file(slots, home.keyfile)
    named_file = os.environ.get(KEY_FILE_VARIABLE)
    if passphrase is None and named_file:
        return _by_key_file(slots, Path(named_file))
    if passphrase is None:
        passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase is None and ask is not None:
        passphrase = ask()
    if passphrase is None:
        raise StoreRefused("store.locked")
    return _by_passphrase(slots, passphrase)


def change_passphrase(home: Home, root: RootKey, passphrase: str, *, cost: Cost | None = None) -> None:
    """Replace the passphrase that unlocks `home`; key files keep working, no data is rewritten."""
    kept = [slot for slot in _slots(home) if slot["kind"] != "passphrase"]
    slots = [_passphrase_slot(root._secret, passphrase, cost or Cost()), *kept]
    write_whole(home.keystore, json.dumps({"version": 1, "slots": slots}, indent=1).encode())


def write_key_file(path: Path, demonstration: bool) -> bytes:
    """A new key file at `path` (0600, never over an existing one); returns its 32 bytes."""
    key = secrets.token_bytes(32)
    note = (
        "# LLAVE DE UNA DEMOSTRACIÓN. Abre un registro de personas inventadas; no protege nada.\n"
        "# KEY OF A DEMONSTRATION. It opens a register of invented people; it protects nothing.\n"
        if demonstration
        else "# Llave de un registro. Guárdela lejos de la máquina que lo contiene.\n"
        "# Key of a register. Keep it away from the machine that holds the register.\n"
    )
    if path.exists():
        raise StoreRefused("store.key_file", file=path.name)
    write_whole(path, f"{note}{KEY_LINE} {key.hex()}\n".encode())
    return key


def read_key_file(path: Path) -> bytes:
    """The 32 bytes of a key file that its owner alone can read."""
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
        mode = open_to_others(path)
        text = path.read_text(encoding="utf-8") if regular and mode is None else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StoreRefused("store.key_file", file=path.name) from error
    if mode is not None:
        raise StoreRefused("store.key_file_mode", file=path.name, mode=mode)
    for line in text.splitlines():
        mark, _, rest = line.partition(" ")
        if mark == KEY_LINE:
            try:
                key = bytes.fromhex(rest.strip())
            except ValueError:
                break
            if len(key) == 32:
                return key
    raise StoreRefused("store.key_file", file=path.name)


def _passphrase_slot(root: bytes, passphrase: str, cost: Cost) -> dict[str, Any]:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InputRefused("passphrase.short", minimum=SHORTEST_PASSPHRASE)
    salt = secrets.token_bytes(16)
    return _wrap(root, "passphrase", _stretch(passphrase, salt, cost), {**asdict(cost), "salt": _b64(salt)})


def _by_passphrase(slots: list[dict[str, Any]], passphrase: str) -> RootKey:
    for slot in slots:
        if slot["kind"] == "passphrase":
            salt, cost = _parameters(slot)
            root = _unwrap(slot, _stretch(passphrase, salt, cost))
            if root is not None:
                return RootKey(root)
    raise StoreRefused("store.wrong_passphrase")


def _by_key_file(slots: list[dict[str, Any]], path: Path) -> RootKey:
    key = read_key_file(path)
    for slot in slots:
        root = _unwrap(slot, key) if slot["kind"] == "keyfile" else None
        if root is not None:
            return RootKey(root)
    raise StoreRefused("store.wrong_key_file", file=path.name)


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # Keyboards differ in how they compose accents; the same words must give the same key.
    words = unicodedata.normalize("NFKC", passphrase).encode()
    try:
        return hash_secret_raw(
            words, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
        )
    except HashingError as error:
        raise StoreRefused("store.keystore") from error


def _parameters(slot: dict[str, Any]) -> tuple[bytes, Cost]:
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


def _wrap(root: bytes, kind: str, key: bytes, parameters: dict[str, Any]) -> dict[str, Any]:
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(_wrapping_key(key, kind)).encrypt(nonce, root, _purpose(kind))
    return {"kind": kind, **parameters, "wrapped": _b64(sealed)}


def _unwrap(slot: dict[str, Any], key: bytes) -> bytes | None:
    try:
        sealed = base64.b64decode(slot["wrapped"], validate=True)
        return AESGCM(_wrapping_key(key, slot["kind"])).decrypt(
            sealed[:NONCE], sealed[NONCE:], _purpose(slot["kind"])
        )
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise StoreRefused("store.keystore") from error


def _wrapping_key(key: bytes, kind: str) -> bytes:
    return hashlib.sha256(b"constancia/wrap/1\x00" + kind.encode() + b"\x00" + key).digest()


def _purpose(kind: str) -> bytes:
    return f"constancia/root/1|{kind}".encode()


def _slots(home: Home) -> list[dict[str, Any]]:
    try:
        found = json.loads(home.keystore.read_bytes())
        slots = found["slots"]
        if found["version"] != 1 or not all(isinstance(slot["kind"], str) for slot in slots):
            raise StoreRefused("store.keystore")
    except (OSError, ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise StoreRefused("store.keystore") from error
    return list(slots)


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode()
