"""The register's tables: anchors, facts (append-only), and what is derived from them."""

from constancia.apps.register.models.anchors import Detention, Person, Source
from constancia.apps.register.models.derived import (
    CaseCard,
    CaseRegion,
    DocumentDigest,
    ExternalKey,
    PendingReview,
    State,
    StateChange,
    StateTerm,
)
from constancia.apps.register.models.erasures import (
    Erased,
    Erasure,
    ErasureAnswer,
    ErasureEnd,
    Redacted,
    RedactedWord,
    Resealed,
    Residue,
)
from constancia.apps.register.models.facts import Attestation, Fact, Review
from constancia.apps.register.models.imports import ImportBatch, ImportRow
from constancia.apps.register.models.work import Assignment, Custody, Evidence, FileReport

__all__ = [
    "Assignment",
    "Attestation",
    "CaseCard",
    "CaseRegion",
    "Custody",
    "Detention",
    "DocumentDigest",
    "Erased",
    "Erasure",
    "ErasureAnswer",
    "ErasureEnd",
    "Evidence",
    "ExternalKey",
    "Fact",
    "FileReport",
    "ImportBatch",
    "ImportRow",
    "PendingReview",
    "Person",
    "Redacted",
    "RedactedWord",
    "Resealed",
    "Residue",
    "Review",
    "Source",
    "State",
    "StateChange",
    "StateTerm",
]
