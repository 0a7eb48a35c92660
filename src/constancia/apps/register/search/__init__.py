"""Search without accents over names, codes and places, on whichever engine the register lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from constancia.apps.register.search import fts5, tsvector
from constancia.apps.register.search.document import Document, Within
from constancia.domain.names import tokens

__all__ = ["Document", "Within", "add", "find", "remove", "stored", "wipe"]


def _engine() -> fts5.Index | tsvector.Index:
    return tsvector.Index() if connection.vendor == "postgresql" else fts5.Index()


def add(documents: Sequence[Document]) -> None:
    """Index `documents`; each person must not be in the index yet."""
    if documents:
        _engine().add(documents)


def remove(persons: Iterable[int]) -> None:
    """Take `persons` out of the index."""
    _engine().remove(list(persons))


def wipe() -> None:
    """Empty the index."""
    _engine().wipe()


def stored() -> dict[int, tuple[str, str]]:
    """Everything indexed: person → (names, others); `fsck` compares it."""
    return _engine().stored()


def find(
    text: str, *, limit: int, offset: int = 0, within: Within | None = None, names_only: bool = False
) -> list[int]:
    """Persons whose document holds every word of `text` (the beginning of a word suffices), best first.

    `within` confines the search. Operators, quotes and accents in `text` mean nothing: only its letters and
    digits are searched. [] where none are left.
    """
    words = tokens(text)[:12]
    if not words:
        return []
    return _engine().find(words, limit=limit, offset=offset, within=within, names_only=names_only)
