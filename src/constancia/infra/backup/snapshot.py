"""Copies of encrypted files that others go on writing to: ciphertext under the same key, as of one moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any

from constancia.domain.errors import IntegrityBroken
from constancia.infra.home import Home
from constancia.infra.sqlcipher.connection import contradictions, damaged_pages, open_encrypted, vacuum_into

WORK = ".respaldo-en-curso"


@contextmanager
def workplace(home: Home) -> Iterator[Path]:
    """A private folder inside the register's for the copies, which are gone after the block; so is what a
    process that was killed left there."""
    folder = home.path / WORK
    rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def snapshot(source: Path, key: bytes, target: Path, *, without: Sequence[str] = ()) -> None:
    """A copy at `target` of the encrypted file at `source`. `without`: SQL that takes out of the copy what
    can be derived again; nothing of it stays in the file.

    Raises as `open_encrypted` and `refuse_unsound`.
    """
    connection = open_encrypted(source, key, isolation_level=None)
    try:
        refuse_unsound(connection)
        whole = target.with_name(target.name + ".entero") if without else target
        vacuum_into(connection, whole)
    finally:
        connection.close()
    if not without:
        return
    connection = open_encrypted(whole, key, isolation_level=None)
    try:
        for statement in without:
            connection.execute(statement)
        vacuum_into(connection, target)
    finally:
        connection.close()
    for left in (whole, Path(f"{whole}-wal"), Path(f"{whole}-shm")):
        left.unlink(missing_ok=True)


def check_pages(path: Path, key: bytes) -> None:
    """Open a copy and read every page of it. Raises as `snapshot`."""
    connection = open_encrypted(path, key, isolation_level=None)
    try:
        refuse_unsound(connection)
    finally:
        connection.close()


def refuse_unsound(connection: Any) -> None:
    """Read every page. Raises IntegrityBroken `fsck.damaged`, `fsck.torn` (its parts are of different times):
    a copy of such a file would take a good one's place."""
    if pages := damaged_pages(connection):
        raise IntegrityBroken("fsck.damaged", pages=pages)
    if places := contradictions(connection):
        raise IntegrityBroken("fsck.torn", places=places)
