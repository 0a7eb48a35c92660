"""What one person alone does not do, and how far a request for it is: closed terms with labels."""

from __future__ import annotations

from enum import StrEnum


class ApprovalKind(StrEnum):
    """What a second person is asked for. A new one also needs its label, its rule (`apps/approvals/rules.py`)
    and its sentences (`apps/approvals/wording.py`)."""

    EXPORT_CASES = "export_cases"
    EXPORT_LINKAGE = "export_linkage"
    EXPORT_ALL = "export_all"
    ROLE = "role"
    KEY = "key"
    KEY_REMOVED = "key_removed"


class ApprovalStage(StrEnum):
    """How far a request is."""

    WAITING = "waiting"
    REFUSED = "refused"
    EXPIRED = "expired"  # nobody answered in time, or nobody used the answer in time
    APPROVED = "approved"
    USED = "used"
