"""A new root key, and everything that hung from the old one moved to it, in an order that a crash leaves
whole.

The keystore first holds, beside the old root, the new one sealed under it, with the ways of unlocking as they
will be. Then each file is encrypted anew and every wrapped key wrapped anew; both say by themselves under
which root they are. Then the keystore takes its new form in one step, and the old root is nowhere any more.
Whoever starts in between opens with an old way and goes on from where it stopped (`settle`). What of the
register's own rows was sealed or fingerprinted under the old root follows afterwards (`following`); until it
has, the keys it needs are carried.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import carrying, clock, keystore, rotation
from constancia.infra.home import Home
from constancia.infra.key_inventory import KEYS
from constancia.infra.keystore import NONCE, Keystore, Slot, b64
from constancia.infra.secrets_unlock import SEALING, RootKey, read_ours, rewrite

LABEL = "succession/1"
REMEMBERED = timedelta(days=7)
"""For how long a key is carried whose place another has taken, where only what it recognises is still met."""

Rewrap = Callable[[Slot, RootKey], Slot | None]
"""A way of unlocking and the new root → the same way to it, or None where it cannot be made here."""


def begin(home: Home, root: RootKey, rewrap: Rewrap) -> RootKey:
    """A new root in the place of this one; the new one.

    No connection to any file of the register may be open, in this process or another, and no site. Ways of
    unlocking that `rewrap` does not give are gone. Raises InputRefused `keys.last_way` where neither
    passphrase nor key file would be left, `keys.in_use`, `keys.room`: then nothing has changed.
    """
    with keystore.held(home):
        store = read_ours(home, root)
        for purpose in rotation.FILES:
            path = rotation.file_of(home, purpose)
            if path.exists():
                rotation.check_room(path)
                with rotation.alone(path, root.current(purpose)):
                    pass
        new = RootKey(secrets.token_bytes(32))
        slots = [made for slot in store.slots if (made := rewrap(slot, new)) is not None]
        if not any(slot["kind"] in ("passphrase", "keyfile") for slot in slots):
            raise InputRefused("keys.last_way")
        store = replace(store, succession=_to_come(store, root, new, slots))
        store.write(home, root.derive(SEALING))
        return _moved(home, root, store)


def settle(home: Home, root: RootKey) -> RootKey:
    """Go on with an exchange that was interrupted, then settle what rotations left (`rotation.settle`); the
    root that holds then. Raises as `begin`, and StoreRefused `store.keystore`."""
    if keystore.read(home).succession:
        with keystore.held(home):
            store = read_ours(home, root)
            root = _moved(home, root, store) if store.succession else root.following(store)
    return rotation.settle(home, root)


def followed(home: Home, root: RootKey, purpose: str) -> RootKey:
    """Note that the rows of `purpose` ("totp", "blind") follow the new root; what they needed goes."""
    with keystore.held(home):
        store = read_ours(home, root)
        store = replace(store, following=tuple(one for one in store.following if one != purpose))
        if purpose in RESEALED:
            store = carrying.without(store, {f"{purpose}/{store.epoch(purpose) - 1}"})
        store.write(home, root.derive(SEALING))
        return root.following(store)


def tidied(home: Home, root: RootKey, labels: AbstractSet[str] = frozenset()) -> RootKey:
    """Destroy the carried keys whose time is over, and those of `labels`; the root without them."""
    found = keystore.read(home)
    if not carrying.outlived(found, clock.now()) and not labels & set(found.carried):
        return root
    with keystore.held(home):
        store = read_ours(home, root)
        store = carrying.without(store, labels | carrying.outlived(store, clock.now()))
        return rewrite(home, root, store)


FOLLOWING = tuple(one.purpose for one in KEYS if one.follows in ("resealed", "rebuilt"))
"""The purposes whose rows have to follow a new root."""
RESEALED = tuple(one.purpose for one in KEYS if one.follows == "resealed")


def _to_come(store: Keystore, root: RootKey, new: RootKey, slots: list[Slot]) -> dict[str, Any]:
    """What the keystore will be, under the new root, and that root sealed under the old one."""
    epochs, keys, soon = dict(store.epochs), dict[str, bytes](), dict[str, bytes]()
    for one in KEYS:
        present = f"{one.purpose}/{root.epoch(one.purpose)}"
        if one.follows == "carried":
            labels = {label for label in store.carried if label.rpartition("/")[0] == one.purpose}
            keys |= {label: root.derive(label) for label in labels or {present}}
        elif one.follows != "written":
            epochs[one.purpose] = root.epoch(one.purpose) + 1
        if one.follows == "resealed":
            keys[present] = root.derive(present)
        if one.follows == "remembered":
            soon[present] = root.derive(present)
        if one.kept:
            keys[f"{one.purpose}/1"] = root.derive(f"{one.purpose}/1")
    sealing = new.derive(carrying.LABEL)
    made = carrying.with_keys(Keystore(()), sealing, keys)
    made = replace(made, until={label: when for label, when in store.until.items() if label in made.carried})
    made = carrying.with_keys(made, sealing, soon, clock.now() + REMEMBERED)
    nonce = os.urandom(NONCE)
    sealed = AESGCM(root.derive(LABEL)).encrypt(nonce, new._secret, LABEL.encode())
    return {
        "root": b64(nonce + sealed),
        "slots": slots,
        "epochs": epochs,
        "carried": dict(made.carried),
        "until": dict(made.until),
    }


def _moved(home: Home, root: RootKey, store: Keystore) -> RootKey:
    after = _after(store, root)
    new = RootKey(_unsealed(store, root)).following(after)
    for purpose in rotation.FILES:
        path = rotation.file_of(home, purpose)
        rotation.throw_away(rotation.leftover(path))
        if path.exists() and not rotation.opens(path, new.current(purpose)):
            rotation.check_room(path)
            rotation.replace_file(
                path, root.derive(f"{purpose}/{store.epoch(purpose)}"), new.current(purpose)
            )
    if home.keyring.exists():
        rotation.rewrap(home, new.current("keyring"), root, new, after.epoch("kek"))
    _take_its_place(home, after, new)
    return new


def _after(store: Keystore, root: RootKey) -> Keystore:
    """The keystore under the new root. Raises StoreRefused `store.keystore`."""
    told, now = store.succession, clock.now().isoformat()
    try:
        epochs = {str(name): int(epoch) for name, epoch in told["epochs"].items()}
        return Keystore(
            slots=tuple(told["slots"]),
            epochs=epochs,
            retired=dict.fromkeys((name for name in epochs if epochs[name] != root.epoch(name)), now),
            carried=dict(told["carried"]),
            until=dict(told["until"]),
            following=FOLLOWING,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreRefused("store.keystore") from error


def _unsealed(store: Keystore, root: RootKey) -> bytes:
    try:
        raw = base64.b64decode(store.succession["root"], validate=True)
        return AESGCM(root.derive(LABEL)).decrypt(raw[:NONCE], raw[NONCE:], LABEL.encode())
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise StoreRefused("store.keystore") from error


def _take_its_place(home: Home, after: Keystore, new: RootKey) -> None:
    """The keystore under the new root in the place of the old one, whose bytes are written over."""
    inside = os.open(home.keystore, os.O_RDWR | os.O_CLOEXEC)
    try:
        size = os.fstat(inside).st_size
        after.write(home, new.derive(SEALING))
        os.pwrite(inside, bytes(size), 0)
        os.fsync(inside)
    finally:
        os.close(inside)
