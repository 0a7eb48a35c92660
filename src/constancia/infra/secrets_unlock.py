"""From something a person knows or keeps to the root key that every other key is derived from.

The root key is 32 random bytes. `llave.json` (`infra.keystore`) holds it wrapped (AES-256-GCM) once per way
of unlocking: under Argon2id of a passphrase, under a key file, under a secret in shares (`infra.sharing`).
The derivation runs once per unlock, not per connection. Nothing here is ever derived from data about people.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import carrying, keystore, modes
from constancia.infra.files import open_to_others, write_whole
from constancia.infra.home import Home
from constancia.infra.keystore import Cost, Keystore

PASSPHRASE_VARIABLE = "CONSTANCIA_PASSPHRASE"
KEY_FILE_VARIABLE = "CONSTANCIA_KEY_FILE"
SHORTEST_PASSPHRASE = 12
KEY_LINE = "constancia-key-1"
SEALING = "keystore/1"
"""What the key that seals `llave.json` is derived for."""


class RootKey:
    """The 32 bytes that the keys of a register come from. Lives in memory only, never printed.

    `epochs`: of each purpose that is not in epoch 1; `carried`: label → a key that does not come from it."""

    __slots__ = ("_carried", "_derived", "_epochs", "_secret")

    def __init__(
        self,
        secret: bytes,
        epochs: Mapping[str, int] | None = None,
        carried: Mapping[str, bytes] | None = None,
    ) -> None:
        if len(secret) != 32:
            raise StoreRefused("store.key_length", expected=32, found=len(secret))
        self._secret = secret
        self._epochs = dict(epochs or {})
        self._carried = dict(carried or {})
        self._derived = dict(self._carried)

    def derive(self, label: str) -> bytes:
        """The 32-byte key for one purpose, e.g. "db/1": the one carried under this label, else made from the
        root (HKDF-SHA256, RFC 5869, with `label` as info)."""
        if label not in self._derived:
            hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"constancia/" + label.encode())
            self._derived[label] = hkdf.derive(self._secret)
        return self._derived[label]

    def epoch(self, purpose: str) -> int:
        """Which epoch the key for `purpose` ("db", "kek", …) is in."""
        return self._epochs.get(purpose, 1)

    def current(self, purpose: str) -> bytes:
        """The key for `purpose` in its present epoch."""
        return self.derive(f"{purpose}/{self.epoch(purpose)}")

    def refreshed(self, store: Keystore) -> RootKey:
        """The same key in the same epochs, with what `store` carries now."""
        return RootKey(self._secret, self._epochs, carrying.opened(store, self.derive(carrying.LABEL)))

    @property
    def carried(self) -> set[str]:
        """The labels of the keys that are not made from the root."""
        return set(self._carried)

    def carries(self, label: str) -> bool:
        """Whether the key of this label is one of its own, and not made from the root."""
        return label in self._carried

    def earlier(self, purpose: str) -> bytes | None:
        """The key of the epoch before, while it is still carried."""
        return self._carried.get(f"{purpose}/{self.epoch(purpose) - 1}")

    def following(self, store: Keystore) -> RootKey:
        """The same key with the epochs and the carried keys of `store`. Raises StoreRefused
        `store.keystore`."""
        return RootKey(self._secret, store.epochs, carrying.opened(store, self.derive(carrying.LABEL)))

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
    root = RootKey(secrets.token_bytes(32))
    slots = []
    if passphrase is not None:
        slots.append(_passphrase_slot(root, passphrase, cost))
    if key_file is not None:
        slots.append(_key_file_slot(root, key_file, home.settings.demonstration))
    if not slots:
        raise StoreRefused("store.locked")
    own = {label: secrets.token_bytes(32) for label in carrying.OF_THEIR_OWN}
    store = carrying.with_keys(Keystore(tuple(slots)), root.derive(carrying.LABEL), own)
    return rewrite(home, root, store)


def unlock(
    home: Home,
    passphrase: str | None = None,
    *,
    ask: Callable[[], str] | None = None,
    by_person: bool = False,
) -> RootKey:
    """The root key of `home`, by the first of: `passphrase`; a key file in the home itself
    (demonstrations, which open whatever the environment says); the key file named by
    CONSTANCIA_KEY_FILE; CONSTANCIA_PASSPHRASE; `ask()`, a prompt.

    `by_person`: of these only the key file of a demonstration and `ask()`, so that somebody is there. A
    register that was closed (`modes`) opens in no other way.

    Raises StoreRefused: `store.closed`, `store.locked` (no way given), `store.wrong_passphrase`,
    `store.wrong_key_file`, `store.key_file_mode`, `store.key_file`, `store.keystore` (missing or damaged, or
    altered by somebody who does not have the key).
    """
    if not by_person:
        modes.refuse_if_closed(home)
    store = keystore.read(home)
    if passphrase is None and home.keyfile.exists():
        return _by_key_file(store, home.keyfile)
    named_file = None if by_person else os.environ.get(KEY_FILE_VARIABLE)
    if passphrase is None and named_file:
        return _by_key_file(store, Path(named_file))
    if passphrase is None and not by_person:
        passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase is None and ask is not None:
        passphrase = ask()
    if passphrase is None:
        raise StoreRefused("store.locked")
    return _by_passphrase(store, passphrase)


def open_any(home: Home, store: Keystore, ask: Callable[[], str] | None = None) -> RootKey:
    """The root of another keystore than the home's, by whatever opens it: a key file in the home, the file
    named by CONSTANCIA_KEY_FILE, CONSTANCIA_PASSPHRASE, `ask()`. Raises as `unlock`."""
    named, passphrase = os.environ.get(KEY_FILE_VARIABLE), os.environ.get(PASSPHRASE_VARIABLE)
    files = [home.keyfile] if home.keyfile.exists() else [Path(named)] if named else []
    ways: list[Callable[[], RootKey]] = [partial(_by_key_file, store, path) for path in files]
    ways += [partial(_by_passphrase, store, passphrase)] if passphrase is not None else []
    ways += [lambda: _by_passphrase(store, ask())] if ask is not None else []
    refused = StoreRefused("store.locked")
    for way in ways:
        try:
            return way()
        except StoreRefused as refusal:
            refused = refusal
    raise refused


def read_ours(home: Home, root: RootKey) -> Keystore:
    """The keystore of `home`, to be written anew under this root. Raises StoreRefused `keys.root_changed`
    where somebody exchanged the root meanwhile: what this process would write would bring the old one back;
    and as `keystore.read`."""
    store = keystore.read(home)
    if not store.is_ours(root.derive(SEALING)):
        raise StoreRefused("keys.root_changed")
    return store


def believed(store: Keystore, secret: bytes) -> RootKey:
    """The root key out of a slot, once the seal of the file is checked with it."""
    root = RootKey(secret)
    if not store.is_ours(root.derive(SEALING)):
        raise StoreRefused("store.keystore")
    return root.following(store)


def change_passphrase(home: Home, root: RootKey, passphrase: str, *, cost: Cost | None = None) -> None:
    """Replace the passphrase that unlocks `home`; the other ways keep working, no data is rewritten."""
    with keystore.held(home):
        store = read_ours(home, root)
        kept = [slot for slot in store.slots if slot["kind"] != "passphrase"]
        rewrite(home, root, store.with_slots([_passphrase_slot(root, passphrase, cost), *kept]))


def add_key_file(home: Home, root: RootKey, path: Path, *, replacing: bool = False) -> None:
    """A new key file at `path` that unlocks `home`; with `replacing` in the place of all others.

    Raises StoreRefused `store.key_file` where a file is there already.
    """
    with keystore.held(home):
        store = read_ours(home, root)
        kept = [slot for slot in store.slots if not (replacing and slot["kind"] == "keyfile")]
        made = _key_file_slot(root, path, home.settings.demonstration)
        rewrite(home, root, store.with_slots([*kept, made]))


def remove_way(home: Home, root: RootKey, number: int) -> str:
    """Take away the way of unlocking with this number, as `keys list` counts; its kind.

    Raises InputRefused: `keys.no_such_way`, `keys.last_way` where neither passphrase nor key file would be
    left.
    """
    with keystore.held(home):
        store = read_ours(home, root)
        if not 1 <= number <= len(store.slots):
            raise InputRefused("keys.no_such_way", number=number, most=len(store.slots))
        kept = [slot for place, slot in enumerate(store.slots, start=1) if place != number]
        if not any(slot["kind"] in ("passphrase", "keyfile") for slot in kept):
            raise InputRefused("keys.last_way")
        rewrite(home, root, store.with_slots(kept))
        return str(store.slots[number - 1]["kind"])


def same_way(
    slot: keystore.Slot, old: RootKey, new: RootKey, passphrase: str | None, key_files: Sequence[Path]
) -> keystore.Slot | None:
    """The way of unlocking in `slot` as a way to another root; None where what opens it was not given."""
    if slot["kind"] == "passphrase" and passphrase is not None:
        salt, cost = keystore.parameters(slot)
        if keystore.unwrap(slot, keystore.stretch(passphrase, salt, cost)) == old._secret:
            return keystore.passphrase_slot(new._secret, passphrase, cost)
    if slot["kind"] == "keyfile":
        for key in map(read_key_file, key_files):
            if keystore.unwrap(slot, key) == old._secret:
                return keystore.wrap(new._secret, "keyfile", key, {})
    return None


def check_ways(store: Keystore, passphrase: str | None, key_files: Sequence[Path]) -> None:
    """Raises StoreRefused `store.wrong_passphrase`, `store.wrong_key_file` where one of these does not open,
    and as `read_key_file`."""
    if passphrase is not None:
        _by_passphrase(store, passphrase)
    for path in key_files:
        _by_key_file(store, path)


def rewrite(home: Home, root: RootKey, store: Keystore) -> RootKey:
    """Put `store` in the place of the home's; the root key with its epochs."""
    store.write(home, root.derive(SEALING))
    return root.following(store)


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


