"""What this process may use since it was unlocked: the home, its root key, and what comes from them.

One process serves one register. Settings name `database_key` by its dotted path, so that no key ever
stands in a settings object.
"""

from __future__ import annotations

import threading

from constancia.domain.errors import StoreRefused
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


def lock() -> None:
    """Drop the keys. Database connections already open stay open: end the process to be sure."""
    global _root, _home, _database_url, _codec
    with _lock:
        _root = _home = _database_url = _codec = None


def is_unlocked() -> bool:
    return _root is not None


def root() -> RootKey:
    if _root is None:
        raise StoreRefused("store.locked")
    return _root


def home() -> Home:
    if _home is None:
        raise StoreRefused("store.locked")
    return _home


def database_url() -> str | None:
    """The PostgreSQL address this process was given, or None for the home's encrypted file."""
    return _database_url


def database_key() -> bytes:
    """The raw key of the register's file."""
    return root().derive("db/1")


def keyring_key() -> bytes:
    """The raw key of the keyring file."""
    return root().derive("keyring/1")


def sessions_key() -> bytes:
    """The raw key of the file of sessions."""
    return root().derive("sessions/1")


def totp_key() -> bytes:
    """The key of one-time-code secrets and recovery seeds."""
    return root().derive("totp/1")


def trail_key() -> bytes:
    """The raw key of the file of the trail."""
    return root().derive("trail/1")


def django_secret() -> str:
    """What signs sessions, messages and links."""
    return root().derive("django/1").hex()


def codec() -> SubjectCodec:
    """The one codec of this process."""
    global _codec
    with _lock:
        if _codec is None:
            ring = KeyRing(home().keyring, keyring_key())
            _codec = SubjectCodec(ring, root().derive("kek/1"), root().derive("blind/1"))
        return _codec
