"""What a witness has seen, in one small file of SQLite: logs, checkpoints, and what it refused.

Only public checkpoints are in it, so it is not encrypted. What was checked and what is kept are one
transaction (BEGIN IMMEDIATE), so that two requests at once can never cosign two branches; it is on the disk
when the transaction ends (WAL, synchronous=FULL). An older copy of this file under the same key is the one
thing that makes a witness lie: the file is never made anew where it is missing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.infra import faults
from constancia.infra.files import PRIVATE_FILE, open_to_others, sync_folder
from constancia.infra.witness.rules import Kind, Seen

BEGIN = "BEGIN IMMEDIATE"
WAITING = 10
"""Seconds that a request waits for those before it."""

_TABLES = """
CREATE TABLE witness (vkey TEXT NOT NULL);
CREATE TABLE log (origin TEXT NOT NULL, hash TEXT NOT NULL, vkey TEXT NOT NULL UNIQUE);
CREATE TABLE seen (
    origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL,
    note TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (origin, size)
);
CREATE TABLE refused (
    origin TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, time INTEGER NOT NULL,
    UNIQUE (origin, kind, note)
);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that its log signed and that was not cosigned; `time` in seconds since 1970."""

    origin: str
    kind: Kind
    note: str
    time: int


class Held:
    """The store while nobody else can write to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def latest(self, origin: str) -> Seen | None:
        """The largest checkpoint cosigned of a log."""
        return _seen(
            self._connection,
            "SELECT size, root, note, time FROM seen WHERE origin = ? ORDER BY size DESC LIMIT 1",
            origin,
        )

    def of_size(self, origin: str, size: int) -> Seen | None:
        """What was cosigned of exactly that size."""
        query = "SELECT size, root, note, time FROM seen WHERE origin = ? AND size = ?"
        return _seen(self._connection, query, origin, size)

    def keep(self, origin: str, seen: Seen) -> None:
        """Keeps what is about to be cosigned; of one size the last note, whose root is the same."""
        kept = self._connection.execute(
            "INSERT INTO seen (origin, size, root, note, time) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (origin, size) DO UPDATE SET note = excluded.note, time = excluded.time "
            "WHERE root = excluded.root",
            (origin, seen.size, seen.root, seen.note, seen.time),
        )
        if kept.rowcount != 1:
            raise StoreRefused("witness.store")

    def keep_refused(self, kept: Kept) -> None:
        """Keeps a refused checkpoint, once."""
        self._connection.execute(
            "INSERT OR IGNORE INTO refused (origin, kind, note, time) VALUES (?, ?, ?, ?)",
            (kept.origin, kept.kind, kept.note, kept.time),
        )


