"""The index on PostgreSQL: its built-in text search over words folded by us; no extension is assumed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from constancia.apps.register.search.document import RANKED, Document, Within
from constancia.infra import barrier
from constancia.infra.bulk import in_pieces

CREATE = (
    "CREATE TABLE register_search (person bigint PRIMARY KEY, names text NOT NULL, others text NOT NULL, "
    "words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', names), 'A') || "
    "setweight(to_tsvector('simple', others), 'B')) STORED)"
)
INDEX = "CREATE INDEX register_search_words ON register_search USING gin (words)"
DROP = "DROP TABLE register_search"


class Index:
    """See `search`."""

    def add(self, documents: Sequence[Document]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO register_search(person, names, others) VALUES (%s, %s, %s)", documents
            )

    def remove(self, persons: list[int]) -> None:
        with connection.cursor() as cursor:
            for piece in in_pieces(persons):
                cursor.execute("DELETE FROM register_search WHERE person = ANY(%s)", [list(piece)])

    def wipe(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM register_search")

    def stored(self) -> dict[int, tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT person, names, others FROM register_search")
            return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}

    def find(
        self, words: Sequence[str], *, limit: int, offset: int, within: Within | None, names_only: bool
    ) -> list[int]:
        weight = "A" if names_only else ""
        query = " & ".join(f"'{word}':*{weight}" for word in words)
        sql, params = within("register_search.person") if within else ("", ())
        confined = f" AND EXISTS ({sql})" if within else ""
        if barrier.stands():
            # The index has no policy of its own (`register.barring`): the people have.
            confined += (
                " AND EXISTS (SELECT 1 FROM register_person AS seen WHERE seen.id = register_search.person)"
            )
        latest = (
            f"SELECT person, words FROM register_search WHERE words @@ to_tsquery('simple', %s){confined}"
            f" ORDER BY person DESC LIMIT {RANKED}"
        )
        order, ranked = "person DESC", []
        if len(words) > 1:
            order, ranked = "ts_rank(words, to_tsquery('simple', %s)) DESC, person DESC", [query]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT person FROM ({latest}) AS latest ORDER BY {order} LIMIT %s OFFSET %s",
                [query, *params, *ranked, limit, offset],
            )
            return [row[0] for row in cursor.fetchall()]
