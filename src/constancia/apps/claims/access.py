"""Documents and claims by their numbers."""

from __future__ import annotations

from constancia.apps.claims import models
from constancia.apps.claims.amended import amend, latest
from constancia.domain.errors import InputRefused, NotFound


def document_of(number: int) -> models.Document:
    """With what was corrected of it. Raises NotFound (`claims.document_not_found`)."""
    found: models.Document | None = models.Document.objects.filter(pk=number).first()
    if found is None:
        raise NotFound("claims.document_not_found")
    amend([found])
    return found


def open_document(number: int) -> models.Document:
    """The same, to work on. Raises NotFound; InputRefused `claims.document_withdrawn`."""
    found = document_of(number)
    if is_withdrawn(number):
        raise InputRefused("claims.document_withdrawn")
    return found


def is_withdrawn(document: int) -> bool:
    """Whether a document stands withdrawn now."""
    last = latest([document]).get(document)
    return last is not None and last.withdrawn


def claim_row(number: int) -> models.Claim:
    """With its document. Raises NotFound (`claim.not_found`)."""
    found: models.Claim | None = models.Claim.objects.select_related("document").filter(pk=number).first()
    if found is None:
        raise NotFound("claim.not_found")
    amend([found.document])
    return found
