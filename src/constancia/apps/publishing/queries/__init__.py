"""What is published, for pages and commands. The only readers of this room that views use."""

from constancia.apps.publishing.queries.approving import approvers
from constancia.apps.publishing.queries.differing import Explained, explain
from constancia.apps.publishing.queries.drafts import (
    CheckLine,
    DraftLine,
    DraftPage,
    draft,
    drafts,
    may_work,
    preview_content,
    report_texts,
    reports,
)
from constancia.apps.publishing.queries.editions import (
    EditionLine,
    EditionPage,
    edition,
    editions,
    file_of,
    missing_files,
)
from constancia.apps.publishing.queries.receipts import ReceiptLine, receipts
from constancia.apps.publishing.queries.texts import (
    TextVersion,
    text_version,
    text_versions,
    with_texts,
)
from constancia.apps.publishing.queries.verifying import VerifyStep, verify

__all__ = [
    "CheckLine",
    "DraftLine",
    "DraftPage",
    "EditionLine",
    "EditionPage",
    "Explained",
    "ReceiptLine",
    "TextVersion",
    "VerifyStep",
    "approvers",
    "draft",
    "drafts",
    "edition",
    "editions",
    "explain",
    "file_of",
    "may_work",
    "missing_files",
    "preview_content",
    "receipts",
    "report_texts",
    "reports",
    "text_version",
    "text_versions",
    "verify",
    "with_texts",
]
