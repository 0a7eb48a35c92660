"""What the trail notes: closed terms for what somebody did or tried. A new one also needs its label."""

from __future__ import annotations

from enum import StrEnum


class Deed(StrEnum):
    """One thing that the trail notes."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    PASSWORD_CHANGED = "password_changed"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    LINK_GIVEN = "link_given"
    SESSION_REVOKED = "session_revoked"
    TRAVEL_BEGAN = "travel_began"
    TRAVEL_ENDED = "travel_ended"
    CASE_READ = "case_read"
    LISTED = "listed"
    COMPARED = "compared"
    IDENTITY_OPENED = "identity_opened"
    SOURCE_OPENED = "source_opened"
    EVIDENCE_OPENED = "evidence_opened"
    SEARCHED = "searched"
    EXPORTED = "exported"
    TRACED = "traced"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_ANSWERED = "approval_answered"
    APPROVAL_USED = "approval_used"
    REFUSED = "refused"
    MODE_CHANGED = "mode_changed"
    UNLOCKED = "unlocked"
    KEY_CHANGED = "key_changed"
    BACKUP_MADE = "backup_made"
    BACKUP_EXPIRED = "backup_expired"
    RESTORED = "restored"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_ANSWERED = "erasure_answered"
    ERASED = "erased"
    REGION_OPENED = "region_opened"
    REGION_CLOSED = "region_closed"
    REGION_ASKED = "region_asked"
    REGION_ANSWERED = "region_answered"


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"


class OpeningReason(StrEnum):
    """Why somebody opens what is closed on a case."""

    RECORDING = "recording"
    REVIEWING = "reviewing"
    COMPARING = "comparing"
    DEFENCE = "defence"
    FAMILY = "family"
    PUBLISHING = "publishing"
    SAFETY = "safety"
    OTHER = "other"
