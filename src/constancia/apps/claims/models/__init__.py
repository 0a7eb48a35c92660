"""What others said, and what was decided on it. Everything here is added and never changed."""

from constancia.apps.claims.models.announcements import (
    Announcement,
    Attribution,
    ListDecision,
    ListedName,
    Statement,
)
from constancia.apps.claims.models.arrivals import Arrival
from constancia.apps.claims.models.documents import Amendment, Claim, Decision, Document

__all__ = [
    "Amendment",
    "Announcement",
    "Arrival",
    "Attribution",
    "Claim",
    "Decision",
    "Document",
    "ListDecision",
    "ListedName",
    "Statement",
]
