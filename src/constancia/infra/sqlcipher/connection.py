"""Open an encrypted file: key first, checks before use, and nothing created unless it was asked for.

SQLCipher refuses little by itself: an unknown pragma is ignored, so a misspelt key gives a plaintext
file without a word, and a wrong path gives a fresh empty register. The checks here close both doors.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as driver

from constancia.domain.errors import StoreRefused

KEY_BYTES = 32
PLAINTEXT_HEADER = b"SQLite format 3\x00"
DEFAULT_CACHE_MB = 32
LOOKS = 3
NOT_OF_THIS_KEY = "file is not a database"
"""What the engine says where the first page does not carry this key's check."""

# Pragmas that would undo a protection of this file; everything else stays open to migrations.
MOST_CONTRADICTIONS = 1000
PROTECTED_PRAGMAS = frozenset(
    {
        "cell_size_check",
        "hexkey",
        "hexrekey",
        "journal_mode",
        "key",
        "mmap_size",
        "recursive_triggers",
        "rekey",
        "secure_delete",
        "synchronous",
        "textkey",
        "textrekey",
        "trusted_schema",
        "writable_schema",
    }
)


def open_encrypted(path: Path | str, key: bytes, *, create: bool = False, **options: Any) -> Any:
    """A connection to the file at `path`, keyed with the 32 raw bytes `key`, pragmas set.

    `create` allows a file that does not exist yet (or is empty) to come into being; `options` go to
    the driver. Raises StoreRefused: `store.key_length`, `store.missing`, `store.plaintext`,
    `store.not_encrypting`, `store.wrong_key`, `store.read_only`. A refusal leaves the folder as it was.
    """
    cache_mb = int(options.pop("cache_mb", DEFAULT_CACHE_MB))
    if len(key) != KEY_BYTES:
        raise StoreRefused("store.key_length", expected=KEY_BYTES, found=len(key))
    existed = check_file(Path(path), create=create)
    if not _writable(Path(path)):
        raise StoreRefused("store.read_only", file=Path(path).name)
    if not existed:
        _touch_private(Path(path))
    elif _log_beside(Path(path)):
        _look_first(Path(path), key)
    connection = driver.connect(str(path), **options)
    try:
        _unlock(connection, key)
        _set_pragmas(connection, cache_mb)
    except BaseException:
        connection.close()
        if not existed:
            Path(path).unlink(missing_ok=True)
        raise
    connection.set_authorizer(_authorize)
    return connection


def check_file(path: Path, *, create: bool) -> bool:
    """Whether a file with content stands at `path`. Refuses plaintext, and absence unless `create`."""
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAINTEXT_HEADER))
    except FileNotFoundError:
        header = b""
    except OSError as error:
        raise StoreRefused("store.unreadable", file=path.name) from error
    if header == PLAINTEXT_HEADER:
        raise StoreRefused("store.plaintext", file=path.name)
    if not header and not create:
        raise StoreRefused("store.missing", file=path.name)
    return bool(header)


def vacuum_into(connection: Any, target: Path) -> None:
    """Write a compact copy, encrypted with the same key, to `target`, which must not exist."""
    # VACUUM INTO attaches the target behind the scenes, which the authorizer forbids to everyone else.
    connection.set_authorizer(None)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.set_authorizer(_authorize)
    os.chmod(target, 0o600)


def _writable(path: Path) -> bool:
    """The file, where there is one, and its folder: the engine keeps its log beside it."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _log_beside(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _look_first(path: Path, key: bytes) -> None:
    """Refuse a file keyed otherwise before the engine has it open beside a log.

    The engine cannot tell whose log it is: closing a database that somebody put in another's place would
    write the other's pages into it.
    """
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    for attempt in range(LOOKS):
        connection = driver.connect(address, uri=True)
        try:
            _unlock(connection, key)
            return
        except StoreRefused as refusal:
            # Without its log a file may well be in pieces ("malformed"): that says nothing of its key.
            if NOT_OF_THIS_KEY not in str(refusal.__cause__):
                return
            # Somebody else may have been writing the very page that was read.
            if attempt == LOOKS - 1:
                raise
            time.sleep(0.05)
        finally:
            connection.close()


def damaged_pages(connection: Any) -> int:
    """How many pages of the file are not what was written there: each carries a keyed check of its own."""
    return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def contradictions(connection: Any) -> int:
    """How many places of the file do not agree with each other: tables, their indexes, what refers to what.

    A page as it was earlier, put back by whoever holds the disk, carries a valid check of its own
    (`damaged_pages` finds nothing); but it lacks what other pages say of it.
    """
    try:
        told = connection.execute(f"PRAGMA integrity_check({MOST_CONTRADICTIONS})").fetchall()
        lost = connection.execute("PRAGMA foreign_key_check").fetchmany(MOST_CONTRADICTIONS)
    except driver.DatabaseError as error:
        if isinstance(error, driver.OperationalError):
            raise  # locked, disk trouble
        return 1  # in pieces: not even the check can go on
    return len([row for row in told if row[0] != "ok"]) + len(lost)


def _unlock(connection: Any, key: bytes) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # The library reports each failed page on standard error; our own sentence is the report.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreRefused("store.not_encrypting")
    # A version says that the library can encrypt; the status, that this connection does.
    if connection.execute("PRAGMA cipher_status").fetchone() not in ((1,), ("1",)):
        raise StoreRefused("store.not_encrypting")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.OperationalError:
        raise  # locked, disk trouble: not the key's fault
    except driver.DatabaseError as error:
        raise StoreRefused("store.wrong_key") from error


def _set_pragmas(connection: Any, cache_mb: int) -> None:
    for name, value, expected in (
        ("foreign_keys", "ON", 1),
        ("legacy_alter_table", "OFF", 0),
        ("recursive_triggers", "ON", 1),
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", 2),
        ("secure_delete", "ON", 1),
        ("trusted_schema", "OFF", 0),
        ("mmap_size", "0", 0),
        ("cell_size_check", "ON", 1),
        ("cache_size", str(-1024 * cache_mb), -1024 * cache_mb),
    ):
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        # An ignored pragma answers nothing: what was asked for is read back, never assumed.
        if row is not None and row[0] != expected:
            raise StoreRefused("store.pragma", pragma=name)
        if row is None and name != "mmap_size":
            raise StoreRefused("store.pragma", pragma=name)


def _touch_private(path: Path) -> None:
    """An empty file readable by its owner alone, so that the driver never makes one with loose bits."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _authorize(action: int, first: str | None, second: str | None, _db: str | None, _by: str | None) -> int:
    if action in (driver.SQLITE_ATTACH, driver.SQLITE_DETACH):
        return int(driver.SQLITE_DENY)
    if action == driver.SQLITE_FUNCTION and second == "load_extension":
        return int(driver.SQLITE_DENY)
    if action == driver.SQLITE_PRAGMA and second is not None and (first or "").lower() in PROTECTED_PRAGMAS:
        return int(driver.SQLITE_DENY)
    return int(driver.SQLITE_OK)
