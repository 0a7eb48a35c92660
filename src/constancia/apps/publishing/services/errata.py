"""Errata: corrections of what was published, each with a number of its own."""

from __future__ import annotations

from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.services.appending import append_document
from constancia.apps.publishing.access import edition_of
from constancia.apps.publishing.models import Erratum
from constancia.apps.publishing.recording import recording
from constancia.domain.errors import InputRefused
from constancia.domain.names import written
from constancia.domain.publishing.canonical import canonical
from constancia.domain.publishing.manifest import text_of

LONGEST = 2000


def issue_erratum(actor: User, edition: int, es: str, en: str, *, at: datetime | None = None) -> int:
    """Keeps a correction of an edition, in both languages; returns its number. Nothing else changes.

    Raises NotAllowed; NotFound (`edition.not_found`); InputRefused `edition.erratum_words`.
    """
    allow(actor, Permission.EDITION_APPROVE)
    es, en = written(es, limit=LONGEST), written(en, limit=LONGEST)
    if not es or not en:
        raise InputRefused("edition.erratum_words")
    with recording(at) as issued_at:
        row = Erratum(
            edition=edition_of(edition), words_es=es, words_en=en, issued_at=issued_at, issued_by=actor
        )
        row.save()
        append_document("erratum", "erratum", row.pk, said(row), issued_at)
    return int(row.pk)


def said(row: Erratum) -> bytes:
    """An erratum as the log commits to it."""
    return canonical(
        {
            "number": row.pk,
            "edition": row.edition.number,
            "es": row.words_es,
            "en": row.words_en,
            "issued_at": text_of(row.issued_at),
        }
    )
