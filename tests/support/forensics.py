"""What a thorough reader of the disk finds, with the register's key in hand: every page in clear, the bytes
that nothing points to any more included."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.db import connection

from constancia.infra import unlocked

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
WAL_HEAD, FRAME_HEAD = 32, 24


def everything() -> bytes:
    """All pages of the database of this run: of the encrypted file and the log beside it, decrypted; of a
    PostgreSQL the files of its tables and indexes, without its own log."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            # The other workers of a run have databases of their own on the same server.
            cursor.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database"
                " WHERE datname = current_database()"
            )
            place, number = cursor.fetchone()
            folder = Path(place) / "base" / str(number)
        return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    path, key = Path(str(connection.settings_dict["NAME"])), unlocked.database_key()
    data, log = path.read_bytes(), path.with_name(path.name + "-wal")
    pages = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    found = [_clear(key, page, SALT if number == 0 else 0) for number, page in enumerate(pages)]
    rest = log.read_bytes()[WAL_HEAD:] if log.exists() else b""
    for start in range(0, len(rest), FRAME_HEAD + PAGE):
        number = int.from_bytes(rest[start : start + 4], "big")
        page = rest[start + FRAME_HEAD : start + FRAME_HEAD + PAGE]
        found.append(_clear(key, page, SALT if number == 1 else 0))
    return b"".join(found)


def sample() -> None:
    """What a server does by itself now and then: it keeps the most common values of every column."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _clear(key: bytes, page: bytes, skipped: int) -> bytes:
    if len(page) < PAGE:
        return b""
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reader.update(page[skipped : PAGE - RESERVED]) + reader.finalize()


def present(words: Iterable[str], data: bytes) -> set[str]:
    """Those of `words` that stand in `data`, in any case of their letters."""
    folded = data.lower()
    return {word for word in words if word.lower().encode() in folded}
