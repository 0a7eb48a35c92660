"""What this process may use since it was unlocked: the home, its root key, and what comes from them.

One process serves one register. Settings name `database_key` by its dotted path, so that no key ever
stands in a settings object.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from constancia.domain.errors import StoreRefused
from constancia.infra import clock, keystore, loaded, modes
from constancia.infra.codec import SubjectCodec
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import RootKey

_lock = threading.Lock()
_root: RootKey | None = None
_home: Home | None = None
_database_url: str | None = None
_codec: SubjectCodec | None = None


def set_root(root: RootKey, home: Home, database_url: str | None = None) -> None:
    """Unlock this process for `home`; a PostgreSQL address replaces the home's own database."""
    global _root, _home, _database_url, _codec
    with _lock:
        _root, _home, _database_url, _codec = root, home, database_url, None
    loaded.drop_all()


def lock() -> None:
    """Drop the keys. Database connections already open stay open: end the process to be sure."""
    global _root, _home, _database_url, _codec
    with _lock:
        _root = _home = _database_url = _codec = None
    loaded.drop_all()


def is_unlocked() -> bool:
    return _root is not None


def root() -> RootKey:
    if _root is None:
        raise StoreRefused("store.locked")
    return _root


def heed_carried() -> None:
    """Take note of the keys that another process put into `llave.json`, or destroyed there, meanwhile: a site
    stays open for weeks. Raises StoreRefused `store.keystore`."""
    store = keystore.read(home())
    if set(store.carried) != root().carried:
        set_root(root().refreshed(store), home(), database_url())


def home() -> Home:
    if _home is None:
        raise StoreRefused("store.locked")
    return _home


def database_url() -> str | None:
    """The PostgreSQL address this process was given, or None for the home's encrypted file."""
    return _database_url


def database_key() -> bytes:
    """The raw key of the register's file."""
    return root().current("db")


def keyring_key() -> bytes:
    """The raw key of the keyring file."""
    return root().current("keyring")


def sessions_key() -> bytes:
    """The raw key of the file of sessions."""
    return root().current("sessions")


def totp_keys() -> tuple[bytes, ...]:
    """The key of one-time-code secrets and recovery seeds, and after it the one before, while a new root is
    being followed."""
    before = root().earlier("totp")
    return (root().current("totp"), *([] if before is None else [before]))


def trail_key() -> bytes:
    """The raw key of the file of the trail."""
    return root().current("trail")


def django_secret() -> str:
    """What signs sessions, messages and links."""
    return root().current("django").hex()


class SecretsBefore(list[str]):
    """What signed them in the epoch before, for as long as a session lasts after it was retired.

    Settings are read once and a site stays open for weeks: whether it still holds is asked at each use.
    """

    def __init__(self, secrets: Iterable[str], until: datetime | None) -> None:
        super().__init__(secrets)
        self._until = until

    def __iter__(self) -> Iterator[str]:
        holds = self._until is not None and clock.now() < self._until
        return super().__iter__() if holds else iter(())


def django_secrets_before(lifetime: timedelta) -> SecretsBefore:
    """Those that still hold: at most one, until `lifetime` after the present one took its place."""
    epoch, retired = root().epoch("django"), keystore.read(home()).retired_at("django")
    if epoch == 1 or retired is None:
        return SecretsBefore((), None)
    return SecretsBefore([root().derive(f"django/{epoch - 1}").hex()], retired + lifetime)


def kek(epoch: int) -> bytes:
    """The key that wraps subject keys of an epoch."""
    return root().derive(f"kek/{epoch}")


def refuse_to_write() -> None:
    """The guard of every write (`writer.before_writing`). Raises StoreRefused `store.read_only_mode` or
    `store.closed`."""
    modes.refuse_to_write(home())


def codec() -> SubjectCodec:
    """The one codec of this process."""
    global _codec
    with _lock:
        if _codec is None:
            ring = KeyRing(home().keyring, keyring_key())
            epoch = root().epoch("kek")
            _codec = SubjectCodec(
                ring,
                kek(epoch),
                root().current("blind"),
                epoch=epoch,
                earlier=kek,
                lasting=root().derive("blind/1"),
            )
        return _codec