class Store:
    """The file of one witness. Each call opens and closes it: any thread or process may use one at a time.

    All raise StoreRefused `witness.store` (damaged, or busy for too long), `store.full`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @staticmethod
    def create(path: Path, key: Key) -> Store:
        """A new file for the witness of `key`. Raises StoreRefused `witness.taken` where there is one."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
        except FileExistsError:
            raise StoreRefused("witness.taken") from None
        store = Store(path)
        with store._connected() as connection:
            connection.executescript("PRAGMA journal_mode=WAL;" + _TABLES)
            connection.execute("INSERT INTO witness VALUES (?)", (str(key),))
        sync_folder(path.parent)
        return store

    @staticmethod
    def open(path: Path, key: Key) -> Store:
        """The file of the witness of `key`.

        Raises StoreRefused `witness.missing` (it is never made anew: an empty one would cosign anything),
        `witness.mode` (others may read or write it), `witness.other_key` (of another witness).
        """
        if not path.is_file():
            raise StoreRefused("witness.missing", file=path.name)
        if (mode := open_to_others(path)) is not None:
            raise StoreRefused("witness.mode", file=path.name, mode=mode)
        store = Store(path)
        with store._connected() as connection:
            if connection.execute("SELECT vkey FROM witness").fetchall() != [(str(key),)]:
                raise StoreRefused("witness.other_key")
        return store

    def add_log(self, key: Key) -> bool:
        """Watches the log of that name under `key` too; False where it did already.

        Raises InputRefused `witness.log_key` for a key that signs no checkpoints (a cosigner's).
        """
        if key.kind != SIGNATURE:
            raise InputRefused("witness.log_key")
        with self._connected() as connection:
            made = connection.execute(
                "INSERT OR IGNORE INTO log VALUES (?, ?, ?)", (key.name, hash_of(key.name), str(key))
            )
            return made.rowcount == 1

    def drop_key(self, key: Key) -> None:
        """Watches the log of that name under `key` no more: what it signs alone is not cosigned.

        Raises InputRefused `witness.no_such_key`, `witness.last_key` where the log has no other: first the
        new one, so that it goes on being watched.
        """
        with self._connected() as connection:
            connection.execute(BEGIN)
            known = [Key.read(row[0]) for row in connection.execute("SELECT vkey FROM log")]
            if key not in known:
                connection.rollback()
                raise InputRefused("witness.no_such_key")
            if not any(one.name == key.name and one != key for one in known):
                connection.rollback()
                raise InputRefused("witness.last_key")
            connection.execute("DELETE FROM log WHERE vkey = ?", (str(key),))
            connection.commit()

    def logs(self) -> dict[str, tuple[Key, ...]]:
        """The logs watched: origin → its keys."""
        with self._connected() as connection:
            rows = connection.execute("SELECT origin, vkey FROM log ORDER BY origin, rowid").fetchall()
        found: dict[str, tuple[Key, ...]] = {}
        for origin, vkey in rows:
            found[origin] = (*found.get(origin, ()), Key.read(vkey))
        return found

    def keys(self, origin: str) -> tuple[Key, ...]:
        """The keys of a log; none where it is not watched."""
        with self._connected() as connection:
            query = "SELECT vkey FROM log WHERE origin = ? ORDER BY rowid"
            return tuple(Key.read(vkey) for (vkey,) in connection.execute(query, (origin,)))

    def latest(self, origin: str) -> Seen | None:
        """The largest checkpoint cosigned of a log."""
        with self._connected() as connection:
            return Held(connection).latest(origin)

    def by_hash(self, digest: str) -> Seen | None:
        """The same of the log whose origin has that SHA-256 (64 hex digits)."""
        with self._connected() as connection:
            row = connection.execute("SELECT origin FROM log WHERE hash = ? LIMIT 1", (digest,)).fetchone()
            return Held(connection).latest(row[0]) if row else None

    def refused(self) -> list[Kept]:
        """Every checkpoint that its log signed and that was not cosigned, oldest first."""
        with self._connected() as connection:
            rows = connection.execute("SELECT origin, kind, note, time FROM refused ORDER BY rowid")
            return [Kept(*row) for row in rows]

    @contextmanager
    def exclusive(self) -> Iterator[Held]:
        """Nobody else writes inside the block; what was kept is on the disk after it, or none of it is."""
        with self._connected() as connection:
            connection.execute(BEGIN)
            try:
                yield Held(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        address = self._path.resolve().as_uri() + "?mode=rw"
        try:
            with closing(sqlite3.connect(address, WAITING, isolation_level=None, uri=True)) as connection:
                connection.execute("PRAGMA synchronous=FULL")
                yield connection
        except sqlite3.Error as problem:
            raise StoreRefused("store.full" if faults.is_full(problem) else "witness.store") from None


def hash_of(origin: str) -> str:
    """How a log is called in addresses: the SHA-256 of its origin in hex."""
    return sha256(origin.encode()).hexdigest()


def _seen(connection: sqlite3.Connection, query: str, *values: str | int) -> Seen | None:
    row = connection.execute(query, values).fetchone()
    return Seen(*row) if row else None
