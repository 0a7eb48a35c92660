"""What pages and commands read of what others say."""

from constancia.apps.claims.queries.documents import (
    ClaimLine,
    DocumentLine,
    DocumentPage,
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
    "confirmed",
    "document",
    "documents",
    "file_of",
    "waiting",
]
