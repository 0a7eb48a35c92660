"""New epochs of derived keys, in an order that a crash at any moment leaves readable.

The keystore first says where a purpose is on its way to, then its file is made anew beside the old one and
takes its name in one step, then the keystore says that it has arrived. Whoever starts in between looks which
of the two keys opens (`settle`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlcipher3 import dbapi2 as driver

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import keystore
from constancia.infra.codec import unwrapped_key, wrapped_key
from constancia.infra.files import left, sync_folder
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.keystore import Keystore
from constancia.infra.secrets_unlock import SEALING, RootKey
from constancia.infra.sqlcipher.connection import damaged_pages, open_encrypted, rekey
from constancia.infra.sqlcipher.side_file import PATIENCE_SECONDS

FILES = ("db", "keyring", "sessions", "trail")
"""The purposes that a file each is encrypted for."""
Rotated = Literal["kek", "db", "django"]
PURPOSES: dict[Rotated, tuple[str, ...]] = {"kek": ("kek",), "db": FILES, "django": ("django",)}
"""What is rotated together."""
SUFFIX = ".rotando"
PIECE = 1 << 20
PAGE = 4096


def file_of(home: Home, purpose: str) -> Path:
    """The file that the key for `purpose` encrypts."""
    paths = {"db": home.database, "keyring": home.keyring, "sessions": home.sessions, "trail": home.trail}
    return paths[purpose]


def settle(home: Home, root: RootKey) -> RootKey:
    """Finish or take back what a crash has interrupted; the root key with the epochs that hold now.

    Where nothing was interrupted nothing is read but the keystore. Waits for a rotation that is under way.
    """
    if not keystore.read(home).pending and not left(home.keystore):
        return root
    with keystore.held(home):
        store = keystore.read(home)
        for purpose, epoch in sorted(store.pending.items()):
            if purpose == "kek":
                _rewrap(home, root, store, epoch)
                store = store.arrived(purpose, epoch)
            elif purpose in FILES:
                path = file_of(home, purpose)
                _throw_away(_leftover(path))
                arrived = not path.exists() or _opens(path, root.derive(f"{purpose}/{epoch}"))
                store = store.arrived(purpose, epoch) if arrived else store.staying(purpose)
            else:
                store = store.staying(purpose)
            store.write(home, root.derive(SEALING))
        return root.following(store)


def rotate(home: Home, root: RootKey, what: Rotated) -> RootKey:
    """The next epoch of these keys; the root key with the epochs that hold then."""
    return {"kek": rotate_kek, "db": rotate_files, "django": rotate_django}[what](home, root)


def rotate_kek(home: Home, root: RootKey) -> RootKey:
    """Wrap every subject's key anew under the next epoch, in one transaction of the keyring.

    The site must be closed: who serves goes on wrapping new keys under the epoch before.
    """
    with keystore.held(home):
        store = keystore.read(home)
        epoch = store.epoch("kek") + 1
        store = store.beginning({"kek": epoch})
        store.write(home, root.derive(SEALING))
        _rewrap(home, root, store, epoch)
        return _written(home, root, store.arrived("kek", epoch))


def rotate_files(home: Home, root: RootKey) -> RootKey:
    """Encrypt register, keyring, sessions and trail anew, each under the next epoch of its key.

    No connection to any of them may be open, in this process or another. Raises InputRefused `keys.in_use`,
    `keys.room`; then the files done before it are in their new epoch, and all of them open.
    """
    with keystore.held(home):
        store = keystore.read(home)
        for purpose in FILES:
            path = file_of(home, purpose)
            if not path.exists():
                continue
            epoch = store.epoch(purpose) + 1
            old, new = (root.derive(f"{purpose}/{one}") for one in (epoch - 1, epoch))
            _check_room(path)
            with _alone(path, old) as inside:
                store = store.beginning({purpose: epoch})
                store.write(home, root.derive(SEALING))
                _replace(path, inside, old, new)
                store = store.arrived(purpose, epoch)
                store.write(home, root.derive(SEALING))
        return root.following(store)


def rotate_django(home: Home, root: RootKey) -> RootKey:
    """The next epoch of what signs sessions and forms; who is signed in stays so, for the ten hours that a
    session lasts (`web.settings`)."""
    with keystore.held(home):
        store = keystore.read(home)
        return _written(home, root, store.arrived("django", store.epoch("django") + 1))


def _written(home: Home, root: RootKey, store: Keystore) -> RootKey:
    store.write(home, root.derive(SEALING))
    return root.following(store)


def _rewrap(home: Home, root: RootKey, store: Keystore, epoch: int) -> None:
    ring = KeyRing(home.keyring, root.derive(f"keyring/{store.epoch('keyring')}"))
    new = AESGCM(root.derive(f"kek/{epoch}"))

    def again(subject: bytes, before: int, wrapped: bytes) -> bytes:
        old = AESGCM(root.derive(f"kek/{before}"))
        return wrapped_key(new, subject, epoch, unwrapped_key(old, subject, before, wrapped))

    try:
        ring.rewrap(epoch, again)
    finally:
        ring.close()


@contextmanager
def _alone(path: Path, key: bytes) -> Iterator[int]:
    """Nobody else has the file open and its log is folded into it; a descriptor of it to read from.

    Raises InputRefused `keys.in_use`.
    """
    # Closing any other descriptor of the file would drop the engine's lock on it: there is one, closed last.
    inside = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        connection = open_encrypted(path, key, isolation_level=None, timeout=1.0)
        try:
            connection.set_authorizer(None)
            try:
                mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
                connection.execute("BEGIN EXCLUSIVE")
            except driver.OperationalError as error:
                raise InputRefused("keys.in_use", file=path.name) from error
            if mode != ("delete",):
                raise InputRefused("keys.in_use", file=path.name)
            yield inside
        finally:
            connection.close()
    finally:
        os.close(inside)


def _replace(path: Path, inside: int, old: bytes, new: bytes) -> None:
    beside = _leftover(path)
    _throw_away(beside)
    try:
        with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as copy:
            place = 0
            while piece := os.pread(inside, PIECE, place):
                copy.write(piece)
                place += len(piece)
        rekey(beside, old, new)
        _check(beside, new)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        _throw_away(beside)
        raise
    sync_folder(path.parent)
    # Whoever waits to open the old file under the old key must not write into what nobody will read.
    os.pwrite(inside, bytes(PAGE), 0)


def _check(path: Path, key: bytes) -> None:
    connection = open_encrypted(path, key, isolation_level=None)
    try:
        if damaged_pages(connection):
            raise StoreRefused("store.wrong_key")
    finally:
        connection.close()


def _opens(path: Path, key: bytes) -> bool:
    try:
        open_encrypted(path, key, timeout=PATIENCE_SECONDS).close()
    except StoreRefused as refusal:
        if refusal.code != "store.wrong_key":
            raise
        return False
    return True


def _throw_away(path: Path) -> None:
    """A copy that was not finished, with what the engine laid beside it: it must not reach the next one."""
    for beside in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


def _check_room(path: Path) -> None:
    needed = 2 * path.stat().st_size + 16 * 2**20
    if shutil.disk_usage(path.parent).free < needed:
        raise InputRefused("keys.room", file=path.name, needed_mb=needed // 2**20 + 1)


def _leftover(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)
