"""A small encrypted file beside the register, used without Django: the keyring, the sessions."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from constancia.infra.sqlcipher.connection import open_encrypted

PATIENCE_SECONDS = 30.0
CACHE_MB = 8


def create_side_file(path: Path, key: bytes, schema: Sequence[str]) -> None:
    """Make the file at `path` with the tables of `schema`; harmless where they are already."""
    connection = open_encrypted(path, key, create=True, isolation_level=None, timeout=PATIENCE_SECONDS)
    for statement in schema:
        connection.execute(statement)
    connection.close()


class SideFile:
    """One connection per process to the file at `path`, for one thread at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._lock = threading.RLock()
        self._connection: Any = None
        _open_files.add(self)

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """The connection, for this thread until the block ends. Raises what `open_encrypted` raises."""
        with self._lock:
            if self._connection is None:
                self._connection = open_encrypted(
                    self._path,
                    self._key,
                    cache_mb=CACHE_MB,
                    isolation_level=None,
                    check_same_thread=False,
                    timeout=PATIENCE_SECONDS,
                )
            yield self._connection

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """The same within a transaction: all that is written in the block is durable after it, or none."""
        with self.opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk has ended the transaction by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None


_open_files: weakref.WeakSet[SideFile] = weakref.WeakSet()


def close_all() -> None:
    """Close every side file of this process; the next use opens it again."""
    for file in list(_open_files):
        file.close()


# An open connection must not cross a fork: the child would believe in locks that only the parent holds.
os.register_at_fork(before=close_all)
