"""When and by whom: what every row of this room bears, known times in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.apps.claims.models import (
    Amendment,
    Announcement,
    Attribution,
    Claim,
    Decision,
    Document,
    ListDecision,
    ListedName,
    Statement,
)
from constancia.domain.errors import InputRefused
from constancia.infra import clock
from constancia.infra.writer import writing

RECORDED = (
    Document,
    Amendment,
    Claim,
    Decision,
    Announcement,
    ListedName,
    ListDecision,
    Attribution,
    Statement,
)


@contextmanager
def recording(at: datetime | None = None) -> Iterator[datetime]:
    """One transaction behind the writer lock, and its instant: now, but never before what is there.

    `at`: the instant of recording, for demonstrations that replay a history; only forwards.
    """
    with writing():
        latest = (model.objects.order_by("-pk").values_list("known_at", flat=True) for model in RECORDED)
        yield max(filter(None, [at or clock.now(), *(found.first() for found in latest)]))


def not_ahead(code: str, day: date | None, known_at: datetime) -> None:
    """Refuses, with `code`, a day that has not come by the instant of recording in the organisation's zone.

    It is a slip. One day is given to sources that are further east. Raises InputRefused."""
    today = known_at.astimezone(ZoneInfo(settings.CONSTANCIA_ZONE)).date()
    if day is not None and day > today + timedelta(days=1):
        raise InputRefused(code)
