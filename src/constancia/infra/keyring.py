"""The file of wrapped subject keys: small, encrypted, apart from the register.

It lies apart so that it can have short-lived backups of its own: a key destroyed here is gone from
everything that was sealed with it once its last copy expires, while the register's backups live long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from constancia.domain.errors import StoreRefused
from constancia.infra.sqlcipher.side_file import SideFile, create_side_file

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS subject_key"
    "(subject BLOB PRIMARY KEY, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS forgotten(one INTEGER PRIMARY KEY CHECK (one = 1), times INTEGER NOT NULL)",
    "INSERT OR IGNORE INTO forgotten VALUES (1, 0)",
)
AT_A_TIME = 10_000


class KeyRing:
    """Wrapped keys by subject (16 bytes). Safe to use from several threads and processes."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = SideFile(path, key)
        self._seen_version = -1
        self._forgotten = 0

    @classmethod
    def create(cls, path: Path, key: bytes) -> KeyRing:
        """A new, empty ring at `path`."""
        create_side_file(path, key, SCHEMA)
        return cls(path, key)

    def add(self, rows: Iterable[tuple[bytes, int, bytes]]) -> None:
        """Keep (subject, epoch, wrapped) rows, all in one durable transaction.

        Raises StoreRefused `codec.subject_exists` if one of them is already kept; then none is added.
        """
        # In key order the pages of the tree are filled one after the other.
        ordered = sorted(rows)
        try:
            with self._file.transaction() as connection:
                connection.executemany("INSERT INTO subject_key VALUES (?, ?, ?)", ordered)
        except driver.IntegrityError as error:
            raise StoreRefused("codec.subject_exists") from error

    def find(self, subjects: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        """(epoch, wrapped) of those of `subjects` that are kept."""
        found: dict[bytes, tuple[int, bytes]] = {}
        with self._file.opened() as connection:
            for start in range(0, len(subjects), AT_A_TIME):
                part = subjects[start : start + AT_A_TIME]
                marks = ",".join("?" * len(part))
                sql = f"SELECT subject, epoch, wrapped FROM subject_key WHERE subject IN ({marks})"
                for subject, epoch, wrapped in connection.execute(sql, part):
                    found[subject] = (epoch, wrapped)
        return found

    def remove(self, subject: bytes) -> bool:
        """Destroy the key of `subject` and what the log of the file still holds of it; was there one?"""
        with self._file.transaction() as connection:
            gone = connection.execute("DELETE FROM subject_key WHERE subject = ?", (subject,)).rowcount
            connection.execute("UPDATE forgotten SET times = times + 1")
            # Our own commits do not move the version that tells us of others'.
            self._seen_version = -1
        with self._file.opened() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return bool(gone)

    def rewrap(self, epoch: int, again: Callable[[bytes, int, bytes], bytes]) -> int:
        """Put every key that is not in `epoch` into it, all in one durable transaction; how many there were.

        `again(subject, epoch before, wrapped)` gives the key wrapped anew.
        """
        with self._file.transaction() as connection:
            sql = "SELECT subject, epoch, wrapped FROM subject_key WHERE epoch <> ?"
            rows = connection.execute(sql, (epoch,)).fetchall()
            made = ((epoch, again(*row), row[0]) for row in rows)
            connection.executemany("UPDATE subject_key SET epoch = ?, wrapped = ? WHERE subject = ?", made)
        with self._file.opened() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(rows)

    def epochs(self) -> dict[int, int]:
        """How many keys are wrapped under each epoch."""
        with self._file.opened() as connection:
            return dict(connection.execute("SELECT epoch, count(*) FROM subject_key GROUP BY epoch"))

    def scrub(self) -> bool:
        """Write the file's log home and cut it to nothing; False while somebody else goes on reading it."""
        with self._file.opened() as connection:
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def count(self) -> int:
        with self._file.opened() as connection:
            return int(connection.execute("SELECT count(*) FROM subject_key").fetchone()[0])

    def subjects(self) -> set[bytes]:
        """All subjects that have a key."""
        with self._file.opened() as connection:
            return {row[0] for row in connection.execute("SELECT subject FROM subject_key")}

    def times_forgotten(self) -> int:
        """Grows whenever any process destroys a key: whoever holds unwrapped keys must drop them."""
        with self._file.opened() as connection:
            version = connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._seen_version:
                self._forgotten = connection.execute("SELECT times FROM forgotten").fetchone()[0]
                self._seen_version = version
            return self._forgotten

    def close(self) -> None:
        self._file.close()
        self._seen_version = -1
