"""Names of lists, sealed each under a key of its own."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from constancia.apps.claims.models import ListedName
from constancia.infra import unlocked


def name_context(announcement: int, row: int) -> str:
    """Associated data of a listed name: which line of which announcement's list it is."""
    return f"claims_listedname|name|{announcement}-{row}"


def seal_names(announcement: int, first: int, names: Sequence[str]) -> list[tuple[bytes, bytes]]:
    """(subject, sealed name) of each; `first`: the row of the first of them."""
    codec = unlocked.codec()
    subjects = [uuid4().bytes for _ in names]
    codec.create_subjects(subjects)
    sealed = codec.seal_many(
        [
            (subject, name_context(announcement, row), name.encode())
            for row, (subject, name) in enumerate(zip(subjects, names, strict=True), start=first)
        ]
    )
    return list(zip(subjects, sealed, strict=True))


def open_names(rows: Sequence[ListedName]) -> dict[int, str]:
    """The names by primary key; "" where the key has been destroyed.

    Raises IntegrityBroken (`codec.unreadable`) where the bytes are altered or belong to another line.
    """
    opened = unlocked.codec().open_known(
        [(bytes(row.subject), name_context(row.announcement_id, row.number), bytes(row.name)) for row in rows]
    )
    return {row.pk: (name or b"").decode() for row, name in zip(rows, opened, strict=True)}
