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


def tomorrow(known_at: datetime) -> date:
    """The day after that of the recording in the organisation's zone: what is said to have happened later is
    a slip. One day is given to sources that are further east."""
    return known_at.astimezone(ZoneInfo(settings.CONSTANCIA_ZONE)).date() + timedelta(days=1)
