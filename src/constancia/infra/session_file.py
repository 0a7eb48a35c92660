"""The encrypted file of who is signed in (`sesiones.db`), on either engine, used without Django.

In the register's file a page could not be answered while a long import holds the one write
transaction: every session that is touched writes.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass

from constancia.infra import unlocked
from constancia.infra.sqlcipher.side_file import SideFile, create_side_file

SCHEMA = (
    "DROP TABLE IF EXISTS session",  # of versions that asked for no second factor
    "CREATE TABLE IF NOT EXISTS visit"
    "(key TEXT PRIMARY KEY, data TEXT NOT NULL, expires REAL NOT NULL, holder INTEGER,"
    " began REAL, seen REAL, browser TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS visit_expires ON visit(expires)",
    "CREATE INDEX IF NOT EXISTS visit_holder ON visit(holder)",
)

_lock = threading.Lock()
_files: dict[str, SideFile] = {}


@dataclass(frozen=True, slots=True)
class Visit:
    """A session as its holder may see it. `mark` names it without being its key; times in seconds (UTC)."""

    mark: str
    began: float
    seen: float
    browser: str


def file() -> SideFile:
    """The file of the unlocked home; made at its first use, for it holds nothing that must not be lost."""
    path = unlocked.home().sessions
    with _lock:
        if str(path) not in _files:
            create_side_file(path, unlocked.sessions_key(), SCHEMA)
            _files[str(path)] = SideFile(path, unlocked.sessions_key())
        return _files[str(path)]


def mark(key: str) -> str:
    """What a session is called on a page: whoever knows it cannot sign in with it."""
    return hashlib.sha256(b"session|" + key.encode()).hexdigest()[:16]


def visits(holder: int, now: float) -> list[Visit]:
    """The sessions of a user that have not expired, the one used last first."""
    sql = (
        "SELECT key, began, seen, browser FROM visit"
        " WHERE holder = ? AND expires > ? AND began IS NOT NULL ORDER BY seen DESC"
    )
    with file().opened() as connection:
        rows = connection.execute(sql, (holder, now)).fetchall()
    return [Visit(mark(key), began, seen, browser) for key, began, seen, browser in rows]


def end(holder: int, *, only: str | None = None, keep: str | None = None) -> int:
    """Ends sessions of a user: the one with the mark `only`, or all but the one whose key is `keep`.

    Returns how many ended; a browser that holds one of them is signed out at its next request.
    """
    with file().transaction() as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM visit WHERE holder = ?", (holder,))]
        ended = [key for key in keys if key != keep and (only is None or mark(key) == only)]
        connection.executemany("DELETE FROM visit WHERE key = ?", [(key,) for key in ended])
    return len(ended)
