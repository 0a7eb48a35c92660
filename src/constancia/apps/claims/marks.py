"""Announcements and statements as marks on the charts of figures."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.claims.models import Announcement
from constancia.apps.claims.progressing import moment_of
from constancia.apps.claims.queries.statements import statements
from constancia.apps.claims.versions import latest
from constancia.apps.figures.marks import Mark


def of_announcements(user: User, first: date, last: date, known_at: date | datetime | None) -> list[Mark]:
    """The announcements made on these days, for those who read claims."""
    if not may(user, Permission.CLAIMS_READ):
        return []
    return [
        Mark(
            day=row.announced_on,
            hour="",
            who=row.claimant,
            words=row.title,
            page=reverse("claims:announcement", args=[number]),
            source=row.document.address if row.document else "",
        )
        for number, row in latest(Announcement, moment_of(known_at).known_at).items()
        if not row.withdrawn and first <= row.announced_on <= last
    ]


def of_statements(user: User, first: date, last: date, known_at: date | datetime | None) -> list[Mark]:
    """The statements of these days, for those who read claims."""
    if not may(user, Permission.CLAIMS_READ):
        return []
    return [
        Mark(
            day=line.said_on,
            hour=line.hour,
            who=line.speaker,
            words=line.mark,
            page=f"{reverse('claims:statements')}#d{line.number}",
            source=line.address,
        )
        for line in statements(user, first, last, known_at)
    ]