def check_passphrase(passphrase: str) -> None:
    """Raises InputRefused `passphrase.short`."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InputRefused("passphrase.short", minimum=SHORTEST_PASSPHRASE)


def _passphrase_slot(root: RootKey, passphrase: str, cost: Cost | None) -> keystore.Slot:
    check_passphrase(passphrase)
    return keystore.passphrase_slot(root._secret, passphrase, cost or Cost())


def _key_file_slot(root: RootKey, path: Path, demonstration: bool) -> keystore.Slot:
    return keystore.wrap(root._secret, "keyfile", write_key_file(path, demonstration), {})


def shares_slot(root: RootKey, secret: bytes, parameters: Mapping[str, Any]) -> keystore.Slot:
    """The root wrapped under a secret that is in shares."""
    return keystore.wrap(root._secret, "shares", secret, parameters)


def _by_passphrase(store: Keystore, passphrase: str) -> RootKey:
    for slot in store.slots:
        if slot["kind"] == "passphrase":
            salt, cost = keystore.parameters(slot)
            root = keystore.unwrap(slot, keystore.stretch(passphrase, salt, cost))
            if root is not None:
                return believed(store, root)
    raise StoreRefused("store.wrong_passphrase")


def _by_key_file(store: Keystore, path: Path) -> RootKey:
    key = read_key_file(path)
    for slot in store.slots:
        root = keystore.unwrap(slot, key) if slot["kind"] == "keyfile" else None
        if root is not None:
            return believed(store, root)
    raise StoreRefused("store.wrong_key_file", file=path.name)
