"""Django's sessions, kept in `infra.session_file`. The name `SessionStore` is what Django looks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

from constancia.apps.accounts.marks import BEGAN, BROWSER, SEEN
from constancia.infra import clock
from constancia.infra.session_file import file


class SessionStore(SessionBase):
    """One session. Its data are signed as in Django's own stores."""

    def load(self) -> dict[str, Any]:
        now = clock.now().timestamp()
        with file().opened() as connection:
            row = connection.execute(
                "SELECT data FROM visit WHERE key = ? AND expires > ?", (self.session_key, now)
            ).fetchone()
        if row is None:
            # A key that we did not make is never adopted: that would be session fixation.
            self._session_key = None
            return {}
        decoded: dict[str, Any] = self.decode(row[0])
        return decoded

    def exists(self, session_key: str) -> bool:
        with file().opened() as connection:
            sql = "SELECT 1 FROM visit WHERE key = ?"
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
                sql = (
                    "INSERT OR IGNORE INTO visit(data, expires, holder, began, seen, browser, key)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)"
                )
            else:
                sql = (
                    "UPDATE visit SET data = ?, expires = ?, holder = ?, began = ?, seen = ?, browser = ?"
                    " WHERE key = ?"
                )
            row = (data, expires, *_told(content), self.session_key)
            changed = connection.execute(sql, row).rowcount
        if not changed:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        with file().transaction() as connection:
            connection.execute("DELETE FROM visit WHERE key = ?", (session_key or self.session_key,))

    @classmethod
    def clear_expired(cls) -> None:
        with file().transaction() as connection:
            connection.execute("DELETE FROM visit WHERE expires <= ?", (clock.now().timestamp(),))


def _told(content: dict[str, Any]) -> tuple[int | None, float | None, float | None, str]:
    """Holder, beginning, last use and browser of a session, beside its data, so that it can be listed."""
    holder = content.get(SESSION_KEY)
    return (
        int(holder) if holder is not None else None,
        content.get(BEGAN),
        content.get(SEEN),
        content.get(BROWSER, ""),
    )
