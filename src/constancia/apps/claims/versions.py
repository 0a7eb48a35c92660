"""Announcements and statements by their numbers, each in its latest version as known at T.

The number of one is that of its first version, for ever.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from constancia.apps.claims.amended import amend
from constancia.apps.claims.models import Announcement, ListedName, Statement
from constancia.domain.errors import NotFound

Versioned = TypeVar("Versioned", Announcement, Statement)


def number_of(row: Announcement | Statement) -> int:
    """The number of what this row is a version of."""
    return int(row.first_id or row.pk)


def all_versions(model: type[Versioned], known_at: datetime | None = None) -> list[Versioned]:
    """Every version known at T (now), the oldest first."""
    rows = model.objects.select_related("recorded_by", "document").defer("document__text", "document__sketch")
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    found = list(rows.order_by("pk"))
    amend((row.document for row in found if row.document), known_at)
    return found


def latest(model: type[Versioned], known_at: datetime | None = None) -> dict[int, Versioned]:
    """The version of each that holds as known at T (now), those withdrawn too, by number."""
    return {number_of(row): row for row in all_versions(model, known_at)}


def announcement_of(number: int, known_at: datetime | None = None) -> Announcement:
    """Raises NotFound (`announcement.not_found`)."""
    return _latest_of(Announcement, number, known_at, "announcement.not_found")


def statement_of(number: int, known_at: datetime | None = None) -> Statement:
    """Raises NotFound (`statement.not_found`)."""
    return _latest_of(Statement, number, known_at, "statement.not_found")


def _latest_of(model: type[Versioned], number: int, known_at: datetime | None, code: str) -> Versioned:
    first = model.objects.filter(pk=number, first=None).first()
    rows = (
        model.objects.filter(first=first) | model.objects.filter(pk=number) if first else model.objects.none()
    )
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    found: Versioned | None = rows.order_by("pk").last()
    if found is None:
        raise NotFound(code)
    return found


def listed_of(number: int) -> ListedName:
    """One name of a list. Raises NotFound (`announcement.no_such_name`)."""
    found: ListedName | None = ListedName.objects.select_related("announcement").filter(pk=number).first()
    if found is None:
        raise NotFound("announcement.no_such_name")
    return found
