"""The digest of each finished day of the trail, entered into the ledger before a seal.

What is under a seal can be altered by nobody who does not also hold the witnesses: an event changed or
removed later no longer fits the digest (`queries.trail_checking`).
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from constancia.apps.ledger.models import Notice
from constancia.apps.ledger.services.appending import append_notice
from constancia.domain.ledger.entry import Kind
from constancia.infra import trail
from constancia.infra.writer import writing

KIND: Kind = "audit"
FORMAT = "constancia-trail-1"


def enter_finished_days(now: datetime) -> list[date]:
    """Enter {"format", "day", "events", "through", "last"} for each day before today's, in the organisation's
    zone, that has events and no digest: how many are new, the number of its last event, its link in hex.

    Days are told by the order of events, not by their clock alone: an event that a clock set back noted
    under an earlier day belongs to the next digest. The days entered.
    """
    zone = ZoneInfo(settings.CONSTANCIA_ZONE)
    today = now.astimezone(zone).date()
    entered: list[date] = []
    after = _through()
    while (began := trail.first_after(after)) is not None:
        day = began.astimezone(zone).date()
        if day >= today:
            break
        through, link = trail.last(datetime.combine(day + timedelta(days=1), time(0), zone))
        said = {
            "format": FORMAT,
            "day": day.isoformat(),
            "events": through - after,
            "through": through,
            "last": link.hex(),
        }
        with writing():
            append_notice(KIND, said, now)
        entered.append(day)
        after = through
    return entered


def digests() -> list[dict[str, object]]:
    """What was entered of the trail, in order."""
    texts = Notice.objects.filter(kind=KIND).order_by("pk").values_list("text", flat=True)
    return [said for said in map(json.loads, texts) if said["format"] == FORMAT]


def _through() -> int:
    entered = digests()
    return int(str(entered[-1]["through"])) if entered else 0
