"""Documents with what they say of themselves as it was corrected, and those that were withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from constancia.apps.claims.models import Amendment, Document

OF_ITSELF = ("title", "publisher", "kind", "language", "published", "address")
"""What may be corrected of a document. Its text and its file are what they are."""


def latest(documents: Iterable[int] | None = None, known_at: datetime | None = None) -> dict[int, Amendment]:
    """The amendment of each document that holds as known at T (now), by the document's number."""
    found = Amendment.objects.order_by("pk")
    if documents is not None:
        found = found.filter(document__in=set(documents))
    if known_at is not None:
        found = found.filter(known_at__lte=known_at)
    return {one.document_id: one for one in found}


def withdrawn(known_at: datetime | None = None) -> frozenset[int]:
    """The documents that stand withdrawn as known at T (now)."""
    return frozenset(number for number, one in latest(None, known_at).items() if one.withdrawn)


def amend(documents: Iterable[Document], known_at: datetime | None = None) -> None:
    """Puts what holds as known at T (now) into documents read from the store, which keeps its own rows."""
    found = latest(None, known_at)
    for document in documents:
        one = found.get(document.pk)
        if one is not None:
            for name in OF_ITSELF:
                setattr(document, name, getattr(one, name))
