"""One keystore out of two: the register of one day and the keys of another may be of different epochs."""

from __future__ import annotations

from dataclasses import replace

from constancia.domain.errors import StoreRefused
from constancia.infra import keystore
from constancia.infra.backup.restoring import KEYS_STORE
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import SEALING, RootKey

OF_THE_KEYS = ("keyring", "kek")
"""The purposes whose epoch the file of keys brought along. All others are those of the register's day."""


def joined(home: Home, root: RootKey) -> RootKey:
    """Make the keystore of an unpacked backup say the epochs of what lies beside it; the root key with them.

    The keystore that came with the keys is gone afterwards; where there is none, nothing changes.
    Raises StoreRefused `store.keystore` where it is damaged or not this register's.
    """
    path = home.path / KEYS_STORE
    if not path.exists():
        return root
    of_keys = keystore.read_file(path)
    if not of_keys.is_ours(root.derive(SEALING)):
        raise StoreRefused("store.keystore")
    store = keystore.read(home)
    epochs = {**store.epochs, **{purpose: of_keys.epoch(purpose) for purpose in OF_THE_KEYS}}
    # A snapshot is under the key that held when it was made: nothing in it is on its way anywhere.
    store = replace(store, epochs=epochs, pending={})
    store.write(home, root.derive(SEALING))
    path.unlink()
    return root.following(store)
