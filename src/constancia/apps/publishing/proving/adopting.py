"""Editions and errata from before there was a ledger: entered later, and said to be so."""

from __future__ import annotations

from datetime import datetime

from constancia.apps.ledger.models import Entry
from constancia.apps.ledger.services.appending import append_document, append_notice
from constancia.apps.publishing.models import Build, Erratum
from constancia.apps.publishing.services.errata import said
from constancia.domain.publishing.manifest import text_of


def adopt(at: datetime) -> int:
    """Enters the manifest of every built edition and every erratum that no entry stands for, and says so in
    the log; returns how many. Call it in a transaction."""
    editions = [
        (number, bytes(manifest))
        for number, manifest in Build.objects.order_by("edition__number").values_list(
            "edition__number", "manifest"
        )
        if not _is_there("edition", number)
    ]
    errata = [
        (row.pk, said(row))
        for row in Erratum.objects.select_related("edition").order_by("pk")
        if not _is_there("erratum", row.pk)
    ]
    for number, data in editions:
        append_document("edition", "edition", number, data, at)
    for number, data in errata:
        append_document("erratum", "erratum", number, data, at)
    if editions or errata:
        counts = {"edition": len(editions), "erratum": len(errata)}
        append_notice("adopted", {"entered_at": text_of(at), **counts}, at)
    return len(editions) + len(errata)


def _is_there(about: str, number: int) -> bool:
    return bool(Entry.objects.filter(about=about, number=number).exists())
