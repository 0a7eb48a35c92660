"""Sessions in an encrypted file of their own (`sesiones.db`), on either engine.

In the register's file a page could not be answered while a long import holds the one write
transaction: every session that is touched writes. The name `SessionStore` is what Django looks for.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

from constancia.infra import clock, unlocked
from constancia.infra.sqlcipher.side_file import SideFile, create_side_file

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS session"
    "(key TEXT PRIMARY KEY, data TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS session_expires ON session(expires)",
)

_lock = threading.Lock()
_files: dict[str, SideFile] = {}


def file() -> SideFile:
    """The file of the unlocked home; made at its first use, for it holds nothing that must not be lost."""
    path = unlocked.home().sessions
    with _lock:
        if str(path) not in _files:
            create_side_file(path, unlocked.sessions_key(), SCHEMA)
            _files[str(path)] = SideFile(path, unlocked.sessions_key())
        return _files[str(path)]


class SessionStore(SessionBase):
    """One session. Its data are signed as in Django's own stores."""

    def load(self) -> dict[str, Any]:
        now = clock.now().timestamp()
        with file().opened() as connection:
            row = connection.execute(
                "SELECT data FROM session WHERE key = ? AND expires > ?", (self.session_key, now)
            ).fetchone()
        if row is None:
            # A key that we did not make is never adopted: that would be session fixation.
            self._session_key = None
            return {}
        decoded: dict[str, Any] = self.decode(row[0])
        return decoded

    def exists(self, session_key: str) -> bool:
        with file().opened() as connection:
            sql = "SELECT 1 FROM session WHERE key = ?"
            return connection.execute(sql, (session_key,)).fetchone() is not None

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep the session. Raises UpdateError where it was ended in the meantime."""
        if self.session_key is None:
            self.create()
            return
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        data = self.encode(content)
        expires = (clock.now() + timedelta(seconds=self.get_expiry_age())).timestamp()
        with file().transaction() as connection:
            if must_create:
                sql = "INSERT OR IGNORE INTO session(data, expires, key) VALUES (?, ?, ?)"
            else:
                sql = "UPDATE session SET data = ?, expires = ? WHERE key = ?"
            changed = connection.execute(sql, (data, expires, self.session_key)).rowcount
        if not changed:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        with file().transaction() as connection:
            connection.execute("DELETE FROM session WHERE key = ?", (session_key or self.session_key,))

    @classmethod
    def clear_expired(cls) -> None:
        with file().transaction() as connection:
            connection.execute("DELETE FROM session WHERE expires <= ?", (clock.now().timestamp(),))
