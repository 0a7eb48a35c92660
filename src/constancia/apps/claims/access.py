"""Documents and claims by their numbers."""

from __future__ import annotations

from constancia.apps.claims import models
from constancia.domain.errors import NotFound


def document_of(number: int) -> models.Document:
    """Raises NotFound (`claims.document_not_found`)."""
    found: models.Document | None = models.Document.objects.filter(pk=number).first()
    if found is None:
        raise NotFound("claims.document_not_found")
    return found


def claim_row(number: int) -> models.Claim:
    """With its document. Raises NotFound (`claim.not_found`)."""
    found: models.Claim | None = models.Claim.objects.select_related("document").filter(pk=number).first()
    if found is None:
        raise NotFound("claim.not_found")
    return found
