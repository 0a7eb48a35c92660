"""One keystore out of two: the register of one day and the keys of another may be of different epochs, or
even of different roots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from constancia.domain.errors import ConstanciaError, StoreRefused
from constancia.infra import carrying, keystore, rotation
from constancia.infra.backup.restoring import KEYS_STORE
from constancia.infra.home import Home
from constancia.infra.keystore import Keystore
from constancia.infra.secrets_unlock import SEALING, RootKey, open_any, rewrite

OF_THE_KEYS = ("keyring", "kek")
"""The purposes whose epoch the file of keys brought along. All others are those of the register's day."""


def joined(home: Home, root: RootKey, ask: Callable[[], str] | None = None) -> RootKey:
    """Make the keystore of an unpacked backup say the epochs of what lies beside it; the root key with them.

    The keystore that came with the keys is gone afterwards; where there is none, nothing changes. Where it is
    of another root, the keys are wrapped anew under the register's; it is opened by a way that was given or
    by `ask`. Raises StoreRefused `store.keystore` where it is damaged or not this register's,
    `backup.keys_of_another_root` where nothing given opens it.
    """
    path = home.path / KEYS_STORE
    if not path.exists():
        return root
    of_keys = keystore.read_file(path)
    # A snapshot is under the key that held when it was made: nothing in it is on its way anywhere.
    store = replace(keystore.read(home), pending={})
    if of_keys.is_ours(root.derive(SEALING)):
        theirs = root
        epochs = {**store.epochs, **{purpose: of_keys.epoch(purpose) for purpose in OF_THE_KEYS}}
    else:
        theirs = _other_root(home, of_keys, ask)
        kek = max(store.epoch("kek"), of_keys.epoch("kek")) + 1
        rotation.replace_file(home.keyring, theirs.current("keyring"), root.current("keyring"))
        rotation.rewrap(home, root.current("keyring"), theirs, root, kek)
        epochs = {**store.epochs, "kek": kek}
    store = _with_newer_signers(replace(store, epochs=epochs), root, of_keys, theirs)
    after = rewrite(home, root, store)
    path.unlink()
    return after


def _with_newer_signers(store: Keystore, root: RootKey, of_keys: Keystore, theirs: RootKey) -> Keystore:
    """The keys that came to sign after the register's day are in the other keystore alone."""
    found = carrying.opened(of_keys, theirs.derive(carrying.LABEL))
    newer = {label: key for label, key in found.items() if label not in store.carried and _signs(label, root)}
    return carrying.with_keys(store, root.derive(carrying.LABEL), newer) if newer else store


def _signs(label: str, root: RootKey) -> bool:
    purpose, _, epoch = label.rpartition("/")
    return f"{purpose}/1" in carrying.OF_THEIR_OWN and int(epoch) > root.epoch(purpose)


def _other_root(home: Home, of_keys: Keystore, ask: Callable[[], str] | None) -> RootKey:
    try:
        return open_any(home, of_keys, ask)
    except StoreRefused as refused:
        if refused.code == "store.keystore":
            raise
        raise StoreRefused("backup.keys_of_another_root") from None
    except ConstanciaError:  # nobody is there to be asked
        raise StoreRefused("backup.keys_of_another_root") from None
