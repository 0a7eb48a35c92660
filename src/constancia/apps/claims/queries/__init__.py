"""What pages and commands read of what others say."""

from constancia.apps.claims.queries.announcements import (
    AnnouncementLine,
    AnnouncementPage,
    CaseRelease,
    ReleaseLine,
    announced_people,
    announcement,
    announcements,
    case_releases,
)
from constancia.apps.claims.queries.documents import (
    ClaimLine,
    DocumentLine,
    DocumentPage,
    alike,
    claim,
    claimants_named,
    confirmed,
    document,
    documents,
    file_of,
    next_document,
    waiting,
)
from constancia.apps.claims.queries.history import Amended, Deed
from constancia.apps.claims.queries.lists import (
    ListCounts,
    ListedLine,
    announcement_of_name,
    by_outcome,
    listed_names,
)
from constancia.apps.claims.queries.statements import StatementLine, statement, statements

__all__ = [
    "Amended",
    "AnnouncementLine",
    "AnnouncementPage",
    "CaseRelease",
    "ClaimLine",
    "Deed",
    "DocumentLine",
    "DocumentPage",
    "ListCounts",
    "ListedLine",
    "ReleaseLine",
    "StatementLine",
    "alike",
    "announced_people",
    "announcement",
    "announcement_of_name",
    "announcements",
    "by_outcome",
    "case_releases",
    "claim",
    "claimants_named",
    "confirmed",
    "document",
    "documents",
    "file_of",
    "listed_names",
    "next_document",
    "statement",
    "statements",
    "waiting",
]
