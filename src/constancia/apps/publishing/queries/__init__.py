"""What is published, for pages and commands. The only readers of this room that views use."""

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
from constancia.apps.publishing.queries.editions import EditionLine, EditionPage, edition, editions, file_of
from constancia.apps.publishing.queries.verifying import VerifyStep, verify

__all__ = [
    "CheckLine",
    "DraftLine",
    "DraftPage",
    "EditionLine",
    "EditionPage",
    "Explained",
    "VerifyStep",
    "draft",
    "drafts",
    "edition",
    "editions",
    "explain",
    "file_of",
    "may_work",
    "preview_content",
    "report_texts",
    "reports",
    "verify",
]
