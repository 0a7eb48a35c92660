"""The index on SQLCipher: an FTS5 table, rowid = person, with its own secure-delete."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from constancia.apps.register.search.document import RANKED, Document, Within
from constancia.infra.bulk import in_pieces

CREATE = (
    "CREATE VIRTUAL TABLE register_search USING fts5("
    "names, others, tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3')"
)
SECURE = "INSERT INTO register_search(register_search, rank) VALUES ('secure-delete', 1)"
DROP = "DROP TABLE register_search"


class Index:
    """See `search`."""

    def add(self, documents: Sequence[Document]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO register_search(rowid, names, others) VALUES (%s, %s, %s)", documents
            )

    def remove(self, persons: list[int]) -> None:
        with connection.cursor() as cursor:
            for piece in in_pieces(persons):
                places = ", ".join(["%s"] * len(piece))
                cursor.execute(f"DELETE FROM register_search WHERE rowid IN ({places})", list(piece))

    def wipe(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM register_search")

    def stored(self) -> dict[int, tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid, names, others FROM register_search")
            return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}

    def find(
        self, words: Sequence[str], *, limit: int, offset: int, within: Within | None, names_only: bool
    ) -> list[int]:
        match = " ".join(f'"{word}"*' for word in words)
        if names_only:
            match = f"names : ({' AND '.join(f'{chr(34)}{word}{chr(34)}*' for word in words)})"
        sql, params = within("register_search.rowid") if within else ("", ())
        confined = f" AND EXISTS ({sql})" if within else ""
        # Ranking reads every match, and two common words match a third of a register: rank the latest only.
        latest = (
            f"SELECT rowid AS person, rank AS score FROM register_search"
            f" WHERE register_search MATCH %s{confined} ORDER BY rowid DESC LIMIT {RANKED}"
        )
        order = "score, person DESC" if len(words) > 1 else "person DESC"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT person FROM ({latest}) ORDER BY {order} LIMIT %s OFFSET %s",
                [match, *params, limit, offset],
            )
            return [row[0] for row in cursor.fetchall()]
