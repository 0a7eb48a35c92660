"""What pages and commands read of what others say."""

from constancia.apps.claims.queries.documents import (
    ClaimLine,
    DocumentLine,
    DocumentPage,
    claim,
    claimants_named,
    confirmed,
    document,
    documents,
    file_of,
    waiting,
)

__all__ = [
    "ClaimLine",
    "DocumentLine",
    "DocumentPage",
    "claim",
    "claimants_named",
    "confirmed",
    "document",
    "documents",
    "file_of",
    "waiting",
]
