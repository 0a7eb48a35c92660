"""Drafts as they stand, with their last check; and the text folders of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.publishing import terms
from constancia.apps.publishing.access import (
    authors_of,
    content_of,
    draft_number,
    draft_of,
    edition_from,
    last_check,
    texts_of,
)
from constancia.apps.publishing.freezing.freeze import freeze
from constancia.apps.publishing.models import Check, Draft, ReportText
from constancia.apps.publishing.recording import instant
from constancia.domain.publishing.content import Content, TextFile


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft as it stands. `edition`: the number of what it became; `standing`: "draft", "refused",
    "checked", "approved" or "discarded"."""

    number: int
    title: str
    as_of: date
    known_at: datetime
    rule: str
    report: str
    languages: tuple[str, ...]
    standing: str
    edition: int | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """The last check of the draft as it stands. `findings` as in `services.checking.check`."""

    number: int
    sha256: str
    findings: list[dict[str, Any]]
    frozen_at: datetime
    checked_by: str
    content: Content

    @property
    def passed(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft whole. `mine`: the user wrote some version of it, and so may not approve it."""

    line: DraftLine
    title_en: str
    since: date | None
    merges: list[dict[str, Any]]
    withheld: list[str]
    check: CheckLine | None
    versions: int
    mine: bool
    may_approve: bool


def may_work(user: User) -> bool:
    """Whether the user may see and write drafts."""
    return may(user, Permission.EDITION_WORK)


def drafts(user: User) -> list[DraftLine]:
    """Every draft, those not yet decided first, the newest first. Raises NotAllowed."""
    allow(user, Permission.EDITION_WORK)
    latest = {draft_number(row): row for row in Draft.objects.select_related("recorded_by").order_by("pk")}
    lines = [_line(row) for row in latest.values()]
    closed = ("approved", "discarded")
    return sorted(lines, key=lambda line: (line.standing in closed, -line.number))


def draft(user: User, number: int) -> DraftPage:
    """Raises NotAllowed, NotFound (`edition.no_draft`)."""
    allow(user, Permission.EDITION_WORK)
    row = draft_of(number)
    checked = last_check(row)
    mine = user.pk in authors_of(number)
    return DraftPage(
        line=_line(row),
        title_en=row.title_en,
        since=row.since,
        merges=row.merges,
        withheld=row.withheld,
        check=_check(checked) if checked else None,
        versions=Draft.objects.filter(first=number).count() + 1,
        mine=mine,
        may_approve=not mine and may(user, Permission.EDITION_APPROVE),
    )


def preview_content(user: User, number: int) -> Content:
    """What the draft comes to now, unchecked: for a preview on the desk and nowhere else.

    Raises NotAllowed, NotFound, and what `freezing.freeze.freeze` raises.
    """
    allow(user, Permission.EDITION_WORK)
    return freeze(user, terms.of_draft(draft_of(number), instant())).content


def reports(user: User) -> list[str]:
    """The names of the report folders that have a file, in order."""
    allow(user, Permission.EDITION_WORK)
    names = ReportText.objects.values_list("report", flat=True).distinct()
    return sorted(name for name in names if texts_of(name))


def report_texts(user: User, report: str) -> tuple[TextFile, ...]:
    """The files of a report's folder as they stand."""
    allow(user, Permission.EDITION_WORK)
    return texts_of(report)


def _line(row: Draft) -> DraftLine:
    number = draft_number(row)
    became = edition_from(number)
    checked = last_check(row)
    if row.discarded:
        standing = "discarded"
    elif became is not None:
        standing = "approved"
    elif checked is None:
        standing = "draft"
    else:
        standing = "refused" if checked.findings else "checked"
    return DraftLine(
        number=number,
        title=row.title_es,
        as_of=row.as_of,
        known_at=row.known_at,
        rule=row.rule,
        report=row.report,
        languages=tuple(row.languages),
        standing=standing,
        edition=became.number if became else None,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by.display_name,
    )


def _check(row: Check) -> CheckLine:
    return CheckLine(
        number=row.number,
        sha256=row.sha256,
        findings=row.findings,
        frozen_at=row.frozen_at,
        checked_by=row.checked_by.display_name,
        content=content_of(row),
    )
